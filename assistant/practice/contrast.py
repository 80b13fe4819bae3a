"""Contrast drills: which of three similar concepts does this sentence describe?

Owns: making them of the glossary, the same every time. Pure. Refuses: when they are asked.

Telling similar things apart is learned by meeting them side by side. A drill shows what a definition says of its term,
without the term, and offers it beside the two terms nearest to it: of the same topic or module, or of a topic that the
roadmap or the notes connect with it. Two definitions are near if they share rare words, or if their terms do.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.check_questions import shuffled
from assistant.curriculum import Curriculum
from assistant.domain import CheckQuestion, Choice, Term
from assistant.sentences import split_sentences
from assistant.words import stems

DRILLS_PER_TOPIC = 3
_OTHERS = 2
_NEAR = 0.15
"""The least similarity, 0 to 1, of a wrong option; below it nobody would confuse the two."""
_SHARED_NAME = 0.15
"""What is added where two terms share a word, as in horizontal and vertical scaling."""
_DEFINITION = re.compile(r"(?:(?:An?|The) )?(?P<name>.+?)(?: \([^)]*\))? (?P<verb>is|are) (?P<said>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Defined:
    """A term whose definition reads "<term> is <said>".

    ``names`` are the stems of each of its names, ``words`` those of ``said``, ``whole`` those of the whole definition,
    and ``name_words`` all of its names' together.
    """

    term: Term
    verb: str
    said: str
    names: tuple[frozenset[str], ...]
    words: frozenset[str]
    whole: frozenset[str]
    name_words: frozenset[str]


@dataclass(frozen=True)
class Contrasts:
    """The drills of every topic."""

    curriculum: Curriculum
    terms: Sequence[Term]

    def on(self, topic: str, connected: Collection[str] = ()) -> tuple[CheckQuestion, ...]:
        """The drills of a topic, the nearest concepts first; ``connected`` are topics that its notes lead to."""
        near = [each for other in self._neighbours(topic, connected) for each in self._defined[other]]
        found = sorted(
            (drill for each in self._defined[topic] if (drill := self._drill(each, near)) is not None),
            key=lambda drill: (-drill[0], drill[1].key),
        )
        return tuple(question for _, question in found[:DRILLS_PER_TOPIC])

    def _neighbours(self, topic: str, connected: Collection[str]) -> Iterator[str]:
        topics = self.curriculum.topics
        before = {edge.id for edge in topics[topic].prerequisites}
        for other in topics.values():
            after = any(edge.id == topic for edge in other.prerequisites)
            if other.module == topics[topic].module or other.id in before or other.id in connected or after:
                yield other.id

    def _drill(self, asked: _Defined, near: Sequence[_Defined]) -> tuple[float, CheckQuestion] | None:
        """The drill on a term with how near its options are; None where it gives itself away or nothing is near."""
        if any(asked.words & name for name in asked.names):
            return None
        # Most pairs share no word, so whether they fit is asked of the few that are near.
        scored = [(score, other) for other in near if (score := self._similarity(asked, other)) >= _NEAR]
        fitting = [(score, other) for score, other in scored if _fits_beside(asked, other)]
        others = sorted(fitting, key=lambda pair: (-pair[0], pair[1].term.term))[:_OTHERS]
        if len(others) < _OTHERS:
            return None
        wrong = tuple(
            Choice(other.term.term, False, f"{_name(other)} {other.verb} {other.said}") for _, other in others
        )
        text = f"Which of these {asked.verb} “{asked.said.rstrip('.')}”?"
        question = shuffled(asked.term.topic, text, (Choice(asked.term.term, True, ""), *wrong))
        return sum(score for score, _ in others), question

    def _similarity(self, one: _Defined, other: _Defined) -> float:
        shared = sum(self._weights[word] for word in one.words & other.words)
        size = math.sqrt(self._sizes[one.term.term] * self._sizes[other.term.term])
        bonus = _SHARED_NAME if one.name_words & other.name_words else 0.0
        return (shared / size if size else 0.0) + bonus

    @cached_property
    def _defined(self) -> Mapping[str, Sequence[_Defined]]:
        found: dict[str, list[_Defined]] = defaultdict(list)
        for term in self.terms:
            if (defined := _read(term)) is not None:
                found[term.topic].append(defined)
        return found

    @cached_property
    def _sizes(self) -> Mapping[str, float]:
        """What the words of each term's definition weigh together."""
        return {
            each.term.term: sum(self._weights[word] for word in each.words)
            for group in self._defined.values()
            for each in group
        }

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        everything = [each for group in self._defined.values() for each in group]
        counts = Counter(word for each in everything for word in each.words)
        return {word: math.log(1 + len(everything) / count) ** 2 for word, count in counts.items()}


def _read(term: Term) -> _Defined | None:
    sentence = split_sentences(term.definition)[0]
    match = _DEFINITION.fullmatch(sentence)
    names = (term.term, *term.aliases, *term.abbreviations)
    if match is None or match["name"].casefold() not in {name.casefold() for name in names}:
        return None
    name_stems = tuple(map(stems, names))
    return _Defined(
        term=term,
        verb=match["verb"],
        said=match["said"],
        names=name_stems,
        words=stems(match["said"]),
        whole=stems(term.definition),
        name_words=frozenset().union(*name_stems),
    )


def _fits_beside(asked: _Defined, other: _Defined) -> bool:
    """Whether a term can be a wrong option: another thing, of the same number, that the sentence does not name.

    A term whose definition builds on the other one, or whose name holds the other's, may be a kind of it, and then the
    sentence would be true of both.
    """
    return (
        other is not asked
        and other.verb == asked.verb
        and not any(name <= asked.words for name in other.names)
        and not any(name <= other.whole for name in asked.names)
        and not any(a <= b or b <= a for a in asked.names for b in other.names)
    )


def _name(defined: _Defined) -> str:
    name = defined.term.term
    return name if not name[:1].islower() else name[:1].upper() + name[1:]
