"""From a sentence to a request, over the real roadmap."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.glossary import load_glossary
from assistant.ready_goals import load_ready_goals
from assistant.settings import Settings
from assistant.wishes import Subjects
from assistant.wishing import Wishing

CORPUS = Settings().corpus_dir
CURRICULUM = load_curriculum(CORPUS)
TODAY = date(2026, 11, 27)


def wishing() -> Wishing:
    subjects = Subjects(CURRICULUM, load_glossary(CORPUS, CURRICULUM))
    return Wishing(subjects, load_ready_goals(CORPUS, CURRICULUM), None, lambda goal: (f"topic of {goal}",))


def test_a_sentence_becomes_a_request_and_a_form() -> None:
    wished = wishing().read("6h a week until 1 March 2027, I know Docker, want MLOps", TODAY)
    assert wished.request.minutes_per_week == 360
    assert (wished.request.start, wished.request.deadline) == (TODAY, date(2027, 3, 1))
    assert wished.request.known == {"what-is-docker"}
    assert wished.request.targets == ("topic of MLOps",)
    assert wished.form == "Time: 6 h a week\nLast day: 2027-03-01 (Mon)\nKnown: What is Docker?\nGoal: MLOps"


def test_a_role_has_its_topics_and_no_time_has_a_default_that_is_said() -> None:
    wished = wishing().read("become an SRE", TODAY)
    goal = next(goal for goal in load_ready_goals(CORPUS, CURRICULUM) if goal.id == wished.wishes.ready_goal)
    assert wished.request.targets == goal.topics
    assert wished.request.minutes_per_week == 360
    assert wished.form.endswith("Note: no time was named, so 6 h a week are taken.")


def test_without_a_goal_the_whole_roadmap_is_meant() -> None:
    assert wishing().read("45 min a day", TODAY).request.targets == ()


@pytest.mark.parametrize("goal", ["the whole roadmap", "everything", "all the topics", "the entire roadmap!"])
def test_everything_is_no_goal_to_match(goal: str) -> None:
    assert wishing().read(f"5h a week, want {goal}", TODAY).request.targets == ()


def test_what_cannot_be_meant_is_said_so() -> None:
    with pytest.raises(InvalidInput, match=r"200.*Say, for example") as caught:
        wishing().read("200 hours a week", TODAY)
    assert "could be read" not in caught.value.user_message


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_nothing_to_read_is_said_so_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput, match="Say, for example: 6h a week until March"):
        wishing().read(text, TODAY)
