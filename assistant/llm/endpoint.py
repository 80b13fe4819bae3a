"""Whom we talk to: the server's address, the model's name there, and the key.

Owns: the defaults (OpenAI's address, a placeholder key), how the server is named in messages, and which spelling of
the output limit it understands.
Refuses: opening connections; showing the key (``SecretStr`` masks it in every ``repr``).
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pydantic import SecretStr

OPENAI_BASE_URL = "https://api.openai.com/v1"

# The client library insists on a key; servers without one ignore the header.
_PLACEHOLDER_KEY = "not-needed"
_UNREADABLE_ADDRESS = "the address in STUDY_LLM_BASE_URL"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model on one server."""

    base_url: str
    model: str
    api_key: SecretStr | None

    @property
    def key(self) -> str | None:
        """The key without the line break a secrets file leaves behind; None when there is none."""
        return (self.api_key.get_secret_value().strip() or None) if self.api_key else None

    @property
    def sent_key(self) -> str:
        """What goes into the request."""
        return self.key or _PLACEHOLDER_KEY

    @property
    def key_is_sendable(self) -> bool:
        """Whether the key fits an HTTP header; the libraries below quote a key that does not in their errors."""
        return all("!" <= character <= "~" for character in self.sent_key)

    @property
    def host(self) -> str:
        """Host and port as given, without user name and password."""
        try:
            return urlsplit(self.base_url).netloc.rpartition("@")[2] or _UNREADABLE_ADDRESS
        except ValueError:
            return _UNREADABLE_ADDRESS

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine, which no proxy can reach."""
        name = self._hostname
        try:
            return name == "localhost" or ip_address(name).is_loopback
        except ValueError:
            return False

    @property
    def wants_max_completion_tokens(self) -> bool:
        """Whether the output limit goes by OpenAI's newer name.

        OpenAI's reasoning models reject ``max_tokens``; Ollama silently ignores ``max_completion_tokens``
        (ollama/ollama issue 7125) and would write without a limit.
        """
        return self._hostname.endswith((".openai.com", ".openai.azure.com"))

    @property
    def _hostname(self) -> str:
        try:
            return urlsplit(self.base_url).hostname or ""
        except ValueError:
            return ""
