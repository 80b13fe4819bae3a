from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Answer,
    AnswerStatus,
    CheckQuestion,
    Choice,
    Citation,
    Leaning,
    Passage,
    PassageKind,
    ScoredPassage,
    TokenUsage,
)
from assistant.records import answer_from_record, answer_to_record, ask_record, search_record
from assistant.retrieval import Retrieval
from assistant.trace import Candidate, Fate, Trace

NOTE = Passage(
    id="p1",
    source="notes/13.md",
    kind=PassageKind.NOTES,
    module=13,
    topic="circuit-breaker",
    heading="13. Resiliency > Circuit Breaker",
    text="A breaker opens.\n\n- “Çay”",
)
OWN = Passage("p2", "own.pdf", PassageKind.NOTES, None, None, "Own", "Mine.", "https://example.org/own.pdf")
RETRIEVED = (ScoredPassage(1, NOTE, 0.987654, 0.5, 12.25), ScoredPassage(2, OWN, 0.00004, None, 3.0))
ANSWER = Answer(
    question="What opens?",
    status=AnswerStatus.PARTIAL,
    text="A breaker opens. [1]",
    citations=(
        Citation(1, "p1", 13, "circuit-breaker", "13. Resiliency", None, "A breaker opens."),
        Citation(2, "p2", None, None, "Own", "https://example.org/own.pdf", "Mine."),
    ),
    retrieved=RETRIEVED,
    confidence=0.123456,
    model="tiny",
    elapsed_ms=42,
    notice="Cut off.",
    prompt_sha256="ab12",
    usage=TokenUsage(prompt_tokens=700, completion_tokens=80),
    supported=1,
    statements=2,
    id=7,
    leaning=Leaning("pods", "Pods", 12, "A Pod runs. [2]"),
    check=CheckQuestion("circuit-breaker", "k", "Which?", (Choice("Open", True, ""),), ()),
    trace=Trace(
        query="What opens a breaker?",
        signals={"similarity": 0.5, "coverage": 1.0},
        threshold=0.65,
        candidates=(
            Candidate(1, "p1", "13. Resiliency", 0.987654, 0.5, 12.25, Fate.CITED),
            Candidate(2, "p2", "Own", 0.00004, None, 3.0, Fate.DROPPED, "not among the best 8"),
        ),
        timings_ms={"condense": 0, "retrieve": 12},
    ),
)


def test_the_search_contract() -> None:
    record = search_record(Retrieval("opens", ("opens",), RETRIEVED, corrections=(("opns", "opens"),)))
    assert record == {
        "query": "opens",
        "corrections": [{"typed": "opns", "read_as": "opens"}],
        "passages": [
            {
                "rank": 1,
                "passage_id": "p1",
                "source": "notes/13.md",
                "module": 13,
                "topic": "circuit-breaker",
                "heading": "13. Resiliency > Circuit Breaker",
                "text": "A breaker opens.\n\n- “Çay”",
                "score": 0.9877,
            },
            {
                "rank": 2,
                "passage_id": "p2",
                "source": "own.pdf",
                "module": None,
                "topic": None,
                "heading": "Own",
                "text": "Mine.",
                "score": 0.0,
            },
        ],
    }
    assert json.loads(json.dumps(record)) == record


def test_the_ask_contract() -> None:
    record = ask_record(ANSWER)
    assert record == {
        "id": 7,
        "question": "What opens?",
        "status": "partial",
        "text": "A breaker opens. [1]",
        "citations": [
            {
                "n": 1,
                "passage_id": "p1",
                "module": 13,
                "topic": "circuit-breaker",
                "title": "13. Resiliency",
                "url": None,
                "quote": "A breaker opens.",
            },
            {
                "n": 2,
                "passage_id": "p2",
                "module": None,
                "topic": None,
                "title": "Own",
                "url": "https://example.org/own.pdf",
                "quote": "Mine.",
            },
        ],
        "retrieved": [
            {"passage_id": "p1", "module": 13, "topic": "circuit-breaker", "score": 0.9877},
            {"passage_id": "p2", "module": None, "topic": None, "score": 0.0},
        ],
        "confidence": 0.1235,
        "model": "tiny",
        "elapsed_ms": 42,
        "notice": "Cut off.",
        "prompt_sha256": "ab12",
        "usage": {"prompt_tokens": 700, "completion_tokens": 80},
        "supported": 1,
        "statements": 2,
        "leaning": {"topic": "pods", "title": "Pods", "module": 12, "text": "A Pod runs. [2]"},
        "check": {
            "topic": "circuit-breaker",
            "key": "k",
            "text": "Which?",
            "choices": [{"text": "Open", "right": True, "why_not": ""}],
            "key_points": [],
        },
    }
    assert json.loads(json.dumps(record)) == record


def test_every_status_has_the_word_of_the_contract() -> None:
    assert {status.value for status in AnswerStatus} == {"answered", "refused", "partial", "failed"}


def test_an_answer_comes_back_whole() -> None:
    restored = answer_from_record(json.loads(json.dumps(answer_to_record(ANSWER))))
    assert restored == ANSWER
    assert restored.status is AnswerStatus.PARTIAL
    assert restored.retrieved[0].passage.kind is PassageKind.NOTES


def test_a_record_of_the_first_version_can_be_read() -> None:
    record = answer_to_record(ANSWER)
    for later in ("notice", "prompt_sha256", "usage", "supported", "statements", "id", "trace"):
        del record[later]
    answer = answer_from_record(record)
    assert (answer.notice, answer.prompt_sha256, answer.usage) == ("", "", None)
    assert (answer.supported, answer.statements, answer.id, answer.trace) == (0, 0, None, None)


def test_an_answer_whose_tokens_nobody_counted() -> None:
    uncounted = replace(ANSWER, usage=None)
    assert ask_record(uncounted)["usage"] is None
    assert answer_from_record(answer_to_record(uncounted)) == uncounted


SCORES = st.floats(-1, 1)
PASSAGES = st.builds(Passage, st.text(), st.text(), module=st.none() | st.integers(1, 42))
SCORED = st.builds(ScoredPassage, score=SCORES, dense=st.none() | SCORES, lexical=st.none() | SCORES, passage=PASSAGES)
CANDIDATES = st.builds(Candidate, score=SCORES, dense=st.none() | SCORES, lexical=st.none() | SCORES)
TRACES = st.builds(
    Trace,
    signals=st.dictionaries(st.text(), SCORES, max_size=2),
    threshold=SCORES,
    candidates=st.lists(CANDIDATES, max_size=2).map(tuple),
    timings_ms=st.dictionaries(st.text(), st.integers(0), max_size=2),
)
ANSWERS = st.builds(
    Answer, trace=st.none() | TRACES, confidence=SCORES, retrieved=st.lists(SCORED, max_size=3).map(tuple)
)


@settings(deadline=None)
@given(ANSWERS)
def test_any_answer_comes_back_whole(answer: Answer) -> None:
    assert answer_from_record(json.loads(json.dumps(answer_to_record(answer)))) == answer
