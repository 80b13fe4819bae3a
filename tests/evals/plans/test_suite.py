"""Every metric of plans must be able to fail: broken planners, replanners and readers close the gate."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError, InvalidInput
from assistant.glossary import load_glossary
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan, make_plan
from assistant.ready_goals import load_ready_goals
from assistant.replanning import Ledger, Replan, replan
from assistant.settings import Settings
from assistant.wishes import Subjects
from assistant.wishing import Wished, Wishing
from evals.cases import CASES_DIR, Split, load_cases
from evals.gate import broken_limits
from evals.limits import LIMITS
from evals.plans.cases import Expected, Options, PlanCase, PlanKind, Reading, days_of, request_of_options, topics_of
from evals.plans.lives import SCRIPTS, live
from evals.plans.suite import Planner, run_plans
from evals.suite import SuiteResult

CORPUS = Settings().corpus_dir
ROADMAP = load_curriculum(CORPUS)
GOALS = load_ready_goals(CORPUS, ROADMAP)
START = date(2026, 12, 1)
CASES = (
    PlanCase(
        id="p1",
        kind=PlanKind.PART,
        options=Options(start=START, hours_per_week=6, targets=("13",)),
        expected=Expected(feasible=True, holds=("13",), lacks=("12",), finish_by=date(2027, 3, 1)),
    ),
    PlanCase(
        id="p2",
        kind=PlanKind.TIGHT,
        options=Options(start=START, hours_per_week=6, targets=("1",), deadline=date(2026, 12, 31), excluded=("conways-law",)),
        expected=Expected(feasible=True, holds=("microservice-principles",), reported=("conways-law",)),
    ),
    PlanCase(
        id="p3",
        kind=PlanKind.PART,
        text="90 minutes every Tuesday and Thursday until May, learn about RAG",
        today=date(2026, 11, 27),
        goal_topics=("retrieval-augmented-generation",),
        reads=Reading(
            minutes_per_week=180, weekday_minutes=(0, 90, 0, 90, 0, 0, 0), deadline=date(2027, 5, 1), goal="RAG"
        ),
        expected=Expected(feasible=True, holds=("retrieval-augmented-generation",)),
    ),
    PlanCase(
        id="p4",
        kind=PlanKind.ERROR,
        options=Options(start=START, hours_per_week=200),
        expected=Expected(error="more than anyone can study"),
    ),
    PlanCase(
        id="p5",
        kind=PlanKind.KNOWN,
        options=Options(start=START, hours_per_week=6, targets=("1",), known=("1",)),
        expected=Expected(nothing_to_do=True),
    ),
)  # fmt: skip
LIMITS_HERE = [limit for limit in LIMITS if limit.metric.startswith("plans.")]

Plan = Callable[[PlanRequest], StudyPlan]
Edit = Callable[[StudyItem], StudyItem | None]


def tick() -> None:
    """Progress nobody watches."""


def right_plan(request: PlanRequest) -> StudyPlan:
    return make_plan(ROADMAP, request)


def right_replan(plan: StudyPlan, ledger: Ledger, today: date) -> Replan:
    return replan(ROADMAP, plan, ledger, today)


def right_read(text: str, today: date, goal_topics: tuple[str, ...]) -> Wished:
    subjects = Subjects(ROADMAP, load_glossary(CORPUS, ROADMAP))
    return Wishing(subjects, GOALS, None, lambda _goal: goal_topics).read(text, today)


RIGHT = Planner(ROADMAP, (), GOALS, right_read, right_plan, right_replan)


def broken(result: SuiteResult) -> set[str]:
    return {entry.limit.metric.removeprefix("plans.") for entry in broken_limits([result], LIMITS_HERE)}


def planned_by(plan: Plan) -> SuiteResult:
    return run_plans(CASES, dataclasses.replace(RIGHT, plan=plan), tick)


def editing(edit: Edit) -> Plan:
    """A planner whose plans have every item passed through ``edit``, which may drop it."""

    def plan(request: PlanRequest) -> StudyPlan:
        made = right_plan(request)
        weeks = [
            dataclasses.replace(week, items=tuple(new for item in week.items if (new := edit(item)) is not None))
            for week in made.weeks
        ]
        return dataclasses.replace(made, weeks=tuple(weeks))

    return plan


def dropping_a_prerequisite(item: StudyItem) -> StudyItem | None:
    return None if item.topic in {"sync-vs-async-communication", "prompting-basics"} else item


def overfilling(item: StudyItem) -> StudyItem:
    return dataclasses.replace(item, minutes=item.minutes + 120)


def after_the_deadline(item: StudyItem) -> StudyItem:
    return dataclasses.replace(item, date=item.date + timedelta(days=365))


def test_the_planner_passes() -> None:
    result = run_plans(CASES, RIGHT, tick)
    assert broken(result) == set()
    values = {name: (metric.value, metric.n) for name, metric in result.metrics.items()}
    assert values == {
        "violations": (0, 4),
        "expected": (1, 5),
        "more_hours": (1, 4),
        "knowing_more": (1, 3),
        "stable": (1, 4),
        "replan.violations": (0, 7),
        "read": (1, 4),
        "read.minutes_per_week": (1, 1),
        "read.weekday_minutes": (1, 1),
        "read.deadline": (1, 1),
        "read.goal": (1, 1),
    }
    assert all(row["ok"] for row in result.rows)


@pytest.mark.parametrize("edit", [dropping_a_prerequisite, overfilling, after_the_deadline])
def test_a_planner_that_breaks_a_promise_closes_the_gate(edit: Edit) -> None:
    assert "violations" in broken(planned_by(editing(edit)))


def test_one_violation_is_enough() -> None:
    def plan(request: PlanRequest) -> StudyPlan:
        made = right_plan(request)
        later = made.finish_p80 + timedelta(days=1)
        return dataclasses.replace(made, finish_p50=later) if "circuit-breaker" in request.targets else made

    result = planned_by(plan)
    assert result.metrics["violations"].value == 1
    assert "violations" in broken(result)
    assert result.rows[0]["violations"] == [
        "verdict that the plan contradicts: half of such plans are done after four fifths of them"
    ]


def test_a_planner_of_something_else_is_not_what_was_expected() -> None:
    result = planned_by(lambda request: right_plan(dataclasses.replace(request, targets=("conways-law",))))
    assert {"expected", "violations"} <= broken(result)
    assert result.rows[0]["unmet"] == [
        "not in it: bulkhead-and-fallback, circuit-breaker, retry-with-exponential-backoff"
    ]


def test_a_planner_that_refuses_or_accepts_the_wrong_things_fails() -> None:
    def refuse(request: PlanRequest) -> StudyPlan:
        raise InvalidInput("Not today.")

    result = planned_by(refuse)
    assert result.metrics["expected"].value == 0.2
    assert result.rows[0]["unmet"] == ["error: Not today."]
    accepting = CASES[3].model_copy(update={"options": Options(start=START, hours_per_week=100)})
    (row,) = run_plans([accepting], RIGHT, tick).rows
    assert row["unmet"] == ["no error: more than anyone can study"]


def test_more_hours_that_finish_later_close_the_gate() -> None:
    def plan(request: PlanRequest) -> StudyPlan:
        made = right_plan(request)
        later = timedelta(days=request.minutes_per_week * 2)
        return dataclasses.replace(made, finish=made.finish + later, finish_p80=made.finish_p80 + later)

    assert "more_hours" in broken(planned_by(plan))


def test_knowing_more_that_lengthens_closes_the_gate() -> None:
    def plan(request: PlanRequest) -> StudyPlan:
        made = right_plan(request)
        return dataclasses.replace(made, minutes_total=made.minutes_total + 1000 * len(request.known))

    assert "knowing_more" in broken(planned_by(plan))


def test_a_planner_that_never_says_the_same_twice_closes_the_gate() -> None:
    asked: list[PlanRequest] = []

    def plan(request: PlanRequest) -> StudyPlan:
        asked.append(request)
        return dataclasses.replace(right_plan(request), goal=str(len(asked)))

    assert "stable" in broken(planned_by(plan))


def shifted(kind: str) -> Callable[[StudyPlan, Ledger, date], Replan]:
    """A replanner that breaks one promise to whom follows a plan."""

    def again(plan: StudyPlan, ledger: Ledger, today: date) -> Replan:
        result = right_replan(plan, ledger, today)

        def edit(item: StudyItem) -> StudyItem:
            is_done = item.key in ledger.done
            if (kind == "done" and is_done) or (
                kind == "past" and not is_done and item.activity is not Activity.REVIEW
            ):
                return dataclasses.replace(item, date=plan.start - timedelta(days=1))
            if kind == "frozen" and not is_done and today <= item.date < today + timedelta(days=2):
                return dataclasses.replace(item, date=item.date + timedelta(days=30))
            return item

        weeks = [
            dataclasses.replace(week, items=tuple(edit(item) for item in week.items)) for week in result.plan.weeks
        ]
        changes = () if kind == "untold" else result.changes
        return dataclasses.replace(result, plan=dataclasses.replace(result.plan, weeks=tuple(weeks)), changes=changes)

    return again


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("done", "done work that changed"),
        ("past", "open work left in the past"),
        ("frozen", "next two days that changed"),
        ("untold", "change that the diff does not tell"),
    ],
)
def test_a_replanner_that_breaks_a_promise_closes_the_gate(kind: str, rule: str) -> None:
    result = run_plans(CASES, dataclasses.replace(RIGHT, replan=shifted(kind)), tick)
    assert broken(result) == {"replan.violations"}
    assert any(rule in text for row in result.rows for text in row["replan_violations"])  # type: ignore[attr-defined]


def test_a_reader_that_understands_nothing_closes_the_gate() -> None:
    def read(text: str, today: date, goal_topics: tuple[str, ...]) -> Wished:
        return right_read("6h a week", today, goal_topics)

    result = run_plans(CASES, dataclasses.replace(RIGHT, read=read), tick)
    assert broken(result) == {"read"}
    assert result.metrics["read"].value == 0
    assert result.rows[2]["misread"] == ["minutes_per_week", "weekday_minutes", "deadline", "goal"]


def test_words_that_should_be_told_as_not_understood_are_a_field_of_their_own() -> None:
    case = CASES[2].model_copy(update={"text": "6h a week until spring, RAG"})
    told = Reading(minutes_per_week=360, goal="RAG", lost=("until spring",))
    assert run_plans([case.model_copy(update={"reads": told})], RIGHT, tick).metrics["read.lost"].value == 1
    untold = Reading(minutes_per_week=360, goal="RAG")
    assert run_plans([case.model_copy(update={"reads": untold})], RIGHT, tick).metrics["read.lost"].value == 0


def test_a_life_needs_more_than_its_script_and_ends_with_the_deadline() -> None:
    short = right_plan(PlanRequest(START, 360, targets=("what-is-devops",)))
    assert [live(short, ROADMAP, script) for script in SCRIPTS] == [None, None, None]
    over = right_plan(PlanRequest(START, 600, targets=("what-is-docker", "ci-cd-ct"), deadline=date(2026, 12, 6)))
    assert live(over, ROADMAP, SCRIPTS[0]) is None


def test_own_plan_requests_are_many_of_every_kind_in_both_forms_and_halves() -> None:
    cases = load_cases(PlanCase, CASES_DIR / "plans.jsonl")
    assert len(cases) >= 60
    assert {case.kind for case in cases} == set(PlanKind)
    assert 0.4 <= sum(bool(case.text) for case in cases) / len(cases) <= 0.6
    assert min(sum(case.split is split for case in cases) for split in Split) >= 25
    for case in cases:
        named = [*case.goal_topics, *case.expected.holds, *case.expected.lacks, *case.expected.reported]
        assert topics_of(ROADMAP, GOALS, named) <= ROADMAP.topics.keys()


def test_options_make_the_request_they_say() -> None:
    options = Options(
        start=START,
        weekday_minutes=(60, 0, 0, 0, 0, 0, 60),
        targets=("12", "goal:interview"),
        days_off=("2026-12-24..2026-12-26", "2026-12-31"),
        review_percent=10,
    )
    request = request_of_options(options, ROADMAP, GOALS)
    interview = next(goal.topics for goal in GOALS if goal.id == "interview")
    assert set(request.targets) == {*ROADMAP.resolve("12"), *interview}
    assert (request.minutes_per_week, request.review_percent, request.session_minutes) == (120, 10, 90)
    assert request.days_off == days_of(["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31"])
    with pytest.raises(InvalidInput, match="how many hours a week"):
        request_of_options(Options(start=START), ROADMAP, GOALS)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ('"expected": {"feasible": true}', "either a text or options"),
        ('"text": "6h a week", "expected": {"feasible": true}', "a day on which it is read"),
        ('"options": {"start": "2026-12-01"}, "expected": {}', "a case expects something"),
        ('"options": {"start": "2026-12-01"}, "expected": {"error": "x", "feasible": true}', "has no plan to expect"),
        ('"options": {"start": "2026-12-01", "days_off": ["Monday"]}, "expected": {"feasible": true}', "match pattern"),
    ],
)
def test_a_broken_case_names_its_line(tmp_path, fields: str, message: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "plans.jsonl"
    file.write_text(f'{{"id": "p1", "kind": "whole", {fields}}}', encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_cases(PlanCase, file)
