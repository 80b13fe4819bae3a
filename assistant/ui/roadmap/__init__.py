"""The roadmap page: a map of all modules, and a page for each topic; start at ``page.py``."""
