"""Reading YAML files of the corpus.

Owns: the safe loader and the translation of its errors. Refuses: knowing any schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError

# libyaml's loader is the same safe loader at ten times the speed, but not every build of PyYAML has it.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The parsed file.

    Raises:
        CorpusError: the file cannot be read or is not valid YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}.") from error
    except yaml.YAMLError as error:
        raise CorpusError(f"{path} is not valid YAML: {error}") from error
