from __future__ import annotations

from datetime import date

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.glossary import load_glossary
from assistant.ready_goals import ReadyGoal, load_ready_goals
from assistant.settings import Settings
from assistant.wishes import Subjects

CORPUS = Settings().corpus_dir


@pytest.fixture
def today() -> date:
    """A Friday."""
    return date(2026, 11, 27)


@pytest.fixture(scope="session")
def curriculum() -> Curriculum:
    return load_curriculum(CORPUS)


@pytest.fixture(scope="session")
def subjects(curriculum: Curriculum) -> Subjects:
    return Subjects(curriculum, load_glossary(CORPUS, curriculum))


@pytest.fixture(scope="session")
def goals(curriculum: Curriculum) -> tuple[ReadyGoal, ...]:
    return load_ready_goals(CORPUS, curriculum)
