"""Retrieval on the mini corpus: what is searched for, what is found, and what is said of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Partition, Passage, PassageKind, Term
from assistant.reranking import CrossEncoderReranker, Reranker
from assistant.retrieval import VOUCHING, Retrieval, Retriever, fuse
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from tests.assistant.cross_encoders import write_cross_encoder
from tests.assistant.retrievers import built
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

GLOSSARY = """
terms:
  - term: fuse breaker
    abbreviations: [FB]
    aliases: []
    topic: fuses
    definition: A fuse breaker is a guard that counts failures.
  - term: retry loop
    abbreviations: [RL]
    aliases: []
    topic: retries
    definition: A retry loop is a device that asks again.
"""
TERMS = (Term("fuse breaker", ("FB",), (), "fuses", "A guard."), Term("retry loop", ("RL",), (), "retries", "A loop."))
SECTIONS = [
    "In one sentence",
    "How it works",
    "When to use it, and when not",
    "Trade-offs",
    "Pitfalls",
    "In practice",
    "How it connects",
]


@pytest.fixture(scope="module")
def embedder() -> BagOfStems:
    return BagOfStems()


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, embedder: BagOfStems) -> Iterator[Retriever]:
    directory: Path = tmp_path_factory.mktemp("retrieval")
    corpus = write_corpus(directory / "corpus")
    (corpus / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    found = built(Settings(home=directory / "home", corpus_dir=corpus), embedder, Vocabulary(TERMS))
    yield found
    found.index.close()


def places(retrieval: Retrieval) -> list[tuple[PassageKind, str | None, str]]:
    passages = [scored.passage for scored in retrieval.passages]
    return [(each.kind, each.topic, each.section) for each in passages]


def test_fusion_is_exact() -> None:
    assert fuse({"a": 0.9, "b": 0.5, "c": 0.1}, {"b": 4.0, "d": 2.0}, 0.75) == {
        "a": 0.75,
        "b": 0.75 * 0.5 + 0.25,
        "c": 0.0,
        "d": 0.0,
    }
    assert fuse({}, {"a": 3.0}, 0.25) == {"a": 0.75}
    assert fuse({"a": -0.5}, {}, 0.25) == {"a": 0.25}
    assert fuse({}, {}, 0.5) == {}


SCORES = st.dictionaries(st.sampled_from("abcde"), st.floats(-1, 100))


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_are_shares(dense: dict[str, float], lexical: dict[str, float], weight: float) -> None:
    fused = fuse(dense, lexical, weight)
    assert fused.keys() == dense.keys() | lexical.keys()
    assert all(0 <= score <= 1 + 1e-12 for score in fused.values())


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("What is a fuse breaker?", ["What is a fuse breaker?"]),
        ("What is RL?", ["What is RL?", "What is RL? (retry loop)"]),
        ("RL vs FB", ["RL vs FB", "RL vs FB (retry loop, fuse breaker)", "RL", "FB"]),
        (
            "What is the difference between a fuse breaker and queues?",
            ["What is the difference between a fuse breaker and queues?", "a fuse breaker", "queues"],
        ),
        ("What is a fuse braker?", ["What is a fuse breaker?"]),
    ],
)
def test_every_reading_of_a_question_is_searched_for(
    retriever: Retriever, embedder: BagOfStems, question: str, readings: list[str]
) -> None:
    embedder.embedded.clear()
    retriever.retrieve(question, 1)
    assert embedder.embedded == readings


def test_a_short_form_finds_what_it_stands_for(retriever: Retriever) -> None:
    spelled_out = retriever.retrieve("What is RL?", 8).passages
    assert [scored.passage.topic for scored in spelled_out[:3]] == ["retries"] * 3
    # Only the glossary's heading holds "RL": all else was found by the meaning of the words it stands for.
    assert [scored.passage.kind for scored in spelled_out if scored.lexical is not None] == [PassageKind.GLOSSARY]
    unread = Retriever(retriever.index, BagOfStems(), Vocabulary(()), dense_weight=0.5, candidates=20)
    plain = {scored.passage.id: scored.dense or 0.0 for scored in unread.retrieve("What is RL?", 100).passages}
    second = spelled_out[1]
    assert second.passage.kind is PassageKind.NOTES
    assert second.dense is not None
    assert second.dense > plain.get(second.passage.id, 0.0) + 0.1


def test_both_sides_of_a_comparison_are_found(retriever: Retriever) -> None:
    found = retriever.retrieve("What is the difference between a fuse breaker and a retry loop?", 4)
    assert {scored.passage.topic for scored in found.passages[:3]} == {"fuses", "retries"}


def test_what_only_a_side_finds_has_no_similarity_to_the_question(retriever: Retriever) -> None:
    """So that the confidence rests on the whole question alone."""
    few = Retriever(retriever.index, BagOfStems(), Vocabulary(TERMS), dense_weight=0.5, candidates=1)
    found = few.retrieve("queues queue vs a fuse breaker", 10)
    measured = [scored.passage.topic for scored in found.passages if scored.dense is not None]
    by_side_only = {s.passage.topic for s in found.passages if s.dense is None and s.lexical is None}
    assert len(measured) == 1
    assert by_side_only == {"fuses"}


def test_a_side_counts_less_than_the_question(retriever: Retriever) -> None:
    few = Retriever(retriever.index, BagOfStems(), Vocabulary(TERMS), dense_weight=0.0, candidates=1)
    found = few.retrieve("queues queue vs a fuse breaker", 10)
    scores = {scored.passage.topic: scored.score for scored in found.vouchers if scored.score}
    assert scores == {"queues": 1.0, "fuses": 0.8}


def test_a_named_module_comes_first_with_what_is_said_of_it_as_a_whole(retriever: Retriever) -> None:
    overview = retriever.index.overview(1)
    assert [(each.kind, each.heading) for each in overview] == [
        (PassageKind.NOTES, "1. Breaking Things"),
        (PassageKind.NOTES, "1. Breaking Things > Project: Break it"),
        (PassageKind.ROADMAP, "Part One > 1. Breaking Things"),
    ]
    found = retriever.retrieve("What is module 1 about?", 8)
    assert {scored.passage.id for scored in found.passages[:3]} == {each.id for each in overview}
    assert [scored.dense for scored in found.passages[:3]] == [1.0, 1.0, 1.0]
    assert [scored.score for scored in found.vouchers[:4]][:3] == [1.0, 1.0, 1.0]
    assert found.vouchers[3].score < 1.0
    assert found.vouchers[3].dense is not None
    assert found.vouchers[3].dense < 1.0


def test_a_module_that_does_not_exist_has_no_overview(retriever: Retriever) -> None:
    assert retriever.index.overview(77) == ()
    assert all(scored.dense != 1.0 for scored in retriever.retrieve("module 77", 8).passages)


def test_neighbours_are_the_rest_of_the_topic_in_its_order(retriever: Retriever) -> None:
    about = retriever.index.about("fuses")
    assert [each.section for each in about] == SECTIONS
    found = retriever.retrieve("What is a fuse breaker?", 4)
    assert found.passages[0].passage.topic == "fuses"
    held = {scored.passage.id for scored in found.passages}
    neighbours = retriever.neighbours(found)
    assert [scored.passage for scored in neighbours] == [each for each in about if each.id not in held]
    assert 0 < len(neighbours) < len(SECTIONS)
    assert [scored.rank for scored in neighbours] == list(range(5, 5 + len(neighbours)))
    assert {(scored.score, scored.dense, scored.lexical) for scored in neighbours} == {(0.0, None, None)}


def test_in_a_comparison_both_topics_have_neighbours(retriever: Retriever) -> None:
    found = retriever.retrieve("Fuses vs trying again", 4)
    about = {passage.id for topic in ("fuses", "retries") for passage in retriever.index.about(topic)}
    held = {scored.passage.id for scored in found.passages}
    assert {scored.passage.topic for scored in found.passages} >= {"fuses", "retries"}
    assert {scored.passage.id for scored in retriever.neighbours(found)} == about - held


def test_without_a_topic_there_are_no_neighbours(retriever: Retriever) -> None:
    assert retriever.neighbours(Retrieval("", (), ())) == ()
    module = retriever.retrieve("What is module 1 about?", 4)
    assert module.passages[0].passage.topic is None
    assert retriever.neighbours(module) == ()
    assert retriever.index.about("queues") == ()


class Prefers:
    """Scores a text by how often it has a word."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read = list(texts)
        return [float(text.lower().count(self._word)) for text in texts]


def topics(retrieval: Retrieval) -> list[str | None]:
    return [each.passage.topic for each in retrieval.passages]


def reranking(retriever: Retriever, reranker: Reranker) -> Retriever:
    return Retriever(
        retriever.index, BagOfStems(), Vocabulary(TERMS), dense_weight=0.5, candidates=20, reranker=reranker
    )


def test_a_reranker_changes_the_order_and_nothing_that_the_confidence_rests_on(retriever: Retriever) -> None:
    question = "How does a fuse breaker count failures?"
    plain = retriever.retrieve(question, 100)
    prefers = Prefers("queue")
    found = reranking(retriever, prefers).retrieve(question, 100)
    assert {each.passage.id for each in found.passages} == {each.passage.id for each in plain.passages}
    assert [each.passage.id for each in found.passages] != [each.passage.id for each in plain.passages]
    assert topics(found).index("queues") < topics(plain).index("queues")
    assert (found.vouchers, found.terms, found.unknown) == (plain.vouchers, plain.terms, plain.unknown)
    dense = {each.passage.id: (each.dense, each.lexical) for each in plain.passages}
    assert {each.passage.id: (each.dense, each.lexical) for each in found.passages} == dense
    assert len(prefers.read) == min(50, len(plain.passages))
    assert all("\n" in text for text in prefers.read)  # the heading first


def test_a_reranker_that_finds_all_alike_changes_nothing(retriever: Retriever) -> None:
    question = "How does a fuse breaker count failures?"
    plain = retriever.retrieve(question, 10)
    found = reranking(retriever, Prefers("unheard")).retrieve(question, 10)
    assert [each.passage.id for each in found.passages] == [each.passage.id for each in plain.passages]


def test_a_real_cross_encoder_orders_what_was_found(retriever: Retriever, tmp_path: Path) -> None:
    question = "How does a fuse breaker count failures?"
    plain = retriever.retrieve(question, 100)
    reranker = CrossEncoderReranker(write_cross_encoder(tmp_path / "model"))
    found = reranking(retriever, reranker).retrieve(question, 100)
    assert {each.passage.id for each in found.passages} == {each.passage.id for each in plain.passages}
    assert [each.passage.id for each in found.passages] != [each.passage.id for each in plain.passages]
    assert found == reranking(retriever, reranker).retrieve(question, 100)


def test_nearness_is_that_of_the_nearest_note_on_the_topic(retriever: Retriever) -> None:
    question = "How do fuses count failures in a window of calls?"
    nearest = max(
        scored.dense or 0.0
        for scored in retriever.retrieve(question, 100, kind=PassageKind.NOTES).passages
        if scored.passage.topic == "fuses"
    )
    assert nearest > 0
    assert retriever.nearness(question, "fuses") == pytest.approx(nearest, abs=1e-6)
    assert retriever.nearness(question, "nothing") == 0.0


def test_vouchers_are_the_best_of_their_kinds_whatever_k_is(retriever: Retriever) -> None:
    found = retriever.retrieve("What is a retry loop?", 100)
    assert PassageKind.GLOSSARY in {kind for kind, _, _ in places(found)}
    assert len(found.vouchers) == 8
    assert {scored.passage.kind for scored in found.vouchers} <= VOUCHING
    assert [scored.rank for scored in found.vouchers] == list(range(1, 9))
    scores = [scored.score for scored in found.vouchers]
    assert scores == sorted(scores, reverse=True)
    assert retriever.retrieve("What is a retry loop?", 1).vouchers == found.vouchers


def test_a_slip_is_mended_before_the_search(retriever: Retriever) -> None:
    slip, right = retriever.retrieve("What is a fuse Braker?", 8), retriever.retrieve("What is a fuse breaker?", 8)
    assert slip.corrections == (("Braker", "breaker"),)
    assert right.corrections == ()
    assert (slip.query, slip.terms, slip.passages) == (right.query, right.terms, right.passages)


def test_a_word_that_the_roadmap_holds_is_not_mended(retriever: Retriever) -> None:
    near = Vocabulary((), ["callers windows"])
    other = Retriever(retriever.index, BagOfStems(), near, dense_weight=0.5, candidates=5)
    assert other.retrieve("window caller", 1).corrections == ()
    assert other.retrieve("windwos", 1).corrections == (("windwos", "windows"),)


def test_words_that_no_passage_holds_are_unknown(retriever: Retriever) -> None:
    found = retriever.retrieve("Why do quokkas break a fuse?", 3)
    assert found.terms == ("quokkas", "break", "fuse")
    assert found.unknown == ("quokkas",)


def test_a_rare_word_says_more(retriever: Retriever) -> None:
    count = retriever.index.manifest.count(Partition.ROADMAP)
    holds = [retriever.index.frequency(Partition.ROADMAP, word) for word in ("fuse", "window", "quokka")]
    assert count > holds[0] > holds[1] > holds[2] == 0
    for word, number in zip(("fuse", "window", "quokka"), holds, strict=True):
        assert retriever.importance(word) == pytest.approx(math.log(1 + count / (number + 1)))


@pytest.mark.parametrize(
    "question", ["", " ", "?", "the", '"', "NEAR(", "a AND b", "C++ vs C#", "\u0000", "module 999"]
)
def test_any_question_finds_something(retriever: Retriever, question: str) -> None:
    found = retriever.retrieve(question, 3)
    assert [scored.rank for scored in found.passages] == [1, 2, 3]
    assert len({scored.passage.id for scored in found.passages}) == 3
    assert all(isinstance(scored.passage, Passage) for scored in found.passages)
