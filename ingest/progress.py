"""How a build tells what it is doing.

Owns: the shape of the calls. Refuses: showing anything (``ingest.__main__``).
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done so far, to do in all) within a stage: texts to embed, vectors to publish."""

OnStage = Callable[[str], None]
"""Called with the name of what begins and may take more than a second: ``Reading``, ``Embedding``, ``Verifying``."""


def quietly(_stage: str) -> None:
    """For callers that do not show stages."""
