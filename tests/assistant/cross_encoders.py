"""A real cross-encoder that is small enough to be made in a test: random weights, a vocabulary of a few words.

Owns: writing one to a directory, as sentence-transformers reads it.
"""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "fuse", "breaker", "queue", "counts", "failures", "calls", "a")
READS = 32
"""Word pieces it reads."""


def write_cross_encoder(directory: Path, *, labels: int = 1) -> Path:
    """Write a model with that many scores for a pair; the same one at every call."""
    torch.manual_seed(20_261_127)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=READS, num_labels=labels,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(directory)
    vocabulary = directory / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    BertTokenizer(str(vocabulary), model_max_length=READS).save_pretrained(directory)
    return directory
