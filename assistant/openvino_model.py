"""The embedding model converted for OpenVINO: several times as fast as torch, which it spares a question altogether.

Owns: the conversion, its proof against the original, and running it; the only importer of openvino.
Refuses: deciding what happens where it cannot be used (``assistant.embedding`` goes on with torch).
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding

_Matrix = npt.NDArray[np.float32]

FAILURES = (ImportError, OSError, RuntimeError, TypeError, ValueError)
"""What openvino, and torch's tracing, raise where the model cannot be converted, read or run."""

_MODEL = "model.xml"
_BATCH_TOKENS = 2048
_MIN_COSINE = 0.999
# From one word to more than the model reads, so that truncation and padding are proved, too.
_PROBES = ("Queue", "What is a circuit breaker?", "Retries need a limit and jitter. " * 9, "A pod restarts. " * 200)


class OpenVinoModel:
    """A converted model, ready to embed; safe to share between threads.

    Raises one of ``FAILURES`` where the conversion in ``directory`` cannot be used.
    """

    def __init__(self, directory: Path, tokenizer: Path, max_tokens: int) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415 - not before the first text

        core = _openvino().Core()
        # Half the bits where the processor multiplies them natively; emulated, they would be slower than floats.
        precision = "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"
        hints = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "LATENCY"}
        self._model = core.compile_model(str(directory / _MODEL), "CPU", hints)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        if not np.allclose(np.linalg.norm(self.embed(_PROBES[:1]), axis=1), 1, atol=1e-3):
            raise ValueError("its vectors are not of unit length")

    def embed(self, texts: Sequence[str]) -> _Matrix:
        """Unit vectors, float32 of shape ``(len(texts), dimension)``."""
        encoded = self._tokenizer.encode_batch(list(texts))
        request = self._model.create_infer_request()  # one request must not serve two threads
        vectors: dict[int, _Matrix] = {}
        for rows in _batches([len(each.ids) for each in encoded]):
            output = request.infer(_inputs([encoded[row] for row in rows]))[0]
            vectors.update(zip(rows, output.copy(), strict=True))
        return np.stack([vectors[row] for row in range(len(encoded))]).astype(np.float32)


def convert(model: SentenceTransformer, directory: Path, tokenizer: Path, max_tokens: int) -> None:
    """Convert a model into ``directory``, which exists only when the conversion is whole and proved.

    Raises one of ``FAILURES``, ``ValueError`` where the converted model's vectors differ from the original's.
    """
    building = directory.with_name(f"{directory.name}.tmp")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        openvino = _openvino()
        with warnings.catch_warnings():
            # Tracing warns that branches are fixed; the probes below prove that the other ones are not needed.
            warnings.simplefilter("ignore")
            converted = openvino.convert_model(_traceable(model), example_input=_example())
        openvino.save_model(converted, str(building / _MODEL), compress_to_fp16=False)
        expected = model.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False)
        cosine = float(np.min(np.sum(OpenVinoModel(building, tokenizer, max_tokens).embed(_PROBES) * expected, axis=1)))
        if cosine < _MIN_COSINE:
            raise ValueError(f"its vectors have a cosine of {cosine:.5f} to the original's")
        for path in building.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        building.rename(directory)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _openvino() -> Any:
    # Importing openvino reports the import to its maker's server if this package of theirs can be imported.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino  # noqa: PLC0415 - a third of a second

    return openvino


def _traceable(model: SentenceTransformer) -> Any:
    import torch  # noqa: PLC0415 - takes seconds to import

    class Traceable(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    return Traceable().eval()


def _example() -> dict[str, Any]:
    import torch  # noqa: PLC0415

    return {name: torch.ones((2, 16), dtype=torch.int64) for name in ("input_ids", "attention_mask")}


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    # Texts of like length share a batch, so that little of it is padding.
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[row] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _inputs(encoded: Sequence[Encoding]) -> dict[str, npt.NDArray[np.int64]]:
    width = max(len(each.ids) for each in encoded)
    ids, mask = np.zeros((2, len(encoded), width), dtype=np.int64)
    for row, each in enumerate(encoded):
        ids[row, : len(each.ids)] = each.ids
        mask[row, : len(each.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}
