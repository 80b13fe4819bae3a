"""Contrast drills: near concepts, no giveaways, and the same every time."""

from __future__ import annotations

import re

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.domain import CheckQuestion, Term
from assistant.glossary import load_glossary
from assistant.practice.contrast import DRILLS_PER_TOPIC, Contrasts
from assistant.settings import Settings
from assistant.words import stems
from tests.mini_corpus import write_corpus

PUSH = Term("push queue", (), (), "queues", "A push queue is a line of jobs that the broker sends to each worker.")
PULL = Term("pull queue", (), (), "queues", "A pull queue is a line of jobs that each worker asks the broker for.")
POLL = Term("polling", (), (), "queues", "Polling is a habit of each worker that asks the broker for jobs again.")
FUSE = Term("fuse", (), (), "fuses", "A fuse is a wire that melts.")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Curriculum:
    return load_curriculum(write_corpus(tmp_path_factory.mktemp("corpus")))


def drills(tiny: Curriculum, *terms: Term) -> tuple[CheckQuestion, ...]:
    return Contrasts(tiny, terms).on("queues")


def test_a_drill_shows_a_definition_beside_its_neighbours(tiny: Curriculum) -> None:
    found = {each.text: each for each in drills(tiny, PUSH, PULL, POLL, FUSE)}
    drill = found["Which of these is “a line of jobs that the broker sends to each worker”?"]
    assert {(choice.text, choice.right, choice.why_not) for choice in drill.choices} == {
        ("push queue", True, ""),
        ("pull queue", False, "Pull queue is a line of jobs that each worker asks the broker for."),
        ("polling", False, "Polling is a habit of each worker that asks the broker for jobs again."),
    }
    assert drill.topic == "queues"
    assert drills(tiny, PUSH, PULL, POLL, FUSE) == drills(tiny, FUSE, POLL, PULL, PUSH)


@pytest.mark.parametrize(
    "definition",
    [
        "A push queue is a line of jobs that the broker pushes to each worker.",
        "Push queues send jobs to each worker that asks the broker.",
    ],
)
def test_a_definition_that_names_its_term_or_says_no_what_makes_none(tiny: Curriculum, definition: str) -> None:
    other = Term("push queue", (), (), "queues", definition)
    assert all("push queue" not in _right(each) for each in drills(tiny, other, PULL, POLL))


@pytest.mark.parametrize(
    "wrong",
    [
        Term("queue", (), (), "queues", "A queue is a line of jobs that the broker sends to each worker."),
        Term("fan", (), (), "queues", "A fan is a push queue that the broker sends to each worker as jobs."),
        Term("fans", (), (), "queues", "Fans are a line of jobs that the broker sends to each worker."),
        Term("jobs", (), (), "queues", "Jobs is a line that the broker sends to each worker."),
    ],
)
def test_what_would_be_right_too_or_gives_the_answer_away_is_no_option(tiny: Curriculum, wrong: Term) -> None:
    found = [each for each in drills(tiny, PUSH, PULL, POLL, wrong) if _right(each) == "push queue"]
    assert [{choice.text for choice in each.choices} for each in found] == [{"push queue", "pull queue", "polling"}]


def test_without_two_near_concepts_there_is_no_drill(tiny: Curriculum) -> None:
    assert drills(tiny, PUSH, PULL, FUSE) == ()


def test_the_roadmaps_drills_never_show_their_answer() -> None:
    directory = Settings().corpus_dir
    curriculum = load_curriculum(directory)
    contrasts = Contrasts(curriculum, load_glossary(directory, curriculum))
    topics = list(curriculum.topics)[::4]
    found = {topic: contrasts.on(topic) for topic in topics}
    assert all(1 <= len(each) <= DRILLS_PER_TOPIC for each in found.values())
    for drill in (drill for each in found.values() for drill in each):
        said = re.fullmatch(r"Which of these (?:is|are) “(.+)”\?", drill.text, flags=re.DOTALL)
        assert said
        assert not stems(said[1]) & stems(_right(drill)), drill
        assert not any(stems(choice.text) <= stems(said[1]) for choice in drill.choices), drill
        assert len({choice.text for choice in drill.choices}) == 3


def _right(drill: CheckQuestion) -> str:
    return next(choice.text for choice in drill.choices if choice.right)
