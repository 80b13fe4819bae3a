"""The LangChain adapter on the mini corpus, alone and in a chain with a model that repeats what it reads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.outputs import ChatResult
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough
from pydantic import ValidationError

from assistant.curriculum import load_curriculum
from assistant.errors import IndexMissing
from assistant.langchain_retriever import StudyRetriever
from assistant.service import Assistant
from assistant.settings import Settings
from tests.assistant.retrievers import built
from tests.conftest import REPOSITORY, BagOfStems
from tests.mini_corpus import write_corpus

QUESTION = "What is a fuse breaker?"
PROGRAM = """
import sys
import assistant.service, assistant.cli, assistant.answering
print([name for name in sys.modules if name.startswith(("langchain", "langsmith"))])
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    directory: Path = tmp_path_factory.mktemp("langchain")
    settings = Settings(home=directory / "home", corpus_dir=write_corpus(directory / "corpus"))
    embedder = BagOfStems()
    built(settings, embedder).index.close()
    open_ = Assistant(settings, load_curriculum(settings.corpus_dir), embedder, journal=None)
    yield open_
    open_.close()


class Repeating(GenericFakeChatModel):
    """A chat model that answers with what it was asked."""

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.messages = iter([AIMessage(content=f"You said: {messages[-1].content}")])
        return super()._generate(messages, *args, **kwargs)


def test_documents_are_the_passages_that_the_search_finds(assistant: Assistant) -> None:
    found = assistant.search(QUESTION, 3).passages
    documents = StudyRetriever(assistant=assistant, k=3).invoke(QUESTION)
    assert documents == [
        Document(
            id=scored.passage.id,
            page_content=scored.passage.text,
            metadata={
                "passage_id": scored.passage.id,
                "module": scored.passage.module,
                "topic": scored.passage.topic,
                "heading": scored.passage.heading,
                "source": scored.passage.source,
                "url": scored.passage.url,
                "score": scored.score,
            },
        )
        for scored in found
    ]
    first = documents[0].metadata
    assert (first["module"], first["topic"]) == (1, "fuses")
    assert len({document.id for document in documents}) == 3
    assert len(StudyRetriever(assistant=assistant).invoke(QUESTION)) == 8


def test_a_batch_is_answered_in_order(assistant: Assistant) -> None:
    retriever = StudyRetriever(assistant=assistant, k=2)
    questions = [QUESTION, "What is a retry loop?", "How do queues carry messages?", QUESTION]
    batch = retriever.batch(questions)
    assert batch == [retriever.invoke(question) for question in questions]
    assert batch[0] == batch[3] != batch[1]


def test_only_the_roadmap_where_that_is_asked_for() -> None:
    class Asked:
        """Takes down how it is searched."""

        calls: list[tuple[str, int, bool]]

        def search(self, query: str, k: int, *, roadmap_only: bool) -> Any:
            self.calls = [(query, k, roadmap_only)]
            raise IndexMissing("There is no index yet.")

    for roadmap_only in (True, False):
        asked = Asked()
        retriever = StudyRetriever.model_construct(assistant=asked, k=4, roadmap_only=roadmap_only)
        with pytest.raises(IndexMissing):
            retriever.invoke("a?")
        assert asked.calls == [("a?", 4, roadmap_only)]


def test_in_a_chain(assistant: Assistant) -> None:
    def joined(documents: list[Document]) -> str:
        return " | ".join(document.page_content for document in documents)

    retriever = StudyRetriever(assistant=assistant, k=2)
    chain = (
        {"context": retriever | joined, "question": RunnablePassthrough()}
        | ChatPromptTemplate.from_template("{context} -- {question}")
        | Repeating(messages=iter(()))
        | StrOutputParser()
    )
    first, second = retriever.invoke(QUESTION)
    assert chain.invoke(QUESTION) == f"You said: {first.page_content} | {second.page_content} -- {QUESTION}"


@pytest.mark.parametrize("k", [0, -1])
def test_no_documents_cannot_be_asked_for(assistant: Assistant, k: int) -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        StudyRetriever(assistant=assistant, k=k)


def test_without_an_index_the_error_names_the_command(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))
    empty = Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), journal=None)
    with pytest.raises(IndexMissing, match="python -m ingest build"):
        StudyRetriever(assistant=empty).invoke(QUESTION)


def test_the_rest_of_the_program_does_not_load_langchain() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
