"""What was chosen in the app for everybody (a language model, whom it opens for): ``settings.json`` in STUDY_HOME.

Owns: the file, readable by its owner alone because it may hold a key, and replaced as a whole or not at all.
Refuses: knowing what the environment says, and whether a value is usable (``assistant.settings`` does both).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InvalidInput, StorageError

FILE_NAME = "settings.json"
CHOOSABLE = (
    "llm_base_url",
    "llm_api_key",
    "llm_model",
    "llm_first_token_timeout_s",
    "llm_timeout_s",
    "llm_max_output_tokens",
    "llm_context_tokens",
    "llm_fallback",
    "learner",
)
"""Names of the settings that the file may hold."""
PERSONAL = frozenset({"learner"})
"""Those of them that are about the learner, not about a model."""
_OWNER_ONLY = 0o600

Choice = str | int | float | bool


def read_choices(home: Path) -> dict[str, Choice]:
    """What was chosen; empty if nothing was. Names that are no choices are left out.

    Raises:
        InvalidInput: the file is not what ``write_choices`` writes.
        StorageError: the file cannot be read.
    """
    path = home / FILE_NAME
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is not valid JSON. Mend it, or delete it and choose again.") from error
    if not isinstance(stored, dict):
        raise InvalidInput(f"{path} does not hold a JSON object. Mend it, or delete it and choose again.")
    return {name: value for name, value in stored.items() if name in CHOOSABLE}


def edited(stored: Mapping[str, Choice], fields: Mapping[str, Choice | None], new_key: str) -> dict[str, Choice]:
    """The stored choices with these fields changed; None takes a choice back.

    A stored key is kept without being typed again, but only for the server it was given for.
    """
    choices = {name: value for name, value in {**stored, **fields}.items() if value is not None}
    if new_key:
        choices["llm_api_key"] = new_key
    elif choices.get("llm_base_url") != stored.get("llm_base_url"):
        choices.pop("llm_api_key", None)
    return choices


def write_choices(home: Path, choices: Mapping[str, Choice]) -> None:
    """Keep these choices and no others; without any, the file goes.

    Raises:
        StorageError: the file cannot be written.
    """
    path = home / FILE_NAME
    try:
        if not choices:
            path.unlink(missing_ok=True)
            return
        home.mkdir(parents=True, exist_ok=True)
        pending = path.with_suffix(".tmp")
        # Removed first: the mode below counts only for a file that is made here.
        pending.unlink(missing_ok=True)
        descriptor = os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(dict(choices), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error
