from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from assistant import following as module
from assistant.errors import IndexBroken, IndexMissing
from assistant.following import Following
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from tests.conftest import BagOfStems


class FakeIndex:
    """An index that is nothing but open or closed; those of ``gone`` generations cannot be opened."""

    gone: tuple[str, ...] = ()
    open: list[str]

    def __init__(self, generation: Path, _fingerprint: str) -> None:
        if generation.name in self.gone:
            raise IndexBroken("gone")
        self.generation = generation
        self.open.append(generation.name)

    def close(self) -> None:
        self.open.remove(self.generation.name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "index").mkdir()
    return Settings(home=tmp_path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(FakeIndex, "open", [], raising=False)
    monkeypatch.setattr(module, "Index", FakeIndex)
    return FakeIndex.open


def publish(settings: Settings, name: str) -> None:
    (settings.index_dir / "CURRENT").write_text(name, encoding="utf-8")


def test_one_generation_is_opened_once(settings: Settings, opened: list[str]) -> None:
    publish(settings, "gen-0001")
    following = Following(settings, BagOfStems(), lambda: Vocabulary(()))
    assert opened == []
    for _ in range(2):
        with following.retriever() as retriever:
            assert retriever.index.generation.name == "gen-0001"
    assert opened == ["gen-0001"]
    following.close()
    following.close()
    assert opened == []


def test_an_old_one_is_closed_when_its_last_user_is_done(settings: Settings, opened: list[str]) -> None:
    publish(settings, "gen-0001")
    with closing(Following(settings, BagOfStems(), lambda: Vocabulary(()))) as following:
        with following.retriever() as first:
            with following.retriever():
                publish(settings, "gen-0002")
                with following.retriever() as newer:
                    assert newer.index.generation.name == "gen-0002"
            assert opened == ["gen-0001", "gen-0002"]
            assert first.index.generation.name == "gen-0001"
        assert opened == ["gen-0002"]
        publish(settings, "gen-0003")
        with following.retriever():
            assert opened == ["gen-0003"]


def test_closing_waits_for_a_running_block(settings: Settings, opened: list[str]) -> None:
    publish(settings, "gen-0001")
    following = Following(settings, BagOfStems(), lambda: Vocabulary(()))
    with following.retriever():
        following.close()
        assert opened == ["gen-0001"]
    assert opened == []


def test_one_that_was_replaced_while_it_was_opened(
    settings: Settings, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["gen-0001", "gen-0003", "gen-0003"])
    monkeypatch.setattr(module, "require_current_generation", lambda index_dir: index_dir / next(names))
    monkeypatch.setattr(FakeIndex, "gone", ("gen-0001",))
    with (
        closing(Following(settings, BagOfStems(), lambda: Vocabulary(()))) as following,
        following.retriever() as retriever,
    ):
        assert retriever.index.generation.name == "gen-0003"


def test_one_that_is_broken_and_still_in_use(
    settings: Settings, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, "gen-0001")
    monkeypatch.setattr(FakeIndex, "gone", ("gen-0001",))
    following = Following(settings, BagOfStems(), lambda: Vocabulary(()))
    for _ in range(2):
        with pytest.raises(IndexBroken), following.retriever():
            pass
    monkeypatch.undo()
    (settings.index_dir / "CURRENT").unlink()
    with pytest.raises(IndexMissing), following.retriever():
        pass
