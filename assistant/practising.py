"""One learner's practice: what is due, answering it, and what it shows.

Owns: bringing the log, the cards and the day together. Refuses: SQL (``assistant.practice_store``) and arithmetic
(``assistant.practice``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.begun import begun_topics
from assistant.errors import InvalidInput
from assistant.planning.wording import date_text
from assistant.practice.aim import Aim, aim_at
from assistant.practice.bank import CardBank
from assistant.practice.calibration import Calibration, calibration
from assistant.practice.cards import Card
from assistant.practice.mastery import Mastery, mastery_of
from assistant.practice.memory import Memory, local_day, memories
from assistant.practice.rounds import LONGEST_SECONDS, NEW_A_DAY, Limits, Round, make_round, pace_of
from assistant.practice.summary import Summary, summarise
from assistant.practice_store import Confidence, PracticeAnswer
from assistant.study import Study

DEFAULT_MINUTES_A_DAY = 15
MOST_MINUTES_A_DAY = 240
_NEW_IN_SIGHT = 4 * NEW_A_DAY


@dataclass(frozen=True, slots=True)
class Asked:
    """A card as it was shown.

    ``shown_after`` is the id of the newest answer then, ``since`` the moment, None where it is not known.
    """

    card: Card
    shown_after: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer as it was kept, and the day on which its card comes back."""

    card: Card
    was_right: bool
    confidence: Confidence
    next_day: date
    before_deadline: bool


@dataclass(frozen=True, slots=True)
class Practised:
    """Everything that the log says today: the cards that can be asked, by what is met first, and their memories.

    ``answers`` go by today's keys.
    """

    today: date
    cards: tuple[Card, ...]
    answers: tuple[PracticeAnswer, ...]
    found: Mapping[str, Memory]
    aim: Aim | None

    @property
    def newest(self) -> int:
        """The id of the newest answer, 0 before the first."""
        return self.answers[-1].id if self.answers else 0


@dataclass(frozen=True, slots=True)
class Practising:
    """The practice of one learner; ``fixed_minutes`` are what the settings say of the minutes a day, None if nothing.

    Every method raises ``StorageError`` where the journal cannot be used, and ``CorpusError`` where the notes cannot be
    read.
    """

    study: Study
    bank: CardBank
    fixed_minutes: int | None = None

    @property
    def today(self) -> date:
        """The learner's day, by the machine's clock and time zone."""
        return local_day(self.study.now())

    @property
    def minutes_a_day(self) -> int:
        """How long to practise a day at most."""
        found = self.study.journal.learners.find(self.study.name)
        chosen = self.study.journal.practice.minutes_a_day(found.id) if found else None
        return self.fixed_minutes or chosen or DEFAULT_MINUTES_A_DAY

    def keep_minutes_a_day(self, minutes: int) -> None:
        """Keep how long to practise a day at most.

        Raises:
            InvalidInput: it is less than a minute or more than four hours.
        """
        if not 1 <= minutes <= MOST_MINUTES_A_DAY:
            raise InvalidInput(f"Choose 1 to {MOST_MINUTES_A_DAY} minutes a day.")
        self.study.journal.practice.keep_minutes_a_day(self.study.learner.id, minutes)

    def begun(self) -> tuple[str, ...]:
        """The topics that are practised without being asked for, what was studied last first."""
        found = self.study.journal.learners.find(self.study.name)
        return begun_topics(self.study, found, self._answers(found.id)) if found else ()

    def look(self, topics: Sequence[str] | None = None) -> Practised:
        """What the log says today of ``topics``, or of all that are begun."""
        found = self.study.journal.learners.find(self.study.name)
        answers = self._answers(found.id) if found else ()
        begun = begun_topics(self.study, found, answers) if found else ()
        everything = self._in_sight(begun, answers, topics or ())
        answers = _renamed(answers, everything)
        aim = self._aim(everything, answers)
        wanted = everything if topics is None else [card for card in everything if card.topic in set(topics)]
        return Practised(self.today, tuple(wanted), answers, memories(answers, self.today, aim), aim)

    def round(
        self, practised: Practised, *, minutes: int | None = None, unlimited: bool = False, ahead: bool = False
    ) -> Round:
        """What to ask now: within the day's minutes, within ``minutes`` from now on, or without a limit."""
        kinds = {card.key: card.kind for card in practised.cards}
        spent = self._spent_seconds(practised)
        seconds = self.minutes_a_day * 60 if minutes is None else minutes * 60 + spent
        return make_round(
            practised.cards,
            practised.found,
            practised.today,
            pace=pace_of(practised.answers, kinds),
            spent_seconds=spent,
            limits=Limits(None, 10**6) if unlimited else Limits(seconds, NEW_A_DAY),
            ahead=ahead,
            last_topic=practised.answers[-1].topic if practised.answers else "",
        )

    def pick(self, key: str) -> Asked:
        """The card with this key, to be answered now by somebody who saw it elsewhere.

        Raises:
            InvalidInput: there is no such card, or it was answered today and does not come once more.
        """
        card = self.bank.find(key)
        practised = self.look([card.topic])
        if card not in self.round(practised, unlimited=True, ahead=True).cards:
            day = date_text(practised.found[card.key].due)
            raise InvalidInput(f"That question was answered today. It comes back on {day}.")
        return Asked(card, practised.newest, None)

    def summary(self, after: int) -> Summary:
        """What came of the answers with an id greater than ``after``."""
        practised = self.look()
        given = [each for each in practised.answers if each.id > after]
        cards = {card.key: card for card in practised.cards}
        return summarise(given, cards)

    def ask(self, practised: Practised, card: Card) -> Asked:
        """The card as it is shown now."""
        return Asked(card, practised.newest, self.study.now())

    def answer(
        self, asked: Asked, confidence: Confidence, *, place: int | None = None, was_right: bool | None = None
    ) -> Reviewed:
        """Keep an answer: the option at ``place``, counted from 0, or for an open question whether it was right.

        Raises:
            InvalidInput: there is no such option, or the card was answered since it was shown.
        """
        choices = asked.card.question.choices
        if choices:
            if place is None or not 0 <= place < len(choices):
                raise InvalidInput(f"That question has {len(choices)} options to pick from.")
            was_right = choices[place].right
        elif was_right is None:
            raise InvalidInput("That is an open question: say whether you had its key points.")
        now = self.study.now()
        seconds = None
        if asked.since is not None:
            seconds = min(LONGEST_SECONDS, max(0, round((now - asked.since).total_seconds())))
        answer = PracticeAnswer(asked.card.topic, asked.card.key, was_right, now, confidence, seconds)
        if self.study.journal.practice.record(self.study.learner.id, answer, asked.shown_after) is None:
            raise InvalidInput(
                "That question was answered already, here or in another window. Go on with the next one."
            )
        practised = self.look([asked.card.topic])
        next_day = practised.found[asked.card.key].due
        aim = practised.aim
        return Reviewed(
            asked.card, was_right, confidence, next_day,
            before_deadline=aim is not None and aim.first_day <= next_day <= aim.deadline,
        )  # fmt: skip

    def newest(self) -> int:
        """The id of the newest answer, 0 before the first."""
        found = self.study.journal.learners.find(self.study.name)
        return max((each.id for each in self._answers(found.id)), default=0) if found else 0

    def mastery(self, practised: Practised, topics: Collection[str]) -> Mapping[str, Mastery]:
        """How well each of ``topics`` is known, by id; those without cards are left out."""
        return self._mastery(topics, practised.found)

    def masteries(self) -> Mapping[str, Mastery]:
        """How well each topic is known of which a question was answered, by id."""
        found = self.study.journal.learners.find(self.study.name)
        answers = self._answers(found.id) if found else ()
        topics = tuple(dict.fromkeys(new for each in answers for new in self.study.renames.now(each.topic)))
        cards = [card for topic in topics for card in self.bank.on(topic)]
        return self._mastery(topics, memories(_renamed(answers, cards), self.today))

    def calibration(self, practised: Practised) -> tuple[tuple[Calibration, ...], tuple[Calibration, ...]]:
        """How often the learner was right by how sure they were, over all and by month."""
        return calibration(practised.answers)

    def _in_sight(self, begun: Sequence[str], answers: Sequence[PracticeAnswer], topics: Sequence[str]) -> list[Card]:
        """The cards of what is begun and of ``topics``.

        New ones only as many as are asked within days: cards are made of all the notes, and who knows half of the
        roadmap would wait for them.
        """
        met = {new for each in answers for new in self.study.renames.now(each.topic)}
        cards: list[Card] = []
        new = 0
        for topic in dict.fromkeys((*begun, *topics)):
            if topic in met or topic in topics or new < _NEW_IN_SIGHT:
                found = self.bank.on(topic)
                new += 0 if topic in met else len(found)
                cards += found
        return cards

    def _mastery(self, topics: Collection[str], found: Mapping[str, Memory]) -> Mapping[str, Mastery]:
        each = ((topic, mastery_of(topic, self.bank.on(topic), found)) for topic in topics)
        return {topic: mastery for topic, mastery in each if mastery is not None}

    def _answers(self, learner_id: int) -> tuple[PracticeAnswer, ...]:
        return self.study.journal.practice.answers(learner_id)

    def _spent_seconds(self, practised: Practised) -> int:
        return sum(answer.seconds or 0 for answer in practised.answers if local_day(answer.at) == practised.today)

    def _aim(self, cards: Collection[Card], answers: Sequence[PracticeAnswer]) -> Aim | None:
        plan = self.study.plan()
        deadline = plan.plan.get("deadline") if plan else None
        if not deadline:
            return None
        kinds = {card.key: card.kind for card in cards}
        pace = pace_of(answers, kinds)
        mean = sum(pace[card.kind] for card in cards) / len(cards) if cards else 0
        met = {answer.question for answer in answers} & kinds.keys()
        return aim_at(date.fromisoformat(deadline), self.today, len(met), mean, self.minutes_a_day)


def _renamed(answers: Sequence[PracticeAnswer], cards: Collection[Card]) -> tuple[PracticeAnswer, ...]:
    """The answers by today's keys of these cards."""
    renamed = {old: card.key for card in cards for old in card.earlier_keys}
    return tuple(replace(each, question=renamed.get(each.question, each.question)) for each in answers)
