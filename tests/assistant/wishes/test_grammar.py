from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.curriculum import Curriculum, load_curriculum
from assistant.ready_goals import ReadyGoal
from assistant.settings import Settings
from assistant.wishes import Part, Subjects, Wishes, read_wishes

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
Read = Callable[[str], Wishes]


@pytest.fixture
def read(today: date, subjects: Subjects, goals: tuple[ReadyGoal, ...]) -> Read:
    return lambda text: read_wishes(text, today, subjects, goals)


def week(*minutes: int) -> dict[str, Any]:
    return {"weekday_minutes": minutes, "minutes_per_week": sum(minutes)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str) -> tuple[date, ...]:
    start = day(first)
    return tuple(start + timedelta(days=step) for step in range((day(last) - start).days + 1))


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # Asked of somebody
        ("Could you plan Kubernetes for me?", {"goal": "Kubernetes"}),
        ("Can you make me a plan for Kubernetes with 5 hours a week?", {"goal": "Kubernetes", "minutes_per_week": 300}),
        # How much time
        ("6h a week", {"minutes_per_week": 360}),
        ("10 hours weekly", {"minutes_per_week": 600}),
        ("I have about six hours per week", {"minutes_per_week": 360}),
        ("4h/week", {"minutes_per_week": 240}),
        ("5-6 hours a week", {"minutes_per_week": 300, "notes": ("“5-6 hours a week” was read as its lower end, 5 h.",)}),
        ("3 times a week 45 minutes", {"minutes_per_week": 135}),
        ("one hour a day, 5 days a week", {"minutes_per_week": 300}),
        ("45 min a day", week(*[45] * 7)),
        ("2h daily", week(*[120] * 7)),
        ("half an hour every evening", week(*[30] * 7)),
        ("1 hour on weekdays and 3 on Saturday", week(60, 60, 60, 60, 60, 180, 0)),
        ("90 minutes every Tuesday and Thursday", week(0, 90, 0, 90, 0, 0, 0)),
        ("Mon-Fri 1h, Sat 2h", week(60, 60, 60, 60, 60, 120, 0)),
        ("Mon 1h Tue 2h Thu 30 min", week(60, 120, 0, 30, 0, 0, 0)),
        ("30 min a day and two hours on Sundays", week(30, 30, 30, 30, 30, 30, 120)),
        ("1 hour a day from Monday to Friday", week(60, 60, 60, 60, 60, 0, 0)),
        ("Friday to Sunday 2 hours", week(0, 0, 0, 0, 120, 120, 120)),
        ("1h per day, no weekends", week(60, 60, 60, 60, 60, 0, 0) | {"free_weekdays": (5, 6)}),
        ("6h a week in 30 minute sessions", {"minutes_per_week": 360, "session_minutes": 30}),
        ("sessions of an hour", {"session_minutes": 60}),
        ("25 min per session", {"session_minutes": 25}),
        ("at most 45 minutes at a time", {"session_minutes": 45}),
        # Until when
        ("until March", {"deadline": day("2027-03-01"), "notes": ("“until March” names no day; 2027-03-01 was taken.",)}),
        ("by 1 March 2027", {"deadline": day("2027-03-01")}),
        ("in 8 weeks", {"deadline": day("2027-01-22")}),
        ("within the next 5 weeks", {"deadline": day("2027-01-01")}),
        ("I have 8 weeks left", {"deadline": day("2027-01-22")}),
        ("before Christmas", {"deadline": day("2026-12-24")}),
        ("before March", {"deadline": day("2027-02-28")}),
        ("end of Q1", {"deadline": day("2027-03-31")}),
        ("by the end of Q1", {"deadline": day("2027-03-31")}),
        ("in three months", {"deadline": day("2027-02-27")}),
        ("deadline: 15 January", {"deadline": day("2027-01-15")}),
        ("I must be done by the end of the year", {"deadline": day("2026-12-31")}),
        ("through March", {"deadline": day("2027-03-31")}),
        # From when
        ("from Monday", {"start": day("2026-11-30")}),
        ("starting 5 January", {"start": day("2027-01-05")}),
        ("I can start next week", {"start": day("2026-11-30")}),
        ("starting in 2 weeks", {"start": day("2026-12-11")}),
        ("after Christmas", {"start": day("2026-12-26")}),
        ("from this month", {"start": day("2026-11-27")}),
        ("from 7 December to 31 January", {"start": day("2026-12-07"), "deadline": day("2027-01-31")}),
        # Days off
        ("not on Fridays", {"free_weekdays": (4,)}),
        ("Fridays off", {"free_weekdays": (4,)}),
        ("never on Sundays", {"free_weekdays": (6,)}),
        ("no weekends", {"free_weekdays": (5, 6)}),
        ("not on Friday", {"free_weekdays": (4,), "notes": ("“not on Friday” was read as every Friday.",)}),
        ("off from 20 to 27 December", {"days_off": days("2026-12-20", "2026-12-27")}),
        ("I'm on holiday from Dec 20 until Jan 2", {"days_off": days("2026-12-20", "2027-01-02")}),
        ("away between Christmas and New Year", {"days_off": days("2026-12-25", "2027-01-01")}),
        ("except on 24 and 25 December", {"days_off": days("2026-12-24", "2026-12-25")}),
        ("no time next week", {"days_off": days("2026-11-30", "2026-12-06")}),
        # Subjects
        ("I know Docker and REST", {"known": ("rest-design-principles", "what-is-docker")}),
        ("skip CI/CD", {"known": ("ci-cd-ct",)}),
        ("already did GraphQL", {"known": ("grpc-and-graphql-intro",)}),
        ("I'm familiar with Prometheus", {"known": ("prometheus-and-grafana",)}),
        ("I have experience with Helm, Vault and Flux", {"known": ("helm-and-kustomize", "vault-and-aws-secrets-manager", "gitops-argocd-flux")}),
        ("leave out Kafka", {"excluded": ("kafka-rabbitmq-nats",)}),
        ("no Kafka or Jenkins", {"excluded": ("github-actions-gitlab-ci-jenkins", "kafka-rabbitmq-nats")}),
        ("not interested in FinOps", {"excluded": ("cloud-billing-and-forecasting",)}),
        ("must have Terraform", {"pinned": ("iac-terraform-pulumi-cdk",)}),
        ("Vault is a must", {"pinned": ("vault-and-aws-secrets-manager",)}),
        ("don't drop Vault", {"pinned": ("vault-and-aws-secrets-manager",)}),
        (
            "I know Docker but not Kubernetes",
            {"known": ("what-is-docker",), "notes": ("“but not Kubernetes” changes nothing: whatever you do not know is planned.",)},
        ),
        ("new to Kubernetes", {"notes": ("“new to Kubernetes” changes nothing: whatever you do not know is planned.",)}),
        # The goal
        ("want MLOps", {"goal": "MLOps"}),
        ("I'd like to learn about RAG", {"goal": "RAG"}),
        ("to become an SRE", {"goal": "become an SRE", "ready_goal": "devops-sre"}),
        ("interview in 6 weeks", {"goal": "interview", "ready_goal": "interview", "deadline": day("2027-01-08")}),
        ("Interview on 12 January", {"goal": "Interview", "ready_goal": "interview", "deadline": day("2027-01-11")}),
        ("I want to know Kubernetes and how Kafka works", {"goal": "Kubernetes and how Kafka works"}),
        ("deploy an LLM app on Kubernetes", {"goal": "deploy an LLM app on Kubernetes"}),
        ("become rich", {"goal": "become rich"}),
        ("hello", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_one_wish(text: str, fields: dict[str, Any], read: Read) -> None:
    wishes = read(text)
    plain = Wishes(text=text, readings=wishes.readings)
    assert wishes == Wishes(**({name: getattr(plain, name) for name in Wishes.__slots__} | fields))
    assert bool(wishes.readings) == bool({*fields} - {"notes"})


def test_a_whole_sentence(read: Read) -> None:
    text = "6h a week until March, I know Docker and REST, want MLOps"
    wishes = read(text)
    assert [(reading.part, reading.span.words, reading.meaning) for reading in wishes.readings] == [
        (Part.HOURS, "6h a week", "6 h a week"),
        (Part.DEADLINE, "until March", "until 2027-03-01"),
        (Part.KNOWN, "I know Docker", "What is Docker?"),
        (Part.KNOWN, "REST", "REST design principles"),
        (Part.GOAL, "MLOps", "MLOps"),
    ]
    assert all(text[r.span.start : r.span.end] == r.span.words for r in wishes.readings)
    assert wishes.not_understood == ()


def test_a_long_letter(read: Read) -> None:
    wishes = read(
        "Please make a plan: I have 10 hours per week, starting 5 January, not on Fridays, off from 20 to 27 February. "
        "I already did modules 1 to 3 and 5. Leave out Kafka, must have Terraform. 30 minute sessions. "
        "Goal: deploy an LLM app on Kubernetes by the end of June. My cat is nice."
    )
    assert (wishes.minutes_per_week, wishes.session_minutes, wishes.free_weekdays) == (600, 30, (4,))
    assert (wishes.start, wishes.deadline) == (day("2027-01-05"), day("2027-06-30"))
    assert wishes.days_off == days("2027-02-20", "2027-02-27")
    assert len(wishes.known) == 15
    assert (wishes.excluded, wishes.pinned) == (("kafka-rabbitmq-nats",), ("iac-terraform-pulumi-cdk",))
    assert wishes.goal == "deploy an LLM app on Kubernetes"
    assert [span.words for span in wishes.not_understood] == ["My cat is nice"]


@pytest.mark.parametrize(
    ("text", "lost", "note"),
    [
        ("7 hours, RAG", "7 hours", "“7 hours” does not say whether that is a day or a week."),
        ("0 hours a week", "0 hours a week", "No time at all leaves nothing to plan with."),
        ("200 hours a week", "200 hours a week", "200 h a week is more than there is."),
        ("25 hours on Mondays", "25 hours on Mondays", "25 h a week is more than there is."),
        ("6h a week, 2h a day", "2h a day", None),
        ("2h a day, 6h a week", "6h a week", None),
        ("1 minute sessions", "1 minute sessions", "A session lasts 5 min to 8 h, not 1 min."),
        ("until 1 March 2020", "until 1 March 2020", "“1 March 2020” lies in the past (2020-03-01)."),
        ("until 31 February", "until 31 February", "“31 February” is no day of the calendar."),
        ("until spring", "until spring", "“until spring” names no day that can be found in a calendar."),
        ("by 1 May, by 1 June", "by 1 June", "Two last days were named; 2027-05-01 stays."),
        ("from 1 May, by 1 April", "by 1 April", "The last day 2027-04-01 comes before the first, 2027-05-01."),
        ("from Monday, starting 1 May", "starting 1 May", "Two first days were named; 2026-11-30 stays."),
        ("by 1 March 2060", "by 1 March 2060", "The last day 2060-03-01 is more than ten years away."),
        ("before today", "before today", "“before today” leaves no day of study."),
        ("I know Java, Docker and Kubernetes", "Java", "No topic of the roadmap is called “Java”."),
        ("I know Docker and Java", "Java", "No topic of the roadmap is called “Java”."),
        ("no weekdays, no weekends", "no weekdays", "Every day of the week off leaves none."),
    ],
)
def test_what_cannot_be_used_is_told(text: str, lost: str, note: str | None, read: Read) -> None:
    wishes = read(text)
    assert lost in [span.words for span in wishes.not_understood]
    if note is None:
        note = f"“{lost}” does not go together with the hours named before it, which stay."
    assert note in wishes.notes


def test_contradictions_between_lists_are_settled_and_told(read: Read) -> None:
    wishes = read("I know Kafka. Leave out Vault. Must have Vault and Kafka. Skip RAG, no RAG")
    assert wishes.pinned == ("kafka-rabbitmq-nats", "vault-and-aws-secrets-manager")
    assert (wishes.known, wishes.excluded) == (("retrieval-augmented-generation",), ())
    assert wishes.notes == (
        "HashiCorp Vault, AWS Secrets Manager: named as a must and as left out; kept as a must.",
        "Kafka, RabbitMQ, NATS basics: named as known and as a must; planned as a must.",
        "Retrieval-Augmented Generation (RAG): named as known and as left out; taken as known.",
    )


def test_typographic_marks_are_plain_ones(read: Read) -> None:
    wishes = read("I’m off 20–27 December, I don’t want Kafka")
    assert wishes.days_off == days("2026-12-20", "2026-12-27")
    assert wishes.excluded == ("kafka-rabbitmq-nats",)


def test_a_very_long_text_is_cut_and_told(read: Read) -> None:
    wishes = read("6h a week. " + "z" * 5_000)
    assert wishes.minutes_per_week == 360
    assert "Only the first 2000 characters were read." in wishes.notes


_PIECES = st.sampled_from(
    ["6h a week", "45 min a day", "until March", "by 1 May", "from Monday", "not on Fridays", "I know Docker", "no Kafka",
     "must have Terraform", "want MLOps", "my cat is nice", "and", ",", ". ", "-", "31 February", "3", "off", "skip", "in"]
)  # fmt: skip


@pytest.fixture(scope="module")
def own_subjects() -> Subjects:
    return Subjects(_curriculum(), ())


def _curriculum() -> Curriculum:
    return load_curriculum(Settings().corpus_dir)


@settings(deadline=None)
@given(text=st.lists(_PIECES | st.text(max_size=8), max_size=8).map(" ".join))
def test_any_text_is_read_without_loss(text: str, own_subjects: Subjects) -> None:
    """Every piece is what the text holds there, pieces do not overlap, and dates lie ahead."""
    today = date(2026, 11, 27)
    wishes = read_wishes(text, today, own_subjects)
    spans = sorted({*(reading.span for reading in wishes.readings), *wishes.not_understood}, key=lambda s: s.start)
    assert all(text[span.start : span.end] == span.words for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(moment >= today for moment in (wishes.start, wishes.deadline, *wishes.days_off) if moment)
    assert wishes.minutes_per_week is None or 0 < wishes.minutes_per_week <= 7 * 24 * 60
    assert read_wishes(text, today, own_subjects) == wishes
    if "my cat is nice" in text:
        assert any("cat" in span.words for span in spans)
