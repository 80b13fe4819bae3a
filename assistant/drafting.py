"""An answer while it is being written.

Owns: the text so far, the refusal sentinel held back until it is certain, and the step from draft to answer.
Refuses: asking writers for text (``assistant.answering`` does).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.citing import CheckedText, check
from assistant.domain import Answer, AnswerStatus, Citation, ScoredPassage, TokenUsage
from assistant.markers import MarkerStream
from assistant.messages import REFUSAL_SENTINEL
from assistant.retrieval import Retrieval
from assistant.titles import passage_title
from assistant.writing import Written

_DECORATION = " \t\r\n`*\"'.([>-"
"""What models put before the sentinel."""


class Draft:
    """One answer in the making; ``begin`` starts its text afresh, for a writer who was given these passages."""

    def __init__(
        self, question: str, retrieval: Retrieval, confidence: float, clock: Callable[[], float], started_s: float
    ) -> None:
        self.retrieval = retrieval
        self.confidence = confidence
        self.notice = ""
        self._question = question
        self._clock = clock
        self._started_s = started_s
        self.begin(retrieval.passages)

    def begin(self, given: Sequence[ScoredPassage], prompt_sha256: str = "") -> None:
        """Forget the text so far; markers number the passages ``given``, the prompt has this hash."""
        self._given = given
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
        whole = outcome.complete and bool(checked.text)
        notices = [self.notice, outcome.notice]
        if checked.supported < checked.statements:
            notices.append(f"{checked.supported} of {checked.statements} statements are supported by the sources.")
        self.notice = " ".join(notice for notice in notices if notice)
        status = AnswerStatus.ANSWERED if whole else AnswerStatus.PARTIAL
        return self.answer(status, checked.text, model, checked.citations)

    def interrupted(self, model: str, status: AnswerStatus, notice: str) -> Answer:
        """What there is of an answer that broke off, with the reason."""
        if self.text:
            self.close()
        checked = self._checked()
        self.notice = notice
        return self.answer(status, checked.text, model, checked.citations)

    def answer(self, status: AnswerStatus, text: str, model: str, citations: tuple[Citation, ...] = ()) -> Answer:
        """An answer with this draft's question, passages, confidence, notice and time."""
        return Answer(
            question=self._question,
            status=status,
            text=text,
            citations=citations,
            retrieved=self._retrieved(citations),
            confidence=self.confidence,
            model=model,
            elapsed_ms=round((self._clock() - self._started_s) * 1000),
            notice=self.notice,
            prompt_sha256=self._prompt_sha256,
            usage=self.usage,
        )

    def _retrieved(self, citations: tuple[Citation, ...]) -> tuple[ScoredPassage, ...]:
        """What was found for the question, and what else was cited."""
        known = {scored.passage.id for scored in self.retrieval.passages}
        cited = {citation.passage_id for citation in citations} - known
        return (*self.retrieval.passages, *(scored for scored in self._given if scored.passage.id in cited))

    def _undecorated(self) -> str:
        return self._unsure.replace("\\", "").lstrip(_DECORATION)

    def _shown(self, text: str) -> str:
        self.text += text
        return text

    def _checked(self) -> CheckedText:
        passages = [scored.passage for scored in self._given]
        cited = [passages[number - 1] for number in self._markers.order]
        return check(self.text, cited, {passage.id: passage_title(passage) for passage in cited})
