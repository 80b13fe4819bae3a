"""The placement test of the corpus of two modules: two questions, on fuses and on retries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.curriculum import load_curriculum
from assistant.journal import Journal
from assistant.placement import PlacementQuestion
from assistant.placing import Placing
from assistant.service import Assistant
from assistant.settings import Settings
from tests.conftest import BagOfStems

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)


@contextmanager
def open_placing(home: Path, corpus: Path) -> Iterator[Placing]:
    """Anna's placement test, as a process that has just started sees it."""
    settings = Settings(home=home, corpus_dir=corpus, learner="Anna")
    journal = Journal(settings.journal_path)
    placing = Assistant(settings, load_curriculum(corpus), BagOfStems(), journal, lambda: NOW).placing()
    assert placing is not None
    yield placing
    journal.close()


def asked(placing: Placing) -> PlacementQuestion:
    """The question being asked."""
    state = placing.current()
    assert state is not None
    question = placing.question(state)
    assert question is not None
    return question


def answer_all(placing: Placing, *, right: bool) -> None:
    """Answer what is left, rightly or with "I don't know"."""
    while (state := placing.current()) is not None and (question := placing.question(state)) is not None:
        placing.answer(question, question.right if right else None)
