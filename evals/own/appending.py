"""Adding a case to a file of cases: whole or not at all, and no question twice.

Owns: the file, which is the learner's own unless another is named, and the form of the project's files.
Refuses: making the case (``evals.own.proposing``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput, StorageError
from evals.cases import CASES_DIR, QuestionCase, UnanswerableCase
from evals.files import write_file
from evals.own.cases import OwnCase, check_place, load_own_cases, same_question

_LOCK = "cases.lock"


def own_cases_file(home: Path) -> Path:
    """Where a learner's own cases are."""
    return home / "evals" / "own.jsonl"


def existing_cases(file: Path, curriculum: Curriculum) -> tuple[OwnCase, ...]:
    """The cases of a file that may not be there yet.

    Raises:
        CorpusError: it is there, and breaks the schema.
    """
    return load_own_cases(file, curriculum) if file.exists() else ()


def append_case(file: Path, case: OwnCase, curriculum: Curriculum, home: Path) -> dict[str, Any]:
    """Add a case at the end and return it as it was written. One writer at a time, by a lock under ``home``.

    Raises:
        InvalidInput: the case names a place that is not in the roadmap, is there already, or is of no use to the file.
        CorpusError: the file holds something that is no case.
        StorageError: the file cannot be written.
    """
    try:
        check_place(case, curriculum)
    except ValueError as error:
        raise InvalidInput(f"{error}.") from error
    record = _record(file, case, curriculum)
    try:
        (home / "evals").mkdir(parents=True, exist_ok=True)
        with FileLock(home / "evals" / _LOCK):
            if same := same_question(case, existing_cases(file, curriculum)):
                raise InvalidInput(f"{file} asks this already, as {same.id}. Edit that line, or take another question.")
            _write(file, record)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error
    return record


def _write(file: Path, record: dict[str, Any]) -> None:
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    end = "\n" if before and not before.endswith("\n") else ""
    write_file(file, f"{before}{end}{json.dumps(record, ensure_ascii=False)}\n")


def _record(file: Path, case: OwnCase, curriculum: Curriculum) -> dict[str, Any]:
    if file.resolve().parent != CASES_DIR.resolve():
        return case.record
    if file.name == "unanswerable.jsonl" and case.kind is not None:
        return UnanswerableCase(id=case.id, question=case.question, kind=case.kind).model_dump(mode="json")
    if file.name == "questions.jsonl" and case.topic is not None and case.source is None:
        question = QuestionCase(
            id=case.id,
            question=case.question,
            module=curriculum.topics[case.topic].module,
            topic=case.topic,
            key_facts=case.key_facts,
        )
        return question.model_dump(mode="json", exclude_defaults=True)
    raise InvalidInput(
        f"{file.name} does not take this case: questions.jsonl takes questions with a topic and no source, "
        "unanswerable.jsonl those with --unanswerable."
    )
