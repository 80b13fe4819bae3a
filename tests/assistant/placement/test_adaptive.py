from __future__ import annotations

from pathlib import Path

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.notes import Choice, Question, QuestionKind
from assistant.placement import (
    Asked,
    Outcome,
    Placement,
    PlacementState,
    QuestionBank,
    Report,
    load_question_bank,
    state_from_json,
    state_to_json,
)
from assistant.placement.belief import Effort
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

CORPUS = Settings().corpus_dir
QUICK = Effort(pool=2_000, drawn=200, sweeps=1)
RIGHT, WRONG, DONT_KNOW = Outcome.RIGHT, Outcome.WRONG, Outcome.DONT_KNOW


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load_curriculum(CORPUS)


@pytest.fixture(scope="module")
def bank(curriculum: Curriculum) -> QuestionBank:
    return load_question_bank(CORPUS, curriculum)


@pytest.fixture(scope="module")
def placement(curriculum: Curriculum, bank: QuestionBank) -> Placement:
    return Placement(curriculum, bank, effort=QUICK)


def all_answered(placement: Placement, outcome: Outcome, state: PlacementState | None = None) -> PlacementState:
    state = state or placement.start()
    while placement.next_question(state):
        state = placement.answered(state, outcome)
    return state


def test_a_test_has_8_to_20_questions_and_asks_none_twice(placement: Placement) -> None:
    for outcome in Outcome:
        state = all_answered(placement, outcome)
        asked = [(entry.topic, entry.number) for entry in state.asked]
        assert 8 <= len(asked) <= 20
        assert len(set(asked)) == len(asked)


def test_it_ends_at_once_when_enough_is_known_but_never_before_the_eighth(
    curriculum: Curriculum, bank: QuestionBank
) -> None:
    easily_content = Placement(curriculum, bank, effort=QUICK, enough=0.1)
    assert len(all_answered(easily_content, DONT_KNOW).asked) == 8
    never_content = Placement(curriculum, bank, effort=QUICK, enough=1.1)
    assert len(all_answered(never_content, DONT_KNOW).asked) == 20


def test_who_passes_everything_knows_everything_and_who_knows_nothing_nothing(
    placement: Placement, curriculum: Curriculum
) -> None:
    result = placement.result(all_answered(placement, RIGHT))
    assert result.known == tuple(curriculum.topics)
    assert result.finished
    assert result.confidence > 0.9
    result = placement.result(all_answered(placement, DONT_KNOW))
    assert result.known == ()
    assert result.confidence > 0.9


def test_a_pass_credits_ancestors_and_a_miss_prunes_descendants(placement: Placement, curriculum: Curriculum) -> None:
    before = placement.result(placement.start()).probability
    topic, ancestor, descendant = "saga-vs-2pc", "eventual-consistency", "ecommerce-system-design"
    after = {
        outcome: placement.result(PlacementState(asked=(Asked(topic, 1, outcome),))).probability for outcome in Outcome
    }
    assert after[RIGHT][ancestor] > max(before[ancestor], 0.85)
    assert after[DONT_KNOW][descendant] < min(before[descendant], 0.1)
    assert after[WRONG][topic] < before[topic] < after[RIGHT][topic]
    # Giving up is no guess: it says more than a wrong answer, and that more than nothing.
    assert after[DONT_KNOW][topic] < after[WRONG][topic]


def test_what_is_known_is_closed_under_hard_prerequisites_whatever_the_answers(
    placement: Placement, curriculum: Curriculum
) -> None:
    state = placement.start(seed=3)
    outcomes = [RIGHT, DONT_KNOW, WRONG, RIGHT, RIGHT, DONT_KNOW]
    while placement.next_question(state):
        state = placement.answered(state, outcomes[len(state.asked) % len(outcomes)])
        known = set(placement.result(state).known)
        needed = {edge.id for topic in known for edge in curriculum.topics[topic].prerequisites if edge.hard}
        assert needed <= known
        assert set(placement.result(state).probability) == set(curriculum.topics)


def test_the_same_answers_lead_to_the_same_questions_also_after_a_reload(
    placement: Placement, curriculum: Curriculum, bank: QuestionBank
) -> None:
    state = placement.start(seed=1)
    for outcome in (RIGHT, DONT_KNOW, WRONG):
        state = placement.answered(state, outcome)
    reloaded = state_from_json(state_to_json(state))
    assert reloaded == state
    elsewhere = Placement(curriculum, bank, effort=QUICK)
    assert elsewhere.next_question(reloaded) == placement.next_question(state)
    assert elsewhere.answered(reloaded, RIGHT) == placement.answered(state, RIGHT)
    assert elsewhere.result(reloaded) == placement.result(state)


def test_a_self_report_moves_the_start(placement: Placement, curriculum: Curriculum) -> None:
    report = Report(levels=frozenset({Level.BEGINNER}), modules=frozenset({12}))
    state = placement.start(report=report)
    with_report, without = placement.result(state).probability, placement.result(placement.start()).probability
    beginner = [topic.id for topic in curriculum.topics.values() if topic.level is Level.BEGINNER]
    assert all(with_report[topic] > without[topic] for topic in [*beginner, "pods-deployments-services"])
    assert with_report["hallucination-detection"] < without["hallucination-detection"]
    assert state_from_json(state_to_json(state)) == state


def test_a_finished_test_takes_no_answers(placement: Placement) -> None:
    with pytest.raises(InvalidInput, match="over"):
        placement.answered(all_answered(placement, DONT_KNOW), RIGHT)


def test_answers_about_topics_that_are_gone_do_not_count(placement: Placement) -> None:
    gone = PlacementState(asked=(Asked("no-such-topic", 1, RIGHT),), pending=("no-such-topic", 2))
    assert placement.result(gone).probability == placement.result(PlacementState()).probability
    question = placement.next_question(gone)
    assert question is not None
    assert question == placement.next_question(placement.start())
    assert placement.answered(gone, RIGHT).asked[1] == Asked(question.topic, question.number, RIGHT)


def test_a_small_roadmap_runs_out_of_questions(tmp_path: Path) -> None:
    curriculum = load_curriculum(write_corpus(tmp_path))
    choices = (Choice("Yes.", True, ""), Choice("No.", False, "no."))
    question = Question(1, QuestionKind.CHOICE, "Is it?", choices, (), 1)
    placement = Placement(curriculum, QuestionBank({"fuses": (question,), "queues": (question,)}), effort=QUICK)
    state = all_answered(placement, RIGHT)
    assert {entry.topic for entry in state.asked} == {"fuses", "queues"}
    assert placement.result(state).finished


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 2}', '{"version":1,"seed":0,"report":null,"asked":[{}]}']
)
def test_only_saved_tests_are_read(text: str) -> None:
    with pytest.raises(InvalidInput, match="no saved placement test"):
        state_from_json(text)


def test_the_saved_form() -> None:
    state = PlacementState(5, Report(frozenset({Level.EXPERT}), frozenset({2, 1})), (Asked("a", 1, WRONG),), ("b", 2))
    assert state_to_json(state) == (
        '{"version": 1, "seed": 5, "report": {"levels": ["expert"], "modules": [1, 2]}, '
        '"asked": [{"topic": "a", "number": 1, "outcome": "wrong"}], "pending": ["b", 2]}'
    )
