"""All suites over all cases, in one run.

Owns: which suite gets which cases. Refuses: arguments and printing (``evals.cli``, ``evals.reporting``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from assistant.conversations import new_conversation_id
from assistant.curriculum import Curriculum
from assistant.domain import Answer, Finished, Partition
from assistant.embedding import load_embedder
from assistant.errors import StudyError
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.planning import StudyPlan
from assistant.replanning import Ledger, Replan, replan
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.wishing import Wished
from evals.baselines.recipe import recipe_search
from evals.baselines.searches import simpler_searches
from evals.baselines.suite import run_baselines
from evals.cases import CASES_DIR, QuestionCase, UnanswerableCase, VariantCase, load_cases
from evals.ingesting.cases import IngestCase
from evals.ingesting.intake import take_in
from evals.ingesting.suite import run_ingest
from evals.places import check_attack, check_conversation, check_question, check_variant
from evals.plans.cases import PlanCase
from evals.plans.suite import Planner, run_plans
from evals.safety.cases import AttackCase
from evals.safety.routes import routes
from evals.safety.suite import run_safety
from evals.scratch import scratch_settings
from evals.scripts import ConversationCase
from evals.suite import SuiteResult, Tick
from evals.suites.answers import run_answers
from evals.suites.conversation import Talk, run_conversations
from evals.suites.nearest import nearest_in, run_nearest
from evals.suites.refusal import run_refusal
from evals.suites.retrieval import Search, run_retrieval
from evals.suites.variants import run_variants

BASELINES = 5
"""How many simpler searches a run also makes."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Every case of one run."""

    questions: Sequence[QuestionCase]
    unanswerable: Sequence[UnanswerableCase]
    conversations: Sequence[ConversationCase]
    plans: Sequence[PlanCase]
    variants: Sequence[VariantCase]
    attacks: Sequence[AttackCase]
    ingest: Sequence[IngestCase]

    @property
    def steps(self) -> int:
        """How many ticks a run makes."""
        cases = (self.unanswerable, self.conversations, self.plans, self.variants, self.attacks, self.ingest)
        return (4 + BASELINES) * len(self.questions) + sum(map(len, cases))


def load_all(curriculum: Curriculum, directory: Path = CASES_DIR) -> Cases:
    """Read every case file.

    Raises:
        CorpusError: a file breaks its schema, or names what neither the roadmap nor another case has.
    """
    questions = load_cases(QuestionCase, directory / "questions.jsonl", lambda one: check_question(one, curriculum))
    ids = {case.id for case in questions}
    return Cases(
        questions,
        load_cases(UnanswerableCase, directory / "unanswerable.jsonl"),
        load_cases(
            ConversationCase, directory / "conversations.jsonl", lambda one: check_conversation(one, curriculum)
        ),
        load_cases(PlanCase, directory / "plans.jsonl"),
        load_cases(VariantCase, directory / "variants.jsonl", lambda one: check_variant(one, ids)),
        load_cases(AttackCase, directory / "attacks.jsonl", lambda one: check_attack(one, curriculum)),
        load_cases(IngestCase, directory / "ingest.jsonl"),
    )


def run_all(assistant: Assistant, settings: Settings, cases: Cases, tick: Tick) -> tuple[SuiteResult, ...]:
    """Run every suite. Answers are composed from the notes; the journal should be one to throw away.

    What the learner added to the index is left out, so that it does not decide whether the program is in order.
    """
    search = cache(partial(assistant.search, roadmap_only=True))
    ask = cache(partial(answer_from_roadmap, assistant))
    return (
        run_retrieval(cases.questions, search, tick),
        run_variants(cases.questions, cases.variants, search, tick),
        run_refusal(cases.questions, cases.unanswerable, ask, tick),
        run_answers(cases.questions, ask, tick),
        run_conversations(cases.conversations, talker(assistant), topic_modules(assistant.curriculum), tick),
        run_plans(cases.plans, planner_of(assistant), tick),
        *_run_on_index(assistant, settings, cases, search, tick),
        *_run_own_material(settings, cases, tick),
    )


def _run_on_index(
    assistant: Assistant, settings: Settings, cases: Cases, search: Search, tick: Tick
) -> tuple[SuiteResult, ...]:
    """The suites that look into the index itself, and the simpler searches over it and over the same notes."""
    embedder = load_embedder(settings.embedding_model_dir, settings.home)
    with closing(Index(require_current_generation(settings.index_dir), embedder.fingerprint)) as index:
        embed = cache(lambda question: embedder.embed([question]))
        vectors = index.all_vectors(Partition.ROADMAP)
        recipe = recipe_search(settings.corpus_dir, assistant.curriculum, embedder, embed, settings.home / "evals")
        simpler = {**simpler_searches(index, embed), "langchain": recipe}
        return (
            run_nearest(cases.questions, embed, nearest_in(index), vectors, tick),
            run_baselines(cases.questions, search, simpler, tick),
        )


def _run_own_material(settings: Settings, cases: Cases, tick: Tick) -> tuple[SuiteResult, ...]:
    """The suites that ingest documents of their own, into a copy of the index that is thrown away."""
    embedder = load_embedder(settings.embedding_model_dir, settings.home)
    with scratch_settings(settings) as scratch:
        ingested = run_ingest(cases.ingest, lambda some: take_in(some, scratch, embedder), tick)
        with routes(cases.attacks, scratch, embedder) as asks:
            return ingested, run_safety(cases.attacks, asks, tick)


def planner_of(assistant: Assistant) -> Planner:
    """The assistant's planner, replanner and reader of wishes; none of them needs an index here."""
    wishing = assistant.wishing()

    def read(text: str, today: date, goal_topics: tuple[str, ...]) -> Wished:
        return replace(wishing, match_goal=lambda _goal: goal_topics).read(text, today)

    def again(plan: StudyPlan, ledger: Ledger, today: date) -> Replan:
        return replan(assistant.curriculum, plan, ledger, today, assistant.catalogue)

    return Planner(assistant.curriculum, assistant.catalogue, assistant.ready_goals, read, assistant.plan, again)


def talker(assistant: Assistant) -> Talk:
    """Plays conversations through the assistant, each recorded as one of its journal.

    Raises:
        ValueError: the assistant has no journal, so it would answer every turn as the first.
    """
    if assistant.journal is None:
        raise ValueError("conversations need a journal")

    def talk(questions: Sequence[str]) -> Iterator[Answer]:
        conversation_id = new_conversation_id()
        for question in questions:
            yield answer_from_roadmap(assistant, question, conversation_id)

    return talk


def answer_from_roadmap(assistant: Assistant, question: str, conversation_id: str | None = None) -> Answer:
    """The finished answer, from the roadmap alone.

    Raises:
        StudyError: it cannot be given.
    """
    *_, last = assistant.answer(question, conversation_id, roadmap_only=True)
    if not isinstance(last, Finished):
        raise StudyError("An answer ended without a result.")
    return last.answer


def topic_modules(curriculum: Curriculum) -> dict[str, int]:
    """Each topic's module."""
    return {topic.id: topic.module for topic in curriculum.topics.values()}
