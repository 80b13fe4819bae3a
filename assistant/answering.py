"""The story of one question: condense, retrieve, gate, write, cite.

Owns: the order of the steps, and what a learner gets when one of them fails. Refuses: the details of each step, and
remembering anything (``assistant.service`` records turns).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict, dataclass, replace

from assistant.condensing import condense
from assistant.confidence import load_model, signals
from assistant.curriculum import Curriculum
from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, Retrieved, TextDelta, Waiting
from assistant.drafting import Draft
from assistant.errors import LanguageModelError, StudyError
from assistant.retrieval import Retriever
from assistant.tracing import Tracing
from assistant.writing import ComposingWriter, Request, Writer, Written

CANDIDATES = 30
"""Passages that are looked at; those beyond the best are only recorded."""
PASSAGES = 8
"""Passages an answer is written from, beside what else the notes say on the subject of the best one."""
STOPPED_NOTICE = "The answer was stopped."
_NEAREST_MODULES = 3
_FALLBACK_NOTICE = "{reason} This answer is composed from the notes instead."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything one answer needs. ``model_writer`` is None without a language model; ``clock`` returns seconds."""

    curriculum: Curriculum
    retriever: Retriever
    model_writer: Writer | None
    fallback: bool
    roadmap_only: bool
    clock: Callable[[], float]

    def answer(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        record: Callable[[Answer], None] = lambda _answer: None,
    ) -> Generator[AnswerEvent]:
        """Yield ``Retrieved``, then ``TextDelta``s and ``Waiting``s, and always one ``Finished`` at the end.

        ``history`` are earlier (question, answer) pairs, the oldest first. A failing model does not raise: the answer
        says what happened, or is composed from the notes if ``fallback`` is set and no text was shown yet. ``record``
        gets the answer once: the finished one, or what there was of it when the caller stopped listening.
        """
        draft = self._draft(question, history)
        finished: Answer | None = None
        notice = STOPPED_NOTICE
        try:
            for event in self._events(
                draft, Request(question, draft.retrieval.query, draft.retrieval.passages, history)
            ):
                if isinstance(event, Finished):
                    finished = event.answer
                yield event
        except StudyError as error:
            notice = error.user_message
            raise
        finally:
            writer = self.model_writer.name if self.model_writer else ComposingWriter.name
            record(finished or draft.interrupted(writer, AnswerStatus.PARTIAL, notice))

    def _events(self, draft: Draft, request: Request) -> Generator[AnswerEvent]:
        yield Retrieved(draft.retrieval.passages, draft.confidence)
        if draft.confidence < load_model().threshold:
            yield from self._refuse(draft)
            return
        if self.model_writer is None:
            yield from self._compose(draft, request)
            return
        try:
            yield from self._write(draft, self.model_writer, request)
        except LanguageModelError as error:
            _log.warning("the model failed: %s", error.user_message)
            if self.fallback and not draft.text:
                draft.notice = _FALLBACK_NOTICE.format(reason=error.user_message)
                yield from self._compose(draft, request)
            else:
                status = AnswerStatus.PARTIAL if draft.text else AnswerStatus.FAILED
                yield Finished(draft.interrupted(self.model_writer.name, status, error.user_message))

    def _draft(self, question: str, history: Sequence[tuple[str, str]]) -> Draft:
        started_s = self.clock()
        tracing = Tracing(self.clock)
        with tracing.step("condense"):
            query = condense(question, [earlier for earlier, _ in history])
        with tracing.step("retrieve"):
            retrieval = self.retriever.retrieve(query, CANDIDATES, roadmap_only=self.roadmap_only)
        with tracing.step("judge"):
            found = signals(retrieval, self.retriever.importance)
            confidence = load_model().confidence(found)
        tracing.note(query, retrieval.passages, asdict(found), load_model().threshold)
        retrieval = replace(retrieval, passages=retrieval.passages[:PASSAGES])
        return Draft(question, retrieval, confidence, self.clock, started_s, tracing)

    def _compose(self, draft: Draft, request: Request) -> Generator[AnswerEvent]:
        # A composer reads faster than a model: it gets all that the notes say on the subject.
        passages = (*request.passages, *self.retriever.neighbours(draft.retrieval))
        yield from self._write(draft, ComposingWriter(self.retriever.importance), replace(request, passages=passages))

    def _write(self, draft: Draft, writer: Writer, request: Request) -> Generator[AnswerEvent]:
        draft.begin(request.passages, writer.prompt_sha256)
        outcome = Written(complete=False)
        for piece in draft.tracing.timed("write", writer.write(request)):
            if isinstance(piece, Written):
                outcome = piece
                draft.usage = piece.usage
            elif isinstance(piece, Waiting):
                yield piece
            elif text := draft.feed(piece):
                yield TextDelta(text)
        if rest := draft.close():
            yield TextDelta(rest)
        if draft.is_refusal or not draft.text.strip():
            yield from self._refuse(draft)
        else:
            yield Finished(draft.finished(writer.name, outcome))

    def _refuse(self, draft: Draft) -> Generator[AnswerEvent]:
        numbers = dict.fromkeys(s.passage.module for s in draft.retrieval.passages if s.passage.module is not None)
        nearest = [self.curriculum.module(number) for number in list(numbers)[:_NEAREST_MODULES]]
        names = ", ".join(f"{module.number}. {module.title}" for module in nearest)
        text = "The roadmap does not cover this."
        if names:
            text += f" The nearest modules are: {names}."
        yield TextDelta(text)
        yield Finished(draft.refused(text))
