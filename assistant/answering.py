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
from assistant.conversations import Turn
from assistant.curriculum import Curriculum
from assistant.defined import entry, mentions
from assistant.domain import (
    Answer,
    AnswerEvent,
    AnswerStatus,
    Finished,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Waiting,
)
from assistant.drafting import Draft
from assistant.errors import LanguageModelError, StudyError
from assistant.going_on import go_on, unsaid
from assistant.learning import Learning
from assistant.question_type import QuestionType, classify
from assistant.refusing import not_covered, small_talk
from assistant.resolving import resolve
from assistant.retrieval import Retrieval, Retriever
from assistant.topic_names import TopicNames
from assistant.tracing import Tracing
from assistant.writing import ComposingWriter, Request, Writer, Written

CANDIDATES = 30
"""Passages that are looked at; those beyond the best are only recorded."""
PASSAGES = 8
"""Passages an answer is written from, beside what else the notes say on the subject of the best one."""
STOPPED_NOTICE = "The answer was stopped."
_NEAREST_MODULES = 3
_FALLBACK_NOTICE = "{reason} This answer is composed from the notes instead."
_GLOSSARY_NOTICE = "Only the glossary covers this directly. The nearest topic is “{topic}”."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything one answer needs.

    ``model_writer`` is None without a language model, ``learning`` where nothing is to stand beside the answer;
    ``clock`` returns seconds. ``aside`` gives what is said to what is no question about the roadmap, None for all else.
    """

    curriculum: Curriculum
    names: TopicNames
    retriever: Retriever
    model_writer: Writer | None
    fallback: bool
    roadmap_only: bool
    clock: Callable[[], float]
    learning: Learning | None = None
    aside: Callable[[str], str | None] = small_talk

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        record: Callable[[Answer], None] = lambda _answer: None,
    ) -> Generator[AnswerEvent]:
        """Yield ``Retrieved``, then ``TextDelta``s and ``Waiting``s, and always one ``Finished`` at the end.

        ``history`` are the turns before this one, the oldest first. A failing model does not raise: the answer
        says what happened, or is composed from the notes if ``fallback`` is set and no text was shown yet. ``record``
        gets the answer once: the finished one, or what there was of it when the caller stopped listening.
        """
        draft = self._draft(question, history)
        told = [(turn.question, turn.answer.text if turn.answer else "") for turn in history]
        level = self.learning.standing.level if self.learning else None
        request = Request(question, draft.retrieval.query, draft.retrieval.passages, told, level)
        finished: Answer | None = None
        notice = STOPPED_NOTICE
        try:
            for event in self._events(draft, request):
                if isinstance(event, Finished):
                    finished = self.learning.beside(event.answer, history) if self.learning else event.answer
                    yield Finished(finished)
                else:
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
            yield from self._define_or_refuse(draft, request)
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

    def _draft(self, question: str, history: Sequence[Turn]) -> Draft:
        started_s = self.clock()
        tracing = Tracing(self.clock)
        if reply := self.aside(question):
            draft = Draft(question, Retrieval("", (), ()), 0.0, self.clock, started_s, tracing)
            draft.reply = reply
            return draft
        with tracing.step("condense"):
            readings = condense(question, history, self.names)
        with tracing.step("retrieve"):
            query, retrieval = resolve(readings, self._search, self.retriever)
        with tracing.step("judge"):
            found = signals(retrieval, self.retriever.importance)
            confidence = load_model().confidence(found)
        tracing.note(query, retrieval.passages, asdict(found), load_model().threshold)
        passages, said = go_on(question, retrieval.passages, history)
        retrieval = replace(retrieval, passages=passages[:PASSAGES])
        draft = Draft(question, retrieval, confidence, self.clock, started_s, tracing)
        draft.said = said
        return draft

    def _search(self, text: str) -> Retrieval:
        return self.retriever.retrieve(text, CANDIDATES, roadmap_only=self.roadmap_only)

    def _define_or_refuse(self, draft: Draft, request: Request) -> Generator[AnswerEvent]:
        found = None if draft.reply else entry(draft.retrieval)
        if found is None:
            yield from self._refuse(draft)
            return
        topic = replace(draft.retrieval, passages=(found,))
        notes = mentions(self.retriever.neighbours(topic), found, draft.retrieval.terms)
        whole = bool(notes) and classify(request.query) is QuestionType.DEFINITION
        if not whole:
            draft.notice = _GLOSSARY_NOTICE.format(topic=self._title(found))
        request = replace(request, passages=(found, *notes))
        yield from self._write(draft, ComposingWriter(self.retriever.importance), request, whole=whole)

    def _title(self, scored: ScoredPassage) -> str:
        topic = self.curriculum.topics.get(scored.passage.topic or "")
        return topic.title if topic else scored.passage.section

    def _compose(self, draft: Draft, request: Request) -> Generator[AnswerEvent]:
        # A composer reads faster than a model: it gets all that the notes say on the subject.
        neighbours = unsaid(self.retriever.neighbours(draft.retrieval), draft.said)
        passages = (*request.passages, *neighbours)
        yield from self._write(draft, ComposingWriter(self.retriever.importance), replace(request, passages=passages))

    def _write(self, draft: Draft, writer: Writer, request: Request, *, whole: bool = True) -> Generator[AnswerEvent]:
        draft.begin(request.passages, writer.prompt_sha256)
        outcome = Written(complete=False)
        for piece in draft.tracing.timed("write", writer.write(request)):
            if isinstance(piece, Written):
                outcome = replace(piece, complete=piece.complete and whole)
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
        reply = draft.reply
        if not reply:
            numbers = dict.fromkeys(s.passage.module for s in draft.retrieval.passages if s.passage.module is not None)
            reply = not_covered(self.curriculum.module(number) for number in list(numbers)[:_NEAREST_MODULES])
        yield TextDelta(reply)
        yield Finished(draft.refused(reply))
