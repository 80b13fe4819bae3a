"""Which module a row is about, and what it says of it."""

from __future__ import annotations

from evals.reporting.per_module import per_module
from tests.evals.reporting.samples import ANSWERS, REFUSALS, ROWS

SCORES = {"answers.key_facts": {"q1": 0.5, "q3": 1.0}}


def test_each_measure_is_a_mean_over_the_module_s_cases() -> None:
    lines = per_module((*ROWS, *REFUSALS, *ANSWERS), SCORES, {1: "First"})
    assert [(line.number, line.title) for line in lines] == [(1, "First"), (2, "Module 2")]
    assert [(cell.measure, cell.value, cell.n) for cell in lines[0].cells] == [
        ("Module first", 0.5, 2), ("Topic first", 0.5, 2), ("Key facts", 0.5, 1), ("Answered", 0.5, 2),
    ]  # fmt: skip
    assert [(cell.measure, cell.value, cell.n) for cell in lines[1].cells] == [
        ("Module first", 0.0, 1), ("Topic first", 0.0, 1), ("Key facts", 1.0, 1), ("Answered", 1.0, 1),
    ]  # fmt: skip


def test_variants_and_follow_ups_count_for_their_module() -> None:
    variant = {**ROWS[0], "suite": "variants", "id": "v1", "ok": False}
    turn = {"suite": "conversation", "id": "c1.2", "gold_topics": ["topic-2"], "ok": True}
    away = {"suite": "conversation", "id": "c1.3", "gold_topics": [], "ok": True}
    lines = per_module((*ROWS, variant, turn, away), {}, {})
    cells = {(line.number, cell.measure): (cell.value, cell.n) for line in lines for cell in line.cells}
    assert cells[1, "Other words"] == (0.0, 1)
    assert cells[2, "Follow-ups"] == (1.0, 1)
    assert (1, "Follow-ups") not in cells


def test_without_questions_there_are_no_modules() -> None:
    assert per_module(REFUSALS, {}, {}) == ()
