"""What the search must be better than. Start reading at ``suite``."""
