"""The assistant: what the app and the command line call.

Owns: putting the parts together, following newly published generations, and recording turns.
Refuses: the steps of an answer (``assistant.answering``) and any presentation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assistant.answering import Answering
from assistant.confidence import Signals, signals
from assistant.conversations import ONE_OFF, Turn
from assistant.corpus import Corpus
from assistant.curriculum import Curriculum, load_curriculum
from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, PassageKind, Resource
from assistant.embedding import Embedder, load_embedder
from assistant.errors import StorageError, StudyError
from assistant.following import Following
from assistant.goals import match_goal
from assistant.journal import Journal
from assistant.learning import Learning
from assistant.llm import StreamingModel
from assistant.material import Material, read_material
from assistant.next_questions import next_questions, topic_of
from assistant.on_studying import on_studying
from assistant.placing import Placing
from assistant.planning import PlanRequest, StudyPlan, make_plan
from assistant.practice.cards import Card
from assistant.practice.grading import Graded, grade
from assistant.practising import Practising
from assistant.ready_goals import ReadyGoal
from assistant.refusing import small_talk
from assistant.retrieval import Retrieval, Retriever
from assistant.settings import Settings
from assistant.standing import Standing
from assistant.study import Study
from assistant.study_plans import StudyPlans
from assistant.topic_overview import TopicOverview, topic_overview
from assistant.wishing import Wishing
from assistant.words import as_unicode
from assistant.writing import ModelWriter

_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class _Writing:
    """Who writes answers, for every learner: one process has one language model."""

    writer: ModelWriter | None
    fallback: bool


class Assistant:
    """One per process, with a view of it for each learner (``for_learner``); safe to share between threads.

    Nothing heavy is loaded until the first question. ``journal`` is None where nothing is to be remembered, and else
    holds the conversations of the learner whose view this is: by default the one that the settings name.
    """

    def __init__(
        self,
        settings: Settings,
        curriculum: Curriculum,
        embedder: Embedder,
        journal: Journal | None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.curriculum = curriculum
        self.learner = settings.learner
        self.journal = journal and journal.of(settings.learner)
        self._settings = settings
        self._now = now
        self._corpus = Corpus(settings.corpus_dir, curriculum)
        self._writing = _Writing(ModelWriter.from_settings(settings), settings.llm_fallback)
        self._following = Following(settings, embedder, self._corpus.vocabulary)

    def for_learner(self, name: str) -> Assistant:
        """This assistant for another learner: with their conversations, plans and progress, and nobody else's.

        It costs nothing, and shares everything else, the language model in use included.
        """
        theirs = copy(self)
        theirs.learner = name
        theirs.journal = self.journal and self.journal.of(name)
        return theirs

    @property
    def writer_name(self) -> str:
        """The language model's name, or "notes" without one."""
        return self._writing.writer.name if self._writing.writer else "notes"

    def use_model(self, settings: Settings, model: StreamingModel | None = None) -> None:
        """Write the next answers with ``model``, or else the one that these settings name; others keep theirs."""
        self.use_writer(ModelWriter.from_settings(settings, model))
        self._writing.fallback = settings.llm_fallback

    def use_writer(self, writer: ModelWriter | None) -> None:
        """Have this writer write the next answers; None composes them from the notes."""
        self._writing.writer = writer

    @property
    def home(self) -> Path:
        """Where all state lives; ingestion started from here uses the same."""
        return self._settings.home

    def topic(self, topic_id: str) -> TopicOverview:
        """Everything there is on one topic.

        Raises:
            CorpusError: the notes or the catalogue cannot be read.
            InvalidInput: there is no such topic.
        """
        return topic_overview(self.curriculum, self._corpus.notes, self._corpus.questions, self.catalogue, topic_id)

    def study(self) -> Study | None:
        """The learner's study; None where nothing is remembered."""
        if self.journal is None:
            return None
        read = self._corpus
        level = self._settings.level
        return Study(self.journal, self.curriculum, read.questions, read.renames, self.learner, level, self._now)

    def plans(self) -> StudyPlans | None:
        """The learner's plans; None where nothing is remembered.

        Raises:
            CorpusError: the catalogue cannot be read.
        """
        study = self.study()
        return StudyPlans(study, self.catalogue, self.practising()) if study else None

    def practising(self) -> Practising | None:
        """The learner's practice; None where nothing is remembered.

        Raises:
            CorpusError: the glossary cannot be read.
        """
        study = self.study()
        return Practising(study, self._corpus.cards, self._settings.practice_minutes) if study else None

    def grader(self) -> Callable[[Card, str], Graded] | None:
        """Compares an open answer with its card's key points; None without a language model."""
        writer = self._writing.writer
        return partial(grade, writer.model) if writer else None

    def placing(self) -> Placing | None:
        """The learner's placement test; None where nothing is remembered.

        Raises:
            CorpusError: the notes or the ready-made goals cannot be read.
        """
        study = self.study()
        return Placing(study, self._corpus.placement) if study else None

    @property
    def catalogue(self) -> tuple[Resource, ...]:
        """The linked resources; read once.

        Raises:
            CorpusError: the catalogue cannot be read.
        """
        return self._corpus.catalogue

    def next_questions(self, turns: Sequence[Turn]) -> tuple[str, ...]:
        """What to ask after the last of a conversation's turns; nothing where its answer is on no topic.

        Raises:
            CorpusError: the notes cannot be read.
        """
        topic = topic_of(turns[-1]) if turns else None
        notes = self._corpus.notes.topic(topic) if topic else None
        return next_questions(turns, topic, notes, self._corpus.topic_subjects) if topic and notes else ()

    def sources(self) -> Material:
        """What there is: the corpus in figures, the learner's own sources, the linked resources.

        Raises:
            CorpusError: the catalogue cannot be read.
            StorageError: the library cannot be read.
        """
        return read_material(self._settings.library_path, self.catalogue)

    def search(self, query: str, k: int, *, roadmap_only: bool = False, kind: PassageKind | None = None) -> Retrieval:
        """The ``k`` best passages; ``roadmap_only`` leaves the learner's own material and linked pages out.

        With a ``kind`` only passages of that kind are found.

        Raises:
            IndexMissing, IndexStale, IndexBroken: there is no usable index.
        """
        with self._following.retriever() as retriever:
            return retriever.retrieve(as_unicode(query), k, roadmap_only=roadmap_only, kind=kind)

    def signals(self, question: str) -> Signals:
        """What the confidence in an answer to this question would rest on.

        Raises:
            IndexMissing, IndexStale, IndexBroken: there is no usable index.
        """
        with self._following.retriever() as retriever:
            return signals(retriever.retrieve(as_unicode(question), 1), retriever.importance)

    def answer(
        self,
        question: str,
        conversation_id: str | None = None,
        *,
        roadmap_only: bool = False,
        from_notes: bool = False,
        instead_of: int | None = None,
    ) -> Generator[AnswerEvent]:
        """Answer one question as a stream of events that ends with ``Finished``.

        ``from_notes`` composes the answer from the notes, also where a language model is configured. With a
        conversation id the turn is recorded, also if the caller stops listening or the process dies midway, and the
        answer has the turn's id. In the conversation ``ONE_OFF`` no question follows up another, and one that cannot
        be recorded is answered all the same. ``instead_of`` is the id of the conversation's last turn, which this one
        replaces.

        Raises:
            IndexMissing, IndexStale, IndexBroken: there is no usable index.
            InvalidInput: the conversation is another learner's, or ``instead_of`` is not its last turn.
            StorageError: the journal cannot be written.
        """
        with self._following.retriever() as retriever:
            answering = Answering(
                curriculum=self.curriculum,
                names=self._corpus.names,
                retriever=retriever,
                model_writer=None if from_notes else self._writing.writer,
                fallback=self._writing.fallback,
                roadmap_only=roadmap_only,
                clock=time.monotonic,
                learning=self._learning(retriever),
                aside=lambda said: small_talk(said) or on_studying(said, self.plans),
            )
            yield from self._recorded(answering, as_unicode(question), conversation_id, instead_of)

    def _learning(self, retriever: Retriever) -> Learning:
        study = self.study()
        standing = Standing(level=self._settings.level)
        try:
            standing = study.standing() if study else standing
        except StorageError as error:
            _log.warning("%s The answer does not look at your progress.", error.user_message)
        return Learning(
            curriculum=self.curriculum,
            standing=standing,
            questions=self._corpus.questions,
            about=retriever.index.about,
            answered=study.checks_answered if study else lambda _topic: {},
        )

    def _recorded(
        self, answering: Answering, question: str, conversation_id: str | None, instead_of: int | None
    ) -> Generator[AnswerEvent]:
        if self.journal is None or conversation_id is None:
            yield from answering.answer(question)
            return
        told = self.journal.turns(conversation_id) if conversation_id != ONE_OFF else ()
        history = [turn for turn in told if turn.id != instead_of]
        try:
            turn_id = self.journal.begin_turn(conversation_id, question, self._now(), instead_of=instead_of)
        except StorageError as error:
            if conversation_id != ONE_OFF:
                raise
            _log.warning("%s This answer is not kept.", error.user_message)
            yield from answering.answer(question)
            return
        recorded: list[Answer] = []
        try:
            with closing(answering.answer(question, history, recorded.append)) as events:
                for event in events:
                    yield Finished(replace(event.answer, id=turn_id)) if isinstance(event, Finished) else event
        except StudyError as error:
            if not recorded:
                recorded.append(_failed(question, self.writer_name, error))
            raise
        finally:
            for answer in recorded:
                self.journal.finish_turn(turn_id, answer)

    def plan(self, request: PlanRequest) -> StudyPlan:
        """A dated plan with resources to read; see ``assistant.planning``.

        Raises:
            InvalidInput: the request cannot be planned.
            CorpusError: the catalogue cannot be read.
        """
        return make_plan(self.curriculum, request, self.catalogue)

    @property
    def ready_goals(self) -> tuple[ReadyGoal, ...]:
        """The ready-made goals; read once.

        Raises:
            CorpusError: they cannot be read.
        """
        return self._corpus.ready_goals

    def wishing(self) -> Wishing:
        """The reader of wishes in free text, with the language model where one is configured.

        Raises:
            CorpusError: the glossary or the ready-made goals cannot be read.
        """
        writer = self._writing.writer
        model = writer.model if writer else None
        return Wishing(self._corpus.subjects(), self.ready_goals, model, self.topics_for_goal)

    def topics_for_goal(self, goal: str) -> tuple[str, ...]:
        """The topic ids a goal in free text asks for, in the roadmap's order.

        Raises:
            InvalidInput: no topic of the roadmap is close to the goal.
        """
        with self._following.retriever() as retriever:
            return match_goal(retriever, self.curriculum, as_unicode(goal))

    def warm_up(self) -> None:
        """Load the index and the embedding model, so that the first question does not wait for them."""
        self.search("warm up", 1)

    def close(self) -> None:
        """Close the index; a question that is being answered keeps it until its end."""
        self._following.close()


def _failed(question: str, model: str, error: StudyError) -> Answer:
    return Answer(question, AnswerStatus.FAILED, "", (), (), 0.0, model, 0, error.user_message)


def open_assistant(settings: Settings, *, with_journal: bool = True, journal_path: Path | None = None) -> Assistant:
    """The assistant for these settings; ``journal_path`` is for a journal elsewhere than they say.

    Raises:
        CorpusError: the curriculum cannot be read.
        EmbeddingModelMissing: the embedding model is not installed.
        RerankerMissing: the settings name a reranker that is not there.
        StorageError: the journal cannot be opened.
    """
    return Assistant(
        settings,
        load_curriculum(settings.corpus_dir),
        load_embedder(settings.embedding_model_dir, settings.home),
        Journal(journal_path or settings.journal_path) if with_journal else None,
    )
