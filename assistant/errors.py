"""Every error a learner can meet, as one tree.

    StudyError
    ├── InvalidInput             what was asked for cannot be understood            exit 2
    │   ├── UrlRefused           (ingest.web) a link that is not followed
    │   └── ReportDamaged        (assistant.eval_report) a file that is no report of the evals
    ├── CorpusError              a file of the corpus breaks its format             exit 2
    ├── NeededThingMissing       something must be made or installed first          exit 3
    │   ├── IndexMissing
    │   ├── IndexStale
    │   ├── EmbeddingModelMissing
    │   ├── RerankerMissing
    │   ├── LanguageModelMissing
    │   └── ReportMissing        (assistant.eval_report)
    ├── StorageError             the disk or a database refused                     exit 1
    │   ├── DiskFull
    │   ├── StoreBusy
    │   └── IndexBroken
    ├── FetchFailed              (ingest.web) a page was not fetched                exit 1
    ├── NotExtracted             (ingest.extract) a document gave nothing           exit 1
    │   └── ReaderKilled         (ingest.extract) its reader was ended from outside
    └── LanguageModelError       the configured model server failed                 exit 1
        ├── ModelUnreachable
        ├── ModelTimeout
        ├── ModelAuthFailed
        ├── ModelNotFound
        ├── ModelRateLimited
        ├── ModelContextTooLong
        ├── ModelRefused
        └── ModelResponseInvalid

Owns: the classes and the sentence each one shows. A third-party exception is translated into one of these in the
one file that imports that library; ``__cause__`` keeps the original for the log.
"""

from __future__ import annotations

from typing import ClassVar


class StudyError(Exception):
    """Base of the tree. ``user_message`` is one or two sentences that say what to do next."""

    exit_code: ClassVar[int] = 1
    retryable: ClassVar[bool] = False

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


class InvalidInput(StudyError):
    """What was asked for cannot be understood or carried out as stated."""

    exit_code = 2


class CorpusError(StudyError):
    """A file of the corpus breaks its format; the message names the file and the line or field."""

    exit_code = 2


class NeededThingMissing(StudyError):
    """Something has to be made or installed first; the message ends with the command that does it."""

    exit_code = 3


class IndexMissing(NeededThingMissing):
    """No index has been published under this STUDY_HOME yet."""


class IndexStale(NeededThingMissing):
    """The published index was made with another embedding model or chunker than the one in use."""


class EmbeddingModelMissing(NeededThingMissing):
    """The files of the embedding model are absent or damaged."""


class RerankerMissing(NeededThingMissing):
    """The directory that is set for the reranker holds no cross-encoder that can be used."""


class LanguageModelMissing(NeededThingMissing):
    """No language model is set up; only what is about one needs it."""


class StorageError(StudyError):
    """The disk or a database refused to do its work."""


class DiskFull(StorageError):
    """No space left where state is kept; nothing that was saved before is affected."""

    retryable = True


class StoreBusy(StorageError):
    """Another process holds the store; trying again later works."""

    retryable = True


class IndexBroken(StorageError):
    """The published index cannot be read; building it again repairs it."""


class LanguageModelError(StudyError):
    """The configured model server failed to give an answer."""


class ModelUnreachable(LanguageModelError):
    """No connection, or the connection broke, or the server answered with a 5xx status."""

    retryable = True


class ModelTimeout(LanguageModelError):
    """The first token or the whole answer took longer than the configured deadline."""

    retryable = True


class ModelAuthFailed(LanguageModelError):
    """The server rejected the key (401 or 403)."""


class ModelNotFound(LanguageModelError):
    """The server does not know the model's name or the path (404)."""


class ModelRateLimited(LanguageModelError):
    """The server asks to slow down, or the quota is used up (429)."""

    retryable = True


class ModelContextTooLong(LanguageModelError):
    """The question with its passages is longer than the model reads."""


class ModelRefused(LanguageModelError):
    """The server's content filter withheld the answer."""


class ModelResponseInvalid(LanguageModelError):
    """The server answered with something that is not a chat completion, or with nothing."""

    retryable = True
