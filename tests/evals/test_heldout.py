"""The seal on the held-out half: it fits today, it breaks when that half changes, and only then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evals.cases import CASES_DIR
from evals.heldout import SEAL, heldout_seal

DEV_QUESTION = '{"id": "q001", '
HELD_OUT_QUESTION = '{"id": "q002", '
HELD_OUT_CONVERSATION = '{"id": "c002", '
HELD_OUT_PLAN = '{"id": "p001", '
HELD_OUT_ATTACK = '{"id": "a02", '
HELD_OUT_INGEST = '{"id": "i01", '
HELD_OUT_UNANSWERABLE = '{"id": "u002", '
HELD_OUT_VARIANT = '{"id": "v001", "of": "q002", '


@pytest.fixture
def cases_dir(tmp_path: Path) -> Path:
    shutil.copytree(CASES_DIR, tmp_path / "cases")
    return tmp_path / "cases"


def edit(file: Path, start: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(start) == 1
    file.write_text(text.replace(start, start + " "), encoding="utf-8")


def test_the_held_out_half_is_as_it_was_sealed() -> None:
    assert heldout_seal() == SEAL.read_text(encoding="utf-8"), "see evals/cases/README.md"


def test_editing_a_dev_question_leaves_the_seal_whole(cases_dir: Path) -> None:
    edit(cases_dir / "questions.jsonl", DEV_QUESTION)
    assert heldout_seal(cases_dir) == heldout_seal()


@pytest.mark.parametrize(
    ("name", "start", "broken_line"),
    [
        ("questions.jsonl", HELD_OUT_QUESTION, 0),
        ("variants.jsonl", HELD_OUT_VARIANT, 1),
        ("unanswerable.jsonl", HELD_OUT_UNANSWERABLE, 2),
        ("conversations.jsonl", HELD_OUT_CONVERSATION, 3),
        ("plans.jsonl", HELD_OUT_PLAN, 4),
        ("attacks.jsonl", HELD_OUT_ATTACK, 5),
        ("ingest.jsonl", HELD_OUT_INGEST, 6),
    ],
)
def test_editing_a_held_out_line_breaks_the_seal(cases_dir: Path, name: str, start: str, broken_line: int) -> None:
    edit(cases_dir / name, start)
    before, after = heldout_seal().splitlines(), heldout_seal(cases_dir).splitlines()
    assert [number for number in range(7) if before[number] != after[number]] == [broken_line]
