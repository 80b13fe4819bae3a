"""Recorded replies: found by exactly what was asked, and by nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.errors import CorpusError, ModelUnreachable, StorageError
from assistant.llm import End, FinishReason, Token
from evals.live.recording import Recordings, load_recordings, recordings_file
from evals.live.replaying import RecordingMissing, RecordingModel, ReplayingModel
from tests.evals.live.models import MESSAGES, Scripted, said

PARAMETERS = {"max_output_tokens": 1024}


def replayed(file: Path, name: str = "tiny", **parameters: int) -> ReplayingModel:
    return ReplayingModel(name, load_recordings(file, must_exist=True), {**PARAMETERS, **parameters})


def record(file: Path, *texts: str) -> None:
    said(RecordingModel(Scripted(*texts), load_recordings(file, must_exist=False), PARAMETERS))


def test_a_recorded_reply_is_played_back(tmp_path: Path) -> None:
    file = tmp_path / "new" / "tiny.jsonl"
    model = Scripted("It ", "opens. “Çay”", finish=FinishReason.LENGTH)
    assert said(RecordingModel(model, Recordings(file), PARAMETERS)) == ("It opens. “Çay”", End(FinishReason.LENGTH, 100, 20))  # fmt: skip
    assert said(replayed(file)) == ("It opens. “Çay”", End(FinishReason.LENGTH, 100, 20))
    (line,) = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    # Nothing but this: no messages, no address, no header, no key.
    assert set(line) == {
        *("model", "messages_sha256", "parameters", "text", "finish", "input_tokens", "output_tokens", "shortened")
    }


@pytest.mark.parametrize(
    ("messages", "name", "parameters"),
    [
        ([SystemMessage("Be brief!"), MESSAGES[1]], "tiny", {}),
        ([HumanMessage("Be brief."), MESSAGES[1]], "tiny", {}),
        (MESSAGES[:1], "tiny", {}),
        (MESSAGES, "other", {}),
        (MESSAGES, "tiny", {"max_output_tokens": 512}),
    ],
)
def test_whatever_differs_is_missing(
    tmp_path: Path, messages: list[SystemMessage | HumanMessage], name: str, parameters: dict[str, int]
) -> None:
    file = tmp_path / "tiny.jsonl"
    record(file, "It opens.")
    model = replayed(file, name, **parameters)
    with pytest.raises(RecordingMissing, match="the prompt, its passages or the parameters changed"):
        said(model, messages)


def test_the_last_reply_to_a_request_counts(tmp_path: Path) -> None:
    file = tmp_path / "tiny.jsonl"
    record(file, "First.")
    record(file, "Second.")
    assert said(replayed(file))[0] == "Second."
    recordings = load_recordings(file, must_exist=True)
    assert (len(recordings), recordings.models, recordings.output_tokens("tiny")) == (1, ("tiny",), (20,))


def test_a_reply_that_fails_or_is_left_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "tiny.jsonl"
    failing = RecordingModel(Scripted("Half a", error=ModelUnreachable("gone")), Recordings(file), PARAMETERS)
    with pytest.raises(ModelUnreachable):
        said(failing)
    events = RecordingModel(Scripted("One", "two"), Recordings(file), PARAMETERS).stream(MESSAGES)
    assert any(isinstance(event, Token) for event in [next(events), next(events)])
    events.close()
    assert not file.exists()


def test_a_line_that_was_cut_off_is_dropped_and_a_broken_one_named(tmp_path: Path) -> None:
    file = tmp_path / "tiny.jsonl"
    record(file, "Whole.")
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + whole[:40], encoding="utf-8")
    assert said(replayed(file))[0] == "Whole."
    assert file.read_text(encoding="utf-8") == whole + whole[:40]  # reading changes nothing
    record(file, "Another.")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    file.write_text(whole + "{}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"tiny\.jsonl:2: this is not a recorded reply"):
        replayed(file)


def test_a_file_that_is_not_there_says_how_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="evals --live --record"):
        load_recordings(tmp_path / "none.jsonl", must_exist=True)


def test_a_directory_has_a_file_for_each_model(tmp_path: Path) -> None:
    assert recordings_file(tmp_path, "org/model:7b") == tmp_path / "org-model-7b.jsonl"
    assert recordings_file(tmp_path / "x.jsonl", "m") == tmp_path / "x.jsonl"
