"""One learner's practice over a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions, question_key
from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.note_files import NoteFiles
from assistant.practice.bank import CardBank
from assistant.practice.cards import Card
from assistant.practice.contrast import Contrasts
from assistant.practice_store import Confidence
from assistant.practising import Practising, Reviewed
from assistant.progress import EntryStatus, LogEntry, TopicState
from assistant.renaming import Renames
from assistant.study import Study
from tests.mini_corpus import write_corpus

EVENING = datetime(2026, 11, 27, 12, tzinfo=UTC)
SURE, THINK_SO = Confidence.SURE, Confidence.THINK_SO


class Clock:
    def __init__(self) -> None:
        self.moment = EVENING

    def __call__(self) -> datetime:
        return self.moment

    def pass_days(self, days: int) -> None:
        self.moment += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practising(tmp_path: Path, clock: Clock) -> Iterator[Practising]:
    corpus = write_corpus(tmp_path / "corpus")
    curriculum = load_curriculum(corpus)
    questions = CheckQuestions(NoteFiles(corpus, curriculum))
    renames = Renames(curriculum, {"old-fuses": ("fuses",)})
    journal = Journal(tmp_path / "journal.sqlite")
    study = Study(journal, curriculum, questions, renames, "Anna", None, clock)
    yield Practising(study, CardBank(curriculum, questions, Contrasts(curriculum, ()), renames.before))
    journal.close()


def cards(practising: Practising) -> list[str]:
    return [f"{card.topic}:{card.kind.value}" for card in practising.round(practising.look()).cards]


def right(card: Card) -> int:
    return [choice.right for choice in card.question.choices].index(True)


def say(practising: Practising, *, was_right: bool = True, confidence: Confidence = SURE) -> Reviewed:
    """Answer the next card."""
    practised = practising.look()
    asked = practising.ask(practised, practising.round(practised).cards[0])
    if asked.card.question.choices:
        place = right(asked.card)
        return practising.answer(asked, confidence, place=place if was_right else 1 - place)
    return practising.answer(asked, confidence, was_right=was_right)


def test_before_anything_is_studied_there_is_nothing_to_ask(practising: Practising) -> None:
    assert (practising.begun(), cards(practising)) == ((), [])
    assert practising.study.journal.learners.all() == ()


def test_what_was_studied_last_is_asked_first_and_what_is_known_from_before_last(
    practising: Practising, clock: Clock
) -> None:
    practising.study.mark(["fuses"], TopicState.KNOWN)
    practising.study.mark(["queues"], TopicState.DONE)
    clock.pass_days(1)
    entry = LogEntry("retries:read:1", "retries", EntryStatus.PARTLY, 20, 20, date(2026, 11, 28))
    practising.study.journal.progress.log(practising.study.learner.id, entry, clock())
    assert practising.begun() == ("retries", "queues", "fuses")
    assert cards(practising) == ["retries:choice", "fuses:choice", "retries:open", "fuses:open"]


def test_a_topic_can_be_chosen_before_it_is_begun(practising: Practising) -> None:
    practised = practising.look(["retries"])
    assert [card.topic for card in practising.round(practised).cards] == ["retries", "retries"]


def test_answers_are_kept_at_once_and_come_back_when_they_are_due(practising: Practising, clock: Clock) -> None:
    practising.study.mark(["fuses"], TopicState.DONE)
    assert say(practising, confidence=THINK_SO).next_day == date(2026, 11, 29)
    assert say(practising, was_right=False).next_day == date(2026, 11, 28)
    assert cards(practising) == ["fuses:open"]
    assert say(practising, was_right=True).was_right
    assert cards(practising) == []
    clock.pass_days(2)
    assert cards(practising) == ["fuses:open", "fuses:choice"]


def test_one_showing_is_answered_once(practising: Practising, clock: Clock) -> None:
    practising.study.mark(["fuses"], TopicState.DONE)
    practised = practising.look()
    card = practising.round(practised).cards[0]
    here, elsewhere = practising.ask(practised, card), practising.ask(practised, card)
    clock.moment += timedelta(seconds=12)
    practising.answer(here, SURE, place=right(card))
    for asked in (here, elsewhere):
        with pytest.raises(InvalidInput, match="answered already"):
            practising.answer(asked, SURE, place=right(card))
    (kept,) = practising.look().answers
    assert (kept.was_right, kept.confidence, kept.seconds) == (True, SURE, 12)
    # Another day's showing is another one.
    clock.pass_days(30)
    say(practising)
    assert len(practising.look().answers) == 2


def test_an_answer_needs_an_option_or_a_grade(practising: Practising) -> None:
    practised = practising.look(["fuses"])
    pick, tell = (practising.ask(practised, card) for card in practised.cards)
    with pytest.raises(InvalidInput, match="has 2 options"):
        practising.answer(pick, SURE, place=2)
    with pytest.raises(InvalidInput, match="has 2 options"):
        practising.answer(pick, SURE, was_right=True)
    with pytest.raises(InvalidInput, match="open question"):
        practising.answer(tell, SURE, place=0)
    assert practising.look(["fuses"]).answers == ()


def test_answers_from_the_chat_count(practising: Practising) -> None:
    question = practising.bank.on("fuses")[0].question
    practising.study.answer_choice(question, [choice.right for choice in question.choices].index(True))
    assert practising.begun() == ("fuses",)
    assert practising.look().found[question.key].due == date(2026, 11, 29)
    assert cards(practising) == ["fuses:open"]


def test_answers_follow_a_renamed_topic(practising: Practising) -> None:
    card = practising.bank.on("fuses")[0]
    old = question_key("old-fuses", card.question.text)
    practising.study.journal.progress.answer_check(practising.study.learner.id, "old-fuses", old, True, EVENING)
    assert practising.begun() == ("fuses",)
    assert practising.look().found[card.key].last == date(2026, 11, 27)


def test_the_minutes_of_a_day_are_the_learners_and_the_settings_come_first(practising: Practising) -> None:
    assert practising.minutes_a_day == 15
    practising.keep_minutes_a_day(1)
    assert practising.minutes_a_day == 1
    assert replace(practising, fixed_minutes=5).minutes_a_day == 5
    for minutes in (0, 241):
        with pytest.raises(InvalidInput, match="1 to 240"):
            practising.keep_minutes_a_day(minutes)
    practising.study.mark(["fuses", "retries"], TopicState.DONE)
    # Thirty seconds each; the open ones would take longer than a minute.
    assert cards(practising) == ["fuses:choice"]
    practised = practising.look()
    assert len(practising.round(practised, unlimited=True).cards) == 4
    assert len(practising.round(practised, minutes=2).cards) == 2


def test_the_deadline_of_the_plan_is_aimed_at(practising: Practising, clock: Clock) -> None:
    practising.study.mark(["fuses"], TopicState.DONE)
    assert say(practising).next_day == date(2026, 12, 5)
    study = practising.study
    study.journal.plans.create(study.learner.id, {"deadline": "2026-12-12", "known": []}, study.now())
    clock.pass_days(3)
    reviewed = say(practising)
    assert (reviewed.next_day, reviewed.before_deadline) == (date(2026, 12, 8), True)
    clock.pass_days(8)
    # Within the last days: it may come after the deadline.
    assert say(practising).next_day > date(2026, 12, 12)


def test_mastery_and_calibration(practising: Practising) -> None:
    practising.study.mark(["fuses"], TopicState.DONE)
    say(practising)
    practised = practising.look()
    mastery = practising.mastery(practised, ["fuses", "queues"])
    assert [(each.topic, each.share, each.met, each.cards) for each in mastery.values()] == [("fuses", 0.5, 1, 2)]
    overall, _ = practising.calibration(practised)
    assert [(each.confidence, each.right, each.total) for each in overall] == [(SURE, 1, 1)]


def test_learners_do_not_share_answers(practising: Practising) -> None:
    practising.study.mark(["fuses"], TopicState.DONE)
    say(practising)
    ben = replace(practising, study=replace(practising.study, name="Ben"))
    assert ben.look().answers == ()
