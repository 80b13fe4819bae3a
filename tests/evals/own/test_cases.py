"""A learner's own cases: what a line may be, and what is said of one that is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.errors import CorpusError
from assistant.settings import Settings
from evals.cases import CASES_DIR, UnanswerableKind
from evals.own.cases import OwnCase, load_own_cases, question_id


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load_curriculum(Settings().corpus_dir)


def write(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "own.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def test_a_case_needs_only_a_question_and_one_expectation(tmp_path: Path, curriculum: Curriculum) -> None:
    file = write(
        tmp_path,
        {"question": "What is our release day?", "source": "Handbook", "key_facts": ["Every Tuesday"]},
        "",
        {"id": "x", "question": "What is Docker?", "topic": "what-is-docker", "key_facts": [["image", "Container"]]},
        {"question": "Best pizza?", "unanswerable": True},
        {"question": "Where is the beach?", "kind": "far"},
    )
    first, second, third, fourth = load_own_cases(file, curriculum)
    assert (first.source, first.key_facts) == ("Handbook", (("every tuesday",),))
    assert first.id == question_id("what is our  RELEASE day") == "own-" + first.id[4:]
    assert (second.id, second.key_facts) == ("x", (("image", "container"),))
    assert (third.unanswerable, third.kind) == (True, None)
    assert (fourth.unanswerable, fourth.kind) == (True, UnanswerableKind.FAR)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"question": "Q?"}, "expect something: topic, module, source, key_facts, or unanswerable: true."),
        ({"question": " ", "module": 1}, "the question is empty."),
        ({"question": "Q?", "colour": "red"}, "colour: Extra inputs are not permitted."),
        ({"question": "Q?", "topic": "nothing"}, "topic: the roadmap has no topic called 'nothing'"),
        ({"question": "Q?", "module": 99}, "module: the roadmap has no module 99."),
        ({"question": "Q?", "module": 1, "also_ok": [50]}, "module: the roadmap has no module 50."),
        ({"question": "Q?", "topic": "circuit-breaker", "module": 1}, "belongs to module 13, not 1."),
        ({"question": "Q?", "unanswerable": True, "module": 1}, "an unanswerable question has no topic"),
        ({"question": "Q?", "unanswerable": False, "kind": "far"}, "a kind belongs to an unanswerable question."),
        ({"question": "Q?", "key_facts": [[]]}, "key_facts.0: Tuple should have at least 1 item"),
        ("[]", "Input should be"),
        ("{", "Invalid JSON"),
    ],
)
def test_what_is_no_case_is_named_with_file_and_line(
    tmp_path: Path, curriculum: Curriculum, line: object, message: str
) -> None:
    file = write(tmp_path, {"question": "Fine?", "module": 1}, line)
    with pytest.raises(CorpusError) as caught:
        load_own_cases(file, curriculum)
    assert caught.value.user_message.startswith(f"{file}:2: ")
    assert message in caught.value.user_message


def test_the_same_question_twice_is_one_too_many(tmp_path: Path, curriculum: Curriculum) -> None:
    file = write(tmp_path, {"question": "Q one?", "module": 1}, {"question": "q ONE", "module": 2})
    with pytest.raises(CorpusError, match="is used twice"):
        load_own_cases(file, curriculum)


@pytest.mark.parametrize("name", ["questions.jsonl", "unanswerable.jsonl"])
def test_the_projects_own_files_run_too(curriculum: Curriculum, name: str) -> None:
    assert len(load_own_cases(CASES_DIR / name, curriculum)) > 50


def test_a_record_is_the_case_again() -> None:
    case = OwnCase(question="Q?", key_facts=("a", ("b", "c")))  # type: ignore[arg-type]
    assert OwnCase.model_validate(case.record) == case
