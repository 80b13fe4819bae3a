"""A placement test whose process is killed, between two answers and in the middle of one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from assistant.placement import Outcome
from assistant.placement_store import Placements
from assistant.sqlite import transaction
from tests.assistant.placements import asked, open_placing
from tests.crash.builds import start
from tests.mini_corpus import write_corpus

SAID = (Outcome.RIGHT, Outcome.DONT_KNOW)


def _say(home: Path, corpus: Path, outcome: Outcome) -> None:
    with open_placing(home, corpus) as placing:
        if placing.current() is None:
            placing.begin()
        question = asked(placing)
        placing.answer(question, question.right if outcome is Outcome.RIGHT else None)
        os.kill(os.getpid(), signal.SIGKILL)


def _die_before_the_commit(home: Path, corpus: Path) -> None:
    def change(store: Placements, learner_id: int, before: str, after: str, _now: object) -> bool:
        connection = store._file._connection
        with transaction(connection, store._file.path):
            connection.execute("UPDATE placements SET state = ? WHERE learner_id = ?", (after, learner_id))
            os.kill(os.getpid(), signal.SIGKILL)
        return before != after

    Placements.change = change  # type: ignore[method-assign, assignment]
    _say(home, corpus, Outcome.RIGHT)


@pytest.mark.parametrize("answers", [1, 2])
def test_after_each_answer_the_test_is_what_was_said(tmp_path: Path, answers: int) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    for outcome in SAID[:answers]:
        process = start(_say, tmp_path, corpus, outcome)
        process.join()
        assert process.exitcode == -signal.SIGKILL
    with open_placing(tmp_path, corpus) as placing:
        assert tuple(outcome for _, outcome in placing.answers()) == SAID[:answers]
        state = placing.current()
        assert state is not None
        assert (placing.question(state) is None) == (answers == len(SAID))


def test_an_answer_that_was_not_kept_yet_is_asked_for_again(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    with open_placing(tmp_path, corpus) as placing:
        begun = placing.begin()
    process = start(_die_before_the_commit, tmp_path, corpus)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with open_placing(tmp_path, corpus) as placing:
        assert placing.current() == begun
