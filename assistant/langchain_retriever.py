"""The search as a LangChain retriever, for chains and agents of your own.

Owns: passages as LangChain documents. Refuses: searching (``assistant.service``) and writing answers.
Importing this file loads langchain-core, so nothing in the program imports it.
"""

from __future__ import annotations

from typing import Annotated

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from assistant.domain import ScoredPassage
from assistant.service import Assistant


class StudyRetriever(BaseRetriever):
    """The ``k`` best passages for a question, the best first; safe to share between threads, so ``batch`` works.

    ``roadmap_only`` leaves the learner's own material and linked pages out. A document's ``id`` is that of its passage;
    its metadata are ``passage_id``, ``module`` and ``topic`` (both None outside the roadmap), ``heading``, ``source``,
    ``url`` (None for the study notes) and ``score`` (0..1, compares documents of one question only).
    Errors are those of ``Assistant.search``, such as ``IndexMissing``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: Annotated[int, Field(ge=1)] = 8
    roadmap_only: bool = False

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.assistant.search(query, self.k, roadmap_only=self.roadmap_only)
        return [_document(scored) for scored in found.passages]


def _document(scored: ScoredPassage) -> Document:
    passage = scored.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "passage_id": passage.id,
            "module": passage.module,
            "topic": passage.topic,
            "heading": passage.heading,
            "source": passage.source,
            "url": passage.url,
            "score": scored.score,
        },
    )
