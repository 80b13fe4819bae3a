"""The offline eval suite. Start reading at ``runner``."""
