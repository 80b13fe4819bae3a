"""Ingest, measured: documents with traps go in, and what is kept of them is compared with what should be."""
