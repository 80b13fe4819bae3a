"""The form's values: days off as text, and wishes to a request and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.curriculum import Curriculum, load_curriculum
from assistant.errors import InvalidInput
from assistant.planning import PlanRequest
from assistant.ui.plan.days_off import days_of, text_of
from assistant.ui.plan.wishes import (
    fresh_request,
    known_modules,
    plan_name,
    request_from,
    usual_weekdays,
    wishes_of,
)
from tests.mini_corpus import write_corpus

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def curriculum(tmp_path: Path) -> Curriculum:
    return load_curriculum(write_corpus(tmp_path / "corpus"))


def test_days_and_ranges_are_read_from_lines_and_commas() -> None:
    found = days_of("2026-12-24 to 2026-12-26\n\n2027-01-01, 2027-01-06")
    assert sorted(found) == [
        date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 6)
    ]  # fmt: skip
    assert text_of(found) == "2026-12-24 to 2026-12-26\n2027-01-01\n2027-01-06"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Christmas", "“Christmas” is no day"),
        ("2026-02-30", "“2026-02-30” is no day"),
        ("2026-12-24 to", "is no day"),
        ("2026-12-26 to 2026-12-24", "ends before it begins"),
        ("2026-01-01 to 2027-12-31", "longer than a year"),
    ],
)
def test_what_is_no_day_is_named(text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        days_of(text)


@given(st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31))))
def test_days_written_are_read_back(days: frozenset[date]) -> None:
    assert days_of(text_of(days)) == days


def test_the_fresh_form_asks_for_six_hours_from_today(curriculum: Curriculum) -> None:
    request = fresh_request(TUESDAY)
    assert request == PlanRequest(TUESDAY, 360)
    assert request_from(wishes_of(request, curriculum), request, curriculum) == request


def test_a_request_comes_back_from_the_form_as_it_was(curriculum: Curriculum) -> None:
    request = PlanRequest(
        TUESDAY,
        150,
        weekday_minutes=(30, 0, 30, 0, 30, 60, 0),
        deadline=date(2027, 3, 1),
        goal="carry things",
        targets=("queues",),
        known=frozenset({"fuses"}),
        excluded=frozenset({"retries"}),
        pinned=frozenset({"queues"}),
        days_off=frozenset({date(2026, 12, 24)}),
        exceptions=((date(2026, 12, 5), 10),),
        session_minutes=45,
        review_percent=20,
        pace_percent=120,
        projects=False,
    )
    assert request_from(wishes_of(request, curriculum), request, curriculum) == request


def test_known_modules_are_those_known_whole_and_single_topics_stay_known(curriculum: Curriculum) -> None:
    assert known_modules({"fuses", "queues"}, curriculum) == (2,)
    base = PlanRequest(TUESDAY, 60, known=frozenset({"fuses", "queues"}))
    wishes = wishes_of(base, curriculum)
    assert wishes.known_modules == (2,)
    from dataclasses import replace

    nothing_whole = request_from(replace(wishes, known_modules=()), base, curriculum)
    assert nothing_whole.known == {"fuses"}
    everything = request_from(replace(wishes, known_modules=(1, 2)), base, curriculum)
    assert everything.known == {"fuses", "retries", "queues"}


def test_days_of_the_week_begin_as_the_planner_would_lay_them_out() -> None:
    assert usual_weekdays(6, 90) == (0, 90, 0, 90, 0, 90, 90)


@pytest.mark.parametrize(
    ("goal", "taken", "name"),
    [
        ("", (), "My plan"),
        ("", ("My plan", "My plan 2"), "My plan 3"),
        ("  deploy  an LLM app ", (), "deploy an LLM app"),
        ("deploy a very large language model app on Kubernetes", (), "deploy a very large language model app …"),
    ],
)
def test_a_plan_is_named_after_its_goal(goal: str, taken: tuple[str, ...], name: str) -> None:
    assert plan_name(goal, taken) == name
