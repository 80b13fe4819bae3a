"""A real cross-encoder, tiny and made here, read from a directory; and directories that hold none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import RerankerMissing
from assistant.reranking import CrossEncoderReranker, load_reranker
from tests.assistant.cross_encoders import write_cross_encoder

QUESTION = "a fuse counts failures"
TEXTS = ["queue calls", "fuse breaker counts failures", "a", "", "unheard words " * 200]


@pytest.fixture(scope="module")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cross_encoder(tmp_path_factory.mktemp("models") / "tiny")


def test_without_a_directory_there_is_no_reranker() -> None:
    assert load_reranker(None) is None


def test_every_text_gets_the_score_that_the_model_gives_its_pair(model_dir: Path) -> None:
    from sentence_transformers import CrossEncoder

    reranker = load_reranker(model_dir)
    assert reranker is not None
    scores = reranker.scores(QUESTION, TEXTS)
    one_by_one = [float(CrossEncoder(str(model_dir), device="cpu").predict([(QUESTION, text)])[0]) for text in TEXTS]
    assert scores == pytest.approx(one_by_one, abs=1e-6)
    assert len(set(scores[:3])) == 3
    assert reranker.scores(QUESTION, []) == []


def test_it_is_checked_when_it_is_set_and_loaded_when_it_is_needed(model_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.reranking import load_reranker;"
        f"load_reranker(Path({str(model_dir)!r}));"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("gone", "There is no directory {dir} for the reranker."),
        ("weights", "The reranker in {dir} has no model.safetensors."),
        ("config", "The model in {dir} is not a cross-encoder with one score."),
        ("labels", "The model in {dir} is not a cross-encoder with one score."),
        ("embedder", "The model in {dir} is not a cross-encoder with one score."),
    ],
)
def test_what_is_no_cross_encoder_is_told_with_what_to_do(tmp_path: Path, broken: str, reason: str) -> None:
    directory = write_cross_encoder(tmp_path / "model", labels=3 if broken == "labels" else 1)
    config = directory / "config.json"
    if broken == "gone":
        directory = tmp_path / "elsewhere"
    elif broken == "weights":
        (directory / "model.safetensors").unlink()
    elif broken == "config":
        config.write_text("{", encoding="utf-8")
    elif broken == "embedder":
        config.write_text(json.dumps({**json.loads(config.read_text()), "architectures": ["BertModel"]}))
    with pytest.raises(RerankerMissing) as raised:
        load_reranker(directory)
    assert raised.value.user_message == (
        f"{reason.format(dir=directory)} Set STUDY_RERANKER to the directory of a sentence-transformers CrossEncoder "
        "with one score, saved as safetensors, or unset it to do without."
    )


def test_weights_that_cannot_be_read_are_told_at_the_first_question(tmp_path: Path) -> None:
    directory = write_cross_encoder(tmp_path / "model")
    (directory / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(RerankerMissing, match=r"cannot be used: .*STUDY_RERANKER"):
        CrossEncoderReranker(directory).scores(QUESTION, TEXTS)
