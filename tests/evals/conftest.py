"""A small index for the commands of ``python -m evals``, built once for a file of tests."""

from __future__ import annotations

import pytest

from assistant.curriculum import load_curriculum
from assistant.service import Assistant
from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a home with the mini corpus."""
    folder = tmp_path_factory.mktemp("mini")
    settings = Settings(home=folder / "home", corpus_dir=write_corpus(folder / "corpus"))
    Ingest(settings, BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    return settings


def open_mini(monkeypatch: pytest.MonkeyPatch, module: str, mini: Settings) -> None:
    """Have a module open its assistant on that home, with the small embedder."""

    def opened(settings: Settings, **_options: object) -> Assistant:
        return Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), None)

    monkeypatch.setattr(f"{module}.open_assistant", opened)
    monkeypatch.setenv("STUDY_HOME", str(mini.home))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(mini.corpus_dir))
