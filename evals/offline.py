"""The assistant as the evals measure it: without a language model, whatever is configured.

Owns: those settings. Refuses: measuring.
"""

from __future__ import annotations

from pathlib import Path

from assistant.service import Assistant, open_assistant
from assistant.settings import Settings, load_settings


def offline_settings() -> Settings:
    """The configured settings without the model: figures must not depend on a server."""
    return load_settings().model_copy(update={"llm_base_url": None, "llm_api_key": None})


def offline_assistant(journal_path: Path | None = None) -> Assistant:
    """The assistant; it records nothing, or what is said goes to ``journal_path``."""
    return open_assistant(offline_settings(), with_journal=journal_path is not None, journal_path=journal_path)
