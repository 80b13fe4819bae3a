"""HTML: pages as they are fetched, and the chapters of e-books. Start reading at ``page``."""
