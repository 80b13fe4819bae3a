"""From text to a published index: read, split, embed, publish. Start reading at ``pipeline``."""
