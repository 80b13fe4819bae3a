"""The two figures of the practise page: their sentences, their rows, and colours that can be told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.practice.calibration import Calibration
from assistant.practice.mastery import Mastery
from assistant.practice_store import Confidence
from assistant.ui.charts import LIGHT_INK
from assistant.ui.practise import mastery, sureness
from assistant.ui.practise.mastery import Standing, mastery_text, standing
from tests.mini_corpus import write_corpus
from tests.ui.contrast import AA_MARKS, contrast

SURE, GUESSING = Confidence.SURE, Confidence.GUESSING
FUSES = Mastery("fuses", 0.2, 2, 4)
RETRIES = Mastery("retries", 0.9, 4, 4)
QUEUES = Mastery("queues", 0.5, 2, 4)


@pytest.mark.parametrize(
    ("each", "word", "text"),
    [
        (FUSES, Standing.WEAK, "20 %, shaky: 2 of 4 questions met"),
        (QUEUES, Standing.GROWING, "50 %, growing: 2 of 4 questions met"),
        (RETRIES, Standing.WELL_KNOWN, "90 %, well known: 4 of 4 questions met"),
    ],
)
def test_a_mastery_has_a_word(each: Mastery, word: Standing, text: str) -> None:
    assert (standing(each), mastery_text(each)) == (word, text)


def test_what_is_least_known_comes_first_and_what_was_never_met_is_left_out(tmp_path: Path) -> None:
    curriculum = load_curriculum(write_corpus(tmp_path))
    found = mastery.figure(curriculum, [RETRIES, QUEUES, FUSES, Mastery("x", 0, 0, 4)], LIGHT_INK)
    assert found.caption.startswith("Of 3 topics: 1 shaky, 1 growing, 1 well known. A topic is known as well")
    assert [(row["Topic"], row["Known"], row["Standing"]) for row in found.rows] == [
        ("Fuses and breakers", "20 %", "shaky"), ("Queues", "50 %", "growing"), ("Trying again", "90 %", "well known"),
    ]  # fmt: skip
    assert found.chart is not None
    drawn = found.chart.to_dict()
    (data,) = drawn["datasets"].values() if "datasets" in drawn else [drawn["layer"][0]["data"]["values"]]
    assert [each["label"] for each in data][:1] == ["20 %, shaky · Fuses and breakers"]
    assert mastery.figure(curriculum, [], LIGHT_INK).chart is None


def test_being_sure_is_drawn_over_all_and_then_by_month() -> None:
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    overall = [Calibration(SURE, 3, 4), Calibration(GUESSING, 0, 1)]
    one = [Calibration(SURE, 3, 4, november), Calibration(GUESSING, 0, 1, november)]
    bars = sureness.figure(overall, one, LIGHT_INK)
    assert bars.caption.startswith("When you were sure, you were right 75 % of 4 times. When you were guessing")
    assert bars.rows[0] == {"Month": "November 2026", "You were": "sure", "Right": 3, "Of": 4, "Share": "75 %"}
    assert bars.chart is not None
    assert bars.chart.to_dict()["layer"][0]["mark"]["type"] == "bar"
    lines = sureness.figure(overall, [*one, Calibration(SURE, 1, 1, december)], LIGHT_INK)
    assert lines.chart is not None
    assert lines.chart.to_dict()["layer"][0]["mark"]["type"] == "line"
    assert sureness.figure([], [], LIGHT_INK).chart is None


@pytest.mark.parametrize("color", [*mastery.COLORS.values(), *sureness.COLORS.values()])
def test_marks_stand_out_in_both_themes(color: str) -> None:
    assert contrast(color, "#ffffff") >= AA_MARKS
    assert contrast(color, "#131a1a") >= AA_MARKS


def test_nothing_is_told_by_colour_alone() -> None:
    assert len(set(mastery.COLORS.values())) == len(Standing)
    assert len(set(sureness.SHAPES.values())) == len(set(sureness.COLORS.values())) == len(Confidence)
