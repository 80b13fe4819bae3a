"""The command line on the real index: contracts, exit codes, and where output goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.commands import Run, make_run
from tests.homes import borrow


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], real_home: Path, tmp_path: Path) -> Run:
    """The command, for a learner of their own on the shared index."""
    borrow(real_home, tmp_path / "home")
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    return make_run(monkeypatch, capsys)


def test_ask_answers_with_citations_to_the_right_module(study: Run) -> None:
    done = study("ask", "What is a circuit breaker?", "--json")
    answer = done.json
    assert (done.code, done.err) == (0, "")
    assert set(answer) >= {
        "question", "status", "text", "citations", "retrieved", "confidence", "model", "elapsed_ms",
    }  # fmt: skip
    assert answer["status"] == "answered"
    assert answer["model"] == "notes"
    assert answer["citations"][0]["module"] == 13
    assert answer["citations"][0]["topic"] == "circuit-breaker"
    assert set(answer["citations"][0]) == {"n", "passage_id", "module", "topic", "title", "url", "quote"}
    assert set(answer["retrieved"][0]) == {"passage_id", "module", "topic", "score"}
    assert answer["citations"][0]["quote"] in answer["text"]
    assert [citation["n"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))


def test_ask_refuses_and_names_the_nearest_modules(study: Run) -> None:
    answer = study("ask", "How do I cook rice?", "--json").json
    assert answer["status"] == "refused"
    assert answer["citations"] == []
    assert answer["text"].startswith("The roadmap does not cover this. The nearest modules are: ")


def test_ask_for_people_shows_sources(study: Run) -> None:
    done = study("ask", "What is a circuit breaker?")
    assert done.code == 0
    assert "Sources" in done.out
    assert "[1] 13. Resiliency Patterns > Circuit Breaker" in done.out


def test_batch_keeps_ids_and_order(study: Run, tmp_path: Path) -> None:
    lines = [{"id": "b", "question": "What is Docker?"}, {"id": 7, "question": "How do I cook rice?"}]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    done = study("ask", "--batch", str(file))
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [(answer["id"], answer["status"]) for answer in answers] == [("b", "answered"), (7, "refused")]
    piped = study("search", "--batch", "-", "-k", "2", stdin=json.dumps(lines[0]))
    assert (piped.json["id"], len(piped.json["passages"])) == ("b", 2)


def test_search_contract(study: Run) -> None:
    found = study("search", "idempotent HTTP methods", "-k", "3", "--json").json
    assert found["query"] == "idempotent HTTP methods"
    assert [passage["rank"] for passage in found["passages"]] == [1, 2, 3]
    first = found["passages"][0]
    assert set(first) == {"rank", "passage_id", "source", "module", "topic", "heading", "text", "score"}
    assert (first["module"], first["topic"]) == (2, "http-verbs-and-status-codes")
    assert found["corrections"] == []


def test_a_misspelt_word_is_mended_and_said_so(study: Run) -> None:
    found = study("search", "circuit braker", "--json").json
    assert (found["query"], found["corrections"]) == ("circuit breaker", [{"typed": "braker", "read_as": "breaker"}])
    assert study("search", "circuit braker").out.startswith("Read “braker” as “breaker”.\n1. ")
    answer = study("ask", "What is a circuit braker?", "--json").json
    assert (answer["status"], answer["notice"]) == ("answered", "Read “braker” as “breaker”.")
    refused = study("ask", "How do I cook kubernetse rice with saffron?", "--json").json
    assert (refused["status"], refused["notice"]) == ("refused", "Read “kubernetse” as “kubernetes”.")


def test_plan_contract(study: Run) -> None:
    done = study("plan", "--hours-per-week", "6", "--start", "2026-12-01", "--known", "1,what-is-docker", "--json")
    plan = done.json
    assert done.code == 0
    assert plan["feasible"] is True
    assert (plan["start"], plan["deadline"], plan["hours_available"]) == ("2026-12-01", None, None)
    assert all(week["hours"] <= 6 for week in plan["weeks"])
    items = [item for week in plan["weeks"] for item in week["items"]]
    assert set(items[0]) >= {"topic", "module", "title", "activity", "minutes", "date", "why"}
    assert not {"what-is-docker", "conways-law"} & {item["topic"] for item in items}
    work = sum(item["minutes"] for item in items if item["activity"] != "review")
    assert plan["hours_total"] == pytest.approx(work / 60, abs=0.01)


def test_plan_with_a_goal_is_shorter_and_says_when_it_does_not_fit(study: Run) -> None:
    base = ("plan", "--hours-per-week", "6", "--start", "2026-12-01", "--goal", "circuit breakers and retries")
    plan = study(*base, "--json").json
    assert 2 < plan["hours_total"] < 60
    assert "circuit-breaker" in {item["topic"] for week in plan["weeks"] for item in week["items"]}
    tight = study(*base, "--deadline", "2026-12-03", "--json").json
    assert tight["feasible"] is False
    assert tight["unscheduled"]
    assert tight["hours_total"] == plan["hours_total"]
    assert "you have 3 h by 3 December 2026. Finish by " in tight["verdict"]


def test_plan_as_markdown(study: Run) -> None:
    done = study("plan", "--hours-per-week", "6", "--start", "2026-12-01", "--goal", "circuit breakers", "--markdown")
    assert done.code == 0
    assert "- [ ] " in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("ask",), 2, "Give either a question or --batch FILE."),
        (("ask", " "), 2, "The question is empty."),
        (("ask", "--batch", "/nowhere.jsonl"), 2, "/nowhere.jsonl cannot be read: No such file or directory."),
        (("plan", "--hours-per-week", "0"), 2, "Hours a week must be more than 0, not 0."),
        (("plan", "--hours-per-week", "6", "--known", "dockr"), 2, "No topic or module is called 'dockr'."),
        (("plan", "--hours-per-week", "6", "--start", "soon"), 2, "Invalid value for '--start'"),
        (("plan", "--hours-per-week", "6", "--goal", "bake sourdough bread"), 2, "No topic of the roadmap is close"),
        (("why",), 2, "Nothing was asked yet."),
        (("why", "7"), 2, "No answer has the id 7."),
        (("why", "99999999999999999999"), 2, "Invalid value"),
        (("chat", "nowhere"), 2, "No conversation has the id 'nowhere'. List them with: study chats"),
        (("chats", "show", "nowhere"), 2, "No conversation has the id 'nowhere'."),
        (("chats", "delete", "nowhere", "--yes"), 2, "No conversation has the id 'nowhere'."),
        (("chats", "--json", "show", "x"), 2, "Put --json behind show."),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_bad_input_is_one_message_on_stderr(study: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = study(*arguments)
    assert (done.code, done.out) == (code, "")
    assert message in " ".join(done.err.split())


def test_why_replays_the_last_answer_or_the_one_with_the_id(study: Run) -> None:
    asked = study("ask", "What is a circuit breaker?", "--json").json
    study("ask", "How do I cook rice?", "--json")
    why = study("why", str(asked["id"]), "--json").json
    assert (why["id"], why["question"], why["conversation"]) == (asked["id"], asked["question"], "ask")
    assert (why["status"], why["confidence"]) == ("answered", asked["confidence"])
    trace = why["trace"]
    assert trace["query"] == "What is a circuit breaker?"
    assert set(trace["signals"]) == {"nearest", "neighbourhood", "coverage", "unknown"}
    assert 0 < trace["threshold"] < 1
    ranks = [each["rank"] for each in trace["candidates"]]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(ranks) >= 30
    cited = {each["passage_id"] for each in trace["candidates"] if each["fate"] == "cited"}
    assert cited == {citation["passage_id"] for citation in asked["citations"]}
    assert all(each["reason"] for each in trace["candidates"] if each["fate"] != "cited")
    assert list(trace["timings_ms"]) == ["condense", "retrieve", "judge", "write", "check"]
    told = study("why")
    assert told.code == 0
    assert "How do I cook rice?" in told.out
    assert "30 passages dropped: the question was refused before anything was written" in told.out


def test_why_says_that_small_talk_is_not_searched_for(study: Run) -> None:
    thanked = study("ask", "Thanks!", "--json").json
    assert (thanked["status"], thanked["retrieved"]) == ("refused", [])
    assert (
        study("why").out == "Thanks!\nNothing was searched for: this was not taken as a question about the roadmap.\n"
    )


def test_chat_understands_follow_ups_and_goes_on_with_an_id(study: Run) -> None:
    done = study("chat", "--json", stdin="What is a circuit breaker?\n\nand how does it fail?\n")
    first, second = map(json.loads, done.out.splitlines())
    assert (first["status"], second["status"]) == ("answered", "answered")
    assert second["conversation"] == first["conversation"]
    assert study("why", str(second["id"]), "--json").json["trace"]["query"] == "circuit breaker and how does it fail?"
    third = study("chat", first["conversation"][:8], "--json", stdin="why?")
    assert third.json["conversation"] == first["conversation"]
    assert "Continuing “What is a circuit breaker?” (2 questions)." in third.err


def test_a_question_at_the_end_of_an_answer_is_answered_in_place(study: Run) -> None:
    asked = study("ask", "What is a circuit breaker?", "--json").json
    places = [choice["right"] for choice in asked["check"]["choices"]]
    right = "abcd"[places.index(True)]
    wrong = "abcd"[places.index(False)]
    assert study("check", wrong, "--json").json["right"] is False
    told = study("check", right.upper())
    assert (told.code, told.out.strip()) == (0, "Right.")
    again = study("ask", "What is a circuit breaker?", "--json").json
    assert again["check"]["key"] != asked["check"]["key"]
    assert study("check", right, "--answer", str(asked["id"]), "--json").json == {
        "topic": "circuit-breaker", "question": asked["check"]["key"], "right": True, "verdict": "Right.",
    }  # fmt: skip
    assert study("check", "z").err.strip() == "Pick one of the letters a to d."
    study("ask", "Thanks!")
    nothing = study("check")
    assert (nothing.code, nothing.err.startswith("That answer ends without a question.")) == (2, True)


def test_chat_takes_a_letter_for_the_answer_to_its_question(study: Run) -> None:
    done = study("chat", "--json", stdin="What is a circuit breaker?\nb\nb\n")
    first, graded, third = map(json.loads, done.out.splitlines())
    assert graded["question"] == first["check"]["key"]
    assert graded["right"] is first["check"]["choices"][1]["right"]
    assert third["question"] == "b"


def test_chat_asks_again_edits_and_offers_what_to_ask_next(study: Run) -> None:
    done = study(
        "chat", "--json", stdin="/again\nWhat is Docker?\n/edit What is a circuit breaker?\n/again\n2\n/edit\n"
    )
    first, edited, again, offered = map(json.loads, done.out.splitlines())
    assert [each["question"] for each in (first, edited, again)] == [
        "What is Docker?",
        *["What is a circuit breaker?"] * 2,
    ]
    assert (offered["question"], len(again["next"])) == (again["next"][1], 3)
    assert offered["question"] not in offered["next"]
    assert [line for line in done.err.splitlines() if "Continue" not in line and line.strip()] == [
        "Nothing was asked in this conversation yet. Ask something first.",
        "Type the question to ask instead behind /edit.",
    ]
    shown = study("chats", "show", first["conversation"][:8], "--json").json
    assert [turn["id"] for turn in shown["turns"]] == [again["id"], offered["id"]]


def test_answers_say_what_they_lean_on_once_something_was_done(study: Run) -> None:
    question = ("ask", "How does a Kubernetes Deployment roll out a new version?", "--json")
    assert study(*question).json["leaning"] is None
    assert study("done", "1", "2", "--json").json["level"] == "beginner"
    answer = study(*question).json
    leaning = answer["leaning"]
    assert leaning["module"] not in {1, 2}
    cited = {citation["n"]: citation["quote"] for citation in answer["citations"]}
    assert all(f"{cited[number]} [{number}]" in leaning["text"] for number in cited if f"[{number}]" in leaning["text"])
    assert "This leans on “" in study(*question[:-1]).out
    assert study("done", str(leaning["module"])).code == 0
    told = study(*question).json["leaning"]
    assert told is None or told["module"] != leaning["module"]
    assert study("done", "1", "--undo", "--json").json["done"] is False
    assert study("done", "dokcer").code == 2


def test_chats_are_listed_searched_shown_renamed_exported_and_deleted(study: Run, tmp_path: Path) -> None:
    assert study("chats").err.strip() == "No conversations yet. Begin one with: study chat"
    study("ask", "What is Docker?", "--json")
    study("chat", stdin="How do I cook rice?")
    (listed,) = study("chats", "list", "--json").json["conversations"]
    assert (listed["title"], listed["turns"]) == ("How do I cook rice?", 1)
    short = listed["id"][:8]
    assert study("chats", "--json").json["conversations"] == [listed]
    assert short in study("chats").out

    assert (
        study("chats", "rename", short, "Rice [bold]x[/]", "--json").json["conversation"]["title"] == "Rice [bold]x[/]"
    )
    (found,) = study("chats", "search", "ric", "--json").json["conversations"]
    assert (found["title"], found["match"]) == ("Rice [bold]x[/]", {"id": 2, "question": "How do I cook rice?"})
    assert "Rice [bold]x[/]" in study("chats", "search", "cook").out
    assert study("chats", "search", '"AND', "--json").json["conversations"] == []

    shown = study("chats", "show", short, "--json").json
    assert [(turn["id"], turn["answer"]["status"]) for turn in shown["turns"]] == [(2, "refused")]
    assert "The roadmap does not cover this." in study("chats", "show", short).out

    markdown = study("chats", "export", short).out
    assert markdown.startswith("# Rice [bold]x[/]\n\n1 question, begun on ")
    file = tmp_path / "rice.md"
    assert study("chats", "export", short, "-o", str(file)).code == 0
    assert file.read_text(encoding="utf-8") == markdown
    assert study("chats", "export", short, "-o", str(file)).code == 2

    kept = study("chats", "delete", short, stdin="n\n")
    assert (kept.code, kept.out.strip()) == (1, "")
    assert study("chats", "delete", short, "--json").code == 2
    assert study("chats", "delete", short, "--yes", "--json").json == {"deleted": listed["id"]}
    assert study("chats", "--json").json["conversations"] == []


def test_a_journal_that_cannot_be_opened_does_not_stop_an_answer(study: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "journal.sqlite").write_text("not a database" * 100, encoding="utf-8")
    done = study("ask", "What is Docker?", "--json")
    assert (done.code, done.json["id"], done.json["status"]) == (0, None, "answered")
    assert "This answer is not kept." in " ".join(done.err.split())
    assert study("chats").code == 1


def test_bad_batch_line_is_named(study: Run) -> None:
    done = study("ask", "--batch", "-", stdin='{"id": 1}\n')
    assert done.code == 2
    assert 'expected {"id": ..., "question": "..."} on one line' in " ".join(done.err.split())


def test_missing_index_exits_3_with_the_command(study: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    done = study("search", "anything", "--json")
    assert (done.code, done.out) == (3, "")
    assert "python -m ingest build" in " ".join(done.err.split())


def test_topics_lists_every_id(study: Run) -> None:
    listed = study("topics", "--json").json
    assert sum(len(module["topics"]) for module in listed["modules"]) == 145
    assert "circuit-breaker" in study("topics").out


def test_plan_in_words_shows_how_they_were_read(study: Run) -> None:
    done = study("plan", "6h a week, I know Docker, want Kubernetes", "--json")
    assert done.code == 0
    assert "Time: 6 h a week\nKnown: What is Docker?\nGoal: Kubernetes" in done.err
    assert done.json["known"] == ["what-is-docker"]
    assert "pods-deployments-services" in done.json["targets"]
    nonsense = study("plan", "want blorpifaction")
    assert (nonsense.code, nonsense.out) == (2, "")
    assert "No topic of the roadmap is close to that goal." in nonsense.err
    both = study("plan", "6h a week", "--goal", "Kubernetes")
    assert (both.code, both.err.strip()) == (2, "Say what you want in words or with options, not both.")


def test_ready_made_goals_are_listed_and_planned(study: Run) -> None:
    goals = study("goals", "--json").json["goals"]
    assert len(goals) == 6
    assert all(goal["hours"] > 20 and goal["title"] in study("goals").out for goal in goals[:1])
    plan = study("plan", "--hours-per-week", "8", "--role", goals[0]["title"], "--json").json
    assert set(plan["targets"]) == set(goals[0]["topics"])
    for goal in goals:
        assert study("plan", "--hours-per-week", "8", "--role", goal["goal"]).code == 0
    wrong = study("plan", "--hours-per-week", "8", "--role", "astronaut")
    assert wrong.code == 2
    assert "No ready-made goal is called 'astronaut'. There are: " in wrong.err
