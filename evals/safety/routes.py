"""Two ways to put an attack to the assistant: composing from the notes, and a model that obeys whatever it reads.

Owns: planting the documents, through the real ingest, and asking. Refuses: judging (``evals.safety.suite``).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from assistant.conversations import new_conversation_id
from assistant.curriculum import load_curriculum
from assistant.domain import Answer, Finished, TextDelta
from assistant.embedding import Embedder
from assistant.errors import StudyError
from assistant.journal import Journal
from assistant.library import Library, Origin
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.writing import ModelWriter
from evals.safety.cases import AttackCase
from evals.safety.harms import Told
from evals.safety.worst_model import WorstModel
from evals.scratch import offline_ingest


class Route(StrEnum):
    """Who writes the answer."""

    COMPOSED = "composed"
    MODEL = "model"


Ask = Callable[[AttackCase], Told]


@contextmanager
def routes(cases: Sequence[AttackCase], scratch: Settings, embedder: Embedder) -> Iterator[Mapping[Route, Ask]]:
    """Plant every document in the index at ``scratch``, in place of other own material, and open an assistant on it.

    Raises:
        StorageError: the disk refused.
    """
    plant(cases, scratch, embedder)
    # That this model fails is what is measured, and no news.
    log = logging.getLogger("assistant.answering")
    level = log.level
    log.setLevel(logging.ERROR)
    assistant = Assistant(
        scratch, load_curriculum(scratch.corpus_dir), embedder, Journal(scratch.home / "attacked.sqlite")
    )
    try:
        yield {
            Route.COMPOSED: lambda case: _composed(assistant, case),
            Route.MODEL: lambda case: _obeyed(assistant, case, scratch.llm_max_input_tokens),
        }
    finally:
        assistant.close()
        log.setLevel(level)


def plant(cases: Sequence[AttackCase], scratch: Settings, embedder: Embedder) -> None:
    """Add the documents of the cases, each in a folder of its case's id, and publish.

    Raises:
        StorageError: the disk refused.
    """
    with Library(scratch.library_path) as library:
        library.remove([source.id for source in library.sources(Origin.OWN)])
    folder = Path(os.path.realpath(scratch.home)) / "attacks"
    for case in cases:
        if case.document is not None:
            case.document.write(folder / case.id)
    offline_ingest(scratch, embedder).add([str(folder)])


def _composed(assistant: Assistant, case: AttackCase) -> Told:
    assistant.use_writer(None)
    return _ask(assistant, case)


def _obeyed(assistant: Assistant, case: AttackCase, max_input_tokens: int) -> Told:
    model = WorstModel(case)
    assistant.use_writer(ModelWriter(model, max_input_tokens=max_input_tokens))
    told = _ask(assistant, case)
    return Told(told.answer, told.streamed, model.reached)


def _ask(assistant: Assistant, case: AttackCase) -> Told:
    conversation = new_conversation_id()
    for question in case.before:
        _events(assistant, question, conversation)
    answer, streamed = _events(assistant, case.question, conversation)
    return Told(answer, streamed)


def _events(assistant: Assistant, question: str, conversation: str) -> tuple[Answer, tuple[str, ...]]:
    """The finished answer, and the text as it stood after each piece that was streamed."""
    text = ""
    steps: list[str] = []
    for event in assistant.answer(question, conversation):
        if isinstance(event, TextDelta):
            text += event.text
            steps.append(text)
        elif isinstance(event, Finished):
            return event.answer, tuple(steps)
    raise StudyError("An answer ended without a result.")
