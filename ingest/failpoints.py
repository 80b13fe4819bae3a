"""Named moments of a build at which tests interrupt it.

Owns: the names, and the hook that is called at each. Refuses: doing anything there by itself: outside tests the hook
is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Failpoint(StrEnum):
    """In the order in which a build passes them; some are passed once for each batch."""

    SOURCES_STORED = "sources-stored"
    BEFORE_EMBED_COMMIT = "before-embed-commit"
    AFTER_EMBED_COMMIT = "after-embed-commit"
    MID_BUILD = "mid-build"
    BEFORE_VERIFY = "before-verify"
    BEFORE_RENAME = "before-rename"
    AFTER_RENAME = "after-rename"
    BEFORE_SWAP = "before-swap"
    AFTER_SWAP = "after-swap"
    DURING_PRUNE = "during-prune"


Hook = Callable[[Failpoint], None]


def _nothing(_point: Failpoint) -> None:
    """What happens at every failpoint outside tests."""


_hook: Hook = _nothing


def reach(point: Failpoint) -> None:
    """Called by the build when it has come to ``point``."""
    _hook(point)


def install(hook: Hook) -> None:
    """Call ``hook`` at every failpoint of this process from now on."""
    global _hook  # noqa: PLW0603 - one process, one build, one hook
    _hook = hook
