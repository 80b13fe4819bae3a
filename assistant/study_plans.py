"""One learner's plan in use: followed, logged, replanned, exported.

Owns: bringing the kept plan, the log and the planner together. Refuses: SQL (``assistant.plan_store``,
``assistant.progress``) and arithmetic (``assistant.planning``, ``assistant.replanning``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from assistant.domain import Resource
from assistant.errors import InvalidInput
from assistant.opening_questions import Opening, openings_of_plan, openings_without_plan, starters
from assistant.plan_store import DEFAULT_PLAN_NAME
from assistant.planning import (
    Activity,
    PlanRequest,
    StudyItem,
    StudyPlan,
    WayOut,
    choose,
    make_plan,
    plan_from_json,
    plan_to_json,
    request_of,
)
from assistant.planning.calendar_file import DEFAULT_TIME, PlanVersion, plan_to_ical
from assistant.practice.mastery import Mastery
from assistant.practising import Practising
from assistant.progress import EntryStatus, LogEntry, TopicState
from assistant.replanning import Ledger, Pace, Proposal, Replan, learned_pace, ledger_of, propose, replan, unit_of
from assistant.replanning.ledger import LEARNING
from assistant.replanning.today import review_minutes
from assistant.study import Study

_UID_SUFFIX = "roadmap-study-assistant"


@dataclass(frozen=True, slots=True)
class Followed:
    """The plan that is followed, with the state of its items and the learner's pace.

    ``last_entry`` is the id of the newest sitting of all, 0 before the first one.
    """

    id: int
    name: str
    plan: StudyPlan
    ledger: Ledger
    pace: Pace
    last_entry: int


@dataclass(frozen=True, slots=True)
class StudyPlans:
    """The plans of one learner. Every method raises ``StorageError`` where the journal cannot be used."""

    study: Study
    catalogue: Sequence[Resource]
    practising: Practising | None = None

    @property
    def today(self) -> date:
        """The learner's day, by the machine's clock and time zone."""
        return self.study.now().astimezone().date()

    def make(self, request: PlanRequest) -> StudyPlan:
        """A plan that takes what the learner has done for known and goes at their pace; nothing is kept.

        Raises:
            InvalidInput: the request cannot be planned.
        """
        pace = learned_pace(self.entries())
        return make_plan(self.study.curriculum, self._with_known(request), self.catalogue, pace_sd=pace.sd)

    def follow(self, plan: StudyPlan, name: str = DEFAULT_PLAN_NAME) -> int:
        """Keep a plan as a new one and follow it from now on; returns its id."""
        return self.study.journal.plans.create(
            self.study.learner.id, plan_to_json(plan), self.study.now(), name.strip() or DEFAULT_PLAN_NAME
        )

    def followed(self) -> Followed | None:
        """The plan that the learner follows; None before the first one.

        Raises:
            InvalidInput: it was saved by a newer version of the program.
        """
        saved = self.study.plan()
        if saved is None:
            return None
        entries = self.entries()
        plan = self.study.renames.plan(plan_from_json(saved.plan))
        own = [entry for entry in entries if entry.plan_id == saved.id]
        last = entries[-1].id if entries else 0
        return Followed(saved.id, saved.name, plan, ledger_of(plan, own), learned_pace(entries), last)

    def must_follow(self) -> Followed:
        """The plan that the learner follows.

        Raises:
            InvalidInput: there is none yet; the message says how to make one.
        """
        followed = self.followed()
        if followed is None:
            raise InvalidInput("You follow no plan yet. Make one with: study plan --hours-per-week 6 --follow")
        return followed

    def today_items(self, minutes: int | None = None) -> tuple[Proposal, ...]:
        """What to do today: what the plan says, or the best use of so many minutes.

        Raises:
            InvalidInput: there is no plan, or not even five minutes.
        """
        followed = self.must_follow()
        if minutes is not None and minutes < 5:  # noqa: PLR2004 - as the message says
            raise InvalidInput("Five minutes are the least that is worth beginning.")
        known = frozenset(self.known_by_now(followed))
        open_keys = {item.key for item in followed.plan.items if item.topic in known and item.activity in LEARNING}
        ledger = replace(followed.ledger, done=followed.ledger.done | open_keys)
        return propose(self.study.curriculum, followed.plan, ledger, self.today, minutes, self._well_known())

    def known_by_now(self, followed: Followed) -> tuple[str, ...]:
        """Topics that the plan still wants to be learned, and that were marked as known some other way."""
        marked = self.study.marked()
        waiting = (
            item.topic
            for item in followed.plan.items
            if item.activity in LEARNING and item.key not in followed.ledger.done
        )
        return tuple(topic for topic in dict.fromkeys(waiting) if topic in marked and topic not in followed.plan.pinned)

    def openings(self) -> tuple[Opening, ...]:
        """Questions to begin a conversation with: of the plan, else of what the roadmap has next for the learner.

        Raises:
            InvalidInput: the plan was saved by a newer version of the program.
        """
        followed = self.followed()
        if followed is not None:
            return openings_of_plan(
                self.study.curriculum,
                followed.plan,
                followed.ledger,
                self.today_items(),
                self.entries(),
                self.today,
            )
        known = self.study.standing().known
        return openings_without_plan(self.study.curriculum, known) if known else starters()

    def shaky(self) -> tuple[Mastery, ...]:
        """What is done and yet mostly not known by its questions, the shakiest first.

        Raises:
            CorpusError: the notes cannot be read.
        """
        known = self.study.standing().known
        found = [each for topic, each in self._masteries().items() if topic in known and each.is_weak]
        return tuple(sorted(found, key=lambda each: (each.share, each.topic)))

    def _well_known(self) -> frozenset[str]:
        return frozenset(topic for topic, each in self._masteries().items() if each.is_well_known)

    def _masteries(self) -> Mapping[str, Mastery]:
        return self.practising.masteries() if self.practising else {}

    def log(
        self, key: str, status: EntryStatus, minutes: int | None = None, shown_after: int | None = None
    ) -> StudyItem:
        """Record how an item of the followed plan went today; without ``minutes`` as long as was planned.

        A topic whose items are all done counts as done from then on. ``shown_after`` is the newest sitting's id at the
        time the item was shown, so that two clicks on what was shown once count once.

        Raises:
            InvalidInput: there is no plan, no such item in it, or the item was recorded since it was shown.
        """
        followed = self.must_follow()
        item = next((each for each in followed.plan.items if each.key == key), None)
        if item is None:
            raise InvalidInput(f"Your plan has no item {key!r}. `study today` lists what is due.")
        # A review of what is well known was proposed shorter, and teaches no pace.
        planned = review_minutes(item, self._well_known()) if item.activity is Activity.REVIEW else item.minutes
        spent = (0 if status is EntryStatus.SKIPPED else planned) if minutes is None else minutes
        if spent < 0:
            raise InvalidInput("Minutes cannot be less than 0.")
        curriculum, learner = self.study.curriculum, self.study.learner
        unit = unit_of(curriculum, item) if item.topic in curriculum.topics else item.topic
        entry = LogEntry(item.key, unit, status, planned, spent, self.today, followed.id)
        if self.study.journal.progress.log(learner.id, entry, self.study.now(), shown_after) is None:
            raise InvalidInput("That session was recorded already, by a second click or in another window.")
        finished = self.must_follow().ledger.finished
        if item.topic in finished and item.topic in curriculum.topics and item.activity is not Activity.REVIEW:
            self.study.mark([item.topic], TopicState.DONE, "plan")
        return item

    def unlog(self, shown: int | None = None) -> LogEntry | None:
        """Take the last recorded sitting back; None if there is none, or if its id is not the one that was shown."""
        entries = self.entries()
        if not entries or shown not in (None, entries[-1].id):
            return None
        last = entries[-1]
        self.study.journal.progress.unlog(self.study.learner.id, last.id)
        followed = self.followed()
        topic = last.unit
        if followed and topic in self.study.curriculum.topics and topic not in followed.ledger.finished:
            progress = self.study.journal.progress.topics(self.study.learner.id).get(topic)
            if progress is not None and progress.source == "plan":
                self.study.mark([topic], TopicState.UNKNOWN, "plan")
        return last

    def replan(self, request: PlanRequest | None = None, *, anew: bool = False) -> Replan:
        """What the plan would become from today on; nothing is kept. ``anew`` lays everything out again.

        What the learner knows by now is left out, whether or not anything was missed.

        Raises:
            InvalidInput: there is no plan, or its deadline is over.
        """
        followed = self.must_follow()
        if request is None and self.known_by_now(followed):
            request = request_of(followed.plan)
        return replan(
            self.study.curriculum,
            followed.plan,
            followed.ledger,
            self.today,
            self.catalogue,
            pace=followed.pace,
            request=request and self._with_known(request),
            anew=anew,
        )

    def take(self, option: WayOut) -> StudyPlan:
        """Keep the followed plan, which does not fit, changed by one of its ways out; returns what it is now.

        Before anything was logged the plan is made again from its start, so that exactly what the way out says comes
        of it. Later the days that a replan leaves alone hold what was planned for another request, so the way out may
        have to go a little further.

        Raises:
            InvalidInput: there is no plan, it fits, or it has no such way out.
        """
        followed = self.must_follow()
        request = choose(request_of(followed.plan), followed.plan, option)
        is_fresh = followed.plan.start >= self.today and not any(e.plan_id == followed.id for e in self.entries())
        plan = self.make(request) if is_fresh else self.replan(request).plan
        if not plan.feasible:
            plan = self.replan(choose(request, plan, option)).plan
        self._keep(followed.id, plan, f"way out: {option.value}")
        return plan

    def _keep(self, plan_id: int, plan: StudyPlan, reason: str) -> None:
        self.study.journal.plans.change(plan_id, plan_to_json(plan), reason, self.study.now())

    def _with_known(self, request: PlanRequest) -> PlanRequest:
        known = self.study.standing().known - request.excluded - request.pinned
        return replace(request, known=request.known | known)

    def accept(self, version: Replan, reason: str = "replanned") -> None:
        """Keep a new version of the followed plan."""
        self._keep(self.must_follow().id, version.plan, reason)

    def ical(self, zone: ZoneInfo, begins: time = DEFAULT_TIME) -> bytes:
        """The followed plan as an iCalendar file that updates what was imported from an earlier version.

        Raises:
            InvalidInput: there is no plan.
        """
        followed = self.must_follow()
        versions = [
            PlanVersion(plan_from_json(saved.plan), saved.made_at)
            for saved in self.study.journal.plans.versions(followed.id)
        ]
        first = versions[0].made_at.strftime("%Y%m%dT%H%M%S")
        return plan_to_ical(versions, f"{first}-{followed.id}.{_UID_SUFFIX}", zone, begins)

    def entries(self) -> tuple[LogEntry, ...]:
        """Every recorded sitting of the learner, also by other plans, the oldest first."""
        found = self.study.journal.learners.find(self.study.name)
        entries = self.study.journal.progress.entries(found.id) if found else ()
        return tuple(map(self.study.renames.entry, entries))
