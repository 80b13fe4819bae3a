"""The placement page: the whole test, a reload in the middle, the result looked through and taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.domain import Level
from tests.mini_corpus import write_corpus
from tests.ui.opening import press

TIMEOUT_S = 60


def placement_page() -> None:
    from assistant.ui import placement
    from tests.ui.opening import own_assistant

    placement.page(own_assistant())


def roadmap_page() -> None:
    from assistant.ui.roadmap import page
    from tests.ui.opening import own_assistant

    page.page(own_assistant())


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(write_corpus(tmp_path / "corpus")))


def facts_of(label: str) -> list[str]:
    """The parts of a module's line; a phone breaks it only before the facts."""
    assert label.count(" ") == label.partition("**\N{NO-BREAK SPACE}·")[0].count(" ") + 1
    return label.replace("\N{NO-BREAK SPACE}", " ").split(" · ")


def open_page() -> AppTest:
    app = AppTest.from_function(placement_page, default_timeout=TIMEOUT_S).run()
    assert not app.exception
    return app


def pick(app: AppTest, option: str) -> AppTest:
    app.radio[0].set_value(app.radio[0].options.index(option))
    return press(app, "Answer")


def progress(app: AppTest) -> str:
    return str(app.get("progress")[0].proto.text)


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption, *app.success, *app.warning))


def pass_everything(app: AppTest) -> AppTest:
    press(app, "Start the test")
    for _ in range(2):
        pick(app, next(option for option in app.radio[0].options if option.endswith("counts failures.")))
    return app


def module_labels(app: AppTest) -> list[str]:
    return [expander.label for expander in app.expander if expander.label.startswith("**")]


def test_a_test_goes_on_after_a_reload_and_its_result_reaches_the_roadmap() -> None:
    app = press(open_page(), "Start the test")
    assert progress(app) == "Question 1 of at most 20"
    assert app.radio[0].label == "What does A fuse breaker count?"
    assert app.radio[0].options == ["A fuse breaker counts failures.", "Sheep.", "I don't know"]
    pick(app, "A fuse breaker counts failures.")
    assert "right" not in texts(app).replace("Whether an answer was right is shown at the end.", "").lower()

    app = open_page()
    assert progress(app) == "Question 2 of at most 20"
    pick(app, "A retry loop counts failures.")
    assert app.header[0].value == "You seem to know 3 of 3 topics"
    assert "The result is rough: about 90 % of the 3 topics are placed right." in texts(app)
    assert module_labels(app) == ["**1. Breaking Things** · all 2 known", "**2. Carrying Things** · all 1 known"]
    assert [(box.label, box.value) for box in app.checkbox] == [
        ("Fuses and breakers", True), ("Trying again", True), ("Queues · less sure", True),
    ]  # fmt: skip

    app = open_page()
    app.checkbox[2].uncheck().run()
    press(app, "Take 2 topics as known")
    assert app.success[0].value == "2 topics are marked as known. 1 topic is left out, as you said."
    roadmap = AppTest.from_function(roadmap_page, default_timeout=TIMEOUT_S).run()
    assert [facts_of(expander.label)[1] for expander in roadmap.expander] == ["2 of 2 done", "0 of 1 done"]
    assert [button.label for button in open_page().button] == ["Start the test"]


def test_nothing_is_answered_without_a_pick() -> None:
    app = press(press(open_page(), "Start the test"), "Answer")
    assert app.warning[0].value == "Pick an option, or “I don't know”."
    assert progress(app) == "Question 1 of at most 20"


def test_not_knowing_is_an_answer_and_the_answers_are_shown_at_the_end() -> None:
    app = pick(pick(press(open_page(), "Start the test"), "I don't know"), "Sheep.")
    assert app.header[0].value == "You seem to know 0 of 3 topics"
    assert app.checkbox.len == 0
    assert [expander.label for expander in app.expander] == ["Your answers: 0 of 2 right"]
    shown = texts(app)
    assert "**You did not know.** The answer is: A fuse breaker counts failures." in shown
    assert "**Not right.** The answer is: A retry loop counts failures." in shown
    press(app, "Take this result")
    assert app.success[0].value == "No topic is marked as known."


def test_a_result_is_discarded_or_the_test_taken_again() -> None:
    app = press(pass_everything(open_page()), "Again")
    assert progress(app) == "Question 1 of at most 20"
    assert app.radio[0].options == ["Sheep.", "A fuse breaker counts failures.", "I don't know"]
    press(app, "Give it up")
    assert [button.label for button in app.button] == ["Start the test"]
    press(pass_everything(app), "Discard")
    assert [button.label for button in app.button] == ["Start the test"]
    roadmap = AppTest.from_function(roadmap_page, default_timeout=TIMEOUT_S).run()
    assert [facts_of(expander.label)[1] for expander in roadmap.expander] == ["0 of 2 done", "0 of 1 done"]


def test_the_report_is_optional_and_moves_the_result() -> None:
    app = open_page()
    app.multiselect[0].set_value([2])
    app.button_group[0].set_value(Level.INTERMEDIATE)
    app = pass_everything(app)
    assert [box.label for box in app.checkbox] == ["Fuses and breakers", "Trying again", "Queues"]


def test_what_was_answered_in_another_window_is_not_answered_twice() -> None:
    app = press(open_page(), "Start the test")
    other = open_page()
    pick(other, "Sheep.")
    pick(app, "A fuse breaker counts failures.")
    assert progress(app) == "Question 2 of at most 20"
    assert app.warning.len == 0
    pick(app, "I don't know")
    assert "Your answers: 0 of 2 right" in [expander.label for expander in app.expander]
