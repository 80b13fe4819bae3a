"""Which topic to ask about next.

Owns: expected information. Pure. Refuses: which of a topic's questions is asked.

A topic is worth its expected information: by how much the entropies of all topics' marginals fall on average over the
three outcomes. The fall is computed from the pairwise probabilities alone, because an answer bears on another topic
only through what was asked about. So a pass moves the prerequisites, a miss what builds on the topic, and both
whatever tends to be known together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np
import numpy.typing as npt

from assistant.placement.state import Outcome

Array = npt.NDArray[np.float64]
# A marginal of a sample is never quite 0 or 1.
_LEAST = 1e-3


def marginals(joint: Array) -> Array:
    """The probability of each topic, kept away from 0 and 1."""
    clipped: Array = np.clip(np.diag(joint), _LEAST, 1.0 - _LEAST)
    return clipped


def expected_entropy(joint: Array, likelihoods: Iterable[tuple[float, float]]) -> Array:
    """For each topic, the entropy (nats, summed over all topics) to expect after asking about it.

    ``likelihoods`` are those of the outcomes for one who knows the topic asked about and for one who does not.
    """
    now = marginals(joint)
    total = np.zeros(len(now))
    for if_known, if_not in likelihoods:
        outcome = if_known * now + if_not * (1.0 - now)
        after = (if_known * joint + if_not * (now[None, :] - joint)) / outcome[:, None]
        total += outcome * entropy(after).sum(axis=1)
    return total


def entropy(probability: Array) -> Array:
    """The entropy of yes-or-no events, in nats."""
    inside = np.clip(probability, 1e-9, 1.0 - 1e-9)
    values: Array = -(inside * np.log(inside) + (1.0 - inside) * np.log(1.0 - inside))
    return values


def most_informative(
    joint: Array, likelihoods_of: Callable[[Outcome], tuple[float, float]], candidates: Collection[int]
) -> int:
    """The candidate after which least entropy is to be expected; the earlier topic where two are equal."""
    expected = expected_entropy(joint, [likelihoods_of(outcome) for outcome in Outcome])
    return min(sorted(candidates), key=lambda topic: float(expected[topic]))
