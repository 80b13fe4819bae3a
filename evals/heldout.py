"""The seal on the held-out cases: nobody edits them unnoticed.

Owns: the hashes that ``cases/heldout.sha256`` records. Refuses: choosing what is held out (``evals.cases``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from evals.cases import CASES_DIR, Case, QuestionCase, Split, UnanswerableCase, VariantCase, load_cases
from evals.ingesting.cases import IngestCase
from evals.plans.cases import PlanCase
from evals.safety.cases import AttackCase
from evals.scripts import ConversationCase

SEAL = CASES_DIR / "heldout.sha256"
_SEALED: tuple[tuple[str, type[Case]], ...] = (
    ("questions.jsonl", QuestionCase),
    ("variants.jsonl", VariantCase),
    ("unanswerable.jsonl", UnanswerableCase),
    ("conversations.jsonl", ConversationCase),
    ("plans.jsonl", PlanCase),
    ("attacks.jsonl", AttackCase),
    ("ingest.jsonl", IngestCase),
)


def heldout_seal(directory: Path = CASES_DIR) -> str:
    """What the seal must say: one line for each case file, ``<SHA-256 of its held-out lines>  <name>``.

    Raises:
        CorpusError: a file cannot be read or breaks its schema.
    """
    return "".join(f"{_digest(directory / name, kind)}  {name}\n" for name, kind in _SEALED)


def _digest(file: Path, kind: type[Case]) -> str:
    cases = load_cases(kind, file)
    lines = file.read_text(encoding="utf-8").splitlines()
    held_out = [line for line, case in zip(lines, cases, strict=True) if case.split is Split.HELD_OUT]
    return hashlib.sha256("\n".join(held_out).encode("utf-8")).hexdigest()
