"""A cross-encoder that reads question and passage together, where the learner has set one up.

Owns: finding the model's files and scoring passages with it. Refuses: fetching a model, and what its scores are worth
beside those of the search (``assistant.retrieval``).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.errors import RerankerMissing

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_NEEDED = ("config.json", "model.safetensors", "tokenizer_config.json")
_READS_PAIRS = "ForSequenceClassification"
_BATCH = 32
_REMEDY = (
    "Set STUDY_RERANKER to the directory of a sentence-transformers CrossEncoder with one score, saved as safetensors, "
    "or unset it to do without."
)


class Reranker(Protocol):
    """What retrieval needs of a reranker."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question, in any unit, a better one higher; as many as texts."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder read from a directory; its weights are loaded for the first question.

    Raises:
        RerankerMissing: the directory is not there, or not one of a cross-encoder.
    """

    def __init__(self, model_dir: Path) -> None:
        if not model_dir.is_dir():
            raise RerankerMissing(f"There is no directory {model_dir} for the reranker. {_REMEDY}")
        for name in _NEEDED:
            if not (model_dir / name).is_file():
                raise RerankerMissing(f"The reranker in {model_dir} has no {name}. {_REMEDY}")
        if not _scores_pairs(model_dir / "config.json"):
            raise RerankerMissing(f"The model in {model_dir} is not a cross-encoder with one score. {_REMEDY}")
        self.model_dir = model_dir
        self._loading = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score for each text, from the model's last layer.

        Raises:
            RerankerMissing: the model cannot be loaded or run.
        """
        if not texts:
            return []
        with self._loading:  # two first questions at once must not load the weights twice
            model = self._model
        try:
            found = model.predict(
                [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
            )
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            raise self._unusable(error) from error
        return [float(score) for score in np.asarray(found, dtype=np.float64).reshape(len(texts))]

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - takes seconds to import
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            # Weights other than safetensors can run code when they are read.
            model: CrossEncoder = CrossEncoder(
                str(self.model_dir), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except Exception as error:  # tokenizers and safetensors raise ones that derive from nothing else
            raise self._unusable(error) from error
        return model

    def _unusable(self, error: Exception) -> RerankerMissing:
        return RerankerMissing(f"The reranker in {self.model_dir} cannot be used: {error}. {_REMEDY}")


def load_reranker(model_dir: Path | None) -> CrossEncoderReranker | None:
    """The reranker in a directory, None without one.

    Raises:
        RerankerMissing: the directory is not there, or not one of a cross-encoder.
    """
    return None if model_dir is None else CrossEncoderReranker(model_dir)


def _scores_pairs(config_file: Path) -> bool:
    try:
        config = json.loads(config_file.read_text(encoding="utf-8"))
        kinds, labels = config["architectures"], config["id2label"]
        return len(labels) == 1 and any(kind.endswith(_READS_PAIRS) for kind in kinds)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
