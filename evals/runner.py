"""All suites over all cases, in one run.

Owns: which suite gets which cases. Refuses: arguments and printing (``evals.__main__``, ``evals.report``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Answer, Finished
from assistant.errors import StudyError
from assistant.service import Assistant
from evals.cases import CASES_DIR, QuestionCase, UnanswerableCase, load_cases
from evals.refusal_suite import run_refusal
from evals.retrieval_suite import run_retrieval
from evals.suite import SuiteResult, Tick


@dataclass(frozen=True, slots=True)
class Cases:
    """Every case of one run."""

    questions: Sequence[QuestionCase]
    unanswerable: Sequence[UnanswerableCase]

    @property
    def steps(self) -> int:
        """How many ticks a run makes."""
        return 2 * len(self.questions) + len(self.unanswerable)


def load_all(directory: Path = CASES_DIR) -> Cases:
    """Read every case file.

    Raises:
        CorpusError: a file breaks its schema.
    """
    return Cases(
        load_cases(QuestionCase, directory / "questions.jsonl"),
        load_cases(UnanswerableCase, directory / "unanswerable.jsonl"),
    )


def run_all(assistant: Assistant, cases: Cases, tick: Tick) -> tuple[SuiteResult, ...]:
    """Run every suite. Answers are composed from the notes."""

    def ask(question: str) -> Answer:
        for event in assistant.answer(question):
            if isinstance(event, Finished):
                return event.answer
        raise StudyError("An answer ended without a result.")

    return (
        run_retrieval(cases.questions, assistant.search, tick),
        run_refusal(cases.questions, cases.unanswerable, ask, tick),
    )
