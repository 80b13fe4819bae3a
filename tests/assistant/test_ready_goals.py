from __future__ import annotations

from pathlib import Path

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.errors import CorpusError
from assistant.ready_goals import ReadyGoal, load_ready_goals, named_goal
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

CORPUS = Settings().corpus_dir


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load_curriculum(CORPUS)


@pytest.fixture(scope="module")
def goals(curriculum: Curriculum) -> tuple[ReadyGoal, ...]:
    return load_ready_goals(CORPUS, curriculum)


def test_the_roles_and_how_much_they_ask_for(goals: tuple[ReadyGoal, ...], curriculum: Curriculum) -> None:
    hours = {goal.id: sum(curriculum.topics[t].hours.likely for t in curriculum.closure(goal.topics)) for goal in goals}
    assert list(hours) == [
        "backend-engineer",
        "devops-sre",
        "ml-platform-engineer",
        "ai-engineer",
        "architect",
        "interview",
    ]
    assert all(60 < hours[role] < 120 for role in hours if role != "interview")
    assert hours["interview"] < 40


def test_topics_are_in_the_roadmaps_order_and_no_role_is_another(
    goals: tuple[ReadyGoal, ...], curriculum: Curriculum
) -> None:
    place = {topic: position for position, topic in enumerate(curriculum.topics)}
    for goal in goals:
        assert list(goal.topics) == sorted(goal.topics, key=place.__getitem__)
        assert goal.description.endswith(".")
        for other in goals:
            shared = len({*goal.topics} & {*other.topics}) / len({*goal.topics} | {*other.topics})
            assert goal is other or shared < 0.5


def test_an_interview_leaves_nothing_to_its_prerequisites(goals: tuple[ReadyGoal, ...], curriculum: Curriculum) -> None:
    assert set(curriculum.closure(goals[-1].topics)) == {*goals[-1].topics}


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("become an SRE", "devops-sre"),
        ("I want to be a Back-End Developer", "backend-engineer"),
        ("interview in 6 weeks", "interview"),
        ("interviews", "interview"),
        ("an interview as an AI engineer", "ai-engineer"),
        ("solutions architects", "architect"),
        ("MLOps engineer", "ml-platform-engineer"),
        ("want MLOps", None),
        ("architecture of agents", None),
        ("learn Kafka", None),
        ("", None),
    ],
)
def test_a_role_is_found_by_its_names(text: str, goal: str | None, goals: tuple[ReadyGoal, ...]) -> None:
    found = named_goal(goals, text)
    assert (found.id if found else None) == goal


GOOD = """version: 1
goals:
  - id: one
    title: One
    description: The one.
    names: [the one]
    topics: [queues, fuses]
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD.replace("[queues, fuses]", "[no-such]"), "one names an unknown topic 'no-such'"),
        (GOOD.replace("[queues, fuses]", "[fuses, fuses]"), "topics of one listed more than once: fuses"),
        (GOOD.replace("[the one]", "[the one, The One]"), "names listed more than once: the one"),
        (GOOD + GOOD[GOOD.index("  - id") :].replace("[the one]", "[x]"), "goals listed more than once: one"),
        (GOOD.replace("title: One", "titel: One"), "goals.0.title: Field required"),
        (GOOD.replace("[queues, fuses]", "[]"), "goals.0.topics"),
    ],
)
def test_a_broken_file_is_refused(text: str, problem: str, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    (corpus / "goals.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=problem):
        load_ready_goals(corpus, load_curriculum(corpus))


def test_a_corpus_may_have_none(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    curriculum = load_curriculum(corpus)
    assert load_ready_goals(corpus, curriculum) == ()
    (corpus / "goals.yaml").write_text(GOOD, encoding="utf-8")
    assert load_ready_goals(corpus, curriculum) == (
        ReadyGoal("one", "One", "The one.", ("the one",), ("fuses", "queues")),
    )
