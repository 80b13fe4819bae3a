"""One learner's placement test: begun, answered, taken over or given up.

Owns: keeping the test after every answer, and what is marked as known in the end. Refuses: SQL
(``assistant.placement_store``) and choosing questions (``assistant.placement``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass

from assistant.errors import InvalidInput
from assistant.placement import (
    Outcome,
    Placement,
    PlacementQuestion,
    PlacementResult,
    PlacementState,
    Report,
    state_from_json,
    state_to_json,
)
from assistant.placement_store import KeptPlacement, Placements
from assistant.planning.wording import count_text
from assistant.progress import TopicProgress, TopicState
from assistant.study import Study

SOURCE = "placement"


@dataclass(frozen=True, slots=True)
class Finding:
    """A topic that a result takes for known, and how likely that is.

    ``recorded``: it is known or done by another record than an earlier test's. ``denied``: the learner said themselves
    that it is not.
    """

    topic: str
    probability: float
    recorded: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a result, as topic ids in the roadmap's order.

    ``marked`` are known from now on. Not marked are ``recorded``, known or done already, and ``left_out``, which the
    learner did not want or had said not to know. ``withdrawn`` were known by an earlier test only, and are no longer.
    """

    marked: tuple[str, ...]
    recorded: tuple[str, ...]
    left_out: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """The placement test of one learner; at most one is under way.

    Every method raises ``StorageError`` where the journal cannot be used.
    """

    study: Study
    placement: Placement

    def current(self) -> PlacementState | None:
        """The test under way, or over and not decided upon; None if there is none.

        Raises:
            InvalidInput: it was saved by another version of the program.
        """
        kept = self._kept()
        return state_from_json(kept.state) if kept and not kept.finished else None

    def begin(self, report: Report | None = None) -> PlacementState:
        """Start a test; ``report`` is what the learner says about themselves, None if they say nothing.

        Raises:
            InvalidInput: one is under way already.
        """
        if self.current() is not None:
            raise InvalidInput("A placement test is under way. Go on with it, or begin another one.")
        return self._start(report)

    def retake(self, report: Report | None = None) -> PlacementState:
        """Start another test with other questions, whatever became of the last; without ``report`` with its own."""
        last = self._last()
        return self._start(report or (last.report if last else None))

    def question(self, state: PlacementState) -> PlacementQuestion | None:
        """The question being asked; None when the test is over."""
        return self.placement.next_question(state)

    def answer(self, question: PlacementQuestion, place: int | None) -> PlacementState:
        """Keep that the option at ``place``, counted from 0, was picked; None stands for "I don't know".

        Raises:
            InvalidInput: there is no such option, or the question is not the one being asked any more.
        """
        if place is not None and not 0 <= place < len(question.options):
            raise InvalidInput(f"That question has {len(question.options)} options to pick from.")
        state = self._must()
        if self.question(state) != question:
            raise _answered_elsewhere()
        outcome = Outcome.DONT_KNOW if place is None else Outcome.RIGHT if place == question.right else Outcome.WRONG
        after = self.placement.answered(state, outcome)
        # Another window may have answered in the meantime.
        if not self._placements.change(self._learner_id, state_to_json(state), state_to_json(after), self.study.now()):
            raise _answered_elsewhere()
        return after

    def result(self) -> PlacementResult:
        """What the answers so far say.

        Raises:
            InvalidInput: no test is under way.
        """
        return self.placement.result(self._must())

    def answers(self) -> tuple[tuple[PlacementQuestion, Outcome], ...]:
        """Every question that was asked and how it went.

        Raises:
            InvalidInput: no test is under way.
        """
        return self.placement.answers(self._must())

    def findings(self) -> tuple[Finding, ...]:
        """The topics that the result takes for known, in the roadmap's order.

        Raises:
            InvalidInput: no test is under way.
        """
        result, progress = self.result(), self._progress()
        return tuple(_finding(topic, result.probability[topic], progress.get(topic)) for topic in result.known)

    def accept(self, topics: Collection[str] | None = None) -> Taken:
        """Mark what the result takes for known, or only those of ``topics``, and end the test.

        Without ``topics`` everything is taken but what the learner said themselves not to know.

        Raises:
            InvalidInput: there is no test, it is not over, or its result does not have one of the topics.
        """
        if self.question(self._must()) is not None:
            raise InvalidInput("The placement test is not over yet. Answer its questions first.")
        findings = self.findings()
        wanted = {each.topic for each in findings if not each.denied} if topics is None else set(topics)
        if strangers := sorted(wanted - {each.topic for each in findings}):
            raise InvalidInput(f"The result does not take {', '.join(strangers)} for known.")
        taken = self._taken(findings, wanted)
        self.study.mark(taken.marked, TopicState.KNOWN, SOURCE)
        self.study.mark(taken.withdrawn, TopicState.UNKNOWN, SOURCE)
        # Last: if the process ends before, the result can be taken once more.
        self.abandon()
        return taken

    def abandon(self) -> None:
        """Give the test up; nothing is marked."""
        self._placements.finish(self._learner_id, self.study.now())

    def _taken(self, findings: Collection[Finding], wanted: Set[str]) -> Taken:
        earlier = {
            topic for topic, each in self._progress().items() if (each.state, each.source) == (TopicState.KNOWN, SOURCE)
        }
        open_again = earlier - wanted
        return Taken(
            marked=tuple(each.topic for each in findings if each.topic in wanted and not each.recorded),
            recorded=tuple(each.topic for each in findings if each.recorded),
            left_out=tuple(
                each.topic for each in findings if not each.recorded and each.topic not in wanted | open_again
            ),
            withdrawn=tuple(topic for topic in self.study.curriculum.topics if topic in open_again),
        )

    def _start(self, report: Report | None) -> PlacementState:
        last = self._last()
        state = self.placement.start(last.seed + 1 if last else 0, report)
        self._placements.begin(self._learner_id, state_to_json(state), self.study.now())
        return state

    def _must(self) -> PlacementState:
        state = self.current()
        if state is None:
            raise InvalidInput("No placement test is under way. Begin one first.")
        return state

    def _last(self) -> PlacementState | None:
        kept = self._kept()
        try:
            return state_from_json(kept.state) if kept else None
        except InvalidInput:
            return None  # of another version of the program: counting begins anew

    def _kept(self) -> KeptPlacement | None:
        found = self.study.journal.learners.find(self.study.name)
        return self._placements.kept(found.id) if found else None

    def _progress(self) -> Mapping[str, TopicProgress]:
        return self.study.renames.progress(self.study.journal.progress.topics(self._learner_id))

    @property
    def _placements(self) -> Placements:
        return self.study.journal.placements

    @property
    def _learner_id(self) -> int:
        return self.study.learner.id


def _finding(topic: str, probability: float, progress: TopicProgress | None) -> Finding:
    state, source = (progress.state, progress.source) if progress else (TopicState.UNKNOWN, SOURCE)
    return Finding(
        topic,
        probability,
        recorded=state is TopicState.DONE or (state is TopicState.KNOWN and source != SOURCE),
        denied=state is TopicState.UNKNOWN and source == "self",
    )


def _answered_elsewhere() -> InvalidInput:
    return InvalidInput("That question was answered elsewhere in the meantime. Answer the one that is asked now.")


def taken_text(taken: Taken) -> str:
    """What came of taking a result, with what was not marked."""
    marked = _are(taken.marked, "is", "are") if taken.marked else "No topic is"
    sentences = [f"{marked} marked as known."]
    if taken.recorded:
        sentences.append(f"{_are(taken.recorded, 'was', 'were')} recorded before.")
    if taken.left_out:
        sentences.append(f"{_are(taken.left_out, 'is', 'are')} left out, as you said.")
    if taken.withdrawn:
        sentences.append(f"{_are(taken.withdrawn, 'is', 'are')} open again, known by an earlier test only.")
    return " ".join(sentences)


def _are(topics: Collection[str], one: str, many: str) -> str:
    return f"{count_text(len(topics), 'topic')} {one if len(topics) == 1 else many}"
