"""Plans against what they promise. Start reading at ``suite``."""
