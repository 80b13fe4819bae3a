"""A language model's second opinion on answers: is each statement supported, is each key fact stated?

Owns: the questions put to it (``evals/prompts``), the strict form of its replies, and how far it agrees with what is
measured without it. Refuses: any part in the gate, and making sense of a reply that is not in that form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.citing import UNSUPPORTED
from assistant.domain import Answer
from assistant.errors import LanguageModelError
from assistant.llm import End, FinishReason, StreamingModel, Token
from assistant.messages import boundary_of, fenced
from assistant.prompting import load_prompt
from evals.cases import KeyFact, QuestionCase
from evals.live.agreement import Verdicts, agreed, kappa
from evals.live.metering import CapReached
from evals.live.recording import RecordingMissing
from evals.stats import Estimate, count, proportion
from evals.suite import Row, SuiteResult, Tick
from evals.suites.key_facts import facts_stated
from evals.suites.statements import statements

PROMPTS = Path(__file__).parent.parent / "prompts"
ASK = "Judge now. Reply with the JSON object alone."
VERDICT_TOKENS = 120
"""A reply with ten verdicts."""


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """Pairs of the judge's and the offline verdict, None where the judge gave none; ``problems`` say why it did not."""

    support: Verdicts | None
    facts: Verdicts | None
    problems: tuple[str, ...]


class NoVerdict(Exception):
    """The judge failed, or its reply is not in the form that was asked for."""


def run_judge(answered: Sequence[tuple[QuestionCase, Answer]], model: StreamingModel, tick: Tick) -> SuiteResult:
    """Have every answer judged.

    ``supported`` and ``key_facts`` are the shares of statements and facts that the judge says yes to; ``verdicts`` the
    share of requests that it answered in the form asked for. ``support.agreement`` and ``facts.agreement`` are the
    shares on which it says the same as the citation gate and the matching of key facts, ``*.kappa`` Cohen's kappa,
    left out where it is not defined. Nothing is gated by any of it.
    """
    judged: list[tuple[QuestionCase, Judgement]] = []
    for case, answer in answered:
        judged.append((case, judge(model, case, answer)))
        tick()
    requests = [part for _, one in judged for part in (one.support, one.facts)]
    metrics: dict[str, Estimate] = {}
    if requests:
        metrics["verdicts"] = proportion(sum(part is not None for part in requests), len(requests))
    support = [pair for _, one in judged for pair in one.support or ()]
    facts = [pair for _, one in judged for pair in one.facts or ()]
    metrics |= _compared("supported", "support", support) | _compared("key_facts", "facts", facts)
    return SuiteResult("judge", metrics, tuple(_row(case, one) for case, one in judged))


def judge(model: StreamingModel, case: QuestionCase, answer: Answer) -> Judgement:
    """Have one answer judged, in two requests."""
    problems: list[str] = []
    said = split_statements(answer.text)
    offline_support = [one.supported for one in said]
    offline_facts = facts_stated(case.key_facts, answer.text)
    prompts = (support_prompt(answer, said), facts_prompt(answer, case.key_facts))
    pairs: list[Verdicts | None] = []
    for prompt, offline in zip(prompts, (offline_support, offline_facts), strict=True):
        try:
            verdicts = read_verdicts(_asked(model, prompt), len(offline)) if offline else ()
            pairs.append(tuple(zip(verdicts, offline, strict=True)))
        except NoVerdict as problem:
            problems.append(str(problem))
            pairs.append(None)
    return Judgement(pairs[0], pairs[1], tuple(problems))


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


def read_verdicts(reply: str, expected: int) -> tuple[bool, ...]:
    """The verdicts of a reply, in order.

    Raises:
        NoVerdict: it is not the object that was asked for, or does not have one verdict for each thing.
    """
    try:
        found = _Reply.model_validate_json(reply.strip()).verdicts
    except ValidationError as error:
        raise NoVerdict("The reply is not the JSON object that was asked for.") from error
    if [one.n for one in found] != list(range(1, expected + 1)):
        raise NoVerdict(f"The reply does not have one verdict for each of {expected}.")
    return tuple(one.yes for one in found)


def _asked(model: StreamingModel, prompt: str) -> str:
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - only a model needs it

    reply = ""
    try:
        with closing(model.stream([SystemMessage(prompt), HumanMessage(ASK)])) as events:
            for event in events:
                if isinstance(event, Token):
                    reply += event.text
                elif isinstance(event, End) and event.finish is not FinishReason.STOP:
                    raise NoVerdict("The reply was cut off.")
    except (LanguageModelError, RecordingMissing, CapReached) as error:
        raise NoVerdict(error.user_message) from error
    return reply


def _compared(name: str, part: str, pairs: Verdicts) -> dict[str, Estimate]:
    if not pairs:
        return {}
    metrics = {
        name: proportion(sum(judged for judged, _ in pairs), len(pairs)),
        f"{part}.agreement": proportion(agreed(pairs), len(pairs)),
    }
    value = kappa(pairs)
    return metrics if value is None else {**metrics, f"{part}.kappa": count(value, len(pairs))}


def _row(case: QuestionCase, one: Judgement) -> Row:
    def shown(pairs: Verdicts | None) -> list[dict[str, bool]] | None:
        return None if pairs is None else [{"judge": judged, "offline": offline} for judged, offline in pairs]

    return {
        "suite": "judge",
        "id": case.id,
        "support": shown(one.support),
        "facts": shown(one.facts),
        "problems": list(one.problems),
        "ok": not one.problems,
    }
