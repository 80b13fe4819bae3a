"""Everything learners would miss, as one JSON object: to keep, or to take to another machine.

Start at ``export_all`` and ``import_all``. The index and the library are not in it, as the commands of
``python -m ingest`` make them again.
"""

from assistant.backup.exporting import export_all
from assistant.backup.importing import import_all, restored_lines

__all__ = ["export_all", "import_all", "restored_lines"]
