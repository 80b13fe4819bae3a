"""Cases that name what neither the roadmap nor another case has are told with file and line, before anything runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.settings import Settings
from evals.cases import CASES_DIR
from evals.runner import load_all

OPENING = {"question": "a", "kind": "opening", "module": 13, "topic": "circuit-breaker"}
QUESTION = {"id": "q9999", "question": "x?", "module": 13, "topic": "circuit-breaker"}
ATTACK = json.loads((CASES_DIR / "attacks.jsonl").read_text(encoding="utf-8").splitlines()[0]) | {"id": "a9999"}


@pytest.mark.parametrize(
    ("name", "case", "message"),
    [
        ("questions", QUESTION | {"topic": "nope"}, "topic: the roadmap has no topic nope."),
        ("questions", QUESTION | {"module": 1}, "topic: circuit-breaker belongs to module 13, not 1."),
        ("questions", QUESTION | {"also_ok": [99]}, "also_ok: the roadmap has no module 99."),
        ("variants", {"id": "v9999", "question": "x?", "of": "q0", "kind": "typo"}, "of: there is no question q0."),
        (
            "conversations",
            {"id": "c9999", "turns": [OPENING, OPENING | {"kind": "more", "topic": "nope"}]},
            "turns.1.topic: the roadmap has no topic nope.",
        ),
        (
            "conversations",
            {"id": "c9999", "turns": [OPENING, OPENING | {"kind": "more", "also_ok": ["nope"]}]},
            "turns.1.also_ok: the roadmap has no topic nope.",
        ),
        ("attacks", ATTACK | {"module": 0}, "module: the roadmap has no module 0."),
    ],
)
def test_what_is_not_there_is_named_with_file_and_line(
    tmp_path: Path, name: str, case: dict[str, Any], message: str
) -> None:
    shutil.copytree(CASES_DIR, tmp_path / "cases")
    file = tmp_path / "cases" / f"{name}.jsonl"
    lines = [*file.read_text(encoding="utf-8").splitlines(), json.dumps(case)]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_all(load_curriculum(Settings().corpus_dir), tmp_path / "cases")
    assert caught.value.user_message == f"{file}:{len(lines)}: {message}"
