"""What the answers so far say about every topic.

Owns: the probability of an answer, and the posterior of the population given all answers. Deterministic: the random
numbers come from fixed seeds, so the same answers always give the same belief. Refuses: choosing questions.

The posterior is sampled in two steps that need nothing but the list of answers: learners of a fixed pool are drawn by
the likelihood of the answers (importance resampling), then each is moved by Metropolis steps that propose new latents
from the prior for a part of the learner (preconditioned Crank-Nicolson) and are accepted by the likelihood ratio.
Importance sampling alone fell to ten effective learners of 6,000 after 20 answers, and to thirty of 60,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.placement.prior import (
    WHOLE,
    Bools,
    Floats,
    Shape,
    closed,
    keeps_prerequisites,
    local_scales,
    strengths,
)
from assistant.placement.state import Outcome

_POOL_SEED, _MOVE_SEED = 20_261, 20_262


@dataclass(frozen=True, slots=True)
class Rates:
    """How answers come about.

    ``slip``: someone who knows the topic answers wrongly; ``guess``: someone who does not, and picks an option, picks
    the right one (one over the number of options); ``gives_up``: someone who does not know says so instead of
    guessing; ``doubts``: someone who knows says "I don't know" all the same.
    """

    slip: float = 0.05
    guess: float = 0.25
    gives_up: float = 0.5
    doubts: float = 0.02

    def likelihoods(self, outcome: Outcome) -> tuple[float, float]:
        """The probability of the outcome for one who knows the topic and for one who does not."""
        picks = 1.0 - self.gives_up
        return {
            Outcome.RIGHT: (1.0 - self.slip - self.doubts, picks * self.guess),
            Outcome.WRONG: (self.slip, picks * (1.0 - self.guess)),
            Outcome.DONT_KNOW: (self.doubts, self.gives_up),
        }[outcome]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many learners the pool has, how many are drawn from it, and how often each is moved."""

    pool: int = 20_000
    drawn: int = 600
    sweeps: int = 1


class Belief:
    """The population and what answers make of it; the pool is made once, in about half a second."""

    def __init__(self, shape: Shape, shift: Floats, rates: Rates, effort: Effort) -> None:
        self._shape, self._shift, self._rates, self._effort = shape, shift, rates, effort
        generator = np.random.default_rng(_POOL_SEED)
        self._pool: Floats = generator.standard_normal((effort.pool, shape.latents), dtype=np.float32)
        self._known = self._states(self._pool)
        self._prior = _joint(self._known)
        self._ancestors = shape.ancestors.astype(np.float32)

    def joint(self, answers: Sequence[tuple[int, Outcome]]) -> npt.NDArray[np.float64]:
        """``joint[a, b]``: the probability that topics ``a`` and ``b`` are both known; the diagonal is each topic's."""
        if not answers:
            return self._prior
        topics = np.array([topic for topic, _ in answers])
        likelihoods = np.log([self._rates.likelihoods(outcome) for _, outcome in answers]).astype(np.float32)
        weights = np.where(self._known[:, topics], likelihoods[:, 0], likelihoods[:, 1]).sum(axis=1, dtype=np.float64)
        drawn = self._pool[_resampled(weights, self._effort.drawn)]
        chain = _Chain(self._shape, self._shift, self._ancestors, drawn, topics, likelihoods)
        for _ in range(self._effort.sweeps):
            chain.sweep()
        chain.refresh_untouched()
        return _joint(self._states(chain.latents))

    def _states(self, latents: Floats) -> Bools:
        strong = strengths(self._shape, latents, self._shift) > 0
        return closed(self._shape, strong, keeps_prerequisites(latents))


def _joint(known: Bools) -> npt.NDArray[np.float64]:
    as_float = known.astype(np.float32)
    joint: npt.NDArray[np.float64] = (as_float.T @ as_float).astype(np.float64) / len(known)
    return joint


def _resampled(log_weights: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.intp]:
    """Indices drawn in proportion to the weights, at evenly spaced quantiles."""
    cumulated = np.cumsum(np.exp(log_weights - log_weights.max()))
    at = (np.arange(count) + 0.5) / count * cumulated[-1]
    indices: npt.NDArray[np.intp] = np.minimum(np.searchsorted(cumulated, at), len(cumulated) - 1)
    return indices


class _Chain:
    """Learners on their way to the posterior; arrays have one row for each."""

    def __init__(
        self,
        shape: Shape,
        shift: Floats,
        ancestors: Floats,
        latents: Floats,
        topics: npt.NDArray[np.intp],
        likelihoods: Floats,
    ) -> None:
        self.latents = latents.copy()
        self._shape, self._shift = shape, shift
        self._if_known, self._if_not = likelihoods[:, 0], likelihoods[:, 1]
        # Of the answered topics: what each needs, and what needs it.
        self._needs = np.ascontiguousarray(ancestors[topics].T)
        self._needed_by = np.ascontiguousarray(ancestors[:, topics])
        touched = self._needs.any(axis=1) | self._needed_by.any(axis=1)
        modules = np.arange(shape.graph.shape[0])
        self._touched = np.unique(shape.module[touched])
        self._untouched = np.setdiff1d(modules, self._touched)
        self._random = np.random.default_rng(_MOVE_SEED)
        self._start()

    def _start(self) -> None:
        self._strength = strengths(self._shape, self.latents, self._shift)
        strong, weak = (self._strength > 0).astype(np.float32), (self._strength <= 0).astype(np.float32)
        self._lacking: Floats = weak @ self._needs
        self._wanting: Floats = strong @ self._needed_by
        self._keeps = keeps_prerequisites(self.latents)[:, None]
        self._scales = local_scales(self.latents)
        self._log_likelihood = self._likelihood(self._lacking, self._wanting, self._keeps)

    def _likelihood(self, lacking: Floats, wanting: Floats, keeps: Bools) -> Floats:
        known = np.where(keeps, wanting > 0.5, lacking < 0.5)  # noqa: PLR2004 - counts are whole numbers
        total: Floats = np.where(known, self._if_known, self._if_not).sum(axis=1)
        return total

    def sweep(self) -> None:
        """One proposal for the whole learner and for the areas at two step sizes each, and for every touched module."""
        for keep in (0.95, 0.8):
            self._move_whole(slice(0, WHOLE), keep)
        for keep in (0.9, 0.6):
            self._move_whole(self._shape.areas, keep)
        for module in self._touched:
            self._move_module(int(module))

    def refresh_untouched(self) -> None:
        """New latents for modules that no answer says anything about: more independent learners at no cost."""
        for module in self._untouched:
            columns = self._latents_of(int(module))
            self.latents[:, columns] = self._normal(len(columns))

    def _normal(self, columns: int) -> Floats:
        return self._random.standard_normal((len(self.latents), columns), dtype=np.float32)

    def _accepted(self, proposed: Floats, current: Floats) -> Bools:
        """Which proposals are taken, by the ratio of their likelihoods."""
        accepted: Bools = np.log(self._random.random(len(current))) < proposed - current
        return accepted

    def _latents_of(self, module: int) -> npt.NDArray[np.intp]:
        """Where the module's latent stands, then those of its topics."""
        topics = np.flatnonzero(self._shape.module == module)
        return np.concatenate([[self._shape.module_latent(module)], self._shape.topic_latents + topics])

    def _move_whole(self, part: slice, keep: float) -> None:
        before, log_likelihood = self._rows(), self._log_likelihood
        self.latents = self.latents.copy()
        self.latents[:, part] = keep * self.latents[:, part] + np.sqrt(1 - keep**2) * self._normal(
            part.stop - part.start
        )
        self._start()
        refused = np.flatnonzero(~self._accepted(self._log_likelihood, log_likelihood))
        for old, new in zip(before, self._rows(), strict=True):
            new[refused] = old[refused]

    def _rows(self) -> tuple[Floats | Bools, ...]:
        """All that has one row for each learner."""
        return (
            self.latents,
            self._strength,
            self._lacking,
            self._wanting,
            self._keeps,
            self._scales,
            self._log_likelihood,
        )

    def _move_module(self, module: int) -> None:
        columns = self._latents_of(module)
        topics = columns[1:] - self._shape.topic_latents
        keep = np.float32(0.0 if self._random.random() < 0.5 else 0.7)  # noqa: PLR2004 - either step half of the time
        now = self.latents[:, columns]
        proposed: Floats = keep * now + np.sqrt(1 - keep**2) * self._normal(len(columns))
        change = self._scales[:, [0]] * (proposed - now)[:, :1] + self._scales[:, [1]] * (proposed - now)[:, 1:]
        strength = self._strength[:, topics] + change
        flipped = (strength > 0).astype(np.float32) - (self._strength[:, topics] > 0).astype(np.float32)
        lacking: Floats = self._lacking - flipped @ self._needs[topics]
        wanting: Floats = self._wanting + flipped @ self._needed_by[topics]
        log_likelihood = self._likelihood(lacking, wanting, self._keeps)
        rows = np.flatnonzero(self._accepted(log_likelihood, self._log_likelihood))
        self.latents[np.ix_(rows, columns)] = proposed[rows]
        self._strength[np.ix_(rows, topics)] = strength[rows]
        self._lacking[rows], self._wanting[rows] = lacking[rows], wanting[rows]
        self._log_likelihood[rows] = log_likelihood[rows]
