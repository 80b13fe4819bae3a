"""A plan's life on the command line: made, followed, logged, missed, replanned, exported."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.assistant.commands import Run, make_run
from tests.mini_corpus import write_corpus

TODAY = date.today()


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command, for a learner without an index: plans need none."""
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "resources.yaml").write_text("resources: []\n", encoding="utf-8")
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(corpus))
    return make_run(monkeypatch, capsys)


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


EVERY_DAY = [f"--on={name}=60" for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]


def items(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for week in plan["weeks"] for item in week["items"]]


def test_before_the_first_plan_every_command_says_how_to_make_one(study: Run) -> None:
    for command in (("plan",), ("today",), ("done",), ("replan",), ("plans", "calendar")):
        done = study(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err.strip() == "You follow no plan yet. Make one with: study plan --hours-per-week 6 --follow"
    assert study("plans", "--json").json == {"plans": []}


def test_a_plan_is_kept_only_when_it_is_followed(study: Run) -> None:
    made = study("plan", "--hours-per-week", "6", "--json").json
    assert made["feasible"] is True
    assert study("plans", "--json").json == {"plans": []}
    followed = study("plan", "--hours-per-week", "6", "--follow", "--name", "Evenings", "--json")
    assert followed.err.strip() == "You follow “Evenings” now. What to do today: study today"
    assert study("plan", "--json").json == followed.json == made
    (kept,) = study("plans", "--json").json["plans"]
    assert (kept["name"], kept["followed"], kept["reason"]) == ("Evenings", True, "made")


def test_every_wish_reaches_the_plan(study: Run) -> None:
    plan = study(
        "plan", "--on", "sat=120", "--on", "Tuesday=60", "--start", "2026-12-01", "--topics", "queues",
        "--known", "retries", "--off", "2026-12-05..2026-12-06", "--off", "2026-12-08", "--review", "0",
        "--no-projects", "--json",
    ).json  # fmt: skip
    assert (plan["hours_per_week"], plan["targets"], plan["known"]) == (3.0, ["queues"], ["retries"])
    assert [item["date"] for item in items(plan)] == ["2026-12-01", "2026-12-12", "2026-12-12", "2026-12-12"] or (
        {item["date"] for item in items(plan)} <= {"2026-12-01", "2026-12-12", "2026-12-15"}
    )
    levels = study("plan", "--hours-per-week", "6", "--known", "beginner", "--pace", "200", "--json").json
    assert (levels["known"], levels["targets"]) == (["fuses", "retries"], [])
    usual = study("plan", "--hours-per-week", "6", "--known", "beginner", "--json").json
    assert levels["hours_total"] == 2 * usual["hours_total"]
    without = study("plan", "--hours-per-week", "6", "--without", "fuses", "--json").json
    assert {one["topic"] for one in without["unscheduled"]} >= {"fuses", "retries", "queues"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--hours-per-week", "0"), "Hours a week must be more than 0"),
        (("--hours-per-week", "6", "--off", "soon"), "'soon' is no day off."),
        (("--hours-per-week", "6", "--off", "2026-12-31..2026-12-24"), "is no day off."),
        (("--on", "noday=60"), "'noday=60' is no weekday with minutes."),
        (("--on", "sat=60", "--hours-per-week", "6"), "do not add up to --hours-per-week"),
        (("--hours-per-week", "6", "--json", "--csv"), "Give one of --json, --markdown and --csv."),
        (("--hours-per-week", "6", "--pin", "fuses", "--without", "fuses"), "cannot be both pinned and left out"),
        (("--hours-per-week", "6", "--start", "2026-12-01", "--deadline", "2026-11-01"), "choose a later deadline"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(study: Run, arguments: tuple[str, ...], message: str) -> None:
    done = study("plan", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in " ".join(done.err.split())


def test_a_way_out_is_taken_at_once(study: Run) -> None:
    short = ("plan", "--hours-per-week", "2", "--start", day(0), "--deadline", day(6), "--json")
    made = study(*short).json
    assert made["feasible"] is False
    assert set(made["ways_out"]) >= {"finish", "hours_per_week", "drop", "proven"}
    for option in ("later", "more", "drop"):
        assert study(*short, "--way-out", option).json["feasible"] is True


def test_a_session_is_logged_and_taken_back(study: Run) -> None:
    study("plan", *EVERY_DAY, "--start", day(0), "--follow")
    due = study("today", "--json").json
    assert [item["key"] for item in due["items"]] == ["fuses:read:1"]
    assert (due["missed"], due["minutes"]) == (0, due["items"][0]["minutes"])
    assert "fuses:read:1" in study("today").out
    logged = study("done", "--minutes", "90", "--json").json
    assert logged["logged"] == [{"key": "fuses:read:1", "status": "done", "minutes": 90}]
    assert logged["pace"] > 1
    assert study("today", "--json").json["items"] == []
    assert "Nothing is planned for today." in study("today").out
    assert study("today", "--minutes", "10", "--json").json["items"][0]["key"] == "fuses:practise:1"
    assert study("done", "--undo").out.startswith("Taken back: fuses:read:1, 1.5 h.")
    assert [item["key"] for item in study("today", "--json").json["items"]] == ["fuses:read:1"]
    assert study("done", "fuses:read:9").code == 2
    assert study("done", "fuses:read:1", "retries").code == 2
    assert study("done", "--partly", "--skip").code == 2
    assert study("today", "--minutes", "4").code == 2


def test_a_topic_whose_sessions_are_all_done_counts_as_done_until_one_is_taken_back(study: Run) -> None:
    study("plan", *EVERY_DAY, "--start", day(0), "--follow")
    assert study("done", "fuses:read:1", "--json").code == 0
    assert study("done", "retries", "--json").json["known"] == 1
    study("done", "fuses:practise:1")
    assert study("done", "retries", "--json").json["known"] == 2
    study("done", "--undo")
    assert study("done", "retries", "--json").json["known"] == 1


def test_a_missed_week_is_replanned_as_a_diff_and_taken(study: Run) -> None:
    study("plan", *EVERY_DAY, "--start", day(-7), "--follow")
    before = study("plan", "--json").json
    missed = study("today", "--json").json["missed"]
    assert missed > 3
    shown = study("replan", "--json").json
    assert (shown["taken"], shown["makes_room"]) == (False, True)
    assert study("plan", "--json").json == before
    assert shown["counts"]["moved"] >= missed
    assert all(change["reason"] for change in shown["changes"])
    told = study("replan")
    assert "It was missed on its day." in " ".join(told.out.split())
    assert told.err.strip() == "Take it with: study replan --yes"
    assert study("replan", "--yes", "--json").json["taken"] is True
    after = study("plan", "--json").json
    assert min(item["date"] for item in items(after)) >= day(0)
    assert {item["key"] for item in items(after) if item["activity"] != "review"} == {
        item["key"] for item in items(before) if item["activity"] != "review"
    }
    assert study("replan", "--json").json["changes"] == []
    assert "Your plan stays as it is" in study("replan").out


def test_changed_wishes_are_replanned_and_what_is_done_stays(study: Run) -> None:
    study("plan", *EVERY_DAY, "--start", day(-1), "--deadline", day(60), "--follow")
    study("done")
    study("replan", "--without", "queues", "--deadline", day(30), "--yes")
    plan = study("plan", "--json").json
    assert (plan["request"]["excluded"], plan["deadline"]) == (["queues"], day(30))
    assert items(plan)[0]["key"] == "fuses:read:1"
    assert "queues" not in {item["topic"] for item in items(plan)}
    study("replan", "--no-deadline", "--hours-per-week", "3", "--yes")
    plan = study("plan", "--json").json
    assert (plan["deadline"], plan["hours_per_week"]) == (None, 3.0)


def test_the_calendar_is_imported_again_without_doubling(study: Run, tmp_path: Path) -> None:
    study("plan", *EVERY_DAY, "--start", day(-7), "--follow")
    first = study("plans", "calendar", "--timezone", "Europe/Berlin", "--at", "18:30").out
    study("replan", "--yes")
    file = tmp_path / "plan.ics"
    assert study("plans", "calendar", "--timezone", "Europe/Berlin", "-o", str(file)).code == 0
    imported: dict[str, tuple[int, str]] = {}
    for content in (first.encode(), file.read_bytes()):
        for event in Calendar.from_ical(content).walk("VEVENT"):
            # What a calendar program does: the same UID with a higher SEQUENCE replaces what was there.
            if str(event["uid"]) not in imported or int(event["sequence"]) >= imported[str(event["uid"])][0]:
                imported[str(event["uid"])] = (int(event["sequence"]), str(event["status"]))
    current = {f"{item['key'].replace(':', '.')}" for item in items(study("plan", "--json").json)}
    confirmed = {uid.split("@")[0] for uid, (_, status) in imported.items() if status == "CONFIRMED"}
    assert confirmed == current
    assert study("plans", "calendar", "--timezone", "Mars/Base").code == 2
    assert study("plans", "calendar", "-o", str(tmp_path)).code == 2


def test_several_plans_are_opened_renamed_and_deleted(study: Run) -> None:
    study("plan", "--hours-per-week", "6", "--follow", "--name", "One")
    study("plan", "--hours-per-week", "3", "--follow", "--name", "Two")
    listed = study("plans", "--json").json["plans"]
    assert [each["name"] for each in listed] == ["Two", "One"]
    one = str(listed[1]["id"])
    assert [each["name"] for each in study("plans", "open", one, "--json").json["plans"]] == ["One", "Two"]
    assert study("plan", "--json").json["hours_per_week"] == 6.0
    assert study("plans", "rename", one, "First", "--json").json["plans"][0]["name"] == "First"
    assert study("plans", "delete", one, "--json").code == 2
    assert [each["name"] for each in study("plans", "delete", one, "--yes", "--json").json["plans"]] == ["Two"]
    assert study("plans", "open", one).code == 2
    assert "followed" in study("plans").out


def test_learners_do_not_see_each_others_plans(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    study("plan", "--hours-per-week", "6", "--follow")
    monkeypatch.setenv("STUDY_LEARNER", "Anna")
    assert study("plans", "--json").json == {"plans": []}
    assert study("today").code == 2


def test_learners_are_listed_renamed_and_deleted(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nobody has studied here yet." in study("learners").err
    study("plan", "--hours-per-week", "6", "--follow")
    monkeypatch.setenv("STUDY_LEARNER", "Anna")
    study("done", "fuses")
    assert study("learners", "--json").json == {
        "learners": [{"name": "me", "used": False}, {"name": "Anna", "used": True}]
    }
    assert "1 plan" in study("learners").out
    study("learners", "rename", "me", "Ben")
    assert study("learners", "rename", "nobody", "Ben").code == 2
    assert study("learners", "login", "Ben", "issuer 1", "--json").code == 0
    assert study("export", "--learner", "Ben").json["learners"][0]["login"] == "issuer 1"
    assert study("learners", "delete", "Ben", "--json").code == 2
    assert study("learners", "delete", "ben", "--yes", "--json").json == {"learners": [{"name": "Anna", "used": True}]}
