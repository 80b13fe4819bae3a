"""Fixtures for all tests: no network but loopback, a tiny corpus with a fake model, and the real index built once."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import settings

from assistant.embedding import Matrix, load_embedder
from assistant.settings import Settings
from assistant.words import stems
from ingest.pipeline import Ingest
from ingest.web import Fetcher

REPOSITORY = Path(__file__).parent.parent
# The same examples in every run: what a random one finds belongs into a test of its own, not into somebody's build.
settings.register_profile("repeatable", derandomize=True, database=None)
settings.load_profile("repeatable")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_connect = socket.socket.connect


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Fail loudly when anything reaches beyond this machine."""

    def connect(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _LOOPBACK:  # type: ignore[index]
            raise AssertionError(f"a test tried to connect to {address}")
        _connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings come from the test alone, whatever the developer has configured or chosen in the app."""
    for name in list(os.environ):
        if name.startswith(("STUDY_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STUDY_HOME", str(tmp_path_factory.getbasetemp() / "nobodys-home"))


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """A page under test becomes ``__main__`` and stays it; a child process would then start with that page."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


class BagOfStems:
    """A small real embedder: a text is the normalised sum of fixed random vectors of its stems."""

    fingerprint = "bag-of-stems"
    _dimension = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.embedded += texts
        vectors = np.stack([self._vector(text) for text in texts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def prepare(self) -> None:
        """There is nothing to convert."""

    def _vector(self, text: str) -> Matrix:
        total = np.full(self._dimension, 0.01, dtype=np.float32)
        for stem in stems(text):
            seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:4])
            total += np.random.default_rng(seed).standard_normal(self._dimension).astype(np.float32)
        return total


@pytest.fixture
def embedder() -> BagOfStems:
    return BagOfStems()


@pytest.fixture(scope="session")
def real_home(request: pytest.FixtureRequest) -> Path:
    """A STUDY_HOME with the real corpus, built with the real model; shared, so treat its index as read-only.

    It is kept from run to run, and by processes that run at once, as long as the code that builds it is the same.
    """
    code = hashlib.sha256()
    for file in sorted((REPOSITORY / "ingest").rglob("*.py")) + sorted((REPOSITORY / "assistant").glob("*.py")):
        code.update(file.read_bytes())
    home = request.config.cache.mkdir(f"home-{code.hexdigest()[:12]}")
    with FileLock(home.with_suffix(".lock")):
        embedder = load_embedder(None, home)
        embedder.prepare()
        Ingest(Settings(home=home), embedder, Fetcher(), lambda _done, _total: None).build()
    return home


@pytest.fixture
def own_home(real_home: Path, tmp_path: Path) -> Path:
    """A copy of ``real_home`` that may be written."""
    return Path(shutil.copytree(real_home, tmp_path / "own-home"))


@pytest.fixture
def real_settings(real_home: Path) -> Settings:
    return Settings(home=real_home)
