"""``make bench``: how fast the program plans and embeds, and how ingest and search grow with the number of chunks."""
