"""An answer while it is being written.

Owns: the text so far, the refusal sentinel held back until it is certain, and the step from draft to answer.
Refuses: asking writers for text (``assistant.answering`` does).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from assistant.citing import CheckedText, check, unfinished
from assistant.domain import Answer, AnswerStatus, Citation, ScoredPassage, TokenUsage
from assistant.markers import MarkerStream
from assistant.messages import REFUSAL_SENTINEL
from assistant.retrieval import Retrieval
from assistant.titles import corrections_notice, passage_title
from assistant.trace import Trace
from assistant.tracing import Tracing
from assistant.writing import Written

_DECORATION = " \t\r\n`*\"'.([>-"
"""What models put before the sentinel."""

_UNFINISHED = "… (unfinished)"
_UNSUPPORTED_NOTICE = "None of its statements was found in the sources, so do not rely on it."


class Draft:
    """One answer in the making; ``begin`` starts its text afresh, for a writer who was given these passages."""

    def __init__(
        self,
        question: str,
        retrieval: Retrieval,
        confidence: float,
        clock: Callable[[], float],
        started_s: float,
        tracing: Tracing | None = None,
    ) -> None:
        self.tracing = tracing or Tracing(clock)
        self.retrieval = retrieval
        self.confidence = confidence
        self.notice = ""
        self.reply = ""
        """What is said instead of an answer; empty for a question about the roadmap."""
        self.said: Set[str] = frozenset()
        """Ids of passages that earlier answers used and this one should not."""
        self._question = question
        self._clock = clock
        self._started_s = started_s
        self.begin(retrieval.passages)
        self._written = False

    def begin(self, given: Sequence[ScoredPassage], prompt_sha256: str = "") -> None:
        """Forget the text so far; markers number the passages ``given``, the prompt has this hash."""
        self._given = given
        self._written = True
        self.text = ""
        self.usage: TokenUsage | None = None
        self._prompt_sha256 = prompt_sha256
        self._unsure = ""
        self._markers = MarkerStream(len(given))

    @property
    def is_refusal(self) -> bool:
        """Whether the writer said that the passages do not answer the question, whatever else it said."""
        return self._undecorated().startswith(REFUSAL_SENTINEL) or REFUSAL_SENTINEL in self.text

    def feed(self, piece: str) -> str:
        """Add what the writer wrote; returns the text that may be shown now."""
        if not self.text:
            # The sentinel must never be seen, so the beginning is held back while it may still become one.
            self._unsure += piece
            if REFUSAL_SENTINEL.startswith(self._undecorated()[: len(REFUSAL_SENTINEL)]):
                return ""
            piece, self._unsure = self._unsure, ""
        return self._shown(self._markers.feed(piece))

    def close(self) -> str:
        """The rest of the text, at its end."""
        if self.is_refusal:
            return ""
        rest = self._markers.feed(self._unsure) + self._markers.close()
        self._unsure = ""
        return self._shown(rest)

    def finished(self, model: str, outcome: Written) -> Answer:
        """The checked answer."""
        checked = self._checked()
        whole = outcome.complete and bool(checked.text) and checked.supported > 0
        unsupported = "" if checked.supported else _UNSUPPORTED_NOTICE
        self.notice = " ".join(notice for notice in (self.notice, outcome.notice, unsupported) if notice)
        return self._answer(AnswerStatus.ANSWERED if whole else AnswerStatus.PARTIAL, checked, model)

    def interrupted(self, model: str, status: AnswerStatus, notice: str) -> Answer:
        """What there is of an answer that broke off, with the reason."""
        if self.text:
            self.close()
        # What stopped in the middle makes no statement yet, so nobody can say that the sources do not hold it.
        rest = unfinished(self.text)
        self.text = self.text[: len(self.text) - len(rest)]
        checked = self._checked()
        if rest:
            checked = replace(checked, text=f"{checked.text}{rest.rstrip()} {_UNFINISHED}")
        self.notice = notice
        return self._answer(status, checked, model)

    def refused(self, text: str) -> Answer:
        """An answer that says that there is none."""
        return self._answer(AnswerStatus.REFUSED, CheckedText(text, (), 0, 0), "none")

    def _answer(self, status: AnswerStatus, checked: CheckedText, model: str) -> Answer:
        # The notice begins with how misspelt words were read, however the question ended.
        return Answer(
            question=self._question,
            status=status,
            text=checked.text,
            citations=checked.citations,
            retrieved=self._retrieved(checked.citations),
            confidence=self.confidence,
            model=model,
            elapsed_ms=round((self._clock() - self._started_s) * 1000),
            notice=" ".join(filter(None, (corrections_notice(self.retrieval.corrections), self.notice))),
            prompt_sha256=self._prompt_sha256,
            usage=self.usage,
            supported=checked.supported,
            statements=checked.statements,
            trace=self._trace(checked.citations),
        )

    def _retrieved(self, citations: tuple[Citation, ...]) -> tuple[ScoredPassage, ...]:
        """What was found for the question, and what else was cited."""
        known = {scored.passage.id for scored in self.retrieval.passages}
        cited = {citation.passage_id for citation in citations} - known
        return (*self.retrieval.passages, *(scored for scored in self._given if scored.passage.id in cited))

    def _trace(self, citations: tuple[Citation, ...]) -> Trace:
        claimed = {self._given[number - 1].passage.id for number in self._markers.order}
        read = self._given if self._written else ()
        return self.tracing.trace(read, {citation.passage_id for citation in citations}, claimed)

    def _undecorated(self) -> str:
        return self._unsure.replace("\\", "").lstrip(_DECORATION)

    def _shown(self, text: str) -> str:
        self.text += text
        return text

    def _checked(self) -> CheckedText:
        passages = [scored.passage for scored in self._given]
        cited = [passages[number - 1] for number in self._markers.order]
        with self.tracing.step("check"):
            return check(self.text, cited, {passage.id: passage_title(passage) for passage in cited})
