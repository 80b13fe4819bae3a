"""The icon of each activity.

Owns: that table. Refuses: colours (``assistant.ui.charts``).
"""

from __future__ import annotations

from assistant.planning import Activity

ACTIVITY_ICONS = {
    Activity.READ: ":material/menu_book:",
    Activity.PRACTISE: ":material/edit_note:",
    Activity.PROJECT: ":material/construction:",
    Activity.REVIEW: ":material/replay:",
    Activity.QUIZ: ":material/quiz:",
}
