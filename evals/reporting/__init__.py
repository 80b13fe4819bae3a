"""Results as a terminal table, Markdown, JSON, JSON Lines, and a page that is one file.

Start at ``contents.py`` (what a report holds) and ``files.py`` (which files it becomes). The JSON holds what is drawn
too (``reliability.py``, ``per_module.py``, ``worst.py``), so that the page here and the one in the app draw the same.
Owns: presentation. Refuses: judging (``evals.gate``).
"""
