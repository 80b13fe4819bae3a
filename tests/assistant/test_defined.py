from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.defined import entry, mentions
from assistant.domain import Passage, PassageKind
from assistant.retrieval import Retrieval
from assistant.words import content_words
from tests.assistant.passages import passage, ranked

RAFT = replace(
    passage("raft", "In Raft an elected leader replicates a log.", kind=PassageKind.GLOSSARY, topic="consul"),
    heading="Glossary > Raft (Raft consensus, Raft protocol)",
)
COLD = replace(
    passage("cold", "A cold start is a delay before the first request.", kind=PassageKind.GLOSSARY),
    heading="Glossary > cold start (cold-start latency)",
)


def found(question: str, *passages: Passage, score: float = 0.4) -> str | None:
    scored = ranked(*passages, scores=(score,) * len(passages))
    best = entry(Retrieval(question, content_words(question), scored))
    return best.passage.id if best else None


@pytest.mark.parametrize(
    ("question", "score", "expected"),
    [
        ("What is Raft?", 0.1, "raft"),
        ("How does Raft elect a leader?", 0.1, "raft"),
        ("Explain the Raft protocol", 0.1, "raft"),
        ("What is a cold start?", 0.1, "cold"),
        # Half of the words, in an entry that is near.
        ("What is a cold start and how can I reduce and measure it?", 0.5, "cold"),
        ("What is a cold start and how can I reduce and measure it?", 0.49, None),
        ("What is a cold start in football, hockey and chess?", 0.9, None),
        # Its words without its name.
        ("Who elects the leader?", 0.9, None),
        ("a cold before the first delay", 0.9, None),
    ],
)
def test_the_entry_that_a_question_names(question: str, score: float, expected: str | None) -> None:
    assert found(question, RAFT, COLD, score=score) == expected


def test_only_the_glossary_has_entries() -> None:
    assert found("What is Raft?", replace(RAFT, kind=PassageKind.NOTES)) is None


def test_notes_that_mention_the_entry_by_the_name_that_was_asked() -> None:
    notes = ranked(passage("a", "Consul uses Raft."), passage("b", "A consensus."), passage("c", "Rafts float."))
    (raft,) = ranked(RAFT)
    assert [each.passage.id for each in mentions(notes, raft, ("raft",))] == ["a", "c"]
    assert mentions(notes, raft, ("leader",)) == []
