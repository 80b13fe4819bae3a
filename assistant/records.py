"""Answers and passages as plain data: the JSON contract of the command line and the journal's records.

Owns: names and shapes of the fields. They may be added to, never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.conversations import Conversation, Turn
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
from assistant.feedback import Feedback
from assistant.retrieval import Retrieval
from assistant.trace import Candidate, Fate, Trace


def search_record(retrieval: Retrieval) -> dict[str, Any]:
    """``study search --json``: scores are rounded to four digits, ``module`` is None outside the roadmap.

    ``query`` is the text as it was searched for, with the ``corrections`` made.
    """
    return {
        "query": retrieval.query,
        "corrections": [{"typed": typed, "read_as": read_as} for typed, read_as in retrieval.corrections],
        "passages": [
            {
                "rank": scored.rank,
                "passage_id": scored.passage.id,
                "source": scored.passage.source,
                "module": scored.passage.module,
                "topic": scored.passage.topic,
                "heading": scored.passage.heading,
                "text": scored.passage.text,
                "score": round(scored.score, 4),
            }
            for scored in retrieval.passages
        ],
    }


def ask_record(answer: Answer) -> dict[str, Any]:
    """``study ask --json``; ``id`` is what ``study why`` takes, None where nothing was recorded."""
    return {
        "id": answer.id,
        "question": answer.question,
        "status": answer.status.value,
        "text": answer.text,
        "citations": [asdict(citation) for citation in answer.citations],
        "retrieved": [
            {
                "passage_id": scored.passage.id,
                "module": scored.passage.module,
                "topic": scored.passage.topic,
                "score": round(scored.score, 4),
            }
            for scored in answer.retrieved
        ],
        "confidence": round(answer.confidence, 4),
        "model": answer.model,
        "elapsed_ms": answer.elapsed_ms,
        "notice": answer.notice,
        "prompt_sha256": answer.prompt_sha256,
        "usage": asdict(answer.usage) if answer.usage else None,
        "supported": answer.supported,
        "statements": answer.statements,
        "leaning": asdict(answer.leaning) if answer.leaning else None,
        "check": _check_record(answer.check) if answer.check else None,
    }


def conversation_record(conversation: Conversation) -> dict[str, Any]:
    """One conversation in ``study chats --json``; times are ISO 8601."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "created_at": conversation.created_at.isoformat(),
        "updated_at": conversation.updated_at.isoformat(),
        "turns": conversation.turns,
    }


def turn_record(turn: Turn) -> dict[str, Any]:
    """One turn in ``study chats show --json``; ``answer`` is None where it was interrupted."""
    return {
        "id": turn.id,
        "question": turn.question,
        "asked_at": turn.asked_at.isoformat(),
        "answer": ask_record(turn.answer) if turn.answer else None,
    }


def why_record(turn: Turn) -> dict[str, Any]:
    """``study why --json``; ``trace`` is None for an answer that has none."""
    answer, trace = turn.answer, turn.answer.trace if turn.answer else None
    return {
        "id": turn.id,
        "conversation": turn.conversation_id,
        "question": turn.question,
        "asked_at": turn.asked_at.isoformat(),
        "status": answer.status.value if answer else None,
        "confidence": round(answer.confidence, 4) if answer else None,
        "supported": answer.supported if answer else None,
        "statements": answer.statements if answer else None,
        "model": answer.model if answer else None,
        "prompt_sha256": answer.prompt_sha256 if answer else None,
        "elapsed_ms": answer.elapsed_ms if answer else None,
        "trace": trace and {**asdict(trace), "candidates": [_rounded(asdict(each)) for each in trace.candidates]},
    }


def feedback_record(turn: Turn, feedback: Feedback) -> dict[str, Any]:
    """One verdict in ``study feedback --json``; ``id`` is the answer's, ``reason`` None where none was given."""
    return {
        "id": turn.id,
        "conversation": turn.conversation_id,
        "question": turn.question,
        "verdict": feedback.verdict.value,
        "reason": feedback.reason and feedback.reason.value,
        "comment": feedback.comment,
        "marked_at": feedback.marked_at.isoformat(),
    }


def answer_to_record(answer: Answer) -> dict[str, Any]:
    """An answer as the journal keeps it: whole, passages included, so that an old answer stays readable."""
    return asdict(answer)


def answer_from_record(record: Mapping[str, Any]) -> Answer:
    """The inverse of ``answer_to_record``."""
    known = dict(record)
    return Answer(
        **{
            **known,
            "trace": _trace(known["trace"]) if known.get("trace") else None,
            "status": AnswerStatus(known["status"]),
            "citations": tuple(Citation(**citation) for citation in known["citations"]),
            "retrieved": tuple(_scored_passage(scored) for scored in known["retrieved"]),
            "usage": TokenUsage(**known["usage"]) if known.get("usage") else None,
            "leaning": Leaning(**known["leaning"]) if known.get("leaning") else None,
            "check": _check_question(known["check"]) if known.get("check") else None,
        }
    )


def _scored_passage(record: Mapping[str, Any]) -> ScoredPassage:
    passage = record["passage"]
    return ScoredPassage(**{**record, "passage": Passage(**{**passage, "kind": PassageKind(passage["kind"])})})


def _check_question(record: Mapping[str, Any]) -> CheckQuestion:
    choices = tuple(Choice(**choice) for choice in record["choices"])
    return CheckQuestion(**{**record, "choices": choices, "key_points": tuple(record["key_points"])})


def _check_record(question: CheckQuestion) -> dict[str, Any]:
    choices = [asdict(choice) for choice in question.choices]
    return {**asdict(question), "choices": choices, "key_points": list(question.key_points)}


def _rounded(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in record.items()}


def _trace(record: Mapping[str, Any]) -> Trace:
    candidates = tuple(Candidate(**{**each, "fate": Fate(each["fate"])}) for each in record["candidates"])
    return Trace(**{**record, "candidates": candidates})
