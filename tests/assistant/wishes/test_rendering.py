from __future__ import annotations

from datetime import date, timedelta

from assistant.ready_goals import ReadyGoal
from assistant.wishes import Subjects, Wishes, read_wishes, request_fields, wishes_text


def test_the_form_for_people(today: date, subjects: Subjects, goals: tuple[ReadyGoal, ...]) -> None:
    text = (
        "1 hour on weekdays and 3 on Saturday in 30 minute sessions from Monday until March, not on Wednesdays, "
        "off 24 December and off 26 to 28 December. I know Docker and Java, no Kafka, must have Vault, want to become an SRE"
    )
    assert wishes_text(read_wishes(text, today, subjects, goals), subjects, goals) == (
        "Time: 7 h a week (Mon 1 h, Tue 1 h, Thu 1 h, Fri 1 h, Sat 3 h)\n"
        "Session: 30 min\n"
        "First day: 2026-11-30 (Mon)\n"
        "Last day: 2027-03-01 (Mon)\n"
        "Days off: every Wed, 2026-12-24, 2026-12-26 to 2026-12-28\n"
        "Known: What is Docker?\n"
        "Left out: Kafka, RabbitMQ, NATS basics\n"
        "A must: HashiCorp Vault, AWS Secrets Manager\n"
        "Goal: become an SRE (ready-made: DevOps engineer or SRE)\n"
        "Not understood: “Java”\n"
        "Note: “from Monday until March” names no day; 2027-03-01 was taken.\n"
        "Note: No topic of the roadmap is called “Java”."
    )


def test_an_empty_form_is_empty(subjects: Subjects) -> None:
    assert wishes_text(Wishes(""), subjects) == ""
    assert wishes_text(Wishes("", minutes_per_week=90), subjects) == "Time: 1 h 30 min a week"


def test_fields_of_a_request(today: date, subjects: Subjects) -> None:
    text = "1h a day from Monday until 31 January, not on Sundays, I know Docker, no Kafka, must have Vault, want RAG"
    assert request_fields(read_wishes(text, today, subjects), today) == {
        "start": date(2026, 11, 30),
        "deadline": date(2027, 1, 31),
        "minutes_per_week": 360,
        "weekday_minutes": (60, 60, 60, 60, 60, 60, 0),
        "known": frozenset({"what-is-docker"}),
        "excluded": frozenset({"kafka-rabbitmq-nats"}),
        "pinned": frozenset({"vault-and-aws-secrets-manager"}),
        "goal": "RAG",
    }
    assert request_fields(Wishes(""), today) == {"start": today, "goal": ""}


def test_free_weekdays_of_an_unplanned_week_become_days_off(today: date) -> None:
    wishes = Wishes("", minutes_per_week=360, free_weekdays=(4,), deadline=date(2026, 12, 11))
    fridays = {date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11)}
    assert request_fields(wishes, today)["days_off"] == fridays
    without_end = request_fields(Wishes("", free_weekdays=(4,), days_off=(date(2026, 12, 24),)), today)["days_off"]
    assert isinstance(without_end, frozenset)
    assert max(without_end) == today + timedelta(days=728)
    assert len(without_end) == 105 + 1
