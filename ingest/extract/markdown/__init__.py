"""Markdown as people keep it: Obsidian vaults, documentation folders, READMEs. Start reading at ``document``."""
