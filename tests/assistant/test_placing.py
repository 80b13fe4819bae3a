"""One learner's placement test: kept after every answer, taken over, given up, and taken again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.placement import Outcome, PlacementQuestion, Report, state_to_json
from assistant.placing import Finding, Placing, Taken, taken_text
from assistant.progress import TopicState
from tests.assistant.placements import NOW, answer_all, asked, open_placing
from tests.mini_corpus import write_corpus

EVERYTHING = ("fuses", "retries", "queues")
REPORT = Report(frozenset({Level.BEGINNER}), frozenset({2}))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("placing") / "corpus")


@pytest.fixture
def placing(tmp_path: Path, corpus: Path) -> Iterator[Placing]:
    with open_placing(tmp_path, corpus) as placing:
        yield placing


def states(placing: Placing) -> dict[str, tuple[str, str]]:
    progress = placing.study.journal.progress.topics(placing.study.learner.id)
    return {topic: (each.state.value, each.source) for topic, each in progress.items()}


def test_before_the_first_test_there_is_none_and_nobody_is_made(placing: Placing) -> None:
    assert placing.current() is None
    assert placing.study.journal.learners.all() == ()
    for refused in (placing.result, placing.findings, placing.answers, placing.accept):
        with pytest.raises(InvalidInput, match="No placement test is under way"):
            refused()


def test_what_was_said_is_there_after_a_restart(tmp_path: Path, corpus: Path) -> None:
    with open_placing(tmp_path, corpus) as placing:
        begun = placing.begin(REPORT)
        first = asked(placing)
        answered = placing.answer(first, first.right)
    assert (begun.report, begun.seed, begun.asked) == (REPORT, 0, ())
    with open_placing(tmp_path, corpus) as placing:
        assert placing.current() == answered
        second = asked(placing)
        placing.answer(second, None)
        assert placing.answers() == ((first, Outcome.RIGHT), (second, Outcome.DONT_KNOW))
        kept = placing.study.journal.placements.kept(placing.study.learner.id)
        assert kept is not None
        assert (kept.finished, kept.updated_at) == (False, NOW)
        assert '"outcome": "right"}' in kept.state


def test_only_one_is_under_way_and_only_the_question_that_is_asked_is_answered(tmp_path: Path, corpus: Path) -> None:
    with open_placing(tmp_path, corpus) as placing, open_placing(tmp_path, corpus) as other_window:
        placing.begin()
        with pytest.raises(InvalidInput, match="A placement test is under way"):
            other_window.begin()
        question = asked(other_window)
        with pytest.raises(InvalidInput, match="That question has 2 options"):
            placing.answer(question, 2)
        after = placing.answer(question, 1)
        with pytest.raises(InvalidInput, match="was answered elsewhere"):
            other_window.answer(question, 0)
        assert other_window.current() == after


def test_an_answer_that_another_window_was_faster_with_is_not_kept_twice(
    placing: Placing, monkeypatch: pytest.MonkeyPatch
) -> None:
    placing.begin()
    question = asked(placing)
    real = placing.placement.answered

    def overtaken(state: object, outcome: object) -> object:
        monkeypatch.undo()
        placing.answer(question, question.right)
        return real(state, outcome)  # type: ignore[arg-type]

    monkeypatch.setattr(placing.placement, "answered", overtaken)
    with pytest.raises(InvalidInput, match="was answered elsewhere"):
        placing.answer(question, None)
    assert [outcome for _, outcome in placing.answers()] == [Outcome.RIGHT]


def test_a_result_is_taken_as_known_only_when_the_test_is_over(placing: Placing) -> None:
    placing.begin()
    with pytest.raises(InvalidInput, match="not over yet"):
        placing.accept()
    answer_all(placing, right=True)
    assert placing.accept() == Taken(EVERYTHING, (), (), ())
    assert states(placing) == dict.fromkeys(EVERYTHING, ("known", "placement"))
    assert placing.current() is None
    assert placing.study.standing().known == set(EVERYTHING)


def test_what_is_recorded_denied_or_left_out_is_not_marked(placing: Placing) -> None:
    placing.study.mark(["fuses"], TopicState.DONE)
    placing.study.mark(["retries"], TopicState.UNKNOWN)
    placing.begin()
    answer_all(placing, right=True)
    found = placing.result().probability
    assert placing.findings() == (
        Finding("fuses", found["fuses"], recorded=True, denied=False),
        Finding("retries", found["retries"], recorded=False, denied=True),
        Finding("queues", found["queues"], recorded=False, denied=False),
    )
    with pytest.raises(InvalidInput, match="The result does not take docker, x for known"):
        placing.accept({"x", "queues", "docker"})
    taken = placing.accept()
    assert taken == Taken(("queues",), ("fuses",), ("retries",), ())
    assert states(placing) == {
        "fuses": ("done", "self"), "retries": ("unknown", "self"), "queues": ("known", "placement"),
    }  # fmt: skip
    assert taken_text(taken) == (
        "1 topic is marked as known. 1 topic was recorded before. 1 topic is left out, as you said."
    )


def test_the_learner_may_take_what_they_had_denied(placing: Placing) -> None:
    placing.study.mark(["retries"], TopicState.UNKNOWN)
    placing.begin()
    answer_all(placing, right=True)
    assert placing.accept({"retries", "fuses"}) == Taken(("fuses", "retries"), (), ("queues",), ())


def test_a_retake_asks_otherwise_and_takes_the_place_of_the_earlier_result(placing: Placing) -> None:
    placing.begin(REPORT)
    first = asked(placing)
    answer_all(placing, right=True)
    placing.accept()
    again = placing.retake()
    assert (again.seed, again.report, again.asked) == (1, REPORT, ())
    assert asked(placing).options == first.options[::-1]
    answer_all(placing, right=False)
    assert placing.result().known == ()
    taken = placing.accept()
    assert taken == Taken((), (), (), EVERYTHING)
    assert taken_text(taken) == "No topic is marked as known. 3 topics are open again, known by an earlier test only."
    assert placing.study.standing().known == set()
    assert placing.begin().seed == 2


def test_giving_up_marks_nothing_and_the_next_test_is_another(placing: Placing) -> None:
    placing.begin()
    answer_all(placing, right=True)
    placing.abandon()
    assert placing.current() is None
    assert states(placing) == {}
    assert placing.begin(REPORT).seed == 1


def test_a_test_of_another_version_is_said_so_and_can_be_replaced(placing: Placing) -> None:
    learner = placing.study.learner.id
    placing.study.journal.placements.begin(learner, '{"version": 2}', NOW)
    with pytest.raises(InvalidInput, match="no saved placement test"):
        placing.current()
    assert placing.retake().seed == 0
    assert placing.current() is not None


def test_learners_have_tests_of_their_own_and_leave_none_behind(placing: Placing) -> None:
    journal, state = placing.study.journal, placing.begin()
    ben = journal.learners.named("Ben", NOW)
    assert journal.placements.kept(ben.id) is None
    assert not journal.placements.change(ben.id, state_to_json(state), "{}", NOW)
    journal.learners.delete(placing.study.learner.id)
    with sqlite3.connect(journal.path) as other:
        assert other.execute("SELECT count(*) FROM placements").fetchone() == (0,)
    other.close()


def test_questions_that_the_notes_have_lost_are_left_out_of_the_answers(placing: Placing, corpus: Path) -> None:
    placing.begin()
    answer_all(placing, right=True)
    learner, state = placing.study.learner.id, placing.current()
    assert state is not None
    lost = state_to_json(state).replace('"number": 1', '"number": 9', 1)
    placing.study.journal.placements.begin(learner, lost, NOW)
    shown: list[PlacementQuestion] = [question for question, _ in placing.answers()]
    assert [question.topic for question in shown] == ["retries"]
