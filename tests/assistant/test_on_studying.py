from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.journal import Journal
from assistant.on_studying import on_studying
from assistant.planning import PlanRequest
from assistant.progress import EntryStatus, TopicState
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.study_plans import StudyPlans
from tests.conftest import BagOfStems

NOW = datetime(2026, 12, 1, 19, tzinfo=UTC)


@pytest.fixture
def plans(tmp_path: Path) -> StudyPlans:
    settings = Settings(home=tmp_path)
    curriculum = load_curriculum(settings.corpus_dir)
    assistant = Assistant(settings, curriculum, BagOfStems(), Journal(settings.journal_path), lambda: NOW)
    found = assistant.plans()
    assert found is not None
    return found


def follow(plans: StudyPlans) -> None:
    plans.follow(plans.make(PlanRequest(start=NOW.date(), minutes_per_week=360)), "Mine")


@pytest.mark.parametrize(
    "question",
    [
        "What should I study next?",
        "what should I learn today",
        "What do I do now?",
        "What's next?",
        "What is due today?",
        "what is on my plan this week?",
        "And what should I read tonight?",
        "Which topic should I start with first?",
        "what is next for me?",
    ],
)
def test_what_is_next_is_read_from_the_plan(question: str, plans: StudyPlans) -> None:
    follow(plans)
    said = on_studying(question, lambda: plans)
    assert said is not None
    assert said.startswith("Next in your plan: Monolith vs Microservices vs SOA (read, ")


def test_a_day_without_sessions_is_told(plans: StudyPlans) -> None:
    follow(plans)
    while due := plans.today_items():
        plans.log(due[0].item.key, EntryStatus.DONE, due[0].minutes)
    assert on_studying("What's next?", lambda: plans) == (
        "Your plan has nothing for today. The Today page says when it goes on, and so does study today."
    )


@pytest.mark.parametrize("question", ["What should I study next?", "How am I doing?", "show my progress"])
def test_without_a_plan_the_way_to_one_is_told(question: str, plans: StudyPlans) -> None:
    for kept in (plans, None):
        said = on_studying(question, lambda kept=kept: kept)
        assert said is not None
        assert said.startswith("You follow no plan yet. The Today page makes one")


@pytest.mark.parametrize(
    "question",
    [
        "Could you plan Kubernetes for me?",
        "Make me a study plan for Kubernetes",
        "Can you make me a plan for kubernetes with 5 hours a week",
        "please create a personal learning plan",
        "Plan my week",
        "Help me plan my evenings",
        "please schedule Kubernetes and Helm for me",
        "I'd like a study plan until March",
    ],
)
def test_a_wish_for_a_plan_is_shown_where_plans_are_made(question: str) -> None:
    said = on_studying(question, _not_asked)
    assert said is not None
    assert said.startswith("Plans are not made here but on the Plan page")


def test_progress_counts_topics_and_repeats_the_verdict(plans: StudyPlans) -> None:
    plans.study.mark(["what-is-docker"], TopicState.KNOWN)
    follow(plans)
    followed = plans.must_follow()
    assert on_studying("How far am I?", lambda: plans) == (
        f"You know or have done 1 of the roadmap's 145 topics. {followed.plan.verdict} "
        "The Plan page shows it day by day."
    )


@pytest.mark.parametrize(
    "question",
    [
        "What should I learn before Kubernetes?",
        "What should I do when a Pod crashes?",
        "What should I use next to Prometheus?",
        "How do I create a plan in Terraform?",
        "Create a Terraform plan in CI",
        "Make a deployment plan for a canary release",
        "What is next-token prediction?",
        "How do I plan capacity for me and my team?",
        "What is due diligence?",
        "",
    ],
)
def test_every_other_question_is_left_to_the_notes(question: str) -> None:
    assert on_studying(question, _not_asked) is None


def _not_asked() -> StudyPlans | None:
    raise AssertionError("the plan has nothing to do with this")
