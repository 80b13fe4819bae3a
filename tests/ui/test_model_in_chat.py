"""The chat page with a language model: usage, failures, and the way to an answer without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.llm.behaviours import error, reply, stream, text
from tests.llm.loopback import LoopbackServer
from tests.mini_corpus import write_corpus

TIMEOUT_S = 60
QUESTION = "How does a fuse breaker count failures in a window of calls?"
OFFER = "Compose from the notes instead"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> LoopbackServer:
    """A model server, set up for a learner with the mini index who wants no silent fallback."""
    settings = Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))
    Ingest(settings, BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    server = LoopbackServer()
    monkeypatch.setenv("STUDY_HOME", str(settings.home))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("STUDY_LLM_BASE_URL", server.base_url)
    monkeypatch.setenv("STUDY_LLM_MODEL", "tiny")
    monkeypatch.setenv("STUDY_LLM_FALLBACK", "false")
    return server


def chat_page() -> None:
    from assistant.curriculum import load_curriculum
    from assistant.journal import Journal
    from assistant.service import Assistant
    from assistant.settings import load_settings
    from assistant.ui import chat
    from tests.conftest import BagOfStems

    settings = load_settings()
    journal = Journal(settings.journal_path)
    chat.page(Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), journal))


def ask(app: AppTest) -> AppTest:
    app.run()
    app.chat_input[0].set_value(QUESTION).run()
    assert not app.exception
    return app


def offers(app: AppTest) -> list[str]:
    return [button.label for button in app.button if button.label == OFFER]


def test_usage_is_in_the_footer_and_nothing_is_offered(server: LoopbackServer) -> None:
    server.script = [reply("A fuse breaker counts failures. [1]", tokens=(1234, 56))]
    with server:
        app = ask(AppTest.from_function(chat_page, default_timeout=TIMEOUT_S))
    assert any(each.value.endswith(" s · 1,234 tokens read, 56 written") for each in app.caption)
    assert any("written by tiny" in each.value for each in app.caption)
    assert offers(app) == []


@pytest.mark.parametrize("shown", [False, True], ids=["failed", "partial"])
def test_a_failed_answer_is_composed_at_the_press_of_a_button(server: LoopbackServer, shown: bool) -> None:
    server.script = [stream(text("A fuse breaker counts failures. [1]")) if shown else error(401)]
    with server:
        app = ask(AppTest.from_function(chat_page, default_timeout=TIMEOUT_S))
        notices = [each.value for each in (*app.error, *app.caption)]
        expected = "ended the answer early" if shown else "Set the key in Settings"
        assert any(expected.replace("\\", "") in notice.replace("\\", "") for notice in notices)
        assert offers(app) == [OFFER]
        next(button for button in app.button if button.label == OFFER).click().run()
        assert not app.exception
        assert server.calls == 1
    assert [message.name for message in app.chat_message] == ["user", "assistant"]  # in place of the one that failed
    footers = [each.value for each in app.caption if " · " in each.value and each.value.endswith(" s")]
    assert "composed from the notes" in footers[-1]
    assert offers(app) == []
