"""Today: what to do now. Start reading at ``page``."""
