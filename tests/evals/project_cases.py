"""The project's own cases, read once."""

from __future__ import annotations

from functools import cache

from assistant.curriculum import load_curriculum
from assistant.settings import Settings
from evals.runner import Cases, load_all


@cache
def project_cases() -> Cases:
    """Every case of ``evals/cases``."""
    return load_all(load_curriculum(Settings().corpus_dir))
