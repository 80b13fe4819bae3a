"""``study quiz``: questions in the terminal, answers from scripts, and files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from assistant.journal import Journal
from assistant.practice_store import Confidence
from tests.assistant.commands import Done, Run, make_run
from tests.mini_corpus import write_corpus


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(write_corpus(tmp_path / "corpus")))
    return make_run(monkeypatch, capsys)


def cards(done: Done) -> dict[str, Any]:
    return {f"{card['topic']}:{card['kind']}": card for card in done.json["cards"]}


def right_letter(card: dict[str, Any]) -> str:
    return next(letter for letter, text in card["choices"].items() if text.endswith("counts failures."))


def test_with_nothing_studied_it_says_what_to_do(study: Run) -> None:
    done = study("quiz")
    assert (done.code, done.out) == (0, "You have not studied anything yet, so nothing is due.\n")
    assert "study quiz --topic" in done.err
    found = study("quiz", "--json").json
    assert (found["cards"], found["minutes"], found["minutes_a_day"]) == ([], 0, 15)


def test_a_sitting_asks_confidence_before_it_shows_the_answer_and_ends_with_a_summary(
    study: Run, tmp_path: Path
) -> None:
    letter = right_letter(cards(study("quiz", "--topic", "fuses", "--json"))["fuses:choice"])
    wrong = "b" if letter == "a" else "a"
    done = study("quiz", "--topic", "fuses", stdin=f"x\n{wrong}\nperhaps\ns\nt\ny\n{letter}\nt\n")
    lines = done.out.splitlines()
    assert lines[0] == "2 cards, about 2 min: 2 new"
    assert "What does A fuse breaker count?" in lines
    assert lines.index("Why does A fuse breaker exist?") < lines.index("- A fuse breaker exists to protect callers.")
    assert "Not quite. Sheep are for sleep. Right is: A fuse breaker counts failures." in done.out
    assert "Comes back tomorrow." in lines
    assert "Comes back in 2 days." in lines
    assert lines[-1] == "1 of 2 right. You were sure of 1 answer that was wrong."
    assert "1 card left: study quiz" in done.err
    assert "Type one of the letters a to b, or q." in done.err

    again = study("quiz", stdin=f"{letter}\nt\n")
    assert again.out.splitlines()[0] == "1 card, about 1 min: 1 once more"
    assert study("quiz").out == "Nothing is due. The next question comes tomorrow.\n"
    assert cards(study("quiz", "--ahead", "--json")) == {}
    journal = Journal(tmp_path / "home" / "journal.sqlite")
    assert [(each.was_right, each.confidence) for each in journal.practice.answers(1)] == [
        (False, Confidence.SURE), (True, Confidence.THINK_SO), (True, Confidence.THINK_SO),
    ]  # fmt: skip
    journal.close()


@pytest.mark.parametrize("typed", ["q\n", "a\nq\n", "a\n", ""])
def test_what_was_not_answered_is_not_kept(study: Run, typed: str) -> None:
    done = study("quiz", "--module", "1", stdin=typed)
    assert done.code == 0
    assert study("quiz", "--module", "1", "--json").json["new"] == 4


def test_scripts_answer_by_key(study: Run) -> None:
    found = cards(study("quiz", "--module", "1", "--json"))
    pick, tell = found["fuses:choice"], found["fuses:open"]
    assert tell["key_points"] == ["A fuse breaker exists to protect callers."]
    answered = study(
        "quiz", "--answer", f"{pick['key']}={right_letter(pick).upper()}", "--confidence", "sure", "--json"
    )
    assert answered.json["right"] is True
    assert answered.json["verdict"] == "Right."
    assert answered.json["evidence"] == "A fuse breaker works by counting failures in a window of 100 calls."
    assert (
        study("quiz", "--answer", f"{tell['key'][:8]}=wrong", "--confidence", "guessing", "--json").json["right"]
        is False
    )
    again = study("quiz", "--answer", f"{pick['key']}=a", "--confidence", "sure")
    assert (again.code, "was answered today" in again.err) == (2, True)
    assert study("quiz", "--answer", f"{tell['key']}=right", "--confidence", "sure").out.startswith("“A fuse breaker")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--answer", "abc", "--confidence", "sure"), "KEY=B"),
        (("--answer", "abc=b"), "Say how sure you were"),
        (("--answer", "zzz=b", "--confidence", "sure"), "No question has the key"),
        (("--topic", "nothing"), "No topic or module"),
        (("--module", "9"), "There is no module 9"),
        (("--minutes-a-day", "900"), "1 to 240"),
        (("--export", "cards.txt"), "ends in .apkg"),
    ],
)
def test_what_cannot_be_done_is_said(study: Run, arguments: tuple[str, ...], message: str) -> None:
    done = study("quiz", *arguments)
    assert (done.code, message in done.err) == (2, True), done.err


def test_the_minutes_of_a_day_are_kept_and_cut_the_round(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert study("quiz", "--minutes-a-day", "1").err.startswith("You practise 1 minute a day at most.")
    found = study("quiz", "--module", "1", "--json").json
    assert (found["minutes_a_day"], len(found["cards"])) == (1, 1)
    monkeypatch.setenv("STUDY_PRACTICE_MINUTES", "5")
    found = study("quiz", "--module", "1", "--json").json
    assert (found["minutes_a_day"], len(found["cards"])) == (5, 4)


def test_cards_go_into_a_file(study: Run, tmp_path: Path) -> None:
    target = tmp_path / "cards.csv"
    assert study("quiz", "--export", str(target), "--topic", "fuses").err.strip().startswith("Wrote 2 cards to")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert [row["topic"] for row in rows] == ["fuses", "fuses"]
    # Nothing begun: the whole roadmap.
    assert study("quiz", "--export", str(target)).err.strip().startswith("Wrote 4 cards to")
    assert study("quiz", "--export", str(tmp_path / "no" / "cards.apkg")).code == 2


def test_today_says_what_to_practise_and_what_is_shaky(study: Run) -> None:
    study("plan", "--hours-per-week", "6", "--follow")
    assert study("today", "--json").json["practice"] == {"cards": 0, "minutes": 0}
    study("done", "fuses")
    for card in cards(study("quiz", "--topic", "fuses", "--json")).values():
        wrong = next((letter for letter, text in card["choices"].items() if text == "Sheep."), "wrong")
        assert study("quiz", "--answer", f"{card['key']}={wrong}", "--confidence", "sure").code == 0
    found = study("today", "--json").json
    assert found["shaky"] == [{"topic": "fuses", "known": 0.0}]
    assert found["practice"] == {"cards": 2, "minutes": 2}
    said = study("today").out
    assert "Shaky: Fuses and breakers, 0% known by its questions. study quiz --topic fuses" in said
    assert "To practise: 2 questions, about 2 min. study quiz" in said
