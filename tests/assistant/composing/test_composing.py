from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.composing import MAX_WORDS, Statement, compose
from assistant.domain import Passage, PassageKind
from assistant.sentences import BlockKind
from assistant.words import stems
from tests.assistant.passages import passage, ranked

ONE_SENTENCE = passage(
    "one", "A circuit breaker stops calls to a failing service so that callers fail fast.", section="In one sentence"
)
MECHANISM = passage(
    "how",
    "A circuit breaker counts failed calls in a sliding window. The breaker opens when the failure rate passes"
    " a threshold. An open breaker rejects calls at once.\n\n```yaml\nfailureRateThreshold: 50\n```",
)
PITFALLS = passage(
    "pit",
    "- A circuit breaker without a timeout waits for slow calls.\n- A shared circuit breaker opens for healthy hosts.",
    section="Pitfalls",
)
ROADMAP = passage("map", "Circuit Breaker Pattern\nRetry with backoff", kind=PassageKind.ROADMAP, topic=None)
QUESTION = passage("ask", "What does a circuit breaker count?", kind=PassageKind.QUESTION, section="Check yourself")


def even(_word: str) -> float:
    """Every word says as much as any other."""
    return 1.0


def composed(question: str, *passages: Passage, scores: tuple[float, ...] = ()) -> list[tuple[str, str]]:
    statements = compose(question, ranked(*passages, scores=scores), even)
    return [(statement.passage_id, statement.text) for statement in statements]


def test_a_definition_leads_with_what_it_is_in_one_sentence_and_goes_on_in_reading_order() -> None:
    assert composed("What is a circuit breaker?", ONE_SENTENCE, MECHANISM, scores=(1.0, 0.9)) == [
        ("one", "A circuit breaker stops calls to a failing service so that callers fail fast."),
        ("how", "A circuit breaker counts failed calls in a sliding window."),
        ("how", "The breaker opens when the failure rate passes a threshold."),
        ("how", "An open breaker rejects calls at once."),
    ]


def test_a_definition_leads_also_where_another_section_ranks_far_higher() -> None:
    found = composed("What is a circuit breaker?", PITFALLS, MECHANISM, ONE_SENTENCE, scores=(1.0, 0.9, 0.4))
    assert found[0] == ("one", ONE_SENTENCE.text)


def test_the_definition_of_another_topic_does_not_lead() -> None:
    other = passage("other", "A bulkhead limits concurrent calls.", section="In one sentence", topic="bulkhead")
    found = composed("What is a circuit breaker?", MECHANISM, other, scores=(1.0, 0.7))
    assert found[0][0] == "how"


def test_trouble_is_answered_from_the_pitfalls_as_a_list() -> None:
    statements = compose("Why does a circuit breaker fail?", ranked(MECHANISM, PITFALLS, scores=(0.9, 0.9)), even)
    assert statements[:2] == (
        Statement("A circuit breaker without a timeout waits for slow calls.", "pit", BlockKind.LIST_ITEM),
        Statement("A shared circuit breaker opens for healthy hosts.", "pit", BlockKind.LIST_ITEM),
    )


def test_rare_words_of_the_question_decide() -> None:
    common = passage("a", "A breaker guards calls. A breaker guards a host.")
    rare = passage("b", "A breaker with hysteresis waits.")

    def importance(word: str) -> float:
        return {"hysteresis": 5.0}.get(word, 0.1)

    statements = compose("breaker hysteresis", ranked(common, rare, scores=(0.1, 0.5)), importance)
    assert [statement.text for statement in statements] == ["A breaker with hysteresis waits."]


def test_a_sentence_far_behind_the_best_is_left_out() -> None:
    near = passage("a", "A circuit breaker counts failed calls.")
    far = passage("b", "Sheep graze.", topic="sheep", module=3)
    assert composed("circuit breaker counts", near, far, scores=(1.0, 0.1)) == [("a", near.text)]


def test_nothing_is_said_twice() -> None:
    again = passage("again", "A circuit breaker counts the failed calls in a sliding window. Use it. Use it.")
    assert composed("How does a circuit breaker count?", again, MECHANISM, scores=(1.0, 1.0)) == [
        ("again", "A circuit breaker counts the failed calls in a sliding window."),
        ("again", "Use it."),
        ("how", "The breaker opens when the failure rate passes a threshold."),
        ("how", "An open breaker rejects calls at once."),
    ]


def test_the_words_are_counted() -> None:
    long = [f"Circuit {' '.join(f'{letter}word{number}' for number in range(56))}." for letter in "abcdefg"]
    found = composed("circuit breaker", passage("long", "\n\n".join(long)))
    assert [len(text.split()) for _, text in found] == [57, 57, 57]
    assert MAX_WORDS == 200


def test_one_long_sentence_is_better_than_none() -> None:
    long = f"A circuit breaker {'really ' * 200}opens."
    assert composed("circuit breaker", passage("long", long)) == [("long", long)]


def test_at_most_five_sources() -> None:
    many = [
        passage(f"p{n}", f"Breaker alpha{n} opens. Breaker beta{n} shuts. Breaker gamma{n} trips.") for n in range(8)
    ]
    found = composed("breaker", *many, scores=(1.0,) * 8)
    assert {id_ for id_, _ in found} == {"p0", "p1", "p2", "p3", "p4"}


def test_code_and_tables_are_not_quoted() -> None:
    source = passage(
        "t", "| Breaker | Calls |\n|---|---|\n| open | none |\n\n```\nbreaker --open\n```\n\nA breaker opens."
    )
    assert composed("breaker", source) == [("t", "A breaker opens.")]


def test_an_item_with_items_of_its_own_is_not_quoted_because_its_words_would_run_together() -> None:
    source = passage("n", "- A breaker has states:\n  - open\n  - closed\n- A breaker\n  opens.")
    assert composed("breaker", source) == [("n", "A breaker opens.")]


def test_without_notes_the_best_line_of_the_roadmap_is_all_there_is() -> None:
    second = passage("map2", "Bulkhead Isolation", kind=PassageKind.ROADMAP, topic=None)
    assert composed("circuit breaker", QUESTION, ROADMAP, second) == [
        ("map", "Circuit Breaker Pattern Retry with backoff"),
    ]


def test_a_term_of_the_glossary_is_quoted_like_notes() -> None:
    term = passage("term", "A circuit breaker is a guard.", kind=PassageKind.GLOSSARY, section="circuit breaker")
    assert composed("What is a circuit breaker?", term, ROADMAP) == [("term", "A circuit breaker is a guard.")]


def test_with_notes_the_roadmap_is_not_quoted() -> None:
    assert {id_ for id_, _ in composed("circuit breaker", ROADMAP, MECHANISM)} == {"how"}


@pytest.mark.parametrize("passages", [(), (QUESTION,), (QUESTION, QUESTION), (passage("code", "```\na\n```"),)])
def test_where_nothing_can_be_quoted_nothing_is_said(passages: tuple[Passage, ...]) -> None:
    assert composed("What is a circuit breaker?", *passages) == []


def test_a_question_of_stop_words_still_gets_the_best_passage() -> None:
    assert composed("what is it?", ONE_SENTENCE) == [("one", ONE_SENTENCE.text)]


MARKDOWN = st.one_of(
    st.sampled_from(
        ["A breaker opens. ", "Calls fail at once. ", "It shuts.", "a", "e.g. ", "U.S. ", "`x. Y` ", "5. ", "!"]
    ),
    st.sampled_from(["- ", "  - ", "1. ", "\n", "\n\n", "| a |\n", "```\n", "    ", "\t", "é ", "\u00a0", "circuit "]),
)
PASSAGES = st.lists(
    st.builds(
        passage,
        st.uuids().map(str),
        st.lists(MARKDOWN, min_size=1, max_size=15).map("".join),
        section=st.sampled_from(["In one sentence", "How it works", "Pitfalls"]),
        kind=st.sampled_from(PassageKind),
    ),
    max_size=6,
)
QUESTIONS = st.sampled_from(["What is a circuit breaker?", "How does a breaker fail?", "why?", "", "calls vs breaker"])


@settings(deadline=None)
@given(QUESTIONS, PASSAGES)
def test_every_statement_is_verbatim_and_said_once_within_bounds(question: str, passages: list[Passage]) -> None:
    statements = compose(question, ranked(*passages), lambda word: float(len(word)))
    texts = {each.id: " ".join(each.text.split()) for each in passages}
    kinds = {each.id: each.kind for each in passages}
    for statement in statements:
        assert statement.text
        assert statement.text in texts[statement.passage_id]
    assert len({statement.text.casefold() for statement in statements}) == len(statements)
    words = [len(statement.text.split()) for statement in statements]
    assert sum(words) <= MAX_WORDS or len(words) == 1
    quoted = {kinds[statement.passage_id] for statement in statements}
    prose = {PassageKind.NOTES, PassageKind.GLOSSARY, PassageKind.OWN, PassageKind.RESOURCE}
    assert quoted <= prose or quoted == {PassageKind.ROADMAP}


def test_the_words_above_are_what_they_are_taken_for() -> None:
    assert stems("Why does a circuit breaker fail?") == {"circuit", "breaker", "fail"}
