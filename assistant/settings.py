"""Settings: the only place that reads the environment.

Owns: names, defaults and ranges of everything a user can set, each as ``STUDY_<NAME>`` (see README), and the order of
precedence: the environment, then what was chosen in the app (``assistant.choices``), then the default.
Refuses: creating directories or opening stores; importing anything heavy.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.choices import FILE_NAME, Choice, read_choices
from assistant.domain import Level
from assistant.errors import InvalidInput

DEFAULT_LEARNER = "me"
"""Who learns where nobody was named."""
_LAST_PORT = 65_535
_PACKAGE_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything a user can set; frozen, so that one run has one configuration."""

    model_config = SettingsConfigDict(
        env_prefix="STUDY_", frozen=True, extra="ignore", populate_by_name=True, env_ignore_empty=True
    )

    home: Path = Field(default_factory=lambda: user_data_path("study-assistant"))
    """Where all state lives: library, index generations, journal."""
    corpus_dir: Path = _PACKAGE_ROOT / "corpus"
    """Roadmap, curriculum and notes."""
    embedding_model_dir: Path | None = None
    """A sentence-transformers model directory; by default the one that is installed with the program."""
    evals_dir: Path | None = None
    """Where the reports of the evals are kept; by default in the checkout, or under ``home`` where there is none."""

    learner: str = Field(default=DEFAULT_LEARNER, min_length=1, max_length=60)
    """Whose plans and progress are used, by name."""
    level: Level | None = None
    """The level answers are written for; by default it follows from what the learner has done."""

    practice_minutes: int | None = Field(default=None, ge=1, le=240)
    """How long to practise a day at most; by default what the learner chose, or 15."""

    dense_weight: float = Field(default=0.5, ge=0, le=1)
    """Share of the dense score in the fused score; the rest is BM25."""
    candidates: int = Field(default=50, ge=5, le=500)
    """Passages each side of retrieval contributes before fusion."""
    reranker: Path | None = None
    """Directory of a sentence-transformers CrossEncoder that orders what was found; none by default."""

    llm_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("STUDY_LLM_BASE_URL", "OPENAI_BASE_URL", "llm_base_url")
    )
    """Address of an OpenAI-compatible server, ending in /v1; OpenAI's own when only a key is set."""
    llm_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("STUDY_LLM_API_KEY", "OPENAI_API_KEY", "llm_api_key")
    )
    """Key for that server; local servers usually need none."""
    llm_model: str = Field(default="gpt-4o-mini", min_length=1)
    """Name of the model as the server knows it."""
    llm_first_token_timeout_s: float = Field(default=30.0, gt=0)
    """Longest wait for the first token."""
    llm_timeout_s: float = Field(default=120.0, gt=0)
    """Longest wait for the whole answer."""
    llm_max_output_tokens: int = Field(default=1024, ge=64)
    """Upper bound on the length of a model's answer."""
    llm_context_tokens: int = Field(default=4096, ge=1024)
    """What the model reads and writes in one go; servers of local models often default to this."""
    llm_fallback: bool = True
    """Answer from the notes when the model fails before it has written anything."""

    web_ports: Annotated[frozenset[int], NoDecode] = frozenset({80, 443})
    """Ports that links may name, separated by commas."""

    @field_validator("web_ports", mode="before")
    @classmethod
    def _split_ports(cls, ports: object) -> object:
        return [port.strip() for port in ports.split(",")] if isinstance(ports, str) else ports

    @field_validator("web_ports")
    @classmethod
    def _check_ports(cls, ports: frozenset[int]) -> frozenset[int]:
        if not ports or not all(0 < port <= _LAST_PORT for port in ports):
            raise ValueError("ports are numbers from 1 to 65535, as in 80,443,8080")
        return ports

    @field_validator("home", "corpus_dir", "embedding_model_dir", "evals_dir", "reranker")
    @classmethod
    def _expand_user(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else path

    @field_validator("llm_base_url")
    @classmethod
    def _is_web_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        try:
            parts = urlsplit(address.strip())
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("It must look like http://127.0.0.1:11434/v1 or https://server.example/v1")
        return address.strip()

    @property
    def llm_enabled(self) -> bool:
        """Whether a language model is configured."""
        return bool(self.llm_base_url) or self.llm_api_key is not None

    @property
    def llm_max_input_tokens(self) -> int:
        """What is left of the context for the question and its passages; never less than half of it."""
        return max(self.llm_context_tokens - self.llm_max_output_tokens, self.llm_context_tokens // 2)

    @property
    def library_path(self) -> Path:
        """The SQLite file that holds sources, chunks and cached embeddings."""
        return self.home / "library.sqlite"

    @property
    def index_dir(self) -> Path:
        """The directory of published index generations."""
        return self.home / "index"

    @property
    def journal_path(self) -> Path:
        """The SQLite file that holds the learner's conversations and plans."""
        return self.home / "journal.sqlite"


def environment_variables() -> dict[str, str]:
    """For each setting that the environment decides, the variable that does; an empty variable decides nothing."""
    given = {name.upper() for name, value in os.environ.items() if value}
    deciding = {}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [f"STUDY_{name}"]
        if variable := next((str(each).upper() for each in names if str(each).upper() in given), None):
            deciding[name] = variable
    return deciding


def load_settings(choices: Mapping[str, Choice] | None = None) -> Settings:
    """What the environment says, then ``choices``; without these, what was chosen in the app.

    Raises:
        InvalidInput: a value cannot be used; the message names where it stands, never a secret's value.
        StorageError: the file of choices cannot be read.
    """
    deciding = environment_variables()
    home: Path | None = None
    try:
        home = Settings().home
        chosen = read_choices(home) if choices is None else choices
        return Settings(**{name: value for name, value in chosen.items() if name not in deciding})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"STUDY_{name.upper()}"
        # Once the environment alone has been found usable, what is not was chosen.
        place = f"{name} in {home / FILE_NAME}" if home and choices is None else variable
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise InvalidInput(f"{place} is not usable: {reason}.") from error
