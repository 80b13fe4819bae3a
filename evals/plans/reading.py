"""How well wishes in free text are read: field by field, against what the learner meant.

Owns: when a field counts as read right. Refuses: reading (``assistant.wishes``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assistant.wishes import Wishes
from assistant.words import stems
from evals.plans.cases import Reading, days_of

Topics = Callable[[Iterable[str]], frozenset[str]]
"""References to topic ids."""
FIELDS = tuple(Reading.model_fields)


def fields_right(wishes: Wishes, meant: Reading, topics: Topics) -> Mapping[str, bool]:
    """Whether each field was read right; fields that were neither meant nor read are left out."""
    wanted: dict[str, object] = {name: getattr(meant, name) for name in FIELDS}
    wanted["days_off"] = days_of(meant.days_off)
    wanted["goal"] = stems(meant.goal)
    read: dict[str, object] = {name: getattr(wishes, name) for name in FIELDS if name != "lost"}
    read["days_off"] = frozenset(wishes.days_off)
    read["goal"] = stems(wishes.goal)
    for name in ("known", "excluded", "pinned"):
        wanted[name] = topics(getattr(meant, name))
        read[name] = frozenset(getattr(wishes, name))
    lost = [span.words for span in wishes.not_understood]
    right = {name: read[name] == wanted[name] for name in FIELDS if name != "lost" and (read[name] or wanted[name])}
    if lost or meant.lost:
        # Every piece that should be told is, and nothing else: each piece that was told holds one of them.
        right["lost"] = all(any(words in piece for piece in lost) for words in meant.lost) and all(
            any(words in piece for words in meant.lost) for piece in lost
        )
    return right
