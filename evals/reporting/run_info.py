"""When and on what a run was made.

Owns: those facts. They and the timings are all that differs between two runs. Refuses: reading a clock.
"""

from __future__ import annotations

from datetime import datetime

from assistant.generation import current_generation, read_manifest
from assistant.settings import Settings


def run_info(settings: Settings, started: datetime, ended: datetime) -> dict[str, object]:
    """The start as ISO 8601 with its zone, seconds, and the index: its generation and its passages.

    Raises:
        IndexBroken: the index's manifest cannot be read.
    """
    info: dict[str, object] = {
        "at": started.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 1),
    }
    generation = current_generation(settings.index_dir)
    if generation is not None:
        manifest = read_manifest(generation)
        info |= {"generation": generation.name, "passages": manifest.passages}
    return info
