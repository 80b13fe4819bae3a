"""What is put to a judging model, and how its replies are read.

Owns: the statements of an answer, the requests (their wording is in ``evals/prompts``), and the strict form of a reply.
Refuses: making sense of a reply that is not in that form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.citing import UNSUPPORTED
from assistant.domain import Answer
from assistant.errors import LanguageModelError
from assistant.llm import StreamingModel
from assistant.llm.whole_reply import reply_of, unfenced
from assistant.messages import boundary_of, fenced
from assistant.prompting import load_prompt
from evals.cases import KeyFact
from evals.live.metering import CapReached
from evals.live.replaying import RecordingMissing
from evals.suites.statements import statements

PROMPTS = Path(__file__).parent.parent / "prompts"
ASK = "Judge now. Reply with the JSON object alone."
VERDICT_TOKENS = 120
"""A reply with ten verdicts."""


class NoVerdict(Exception):
    """The judge failed, or its reply is not in the form that was asked for."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Verdict(_Strict):
    n: int
    yes: bool


class _Reply(_Strict):
    verdicts: list[_Verdict]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of an answer and the numbers it cites; ``supported`` is what the citation gate says."""

    text: str
    cited: tuple[int, ...]

    @property
    def supported(self) -> bool:
        """The gate takes the markers of what it finds nowhere."""
        return bool(self.cited)


def split_statements(text: str) -> tuple[Statement, ...]:
    """The statements of an answer that are for judging; what the gate marked as not found cites nothing."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Statement]:
    for one in statements(text):
        if one.needs_citation:
            *unsupported, last = (piece.strip() for piece in one.text.split(UNSUPPORTED))
            yield from (Statement(piece, ()) for piece in unsupported if piece)
            if last:
                yield Statement(last, one.cited)


def support_prompt(answer: Answer, said: Sequence[Statement]) -> str:
    """The request for verdicts on statements."""
    texts = {scored.passage.id: scored.passage.text for scored in answer.retrieved}
    passages = [(one.n, texts.get(one.passage_id, one.quote)) for one in answer.citations]
    boundary = boundary_of([*(text for _, text in passages), *(one.text for one in said)])
    return load_prompt("judge_support", PROMPTS).fill(
        boundary=boundary,
        passages="\n\n".join(fenced("passage", boundary, text, f' number="{n}"') for n, text in passages),
        statements="\n\n".join(
            fenced("statement", boundary, one.text, f' n="{n}" cites="{" ".join(map(str, one.cited))}"')
            for n, one in enumerate(said, start=1)
        ),
    )


def facts_prompt(answer: Answer, facts: Sequence[KeyFact]) -> str:
    """The request for verdicts on key facts."""
    wordings = [" / ".join(fact) for fact in facts]
    boundary = boundary_of([answer.question, answer.text, *wordings])
    return load_prompt("judge_facts", PROMPTS).fill(
        boundary=boundary,
        question=fenced("question", boundary, answer.question),
        answer=fenced("answer", boundary, answer.text),
        facts="\n".join(fenced("fact", boundary, one, f' n="{n}"') for n, one in enumerate(wordings, start=1)),
    )


def ask_judge(model: StreamingModel, prompt: str) -> str:
    """The judge's reply.

    Raises:
        NoVerdict: the model failed, was cut off, or there is no recording of it.
    """
    try:
        return reply_of(model, prompt, ASK)
    except (LanguageModelError, RecordingMissing, CapReached) as error:
        raise NoVerdict(error.user_message) from error


def read_verdicts(reply: str, expected: int) -> tuple[bool, ...]:
    """The verdicts of a reply, in order; a code fence around all of it is taken off.

    Raises:
        NoVerdict: it is not the object that was asked for, or does not have one verdict for each thing.
    """
    try:
        found = _Reply.model_validate_json(unfenced(reply).strip()).verdicts
    except ValidationError as error:
        raise NoVerdict("The reply is not the JSON object that was asked for.") from error
    if [one.n for one in found] != list(range(1, expected + 1)):
        raise NoVerdict(f"The reply does not have one verdict for each of {expected}.")
    return tuple(one.yes for one in found)
