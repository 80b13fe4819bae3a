"""Which sentences are said: length, leaning sentences, announcements, and other subjects."""

from __future__ import annotations

from dataclasses import replace

from assistant.composing import MIN_WORDS, compose
from assistant.domain import Passage, PassageKind
from tests.assistant.passages import passage, ranked


def composed(question: str, *passages: Passage, scores: tuple[float, ...] = ()) -> list[str]:
    statements = compose(question, ranked(*passages, scores=scores), lambda _word: 1.0)
    return [statement.text for statement in statements]


def test_a_sentence_that_leans_on_another_comes_with_it() -> None:
    text = "Sheep graze all day long. It keeps a circuit breaker counting slow calls."
    assert composed("circuit breaker counting slow calls", passage("a", text)) == [
        "Sheep graze all day long.",
        "It keeps a circuit breaker counting slow calls.",
    ]


def test_a_chain_of_leaning_sentences_comes_whole_or_not_at_all() -> None:
    chain = "Sheep graze. They sleep. However, it counts slow calls of a circuit breaker."
    assert composed("circuit breaker slow calls", passage("a", chain)) == chain.replace(". ", ".|").split("|")
    missing = f"This shows a breaker:\n\n{'It counts slow calls of a circuit breaker.'}"
    other = passage("b", "A circuit breaker opens.")
    # What it leans on only announces and is left out, so it goes, too.
    assert composed("circuit breaker slow calls", passage("a", missing), other) == ["A circuit breaker opens."]


def test_a_leaning_sentence_does_not_lead() -> None:
    text = "A circuit breaker opens.\n\nIt is a circuit breaker: it counts slow circuit breaker calls."
    assert composed("circuit breaker slow calls", passage("a", text))[0] == "A circuit breaker opens."


def test_the_first_sentence_of_a_passage_and_a_list_item_lean_on_nothing() -> None:
    text = "It counts slow windows of a circuit breaker.\n\n- These are circuit breaker calls."
    assert set(composed("circuit breaker calls", passage("a", text))) == {
        "It counts slow windows of a circuit breaker.",
        "These are circuit breaker calls.",
    }


def test_sentences_that_announce_are_left_out() -> None:
    announcing = [
        "The Python program below counts circuit breaker calls.",
        "The `breaker.yaml` below sets a circuit breaker.",
        "The following circuit breaker calls fail.",
        "This next circuit breaker counts.",
        "A circuit breaker has these states:",
    ]
    assert composed("circuit breaker", passage("a", "\n\n".join(announcing))) == []


def test_below_a_number_announces_nothing() -> None:
    said = [
        "The circuit breaker rate stays below 50 percent.",
        "The breaker load falls below a threshold.",
        "A circuit breaker opens below its limit.",
    ]
    assert composed("circuit breaker rate load", passage("a", "\n\n".join(said))) == said


WEAK = [f"A breaker has alpha{n} beta{n} gamma{n} delta{n} epsilon{n} zeta{n} eta{n} theta{n}." for n in range(12)]
BEST = "A circuit breaker counts slow calls in a window."


def test_a_short_answer_is_filled_from_its_own_subject_up_to_the_least_length() -> None:
    question = "circuit breaker counts slow calls window"
    found = composed(question, passage("a", "\n\n".join([BEST, *WEAK]), section="Elsewhere"), scores=(0.0,))
    # Each is below half of the best score, and yet needed for eighty words.
    assert found == [BEST, *WEAK[:7]]
    assert sum(len(each.split()) for each in found[:-1]) < MIN_WORDS <= sum(len(each.split()) for each in found)


def test_other_subjects_fill_nothing() -> None:
    question = "circuit breaker counts slow calls window"
    other = passage("b", "\n\n".join(WEAK), topic="other", module=5)
    assert composed(question, passage("a", BEST), other, scores=(1.0, 0.2)) == [BEST]


def test_other_subjects_are_quoted_where_they_are_good() -> None:
    question = "circuit breaker counts slow calls window"
    good = passage("b", "Slow calls fill the window that the circuit breaker counts.", topic="other", module=5)
    assert composed(question, passage("a", "A circuit breaker opens."), good, scores=(1.0, 0.9)) == [
        "Slow calls fill the window that the circuit breaker counts.",
        "A circuit breaker opens.",
    ]
    assert composed(question, passage("a", BEST), good, scores=(1.0, 0.0)) == [BEST]


def test_a_sentence_that_shares_nothing_with_the_question_does_not_fill() -> None:
    assert composed("circuit breaker", passage("a", BEST), passage("b", "Sheep graze.", section="X", module=13)) == [
        BEST,
        "Sheep graze.",  # under the heading "Circuit Breaker Pattern"
    ]
    sheep = Passage("s", "notes/13.md", PassageKind.NOTES, 13, "circuit-breaker", "Farm", "Sheep graze.")
    assert composed("circuit breaker", passage("a", BEST), sheep, scores=(1.0, 0.29)) == [BEST]


def test_what_was_found_on_the_subject_fills_a_short_answer_whatever_its_words() -> None:
    long = " ".join(f"Sheep{n} graze{n} on hill{n} near{n} town{n}." for n in range(40))
    sheep = Passage("s", "notes/13.md", PassageKind.NOTES, 13, "circuit-breaker", "Farm", long)
    said = composed("circuit breaker", passage("a", BEST), sheep, scores=(1.0, 0.3))
    assert said[:3] == [BEST, "Sheep0 graze0 on hill0 near0 town0.", "Sheep1 graze1 on hill1 near1 town1."]
    length = sum(len(sentence.split()) for sentence in said)
    assert MIN_WORDS <= length < MIN_WORDS + len(said[-1].split())
    # Neither another topic, nor what a topic says of its neighbours.
    for other in (replace(sheep, topic="sheep"), replace(sheep, heading="Farm > How it connects")):
        assert composed("circuit breaker", passage("a", BEST), other, scores=(1.0, 0.9)) == [BEST]


def test_the_best_passage_says_what_the_subject_is_although_it_cannot_be_quoted() -> None:
    question = passage("q", "How do calls fail?", kind=PassageKind.QUESTION)
    other = passage("o", "A sheep calls.", topic="sheep", module=3)
    scores = (1.0, 0.9, 0.8)
    assert composed("failing calls", question, other, passage("a", BEST), scores=scores)[0] == BEST
    assert composed("failing calls", question, other, scores=scores[:2]) == [other.text]


def test_the_importance_of_a_word_is_asked_for_by_the_word() -> None:
    asked: list[str] = []

    def importance(word: str) -> float:
        asked.append(word)
        return 1.0

    compose("How do databases release the databases?", ranked(passage("a", BEST)), importance)
    assert asked == ["databases", "release"]


def test_the_subject_leads_also_where_another_one_says_more_of_the_words() -> None:
    other = passage("b", "A circuit breaker shuts on slow calls.", topic="other", module=5)
    found = composed("circuit breaker", passage("a", "A breaker opens."), other, scores=(1.0, 0.5))
    assert found == ["A breaker opens.", "A circuit breaker shuts on slow calls."]
