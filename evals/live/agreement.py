"""How far two judges of the same things agree.

Owns: the share on which they say the same, and Cohen's kappa, which takes off what chance alone would give. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

Verdicts = Sequence[tuple[bool, bool]]
"""What the one and the other judge said, thing by thing."""


def agreed(verdicts: Verdicts) -> int:
    """On how many things both say the same."""
    return sum(one == other for one, other in verdicts)


def kappa(verdicts: Verdicts) -> float | None:
    """Cohen's kappa, at most 1; None where there are no verdicts, or chance alone would agree on all of them."""
    n = len(verdicts)
    if n == 0:
        return None
    yes_one, yes_other = sum(one for one, _ in verdicts) / n, sum(other for _, other in verdicts) / n
    by_chance = yes_one * yes_other + (1 - yes_one) * (1 - yes_other)
    if by_chance >= 1:
        return None
    return (agreed(verdicts) / n - by_chance) / (1 - by_chance)
