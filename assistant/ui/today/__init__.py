"""Today: what to do now. Start reading at ``page``."""

from assistant.ui.today.page import page

__all__ = ["page"]
