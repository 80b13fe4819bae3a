"""Which questions a language model is asked: few, spread over the roadmap, the same ones for the same seed.

Owns: choosing. Refuses: asking.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from evals.cases import CaseT, QuestionCase, UnanswerableCase, UnanswerableKind

_ANSWERABLE_FOR_EACH_UNANSWERABLE = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """The questions of one run, in the order in which they are asked."""

    questions: tuple[QuestionCase, ...]
    unanswerable: tuple[UnanswerableCase, ...]

    def __len__(self) -> int:
        return len(self.questions) + len(self.unanswerable)


def choose(questions: Sequence[QuestionCase], unanswerable: Sequence[UnanswerableCase], size: int, seed: int) -> Sample:
    """``size`` questions that have key facts, one module after the other, and a fifth as many to be refused.

    Small talk is never put to a model, so none of that is chosen. Every beginning of the sample is spread as the whole.
    """
    asked = _spread([case for case in questions if case.key_facts], lambda case: case.module, seed)[:size]
    outside = [case for case in unanswerable if case.kind is not UnanswerableKind.CHAT]
    few = max(1, size // _ANSWERABLE_FOR_EACH_UNANSWERABLE)
    return Sample(tuple(asked), tuple(_spread(outside, lambda case: case.kind, seed)[:few]))


def _spread(cases: Sequence[CaseT], group: Callable[[CaseT], Hashable], seed: int) -> list[CaseT]:
    """All cases, shuffled, the first of each group before the second of any."""
    groups: dict[Hashable, list[CaseT]] = defaultdict(list)
    for case in _shuffled(cases, seed):
        groups[group(case)].append(case)
    rounds: Iterable[tuple[CaseT | None, ...]] = zip_longest(*groups.values())
    return [case for case in chain.from_iterable(rounds) if case is not None]


def _shuffled(cases: Iterable[CaseT], seed: int) -> list[CaseT]:
    # By hash, not by a generator: one case more in the file then moves no other.
    return sorted(cases, key=lambda case: hashlib.sha256(f"{seed}:{case.id}".encode()).digest())
