"""One learner's study: what they know, and what follows from it for answers.

Owns: bringing the journal's plans and progress together with the roadmap. Refuses: SQL (``assistant.progress``,
``assistant.plan_store``) and arithmetic (``assistant.planning``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.check_questions import CheckQuestions
from assistant.curriculum import Curriculum
from assistant.domain import CheckQuestion, Level
from assistant.errors import InvalidInput
from assistant.feedback import Feedback, Reason, Verdict
from assistant.journal import Journal
from assistant.learners import Learner
from assistant.plan_store import SavedPlan
from assistant.progress import TopicProgress, TopicState
from assistant.renaming import Renames
from assistant.standing import Standing, known_topics, standing_of


@dataclass(frozen=True, slots=True)
class Study:
    """The study of the learner called ``name``, who is made when something is first recorded.

    ``level`` is the one that the settings fix; without it the learner's choice counts, or else their progress. Every
    method raises ``StorageError`` where the journal cannot be used.
    """

    journal: Journal
    curriculum: Curriculum
    questions: CheckQuestions
    renames: Renames
    name: str
    level: Level | None
    now: Callable[[], datetime]

    @property
    def learner(self) -> Learner:
        """The learner, made if there was none of that name."""
        return self.journal.learners.named(self.name, self.now())

    def standing(self) -> Standing:
        """What the learner knows and the level that follows from it."""
        found = self.journal.learners.find(self.name)
        if found is None:
            return standing_of(self.curriculum, frozenset(), told=False, level=self.level)
        progress = self._recorded(found)
        plan = self.plan()
        planned = plan.plan.get("known", ()) if plan else ()
        known = known_topics(progress, (new for old in planned for new in self.renames.now(old)))
        return standing_of(self.curriculum, known, told=bool(progress or plan), level=self.level or found.level)

    def marked(self) -> frozenset[str]:
        """Topics recorded as known or done, whatever the plan takes for known besides."""
        found = self.journal.learners.find(self.name)
        return known_topics(self._recorded(found), ()) if found else frozenset()

    def _recorded(self, learner: Learner) -> Mapping[str, TopicProgress]:
        return self.renames.progress(self.journal.progress.topics(learner.id))

    def chosen_level(self) -> Level | None:
        """The level that the learner wants answers written for; None has it follow from what they have done."""
        found = self.journal.learners.find(self.name)
        return found.level if found else None

    def choose_level(self, level: Level | None) -> None:
        """Have answers written for this level from now on."""
        self.journal.learners.choose_level(self.learner.id, level)

    def gone(self) -> tuple[str, ...]:
        """Topics with progress, or of the plan, that are no longer on the roadmap; their record is kept."""
        found = self.journal.learners.find(self.name)
        if found is None:
            return ()
        plan = self.plan()
        planned = {item["topic"] for week in plan.plan.get("weeks", ()) for item in week["items"]} if plan else set()
        return self.renames.gone({*self.journal.progress.topics(found.id), *planned})

    def mark(self, topics: Collection[str], state: TopicState, source: str = "self") -> None:
        """Record what the learner says of topics.

        Raises:
            InvalidInput: a topic is not in the roadmap.
        """
        unknown = sorted(set(topics) - self.curriculum.topics.keys())
        if unknown:
            raise InvalidInput(f"The roadmap has no topic called {', '.join(map(repr, unknown))}.")
        self.journal.progress.mark(self.learner.id, dict.fromkeys(topics, state), source, self.now())

    def plan(self) -> SavedPlan | None:
        """The plan the learner follows."""
        found = self.journal.learners.find(self.name)
        return self.journal.plans.active(found.id) if found else None

    def checks_answered(self, topic: str) -> Mapping[str, bool]:
        """For each check question of a topic that was answered, whether the last answer was right, by key."""
        found = self.journal.learners.find(self.name)
        return self.journal.progress.checks_answered(found.id, topic) if found else {}

    def answer_choice(self, question: CheckQuestion, place: int) -> bool:
        """Record which option of a check question was picked, counted from 0; returns whether it was right.

        Raises:
            InvalidInput: the question has no such option.
        """
        if not 0 <= place < len(question.choices):
            raise InvalidInput(f"That question has {len(question.choices)} options to pick from.")
        was_right = question.choices[place].right
        self.grade(question, was_right=was_right)
        return was_right

    def grade(self, question: CheckQuestion, *, was_right: bool) -> None:
        """Record how the learner did on a check question."""
        self.journal.progress.answer_check(self.learner.id, question.topic, question.key, was_right, self.now())

    def judge(self, turn_id: int, verdict: Verdict, reason: Reason | None = None, comment: str = "") -> Feedback:
        """Record what the learner thinks of an answer, in place of what they thought before.

        Raises:
            InvalidInput: there is no such answer, or the reason or comment cannot be kept.
        """
        self.journal.feedback.mark(self.learner.id, Feedback(turn_id, verdict, reason, comment, self.now()))
        kept = self.feedback_on(turn_id)
        if kept is None:
            raise InvalidInput("That answer is not there any more.")
        return kept

    def take_back(self, turn_id: int) -> None:
        """Forget what the learner thought of an answer."""
        self.journal.feedback.unmark(self.learner.id, turn_id)

    def feedback_on(self, turn_id: int) -> Feedback | None:
        """What the learner thinks of an answer; None where they have not said."""
        found = self.journal.learners.find(self.name)
        return self.journal.feedback.on(found.id, turn_id) if found else None

    def feedback(self, verdict: Verdict | None = None) -> tuple[Feedback, ...]:
        """Every verdict of the learner, or all of one kind, the one given last first."""
        found = self.journal.learners.find(self.name)
        return self.journal.feedback.all(found.id, verdict) if found else ()
