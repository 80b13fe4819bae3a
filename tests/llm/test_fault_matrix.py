"""Every way in which a model server fails, through the whole program: a question in a conversation, over real HTTP.

For each: what the learner sees and is told to do, what is kept, what it cost, that the turn is recorded, and that the
next question on the same assistant is answered by the model.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, Retrieved, TextDelta, TokenUsage, Waiting
from assistant.journal import Journal
from assistant.markdown import safe_markdown
from assistant.prompting import load_prompt
from assistant.service import Assistant
from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.llm.behaviours import (
    DONE,
    HANG,
    KEEPALIVE,
    RESET,
    Pause,
    again_and_again,
    delta,
    error,
    event,
    hang,
    raw,
    reply,
    status,
    stream,
    text,
    usage,
)
from tests.llm.loopback import Behaviour, LoopbackServer
from tests.llm.sentences import (
    BROKEN_OFF,
    EMPTY,
    IN_STREAM,
    MALFORMED,
    NOT_FOUND,
    REFUSED,
    REJECTED_KEY,
    TOO_LONG,
    TOOL,
    UNREACHABLE,
    WHO,
    failing,
    limited,
)
from tests.mini_corpus import write_corpus

QUESTION = "How does a fuse breaker count failures in a window of calls?"
FACT = "A fuse breaker works by counting failures in a window of 100 calls."
SAID = f"{FACT} [1]"
UNSUPPORTED = " (not found in the sources)"
SLOW = {"llm_first_token_timeout_s": 1.0, "llm_timeout_s": 1.5}
# A missed deadline would cost the generous 20 s below or the minute of a hanging server.
BOUND_S = 8.0

SILENT = (
    WHO + "wrote nothing within 1 s. A local model may still be loading: ask again, "
    "or raise STUDY_LLM_FIRST_TOKEN_TIMEOUT_S."
)
LATE = WHO + "did not finish within 1.5 s. Ask for less at once, or raise STUDY_LLM_TIMEOUT_S."
UNRELIABLE = "None of its statements was found in the sources, so do not rely on it."
EARLY = "The model server ended the answer early. Ask again for a whole answer."
LENGTH = "The answer reached the length limit. Ask for less at once, or raise STUDY_LLM_MAX_OUTPUT_TOKENS."
FILTERED = "The model server's content filter cut the answer off. Put the question differently."
THOUGHTS = WHO + "reached its output limit before it wrote an answer. Raise STUDY_LLM_MAX_OUTPUT_TOKENS."


@dataclass(frozen=True, slots=True)
class Fault:
    """A server that fails; ``says`` makes it from a sentence with a marker that the passages support.

    ``kept`` is the text of the answer that stays, empty where the model has shown nothing.
    """

    says: Callable[[str], Behaviour]
    notice: str
    kept: str = ""
    status: AnswerStatus = AnswerStatus.PARTIAL
    calls: int = 1
    settings: Mapping[str, float] = field(default_factory=dict)


def always(behaviour: Behaviour) -> Callable[[str], Behaviour]:
    return lambda _said: behaviour


def after(*steps: bytes | Pause | str) -> Callable[[str], Behaviour]:
    return lambda said: stream(text(said), *steps)


RETRY_AFTER = error(429, headers=[("Retry-After", "17")])
CALL = delta(tool_calls=[{"index": 0, "id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}])
BOOM = event({"error": {"message": "boom"}})
TEN_MB = text("\n\n" + "x" * 10_000_000)
HALF_CHARACTER = text("世").split("世".encode())[0] + "世".encode()[:2]
REST = text("世").split("世".encode())[1]
ACTIVE = "\n\n![x](http://evil.example/a.png) [click](http://evil.example/) <img src=x> http://evil.example"

BEFORE_TEXT = {
    "401": Fault(always(error(401, code="invalid_api_key")), REJECTED_KEY),
    "403": Fault(always(error(403)), REJECTED_KEY),
    "404 model": Fault(always(error(404, code="model_not_found")), NOT_FOUND),
    "400 context": Fault(always(error(400, code="context_length_exceeded")), TOO_LONG, calls=2),
    "429": Fault(always(error(429)), limited("Wait a moment"), calls=2),
    "429 Retry-After": Fault(always(RETRY_AFTER), limited("Wait 17 s")),
    "500": Fault(always(error(500)), failing(500), calls=2),
    "502 page": Fault(always(status(502, b"<html>Bad gateway</html>")), failing(502), calls=2),
    "reset mid-headers": Fault(always(raw(b"HTTP/1.1 200 OK\r\nContent-Ty", RESET)), UNREACHABLE, calls=2),
    "hang before headers": Fault(always(hang()), SILENT, settings=SLOW),
    "keepalive only": Fault(always(stream(*again_and_again(KEEPALIVE, 0.05))), SILENT, settings=SLOW),
    "content_filter": Fault(always(reply(finish="content_filter")), REFUSED),
    "empty": Fault(always(reply("")), EMPTY),
    "bad json": Fault(always(stream(b"data: {nope\n\n")), MALFORMED),
    "half a character": Fault(always(stream(HALF_CHARACTER, Pause(0.02), REST, DONE)), MALFORMED),
    "error event": Fault(always(stream(BOOM)), IN_STREAM),
    "tool call": Fault(always(stream(CALL, delta(finish="tool_calls"), DONE)), TOOL),
    "only thoughts": Fault(always(reply("<think>hm", finish="length")), THOUGHTS),
    "endless thought": Fault(always(stream(*again_and_again(text("<think>hm"), 0.05))), LATE, settings=SLOW),
}
AFTER_TEXT = {
    "reset": Fault(after(RESET), BROKEN_OFF, SAID),
    "stall mid-stream": Fault(after(HANG), LATE, SAID, settings=SLOW),
    "slow drip": Fault(after(*again_and_again(text(" "), 0.05)), LATE, SAID, settings=SLOW),
    "clean truncation": Fault(after(), EARLY, SAID),
    "length": Fault(after(delta(finish="length"), DONE), LENGTH, SAID),
    "content_filter": Fault(after(delta(finish="content_filter"), DONE), FILTERED, SAID),
    "bad json": Fault(after(b"data: {nope\n\n"), MALFORMED, SAID),
    "half a character": Fault(after(HALF_CHARACTER, Pause(0.02), REST), MALFORMED, SAID),
    "error event": Fault(after(BOOM), IN_STREAM, SAID),
    "tool call": Fault(after(CALL), TOOL, SAID),
    "10 MB": Fault(after(TEN_MB), LENGTH, f"{SAID}\n\n{'x' * (40_000 - len(SAID) - 2)}{UNSUPPORTED}"),
}
NO_FAILURE = {
    "think block": Fault(lambda said: reply("<think>Let me", " see.</think>", said), "", SAID, AnswerStatus.ANSWERED),
    "duplicated chunks": Fault(
        lambda said: stream(text(said), text(f" {said}"), text(f" {said}"), *[delta(finish="stop"), usage(7, 3)] * 2),
        "",
        f"{SAID} {SAID} {SAID}",
        AnswerStatus.ANSWERED,
    ),
    "missing passage": Fault(always(reply(f"{FACT} [99]")), UNRELIABLE, f"{FACT}{UNSUPPORTED}"),
    "images and links": Fault(
        lambda said: reply(said + ACTIVE), "", f"{SAID}{ACTIVE}{UNSUPPORTED}", AnswerStatus.ANSWERED
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def corpus_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A STUDY_HOME beside its corpus, with the mini index."""
    directory = tmp_path_factory.mktemp("faults")
    write_corpus(directory / "corpus")
    settings = Settings(home=directory / "home", corpus_dir=directory / "corpus")
    Ingest(settings, BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    return directory


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "journal.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def make_assistant(corpus_home: Path, journal: Journal) -> Callable[..., Assistant]:
    def make(**changes: object) -> Assistant:
        given = {"llm_model": "tiny", "llm_api_key": "sk-test", "llm_first_token_timeout_s": 20, **changes}
        settings = Settings(home=corpus_home / "home", corpus_dir=corpus_home / "corpus", **given)  # type: ignore[arg-type]
        return Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), journal)

    return make


def said_with_marker(assistant: Assistant) -> str:
    """The fact, citing the number under which the model is given its passage."""
    passages = assistant.search(QUESTION, 8).passages
    (number,) = (scored.rank for scored in passages if FACT in scored.passage.text)
    return f"{FACT} [{number}]"


def ask(assistant: Assistant, question: str = QUESTION) -> tuple[list[type[AnswerEvent]], str, Answer]:
    """The kinds of events in order without repetitions, what was streamed, and the answer."""
    kinds: list[type[AnswerEvent]] = []
    streamed = ""
    for event_ in assistant.answer(question, "c"):
        if isinstance(event_, TextDelta):
            streamed += event_.text
        if not isinstance(event_, Waiting) and type(event_) not in kinds[-1:]:
            kinds.append(type(event_))
    assert isinstance(event_, Finished)
    return kinds, streamed, event_.answer


def check_next_question(assistant: Assistant, journal: Journal, first: Answer) -> None:
    _, streamed, answer = ask(assistant)
    assert (answer.status, answer.text, streamed, answer.notice) == (AnswerStatus.ANSWERED, SAID, SAID, "")
    assert (answer.model, answer.usage) == ("tiny", TokenUsage(7, 3))
    assert answer.prompt_sha256 == load_prompt("answer").sha256
    assert [turn.answer for turn in journal.turns("c")] == [first, answer]


def composed(make_assistant: Callable[..., Assistant]) -> str:
    (*_, last) = make_assistant(llm_api_key=None).answer(QUESTION)
    assert isinstance(last, Finished)
    assert last.answer.text
    return last.answer.text


@pytest.mark.parametrize("fallback", [True, False], ids=["fallback", "no fallback"])
@pytest.mark.parametrize("fault", BEFORE_TEXT.values(), ids=BEFORE_TEXT)
def test_before_any_text(
    fault: Fault, fallback: bool, make_assistant: Callable[..., Assistant], journal: Journal
) -> None:
    with LoopbackServer() as server:
        assistant = make_assistant(llm_base_url=server.base_url, llm_fallback=fallback, **fault.settings)
        said = said_with_marker(assistant)
        server.script = [*[fault.says(said)] * fault.calls, reply(said)]
        began_s = time.monotonic()
        kinds, streamed, answer = ask(assistant)
        assert time.monotonic() - began_s < BOUND_S
        assert server.calls == fault.calls
        check_failure(answer, kinds, streamed, fault.notice.format(host=server.host), fallback, make_assistant)
        check_next_question(assistant, journal, answer)


def check_failure(
    answer: Answer,
    kinds: list[type[AnswerEvent]],
    streamed: str,
    sentence: str,
    fallback: bool,
    make_assistant: Callable[..., Assistant],
) -> None:
    assert streamed == answer.text
    assert answer.usage is None
    if fallback:
        assert kinds == [Retrieved, TextDelta, Finished]
        assert (answer.status, answer.text) == (AnswerStatus.ANSWERED, composed(make_assistant))
        assert answer.notice == f"{sentence} This answer is composed from the notes instead."
        assert (answer.model, answer.prompt_sha256) == ("notes", "")
    else:
        assert kinds == [Retrieved, Finished]
        assert (answer.status, answer.text, answer.citations) == (AnswerStatus.FAILED, "", ())
        assert answer.notice == sentence
        assert (answer.model, answer.prompt_sha256) == ("tiny", load_prompt("answer").sha256)


@pytest.mark.parametrize("fallback", [True, False], ids=["fallback", "no fallback"])
def test_a_refused_connection(fallback: bool, make_assistant: Callable[..., Assistant], journal: Journal) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
    assistant = make_assistant(llm_base_url=f"http://{host}/v1", llm_fallback=fallback)
    kinds, streamed, answer = ask(assistant)
    check_failure(answer, kinds, streamed, UNREACHABLE.format(host=host), fallback, make_assistant)
    with LoopbackServer(reply(said_with_marker(assistant))) as server:
        assistant.use_model(Settings(llm_base_url=server.base_url, llm_model="tiny"))
        check_next_question(assistant, journal, answer)


@pytest.mark.parametrize(
    "fault",
    [*AFTER_TEXT.values(), *NO_FAILURE.values()],
    ids=[*(f"after text: {name}" for name in AFTER_TEXT), *NO_FAILURE],
)
def test_what_was_shown_is_kept(fault: Fault, make_assistant: Callable[..., Assistant], journal: Journal) -> None:
    with LoopbackServer() as server:
        assistant = make_assistant(llm_base_url=server.base_url, **fault.settings)
        said = said_with_marker(assistant)
        server.script = [fault.says(said), reply(said)]
        began_s = time.monotonic()
        kinds, streamed, answer = ask(assistant)
        assert time.monotonic() - began_s < BOUND_S
        assert server.calls == 1
        assert kinds == [Retrieved, TextDelta, Finished]
        assert streamed.rstrip() == fault.kept.removesuffix(UNSUPPORTED)
        assert (answer.status, answer.text.rstrip()) == (fault.status, fault.kept)
        assert answer.notice == fault.notice.format(host=server.host)
        assert (answer.model, answer.prompt_sha256) == ("tiny", load_prompt("answer").sha256)
        rendered = MarkdownIt("commonmark").parse(safe_markdown(answer.text))
        types = {token.type for block in rendered for token in (block, *(block.children or ()))}
        assert types.isdisjoint({"image", "link_open", "html_inline", "html_block"})
        check_next_question(assistant, journal, answer)


def test_what_is_too_long_is_asked_again_with_half_of_the_passages(
    make_assistant: Callable[..., Assistant], journal: Journal
) -> None:
    with LoopbackServer(error(400, code="context_length_exceeded"), reply(FACT)) as server:
        assistant = make_assistant(llm_base_url=server.base_url)
        _, _, answer = ask(assistant)
        sizes = [request.json["messages"][0]["content"].count("</passage-") for request in server.requests]
    assert sizes == [8, 4]
    assert answer.notice == f"The model was given 4 of 8 passages, as many as it can read at once. {UNRELIABLE}"
    assert (answer.supported, answer.statements) == (0, 1)
    assert [turn.answer for turn in journal.turns("c")] == [answer]


def test_stopping_before_the_first_token_hangs_up_and_records_the_turn(
    make_assistant: Callable[..., Assistant], journal: Journal
) -> None:
    with LoopbackServer(hang()) as server:
        events = make_assistant(llm_base_url=server.base_url).answer(QUESTION, "c")
        assert isinstance(next(events), Retrieved)
        assert next(events) == Waiting()
        events.close()
        assert server.wait_gone(BOUND_S)
    (turn,) = journal.turns("c")
    assert turn.answer is not None
    assert (turn.answer.status, turn.answer.text) == (AnswerStatus.PARTIAL, "")
    assert turn.answer.notice == "The answer was stopped."


def test_an_answer_from_the_notes_asks_no_model(make_assistant: Callable[..., Assistant]) -> None:
    with LoopbackServer() as server:
        (*_, last) = make_assistant(llm_base_url=server.base_url).answer(QUESTION, from_notes=True)
        assert server.requests == []
    assert isinstance(last, Finished)
    assert (last.answer.text, last.answer.model) == (composed(make_assistant), "notes")
