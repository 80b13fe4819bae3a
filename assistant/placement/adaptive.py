"""The placement test as a state machine: start, the next question, an answer, the result.

Owns: the order of things, when to stop, and what the result says. Pure but for a cache of what was computed: equal
states give equal questions and results, in this process and after a reload. Refuses: showing questions, keeping states.

The next topic is the one with the largest expected information under the belief (``choosing``). The test ends when the
stated confidence reaches ``enough``, after 20 questions at the most, never before the 8th.

Measured with ``tests/assistant/placement/test_learners.py`` and the same learners in larger numbers: see
ARCHITECTURE.md, "Decisions".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.placement.questions import PlacementQuestion, QuestionBank
from assistant.placement.state import LEAST_QUESTIONS, MOST_QUESTIONS, Asked, Outcome, PlacementState, Report

if TYPE_CHECKING:
    from assistant.placement.belief import Belief, Effort, Rates
    from assistant.placement.choosing import Array

ENOUGH = 0.97
_CACHED_BELIEFS = 4
_CACHED_JOINTS = 64
_Key = tuple[Report | None, tuple[tuple[int, Outcome], ...]]


@dataclass(frozen=True, slots=True)
class PlacementResult:
    """What the answers say: ``known`` in the roadmap's order and closed downward under hard prerequisites.

    ``probability`` is that of knowing each topic, by id. ``confidence`` (0..1) is the share of all topics that
    ``known`` is expected to be right about, whether it lists them or not. ``finished``: nothing more is asked.
    """

    known: tuple[str, ...]
    probability: Mapping[str, float]
    confidence: float
    questions: int
    finished: bool


class Placement:
    """The test over one roadmap; safe to share between threads. The first question takes about half a second.

    ``roles`` are sets of topics that are often learnt together, such as those of the ready-made goals.
    """

    def __init__(
        self,
        curriculum: Curriculum,
        bank: QuestionBank,
        roles: Sequence[Collection[str]] = (),
        *,
        rates: Rates | None = None,
        effort: Effort | None = None,
        enough: float = ENOUGH,
    ) -> None:
        self._curriculum, self._bank, self._roles = curriculum, bank, roles
        self._rates, self._effort, self._enough = rates, effort, enough
        self._index = {topic: position for position, topic in enumerate(curriculum.topics)}
        self._beliefs: dict[Report | None, Belief] = {}
        self._joints: dict[_Key, Array] = {}

    def start(self, seed: int = 0, report: Report | None = None) -> PlacementState:
        """A new test; ``seed`` is the number of the sitting, ``report`` what the learner says about themselves."""
        return self._with_pending(PlacementState(seed, report))

    def next_question(self, state: PlacementState) -> PlacementQuestion | None:
        """The question being asked; None when the test is over."""
        if state.pending is None:
            return None
        shown = self._bank.shown(*state.pending, state.seed)
        # The notes were edited since the state was kept.
        return shown or self.next_question(self._with_pending(replace(state, pending=None)))

    def answered(self, state: PlacementState, outcome: Outcome) -> PlacementState:
        """The state after the question being asked went like this.

        Raises:
            InvalidInput: the test is over.
        """
        question = self.next_question(state)
        if question is None:
            raise InvalidInput("This placement test is over. Start a new one to be asked again.")
        asked = Asked(question.topic, question.number, outcome)
        return self._with_pending(replace(state, asked=(*state.asked, asked), pending=None))

    def answers(self, state: PlacementState) -> tuple[tuple[PlacementQuestion, Outcome], ...]:
        """The questions that were asked, as they were shown, and how they went; without those the notes have lost."""
        shown = ((self._bank.shown(each.topic, each.number, state.seed), each.outcome) for each in state.asked)
        return tuple((question, outcome) for question, outcome in shown if question is not None)

    def result(self, state: PlacementState) -> PlacementResult:
        """What the answers so far say."""
        from assistant.placement.choosing import marginals  # noqa: PLC0415 - numpy

        probability = dict(zip(self._index, map(float, marginals(self._joint(state))), strict=True))
        known: set[str] = set()
        for topic in self._curriculum.study_order(self._index):
            needed = [edge.id for edge in self._curriculum.topics[topic].prerequisites if edge.hard]
            if probability[topic] > 0.5 and known.issuperset(needed):  # noqa: PLR2004 - more likely than not
                known.add(topic)
        right = sum(p if topic in known else 1.0 - p for topic, p in probability.items())
        return PlacementResult(
            known=tuple(topic for topic in self._index if topic in known),
            probability=probability,
            confidence=right / len(probability),
            questions=len(state.asked),
            finished=state.pending is None,
        )

    def _with_pending(self, state: PlacementState) -> PlacementState:
        """The state with the next question chosen, or none if enough is known."""
        count = len(state.asked)
        if count >= MOST_QUESTIONS or (count >= LEAST_QUESTIONS and self.result(state).confidence >= self._enough):
            return state
        numbers = {topic: self._next_number(state, topic) for topic in self._index}
        candidates = [position for topic, position in self._index.items() if numbers[topic] is not None]
        if not candidates:
            return state
        from assistant.placement.choosing import most_informative  # noqa: PLC0415 - numpy

        chosen = most_informative(self._joint(state), self._likelihoods, candidates)
        topic = list(self._index)[chosen]
        number = numbers[topic]
        return replace(state, pending=(topic, number) if number is not None else None)

    def _next_number(self, state: PlacementState, topic: str) -> int | None:
        asked = [entry.number for entry in state.asked if entry.topic == topic]
        return self._bank.next_number(topic, state.seed, asked)

    def _likelihoods(self, outcome: Outcome) -> tuple[float, float]:
        from assistant.placement.belief import Rates  # noqa: PLC0415 - numpy

        return (self._rates or Rates()).likelihoods(outcome)

    def _joint(self, state: PlacementState) -> Array:
        """Computed once for equal answers; answers about topics that the roadmap no longer has do not count."""
        answers = tuple(
            (self._index[entry.topic], entry.outcome) for entry in state.asked if entry.topic in self._index
        )
        key = state.report, answers
        joint = self._joints.get(key)
        if joint is None:
            joint = self._belief(state.report).joint(answers)
            if len(self._joints) >= _CACHED_JOINTS:
                self._joints.clear()
            self._joints[key] = joint
        return joint

    def _belief(self, report: Report | None) -> Belief:
        from assistant.placement.belief import Belief, Effort, Rates  # noqa: PLC0415 - numpy
        from assistant.placement.prior import no_shift, report_shift, shape_of  # noqa: PLC0415

        belief = self._beliefs.get(report)
        if belief is None:
            shape = shape_of(self._curriculum, self._roles)
            shift = no_shift(shape) if report is None else report_shift(shape, self._reported(report))
            belief = Belief(shape, shift, self._rates or Rates(), self._effort or Effort())
            if len(self._beliefs) >= _CACHED_BELIEFS:
                self._beliefs.clear()
            self._beliefs[report] = belief
        return belief

    def _reported(self, report: Report) -> frozenset[str]:
        return frozenset(
            topic.id
            for topic in self._curriculum.topics.values()
            if topic.level in report.levels or topic.module in report.modules
        )
