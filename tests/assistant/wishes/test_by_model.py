from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assistant.ready_goals import ReadyGoal
from assistant.wishes import Part, Subjects, Wishes, read_wishes, read_wishes_with_model
from tests.llm.behaviours import error, reply
from tests.llm.calls import make_model
from tests.llm.loopback import Behaviour, LoopbackServer

TEXT = "I have 6h a week until March, I know Docker and Java, want MLOps"
GOOD = {
    "readings": [
        {"part": "minutes_per_week", "quote": "6h a week", "value": 360},
        {"part": "deadline", "quote": "until March", "value": "2027-03-01"},
        {"part": "known", "quote": "I know Docker and Java", "value": ["Docker", "Java"]},
        {"part": "goal", "quote": "want MLOps", "value": "MLOps"},
    ],
    "not_understood": [],
}
Ask = Callable[..., tuple[Wishes, LoopbackServer]]


@pytest.fixture
def ask(today: date, subjects: Subjects, goals: tuple[ReadyGoal, ...]) -> Ask:
    def run(behaviour: Behaviour, text: str = TEXT) -> tuple[Wishes, LoopbackServer]:
        with LoopbackServer(behaviour) as server:
            return read_wishes_with_model(make_model(server.base_url), text, today, subjects, goals), server

    return run


def entry(part: str, quote: str, value: Any) -> dict[str, Any]:
    return {"readings": [{"part": part, "quote": quote, "value": value}], "not_understood": []}


def test_the_form_is_filled(ask: Ask) -> None:
    wishes, server = ask(reply(json.dumps(GOOD)))
    assert (wishes.minutes_per_week, wishes.deadline, wishes.known) == (360, date(2027, 3, 1), ("what-is-docker",))
    assert (wishes.goal, wishes.reader) == ("MLOps", "tiny")
    assert wishes.notes == ("No topic of the roadmap is called “Java”.",)
    assert [(r.part, r.span.words, r.meaning) for r in wishes.readings] == [
        (Part.HOURS, "6h a week", "6 h a week"),
        (Part.DEADLINE, "until March", "until 2027-03-01"),
        (Part.KNOWN, "I know Docker and Java", "What is Docker?"),
        (Part.GOAL, "want MLOps", "MLOps"),
    ]
    system, user = server.requests[0].json["messages"]
    assert "Today is 2026-11-27, a Friday." in system["content"]
    assert user == {"role": "user", "content": TEXT}


def test_every_part_has_its_shape(ask: Ask) -> None:
    text = "A: 1h Mon. B: Sundays off. C: 30 min sessions. D: from 1 May. E: off 2 May. F: no Kafka. G: Vault, SRE"
    parts = [
        ("weekday_minutes", "1h Mon", [60, 0, 0, 0, 0, 0, 0]),
        ("free_weekdays", "Sundays off", [6]),
        ("session_minutes", "30 min sessions", 30),
        ("start", "from 1 May", "2027-05-01"),
        ("days_off", "off 2 May", ["2027-05-02"]),
        ("excluded", "no Kafka", ["Kafka"]),
        ("pinned", "Vault", ["Vault"]),
        ("goal", "SRE", "SRE"),
    ]
    readings = [{"part": part, "quote": quote, "value": value} for part, quote, value in parts]
    wishes, _ = ask(reply("```json\n" + json.dumps({"readings": readings, "not_understood": []}) + "\n```"), text)
    assert (wishes.weekday_minutes, wishes.minutes_per_week) == ((60, 0, 0, 0, 0, 0, 0), 60)
    assert (wishes.free_weekdays, wishes.session_minutes) == ((6,), 30)
    assert (wishes.start, wishes.days_off) == (date(2027, 5, 1), (date(2027, 5, 2),))
    assert (wishes.excluded, wishes.pinned) == (("kafka-rabbitmq-nats",), ("vault-and-aws-secrets-manager",))
    assert (wishes.ready_goal, wishes.reader, len(wishes.readings)) == ("devops-sre", "tiny", 8)


def test_what_the_model_passes_over_is_given_back(ask: Ask) -> None:
    wishes, _ = ask(reply(json.dumps(entry("goal", "want MLOps", "MLOps"))), "My cat is nice, want MLOps")
    assert [span.words for span in wishes.not_understood] == ["My cat is nice"]
    said = {"readings": [], "not_understood": ["My cat is nice"]}
    wishes, _ = ask(reply(json.dumps(said)), "My cat is nice")
    assert [span.words for span in wishes.not_understood] == ["My cat is nice"]


@pytest.mark.parametrize(
    ("part", "value", "note"),
    [
        ("deadline", "2020-03-01", "The last day 2020-03-01 lies in the past."),
        ("minutes_per_week", 12_000, "200 h a week is more than there is."),
        ("session_minutes", 1, "A session lasts 5 min to 8 h, not 1 min."),
        ("known", ["Java"], "No topic of the roadmap is called “Java”."),
    ],
)
def test_values_pass_the_same_checks_as_the_grammars(part: str, value: object, note: str, ask: Ask) -> None:
    wishes, _ = ask(reply(json.dumps(entry(part, "6h a week until March", value))), "6h a week until March")
    assert (wishes.reader, wishes.notes, wishes.readings) == ("tiny", (note,), ())
    assert [span.words for span in wishes.not_understood] == ["6h a week until March"]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (reply("Sure! Here is your form."), "The model's reply does not have the form that was asked for."),
        (reply('{"readings": []}'), "The model's reply does not have the form that was asked for."),
        (reply(json.dumps(GOOD), finish="length"), "The model's reply was cut off."),
        (
            reply(json.dumps(entry("minutes_per_week", "6h a week", "360"))),
            "The model's reply does not have the form that was asked for.",
        ),
        (
            reply(json.dumps(entry("weekday_minutes", "6h a week", [60]))),
            "The model's reply does not have the form that was asked for.",
        ),
        (
            reply(json.dumps(entry("start", "until March", "next week"))),
            "The model's reply does not have the form that was asked for.",
        ),
        (
            reply(json.dumps(entry("shell", "6h a week", "rm"))),
            "The model's reply does not have the form that was asked for.",
        ),
        (
            reply(json.dumps(entry("goal", "want Rust", "Rust"))),
            "The model's reply quotes words that the text does not hold.",
        ),
        (reply(json.dumps(entry("goal", "", "x"))), "The model's reply quotes words that the text does not hold."),
        (
            reply(json.dumps({"readings": GOOD["readings"] + GOOD["readings"], "not_understood": []})),
            "The model's reply names two values for minutes_per_week.",
        ),
    ],
)
def test_an_unusable_reply_falls_back_to_the_grammar_and_says_so(
    behaviour: Behaviour,
    reason: str,
    ask: Ask,
    today: date,
    subjects: Subjects,
    goals: tuple[ReadyGoal, ...],
) -> None:
    wishes, _ = ask(behaviour)
    plain = read_wishes(TEXT, today, subjects, goals)
    assert wishes.notes == (f"This was read without the language model. {reason}", *plain.notes)
    assert (wishes.reader, wishes.readings, wishes.known) == ("grammar", plain.readings, plain.known)


def test_a_failing_server_falls_back_to_the_grammar_and_says_so(ask: Ask) -> None:
    wishes, _ = ask(error(401))
    assert wishes.reader == "grammar"
    assert wishes.minutes_per_week == 360
    assert wishes.notes[0].startswith("This was read without the language model. ")
    assert "key" in wishes.notes[0]
