"""The practise page: what is due, one card at a time, and what came of it; start at ``page.py``."""
