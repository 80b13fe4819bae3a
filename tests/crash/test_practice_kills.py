"""Practice whose process is killed right after an answer, and in the middle of keeping one."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

from assistant.journal import Journal
from assistant.practice_store import Confidence, PracticeAnswer
from assistant.sqlite import transaction
from tests.crash.builds import start

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
ANSWER = PracticeAnswer("fuses", "k", True, NOW, Confidence.SURE, 30)


def _answer_and_die(path: Path) -> None:
    journal = Journal(path)
    journal.practice.record(journal.learners.named("Anna", NOW).id, ANSWER, shown_after=0)
    os.kill(os.getpid(), signal.SIGKILL)


def _die_before_the_commit(path: Path) -> None:
    journal = Journal(path)
    anna = journal.learners.named("Anna", NOW).id
    connection = journal.file._connection
    with transaction(connection, path):
        connection.execute(
            "INSERT INTO check_answers (learner_id, topic, question, was_right, answered_at) VALUES (?, 't', 'q', 1, 'x')",
            (anna,),
        )
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_was_answered_is_there_and_what_was_not_is_not(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for story in (_die_before_the_commit, _answer_and_die, _die_before_the_commit):
        process = start(story, path)
        process.join()
        assert process.exitcode == -signal.SIGKILL
    journal = Journal(path)
    (anna,) = journal.learners.all()
    assert [(each.question, each.was_right, each.confidence) for each in journal.practice.answers(anna.id)] == [
        ("k", True, Confidence.SURE)
    ]
    journal.close()
