"""What the benchmark ingests: a small corpus, a folder of made-up Markdown, and made-up vectors.

Owns: making the same material in every run. Refuses: measuring.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.embedding import LocalEmbedder, Matrix
from assistant.words import words

SECTIONS_PER_FILE = 20
_SENTENCES = 8
_WORDS = 14
_NOTES = 3
_CENTRES = 200
_NOISE = 1.2


def copy_small_corpus(corpus: Path, directory: Path) -> None:
    """The roadmap with the notes of its first modules: enough for a build, and read in a second."""
    (directory / "notes").mkdir(parents=True)
    for path in (corpus / "roadmap.md", corpus / "curriculum.yaml", *_notes(corpus)):
        shutil.copy(path, directory / path.relative_to(corpus))


def write_folder(corpus: Path, directory: Path, sections: int) -> None:
    """Markdown files whose sections are one chunk each, in words of the corpus."""
    vocabulary = sorted({word for path in _notes(corpus) for word in _words(path)})
    directory.mkdir(parents=True)
    for first in range(0, sections, SECTIONS_PER_FILE):
        number = first // SECTIONS_PER_FILE
        chosen = random.Random(number)  # noqa: S311 - nothing secret
        parts = [f"# Page {number}\n"]
        for section in range(min(SECTIONS_PER_FILE, sections - first)):
            sentences = (" ".join(chosen.choices(vocabulary, k=_WORDS)).capitalize() for _ in range(_SENTENCES))
            parts.append(f"## Section {section}\n\n{'. '.join(sentences)}.\n")
        (directory / f"page-{number:06d}.md").write_text("\n".join(parts), encoding="utf-8")


def _notes(corpus: Path) -> list[Path]:
    return sorted((corpus / "notes").glob("*.md"))[:_NOTES]


def _words(path: Path) -> tuple[str, ...]:
    return tuple(word for word in words(path.read_text(encoding="utf-8")) if word.isalpha())


class SyntheticEmbedder:
    """Vectors that depend on the text alone and lie in clusters as real ones do; the real model counts tokens."""

    def __init__(self, model: LocalEmbedder) -> None:
        self.fingerprint = "synthetic"
        self.count_tokens = model.count_tokens
        self._centres = np.random.default_rng(0).standard_normal((_CENTRES, 384))

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, float32 of shape ``(len(texts), 384)``."""
        vectors = np.stack([self._vector(text) for text in texts])
        unit: Matrix = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _vector(self, text: str) -> Matrix:
        chosen = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]))
        noise = chosen.standard_normal(384)
        return np.asarray(self._centres[chosen.integers(_CENTRES)] + _NOISE * noise, dtype=np.float32)
