"""A retriever over an index that is built for the test.

Owns: one build and its opening; whoever asks closes ``retriever.index``.
"""

from __future__ import annotations

from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems


def built(settings: Settings, embedder: BagOfStems, vocabulary: Vocabulary | None = None) -> Retriever:
    """Build what the settings name, and open it; each side of a search gives its 20 best."""
    Ingest(settings, embedder, Fetcher(), lambda _done, _total: None).build()
    index = Index(require_current_generation(settings.index_dir), embedder.fingerprint)
    return Retriever(index, embedder, vocabulary or Vocabulary(()), dense_weight=0.5, candidates=20)
