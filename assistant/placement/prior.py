"""Who might be sitting in front of the test: a population of plausible learners over the prerequisite graph.

Owns: how knowledge of topics hangs together before anything was asked. Refuses: answers
(``assistant.placement.belief``).

A learner is a vector of standard normal numbers ("latents"). They add up to a strength for each topic: a general
ability, how fast strength falls with the level, how far along the roadmap the learner has come, areas (neighbours in
the roadmap, neighbours in the graph), single modules, single topics, and a role followed by some. How much each of
these counts differs from learner to learner and is a latent, too: one knows whole modules, the next bits and pieces.
A topic is known where the strength is above zero, closed downward: half of the learners know what they know and with
it its hard prerequisites, the other half lack what lacks a prerequisite.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.curriculum import Curriculum
from assistant.domain import Level, Module

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

_KNOT_EVERY = 5  # modules of the roadmap that make one area
_GENERAL_SD = 2.2
_LEVEL_STRENGTH = (-1.2, -0.2, 0.8, 1.6)
_REPORTED_KNOWN, _REPORTED_UNKNOWN = 2.5, -1.5
# Latents that hold for the whole learner: the six scales, then these.
_SCALES = {
    "area": (0.2, 1.8),
    "graph": (0.1, 1.3),
    "module": (0.2, 2.2),
    "topic": (0.1, 1.2),
    "level": (0.0, 2.0),
    "role": (0.5, 5.0),
}
_ABILITY, _PROGRESS, _CLOSING, _ROLE = (len(_SCALES) + offset for offset in range(4))
WHOLE = len(_SCALES) + 4
"""The first latents are about the learner as a whole."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a roadmap the population is made of; arrays are by topic in the roadmap's order.

    ``ancestors[t, a]`` says that ``a`` is ``t`` or one of its hard prerequisites, however far behind.
    ``module`` is the index of the topic's module; ``knots`` and ``graph`` mix the latents of areas into modules;
    ``roles`` has one row for each role; ``place`` is the place in the roadmap in units of its spread.
    """

    topics: tuple[str, ...]
    ancestors: Bools
    module: npt.NDArray[np.intp]
    difficulty: Floats
    place: Floats
    knots: Floats
    graph: Floats
    roles: Floats

    @property
    def _modules(self) -> int:
        return len(self.graph)

    @property
    def areas(self) -> slice:
        """Where the latents of areas stand."""
        return slice(WHOLE, WHOLE + len(self.knots[0]) + self._modules)

    def module_latent(self, module: int) -> int:
        """Where a module's latent stands."""
        return WHOLE + len(self.knots[0]) + self._modules + module

    @property
    def topic_latents(self) -> int:
        """Where the latents of topics begin."""
        return WHOLE + len(self.knots[0]) + 2 * self._modules

    @property
    def latents(self) -> int:
        """How many latents a learner has."""
        return self.topic_latents + len(self.topics)


def shape_of(curriculum: Curriculum, roles: Sequence[Collection[str]] = ()) -> Shape:
    """The roadmap as the population sees it; ``roles`` are sets of topic ids that are often learnt together."""
    topics = tuple(curriculum.topics)
    index = {topic: position for position, topic in enumerate(topics)}
    ancestors = np.eye(len(topics), dtype=bool)
    for topic in curriculum.study_order(topics):
        for edge in curriculum.topics[topic].prerequisites:
            if edge.hard:
                ancestors[index[topic]] |= ancestors[index[edge.id]]
    modules = curriculum.modules
    module = np.array([curriculum.topics[topic].module - 1 for topic in topics])
    levels = list(Level)
    place = (module - (len(modules) - 1) / 2) / max(1.0, len(modules) / 3.5)
    return Shape(
        topics=topics,
        ancestors=ancestors,
        module=module,
        difficulty=np.array(
            [_LEVEL_STRENGTH[levels.index(curriculum.topics[topic].level)] for topic in topics], np.float32
        ),
        place=place.astype(np.float32),
        knots=_knots(len(modules)),
        graph=_graph(modules),
        roles=np.array([[topic in role for topic in topics] for role in roles], np.float32).reshape(-1, len(topics)),
    )


def _knots(modules: int) -> Floats:
    """Weights that interpolate between areas, one every few modules; rows have norm 1."""
    places = np.arange(modules) / _KNOT_EVERY
    count = int(np.ceil(places[-1])) + 1
    weights = np.maximum(0.0, 1.0 - np.abs(places[:, None] - np.arange(count)[None, :]))
    return _unit_rows(weights)


def _graph(modules: Sequence[Module]) -> Floats:
    """Weights by which a module shares its strength with modules two prerequisite edges away at most."""
    index = {module.id: position for position, module in enumerate(modules)}
    near = np.eye(len(modules))
    for module in modules:
        for edge in module.prerequisites:
            weight = 0.6 if edge.hard else 0.3
            near[index[module.id], index[edge.id]] = near[index[edge.id], index[module.id]] = weight
    return _unit_rows(near @ near)


def _unit_rows(weights: npt.NDArray[np.float64]) -> Floats:
    unit: Floats = (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype(np.float32)
    return unit


def strengths(shape: Shape, latents: Floats, shift: Floats) -> Floats:
    """The strength of each learner (row) in each topic (column); ``shift`` is added to every row."""
    scale = _scales(latents)
    areas = latents[:, shape.areas]
    split = shape.knots.shape[1]
    by_module = scale["area"] * (areas[:, :split] @ shape.knots.T) + scale["graph"] * (areas[:, split:] @ shape.graph.T)
    by_module += scale["module"] * latents[:, shape.areas.stop : shape.topic_latents]
    # Two thirds do not go through the roadmap in its order; the others do more or less strictly.
    progress = latents[:, _PROGRESS : _PROGRESS + 1]
    along = -np.sign(progress) * np.maximum(0.0, np.abs(progress) - 1.0) * 3.0
    total: Floats = (
        _GENERAL_SD * latents[:, _ABILITY : _ABILITY + 1]
        + by_module[:, shape.module]
        + scale["topic"] * latents[:, shape.topic_latents :]
        - scale["level"] * shape.difficulty
        + along * shape.place
        + _role_part(shape, latents, scale["role"])
        + shift
    )
    return total


def _scales(latents: Floats) -> dict[str, Floats]:
    """Each scale by learner, as a column, uniform between its bounds."""
    uniform = 0.5 * (1.0 + np.tanh(0.8 * latents[:, : len(_SCALES)]))  # close to the normal distribution function
    return {
        name: (low + (high - low) * uniform[:, [position]]).astype(np.float32)
        for position, (name, (low, high)) in enumerate(_SCALES.items())
    }


def local_scales(latents: Floats) -> Floats:
    """By learner: how much the latents of modules and of topics count, in two columns."""
    scale = _scales(latents)
    return np.hstack([scale["module"], scale["topic"]])


def _role_part(shape: Shape, latents: Floats, scale: Floats) -> Floats:
    """Learners in the upper half of the latent follow one of the roles each."""
    if not len(shape.roles):
        return np.float32(0.0) * scale
    uniform = 0.5 * (1.0 + np.tanh(0.8 * latents[:, _ROLE]))
    which = np.floor((2.0 * uniform - 1.0) * len(shape.roles)).astype(int)
    follows = (which >= 0)[:, None]
    part: Floats = np.where(follows, scale * (shape.roles[np.maximum(which, 0)] - 0.5), 0.0).astype(np.float32)
    return part


def keeps_prerequisites(latents: Floats) -> Bools:
    """Whether a learner knows the prerequisites of all they know, rather than lacking what lacks one."""
    keeps: Bools = latents[:, _CLOSING] >= 0
    return keeps


def closed(shape: Shape, strong: Bools, keeps: Bools) -> Bools:
    """What each learner knows, closed downward under hard prerequisites."""
    strong_f = strong.astype(np.float32)
    ancestors = shape.ancestors.astype(np.float32)
    has_all = (1.0 - strong_f) @ ancestors.T < 0.5  # noqa: PLR2004 - counts are whole numbers
    some_needs_it = strong_f @ ancestors > 0.5  # noqa: PLR2004
    return np.where(keeps[:, None], some_needs_it, has_all)


def no_shift(shape: Shape) -> Floats:
    """Nothing added to any strength."""
    return np.zeros(len(shape.topics), np.float32)


def report_shift(shape: Shape, known_topics: Collection[str]) -> Floats:
    """What a coarse self-report adds to the strengths: topics said to be known go up, all others down."""
    said = np.array([topic in known_topics for topic in shape.topics])
    return np.where(said, _REPORTED_KNOWN, _REPORTED_UNKNOWN).astype(np.float32)
