from __future__ import annotations

from pathlib import Path

import pytest

from assistant.lease import Lease
from ingest.generations import next_generation, put_in_use, tidy, unfinished


def _index(folder: Path, *generations: int, current: str | None) -> Path:
    for number in generations:
        (folder / f"gen-{number:04d}").mkdir()
    if current is not None:
        (folder / "CURRENT").write_text(f"{current}\n", encoding="utf-8")
    return folder


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("current", "kept"),
    [
        ("gen-0004", ["gen-0003", "gen-0004"]),
        # Newer than the one in use: their builds died before they swapped the pointer.
        ("gen-0003", ["gen-0002", "gen-0003"]),
        ("gen-0001", ["gen-0001"]),
        ("gen-0009", ["gen-0004"]),
        ("nonsense", ["gen-0001", "gen-0002", "gen-0003", "gen-0004"]),
        (None, ["gen-0001", "gen-0002", "gen-0003", "gen-0004"]),
    ],
)
def test_the_one_in_use_and_the_one_before_it_stay(tmp_path: Path, current: str | None, kept: list[str]) -> None:
    tidy(_index(tmp_path, 1, 2, 3, 4, current=current))
    assert [name for name in _names(tmp_path) if name != "CURRENT"] == kept


def test_what_interrupted_builds_left_goes(tmp_path: Path) -> None:
    _index(tmp_path, 1, current="gen-0001")
    (tmp_path / "gen-0002.77.tmp" / "chroma").mkdir(parents=True)
    (tmp_path / "gen-0002.tmp").mkdir()
    (tmp_path / "CURRENT.tmp").write_text("gen-0002\n", encoding="utf-8")
    tidy(tmp_path)
    assert _names(tmp_path) == ["CURRENT", "gen-0001"]


def test_a_generation_that_is_read_stays_until_it_is_not(tmp_path: Path) -> None:
    _index(tmp_path, 1, 2, 3, current="gen-0003")
    lease = Lease(tmp_path / "gen-0001")
    tidy(tmp_path)
    assert _names(tmp_path) == ["CURRENT", "gen-0001", "gen-0002", "gen-0003"]
    lease.release()
    tidy(tmp_path)
    assert _names(tmp_path) == ["CURRENT", "gen-0002", "gen-0003"]


def test_no_index_yet_is_tidy(tmp_path: Path) -> None:
    tidy(tmp_path / "index")
    assert _names(tmp_path) == []


def test_a_name_in_use_is_not_given_again(tmp_path: Path) -> None:
    _index(tmp_path, 1, 7, current="gen-0001")
    generation = next_generation(tmp_path)
    assert generation.name == "gen-0008"
    building = unfinished(generation)
    building.mkdir()
    put_in_use(building, generation)
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "gen-0008\n"
    assert _names(tmp_path) == ["CURRENT", "gen-0001", "gen-0007", "gen-0008"]
