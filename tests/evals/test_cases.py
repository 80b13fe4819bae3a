"""The project's own cases are well formed, spread over the roadmap, and split by a rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.settings import Settings
from evals.cases import CASES_DIR, QuestionCase, Split, Style, VariantCase, VariantKind, load_cases, split_of


@pytest.fixture(scope="module")
def questions() -> tuple[QuestionCase, ...]:
    return load_cases(QuestionCase, CASES_DIR / "questions.jsonl")


@pytest.fixture(scope="module")
def variants() -> tuple[VariantCase, ...]:
    return load_cases(VariantCase, CASES_DIR / "variants.jsonl")


def test_every_topic_of_the_roadmap_has_a_question(questions: tuple[QuestionCase, ...]) -> None:
    curriculum = load_curriculum(Settings().corpus_dir)
    assert {case.topic for case in questions} == set(curriculum.topics)
    assert len(questions) >= 270


def test_also_ok_names_other_modules_of_the_roadmap(questions: tuple[QuestionCase, ...]) -> None:
    for case in questions:
        assert set(case.also_ok) <= set(range(1, 43)) - {case.module}, case.id
        assert list(case.also_ok) == sorted(set(case.also_ok)), case.id


def test_key_facts_come_in_twos_to_fives(questions: tuple[QuestionCase, ...]) -> None:
    counts = Counter(len(case.key_facts) for case in questions)
    assert set(counts) == {0, 2, 3, 4, 5}
    assert counts.total() - counts[0] >= 150


def test_about_a_quarter_of_the_questions_do_not_name_their_concept(questions: tuple[QuestionCase, ...]) -> None:
    styles = Counter(case.style for case in questions)
    assert set(styles) == set(Style)
    assert 0.2 <= styles[Style.OBLIQUE] / len(questions) <= 0.3


def test_variants_reword_questions_that_exist(
    questions: tuple[QuestionCase, ...], variants: tuple[VariantCase, ...]
) -> None:
    assert {variant.of for variant in variants} <= {case.id for case in questions}
    kinds = Counter(variant.kind for variant in variants)
    assert kinds[VariantKind.PARAPHRASE] == kinds[VariantKind.TYPO] == len({variant.of for variant in variants}) == 60
    assert kinds[VariantKind.ABBREVIATION] >= 30
    texts = [case.question for case in (*questions, *variants)]
    assert len(texts) == len(set(texts))


def test_the_split_is_the_parity_of_the_ids_hash(
    questions: tuple[QuestionCase, ...], variants: tuple[VariantCase, ...]
) -> None:
    assert [split_of(f"q00{n}").value for n in range(1, 7)] == ["dev", "heldout", "dev", "heldout", "heldout", "dev"]
    held_out = {case.id for case in questions if case.split is Split.HELD_OUT}
    assert 0.4 <= len(held_out) / len(questions) <= 0.6
    for variant in variants:
        assert (variant.split is Split.HELD_OUT) == (variant.of in held_out)


def test_a_question_needs_no_more_than_its_place_in_the_roadmap() -> None:
    case = QuestionCase(id="a", question="b?", module=1, topic="conways-law")
    assert (case.style, case.also_ok, case.key_facts) == (Style.OBLIQUE, (), ())


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ('"style": "rude"', "Input should be 'interview'"),
        ('"key_facts": [["Upper case"]]', "String should match pattern"),
        ('"key_facts": [[]]', "at least 1 item"),
        ('"key_facts": [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]', "at most 5 items"),
        ('"split": "dev"', "Extra inputs are not permitted"),
    ],
)
def test_a_broken_field_names_its_line(tmp_path: Path, field: str, message: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{{"id": "a", "question": "b?", "module": 1, "topic": "t", {field}}}', encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_cases(QuestionCase, file)
    assert caught.value.user_message.startswith(f"{file}:1: ")
    assert message in caught.value.user_message
