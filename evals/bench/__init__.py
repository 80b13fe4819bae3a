"""``make bench``: how fast the program embeds, and how ingest and search grow with the number of chunks."""
