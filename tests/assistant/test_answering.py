"""The story of one question, with a retriever that looks words up, writers that read a script, and a real model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import pytest

from assistant.answering import CANDIDATES, PASSAGES, Answering
from assistant.citing import UNSUPPORTED
from assistant.confidence import load_model
from assistant.curriculum import load_curriculum
from assistant.domain import (
    Answer,
    AnswerEvent,
    AnswerStatus,
    Finished,
    Passage,
    PassageKind,
    Retrieved,
    ScoredPassage,
    TextDelta,
    Waiting,
)
from assistant.errors import LanguageModelError, ModelUnreachable
from assistant.llm import ChatModel
from assistant.messages import REFUSAL_SENTINEL
from assistant.refusing import small_talk
from assistant.retrieval import Retrieval
from assistant.topic_names import topic_names
from assistant.trace import Fate
from assistant.words import content_words, stem, stems
from assistant.writing import OUTLINE_ONLY_NOTICE, ModelWriter, Request, Writer, Written
from tests.assistant.passages import passage, ranked
from tests.assistant.turns import answered, turn
from tests.llm.behaviours import HANG, RESET, delta, error, reply, stream, text
from tests.llm.calls import make_model, threads_left
from tests.llm.loopback import Behaviour, LoopbackServer
from tests.mini_corpus import write_corpus

FUSE = passage("fuse", "A fuse breaks the circuit at 16 ampere.", module=1, topic="fuses", section="In one sentence")
WIRE = passage("wire", "A fuse wire carries current. The fuse guards the wire.", module=1, topic="fuses")
QUEUE = passage("queue", "A queue stores messages in order.", module=2, topic="queues", section="In one sentence")
OUTLINE = passage("outline", "Fuses and breakers", module=1, topic="fuses", kind=PassageKind.ROADMAP)
QUIZ = passage("quiz", "What breaks a fuse?", module=1, topic="fuses", kind=PassageKind.QUESTION)
NOTES = (FUSE, WIRE, QUEUE)

WHAT = "What is a fuse?"
COMPOSED = (
    "A fuse breaks the circuit at 16 ampere. [1]\n\nA fuse wire carries current. [2] The fuse guards the wire. [2]"
)
REFUSAL = "The roadmap does not cover this. The nearest modules are: 1. Breaking Things, 2. Carrying Things."


class WordRetriever:
    """Ranks passages by the share of the question's words that they hold."""

    def __init__(self, *passages: Passage, others: tuple[Passage, ...] = ()) -> None:
        self._passages = passages
        self._others = others
        self.asked: list[tuple[str, int]] = []

    def importance(self, term: str) -> float:
        return 1.0

    def nearness(self, text: str, topic: str) -> float:
        wanted = stems(text)
        return max(len(wanted & stems(each.text)) / len(wanted) for each in self._passages if each.topic == topic)

    def retrieve(self, query: str, k: int, *, roadmap_only: bool = False) -> Retrieval:
        self.asked.append((query, k))
        wanted = stems(query)
        shares = {each.id: len(wanted & stems(each.text)) / max(1, len(wanted)) for each in self._passages}
        best = sorted(self._passages, key=lambda each: -shares[each.id])[:k]
        found = ranked(*best, scores=tuple(shares[each.id] for each in best))
        held = frozenset[str]().union(*(stems(each.text) for each in self._passages))
        terms = content_words(query)
        return Retrieval(query, terms, found, found, unknown=tuple(term for term in terms if stem(term) not in held))

    def neighbours(self, retrieval: Retrieval) -> tuple[ScoredPassage, ...]:
        known = {scored.passage.id for scored in retrieval.passages}
        return ranked(*(each for each in self._others if each.id not in known))


class ScriptWriter:
    """Writes the pieces in order; an error among them is raised."""

    name = "script"
    prompt_sha256 = "0" * 64

    def __init__(self, *pieces: str | Written | LanguageModelError) -> None:
        self._pieces = pieces
        self.requests: list[Request] = []
        self.closed = False

    def write(self, request: Request) -> Iterator[str | Written]:
        self.requests.append(request)
        try:
            for piece in self._pieces:
                if isinstance(piece, LanguageModelError):
                    raise piece
                yield piece
        finally:
            self.closed = True


DONE = Written(complete=True)
HI = Answer("Hello?", AnswerStatus.ANSWERED, "Hi.", (), (), 0.9, "notes", 1)
DOWN = ModelUnreachable("The server is down.")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def make_answering(
    corpus: Path, retriever: WordRetriever, writer: Writer | None = None, *, fallback: bool = True
) -> Answering:
    clock = chain([100.0], repeat(100.25)).__next__
    curriculum = load_curriculum(corpus)
    return Answering(curriculum, topic_names(curriculum), retriever, writer, fallback, False, clock)  # type: ignore[arg-type]


def finished(events: Sequence[AnswerEvent]) -> tuple[Answer, str]:
    """The answer and what was streamed, from events that must come in the promised order."""
    first, *middle, last = events
    assert isinstance(first, Retrieved)
    assert isinstance(last, Finished)
    assert first.passages == last.answer.retrieved
    assert first.confidence == last.answer.confidence
    streamed = ""
    for event in middle:
        if event == Waiting():  # a busy machine
            continue
        assert isinstance(event, TextDelta)
        assert event.text
        streamed += event.text
    return last.answer, streamed


def cited(answer: Answer) -> list[tuple[int, str, str]]:
    return [(each.n, each.passage_id, each.quote) for each in answer.citations]


def test_without_a_model_the_answer_is_composed(corpus: Path) -> None:
    answer, streamed = finished(list(make_answering(corpus, WordRetriever(*NOTES)).answer(WHAT)))
    assert streamed == COMPOSED
    assert (answer.question, answer.status, answer.text) == (WHAT, AnswerStatus.ANSWERED, COMPOSED)
    assert cited(answer) == [
        (1, "fuse", "A fuse breaks the circuit at 16 ampere."),
        (2, "wire", "A fuse wire carries current."),
    ]
    assert (answer.model, answer.notice, answer.elapsed_ms) == ("notes", "", 250)
    assert answer.confidence > 0.9


@pytest.mark.parametrize("with_model", [False, True])
def test_what_the_roadmap_does_not_cover_is_refused_and_no_writer_is_asked(corpus: Path, with_model: bool) -> None:
    writer = ScriptWriter("Boil it. [1]", DONE) if with_model else None
    answer, streamed = finished(
        list(make_answering(corpus, WordRetriever(*NOTES), writer).answer("How do I cook rice?"))
    )
    assert (answer.status, answer.text, streamed) == (AnswerStatus.REFUSED, REFUSAL, REFUSAL)
    assert (answer.model, answer.citations, answer.notice) == ("none", (), "")
    assert answer.confidence < 0.1
    assert writer is None or writer.requests == []


def test_a_refusal_names_no_modules_where_there_are_none(corpus: Path) -> None:
    own = passage("own", "Rice.", module=None, topic=None)
    for retriever in (WordRetriever(own), WordRetriever()):
        answer, _ = finished(list(make_answering(corpus, retriever).answer("How do I cook noodles?")))
        assert (answer.status, answer.text) == (AnswerStatus.REFUSED, "The roadmap does not cover this.")


def test_a_follow_up_is_searched_with_its_subject_and_recorded_as_asked(corpus: Path) -> None:
    retriever, writer = WordRetriever(*NOTES), ScriptWriter("The fuse guards the wire. [1]", DONE)
    history = [turn(WHAT), answered("why?", topic="fuses")]
    answer, _ = finished(list(make_answering(corpus, retriever, writer).answer("and what does it guard?", history)))
    condensed = "fuse and what does it guard?"
    assert answer.question == "and what does it guard?"
    assert retriever.asked == [("and what does it guard?", CANDIDATES), (condensed, CANDIDATES)]
    assert [(r.question, r.query, r.history) for r in writer.requests] == [
        ("and what does it guard?", condensed, [(WHAT, ""), ("why?", "Told.")])
    ]


def test_a_follow_up_about_nothing_that_was_said_is_refused(corpus: Path) -> None:
    history = [answered(WHAT, *ranked(FUSE), topic="fuses")]
    answer, _ = finished(list(make_answering(corpus, WordRetriever(*NOTES)).answer("can it cook spaghetti?", history)))
    assert (answer.status, answer.trace and answer.trace.query) == (AnswerStatus.REFUSED, "can it cook spaghetti?")


TERM = replace(
    passage("term", "A trip is the moment a fuse opens.", module=1, topic="fuses", kind=PassageKind.GLOSSARY),
    heading="Glossary > trip",
)


class Unsure(WordRetriever):
    """Finds everything, but nothing that vouches for it."""

    def retrieve(self, query: str, k: int, *, roadmap_only: bool = False) -> Retrieval:
        return replace(super().retrieve(query, k), vouchers=())


def test_what_only_the_glossary_says_is_a_partial_answer(corpus: Path) -> None:
    answer, streamed = finished(list(make_answering(corpus, Unsure(TERM, QUEUE)).answer("What is a trip?")))
    assert (answer.status, answer.text, answer.confidence < load_model().threshold) == (
        AnswerStatus.PARTIAL,
        "A trip is the moment a fuse opens. [1]",
        True,
    )
    assert answer.text == streamed
    assert answer.notice == "Only the glossary covers this directly. The nearest topic is “Fuses and breakers”."


def test_a_definition_whose_term_the_notes_hold_is_whole(corpus: Path) -> None:
    note = passage("note", "A trip takes 40 ms at ten times the current.", module=1, topic="fuses")
    unsure = Unsure(TERM, QUEUE, others=(note, WIRE))
    *_, last = make_answering(corpus, unsure).answer("What is a trip?")
    assert isinstance(last, Finished)
    answer = last.answer
    assert (answer.status, answer.notice) == (AnswerStatus.ANSWERED, "")
    assert answer.text == f"{TERM.text} [1]\n\n{note.text} [2]"
    *_, last = make_answering(corpus, unsure).answer("How does a trip open a fuse?")
    assert isinstance(last, Finished)
    assert last.answer.status is AnswerStatus.PARTIAL


def test_small_talk_is_not_looked_up_in_the_glossary(corpus: Path) -> None:
    hello = replace(TERM, heading="Glossary > hello")
    answer, _ = finished(list(make_answering(corpus, Unsure(hello)).answer("hello")))
    assert answer.status is AnswerStatus.REFUSED


def test_going_on_says_what_was_not_said_yet(corpus: Path) -> None:
    history = [answered(WHAT, *ranked(FUSE), topic="fuses")]
    for question, retrieved in (("tell me more", ["wire", "queue"]), ("why?", ["fuse", "wire", "queue"])):
        answering = make_answering(corpus, WordRetriever(FUSE, QUEUE, WIRE, others=(FUSE,)))
        answer, _ = finished(list(answering.answer(question, history)))
        assert [each.passage.id for each in answer.retrieved] == retrieved
        assert ("16 ampere" in answer.text) is ("fuse" in retrieved)


def test_going_on_when_everything_was_said_says_it_again(corpus: Path) -> None:
    history = [answered(WHAT, *ranked(FUSE), topic="fuses")]
    again, _ = finished(list(make_answering(corpus, WordRetriever(FUSE)).answer("more", history)))
    assert [each.passage_id for each in again.citations] == ["fuse"]


def test_small_talk_gets_a_polite_reply_and_nothing_is_searched(corpus: Path) -> None:
    retriever, writer = WordRetriever(*NOTES), ScriptWriter("A fuse breaks. [1]", DONE)
    answering = make_answering(corpus, retriever, writer)
    answer, streamed = finished(list(answering.answer("ok, thanks!", [answered(WHAT, *ranked(FUSE))])))
    assert answer.text == streamed == small_talk("thanks")
    assert answer.text.startswith("You are welcome. Ask about any topic of the roadmap")
    assert (answer.status, answer.retrieved, answer.confidence) == (AnswerStatus.REFUSED, (), 0.0)
    assert (retriever.asked, writer.requests) == ([], [])
    assert answer.trace is not None
    assert (answer.trace.query, answer.trace.candidates) == ("", ())


def test_an_answer_is_written_from_the_best_of_the_evidence(corpus: Path) -> None:
    many = [passage(f"p{n}", f"A fuse number{n}.", module=1) for n in range(PASSAGES + 5)]
    writer = ScriptWriter("A fuse number9. [9] A fuse number7. [8]", DONE)
    answer, _ = finished(list(make_answering(corpus, WordRetriever(*many), writer).answer(WHAT)))
    assert [each.passage.id for each in answer.retrieved] == [f"p{n}" for n in range(PASSAGES)]
    assert list(writer.requests[0].passages) == list(answer.retrieved)
    assert answer.text == f"A fuse number9. {UNSUPPORTED} A fuse number7. [1]"


def test_an_outline_is_not_a_whole_answer(corpus: Path) -> None:
    answer, _ = finished(list(make_answering(corpus, WordRetriever(OUTLINE, QUIZ)).answer("fuses and breakers")))
    assert (answer.status, answer.text) == (AnswerStatus.PARTIAL, "Fuses and breakers [1]")
    assert answer.notice == OUTLINE_ONLY_NOTICE


def test_where_nothing_can_be_quoted_the_answer_is_a_refusal(corpus: Path) -> None:
    answer, _ = finished(list(make_answering(corpus, WordRetriever(QUIZ)).answer("What breaks a fuse?")))
    assert answer.confidence > 0.9
    assert (answer.status, answer.text) == (
        AnswerStatus.REFUSED,
        "The roadmap does not cover this. The nearest modules are: 1. Breaking Things.",
    )


def test_a_writer_that_finishes(corpus: Path) -> None:
    writer = ScriptWriter("The fuse guards ", "the wire [", "2].", DONE)
    answer, streamed = finished(list(make_answering(corpus, WordRetriever(*NOTES), writer).answer(WHAT)))
    assert (answer.status, answer.model) == (AnswerStatus.ANSWERED, "script")
    assert answer.text == streamed == "The fuse guards the wire [1]."
    assert cited(answer) == [(1, "wire", "The fuse guards the wire.")]


@pytest.mark.parametrize("pieces", [("A fuse breaks. [1]",), ("A fuse breaks. [1]", Written(complete=False))])
def test_a_writer_that_does_not_say_it_is_done_leaves_a_partial_answer(corpus: Path, pieces: tuple[str, ...]) -> None:
    answer, _ = finished(list(make_answering(corpus, WordRetriever(*NOTES), ScriptWriter(*pieces)).answer(WHAT)))
    assert (answer.status, answer.text) == (AnswerStatus.PARTIAL, "A fuse breaks. [1]")


@pytest.mark.parametrize("before", [(), ("NOT_IN",), (" ",), ("", "")])
def test_a_model_that_fails_before_it_wrote_is_replaced_by_the_notes(corpus: Path, before: tuple[str, ...]) -> None:
    writer = ScriptWriter(*before, DOWN)
    answer, streamed = finished(list(make_answering(corpus, WordRetriever(*NOTES), writer).answer(WHAT)))
    assert (answer.status, answer.text, answer.model) == (AnswerStatus.ANSWERED, COMPOSED, "notes")
    assert streamed == COMPOSED
    assert answer.notice == "The server is down. This answer is composed from the notes instead."


def test_without_fallback_the_failure_is_the_answer(corpus: Path) -> None:
    answering = make_answering(corpus, WordRetriever(*NOTES), ScriptWriter(DOWN), fallback=False)
    answer, streamed = finished(list(answering.answer(WHAT)))
    assert (answer.status, answer.text, streamed) == (AnswerStatus.FAILED, "", "")
    assert (answer.model, answer.notice, answer.citations) == ("script", "The server is down.", ())


@pytest.mark.parametrize("fallback", [True, False])
def test_what_was_shown_before_a_failure_is_kept(corpus: Path, fallback: bool) -> None:
    writer = ScriptWriter("The fuse guards the wire. [2] A `fuse", " is [", DOWN)
    answering = make_answering(corpus, WordRetriever(*NOTES), writer, fallback=fallback)
    answer, streamed = finished(list(answering.answer(WHAT)))
    assert streamed == "The fuse guards the wire. [1] A "
    assert (answer.status, answer.model, answer.notice) == (AnswerStatus.PARTIAL, "script", "The server is down.")
    assert answer.text == "The fuse guards the wire. [1] A `fuse is … (unfinished)"
    assert cited(answer) == [(1, "wire", "The fuse guards the wire.")]


@pytest.mark.parametrize("pieces", [(REFUSAL_SENTINEL, DONE), (*REFUSAL_SENTINEL, DONE), (DONE,), ("[9]", DONE), ()])
def test_a_writer_that_finds_no_answer_refuses(corpus: Path, pieces: tuple[str | Written, ...]) -> None:
    answer, streamed = finished(list(make_answering(corpus, WordRetriever(*NOTES), ScriptWriter(*pieces)).answer(WHAT)))
    assert (answer.status, answer.text, streamed) == (AnswerStatus.REFUSED, REFUSAL, REFUSAL)
    assert answer.model == "none"


def test_other_errors_are_defects_and_not_hidden(corpus: Path) -> None:
    class Broken(ScriptWriter):
        def write(self, request: Request) -> Iterator[str | Written]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(make_answering(corpus, WordRetriever(*NOTES), Broken()).answer(WHAT))


def test_a_reader_who_leaves_stops_the_writer(corpus: Path) -> None:
    writer = ScriptWriter("The fuse ", "guards ", "the wire. [2]", DONE)
    events = make_answering(corpus, WordRetriever(*NOTES), writer).answer(WHAT)
    assert isinstance(next(events), Retrieved)
    assert next(events) == TextDelta("The fuse")
    events.close()
    assert writer.closed


def fates(answer: Answer) -> dict[str, tuple[Fate, str]]:
    assert answer.trace is not None
    return {each.passage_id: (each.fate, each.reason) for each in answer.trace.candidates}


def test_the_trace_tells_what_became_of_every_passage(corpus: Path) -> None:
    many = [passage(f"p{n}", f"A fuse number{n}.", module=1) for n in range(CANDIDATES + 5)]
    writer = ScriptWriter("A fuse number2. [3] Cats sleep all day long. [5]", DONE)
    history = [turn(WHAT)]
    answer, _ = finished(list(make_answering(corpus, WordRetriever(*many), writer).answer("and why?", history)))
    trace = answer.trace
    assert trace is not None
    assert (trace.query, trace.threshold) == ("fuse and why?", load_model().threshold)
    assert trace.signals == {"nearest": 1.0, "neighbourhood": 1.0, "coverage": 1.0, "unknown": 0.0}
    assert list(trace.timings_ms) == ["condense", "retrieve", "judge", "write", "check"]
    assert fates(answer) == {
        **{f"p{n}": (Fate.DROPPED, "not among the best 8") for n in range(CANDIDATES)},
        **{f"p{n}": (Fate.READ, "no sentence of it was used") for n in range(PASSAGES)},
        "p2": (Fate.CITED, ""),
        "p4": (Fate.READ, "cited by the writer, but its words do not carry the sentence"),
    }


def test_the_trace_of_a_refusal_names_what_was_found(corpus: Path) -> None:
    answer, _ = finished(list(make_answering(corpus, WordRetriever(*NOTES)).answer("How do I cook rice?")))
    refused = (Fate.DROPPED, "the question was refused before anything was written")
    assert fates(answer) == {"fuse": refused, "wire": refused, "queue": refused}


# With a real model behind HTTP.


@pytest.fixture
def _calm_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The one retry comes at once, and no thread stays behind."""
    monkeypatch.setattr("assistant.llm.mapping._BRIEFLY_S", 0.01)
    yield
    assert threads_left(1.0) == []


def make_writer(model: ChatModel) -> ModelWriter:
    return ModelWriter(model, max_input_tokens=3_000)


def model_answer(corpus: Path, behaviour: Behaviour, *, fallback: bool = True) -> tuple[Answer, str, LoopbackServer]:
    with LoopbackServer(behaviour) as server:
        model: ChatModel = make_model(server.base_url, first_token_timeout_s=20.0, timeout_s=20.0)
        answering = make_answering(corpus, WordRetriever(*NOTES), make_writer(model), fallback=fallback)
        answer, streamed = finished(list(answering.answer(WHAT, [turn("Hello?", HI)])))
    return answer, streamed, server


@pytest.mark.usefixtures("_calm_model")
class TestWithModel:
    def test_an_answer_with_citations(self, corpus: Path) -> None:
        answer, streamed, server = model_answer(
            corpus, reply("The fuse guards", " the wire. [", "2] A fuse ", "breaks at 16 ampere [1].")
        )
        assert answer.status is AnswerStatus.ANSWERED
        assert answer.text == streamed == "The fuse guards the wire. [1] A fuse breaks at 16 ampere [2]."
        assert cited(answer) == [
            (1, "wire", "The fuse guards the wire."),
            (2, "fuse", "A fuse breaks the circuit at 16 ampere."),
        ]
        assert (answer.model, answer.notice, server.calls) == ("tiny", "", 1)

    def test_the_model_reads_numbered_passages_and_the_conversation(self, corpus: Path) -> None:
        _, _, server = model_answer(corpus, reply("A fuse breaks. [1]"))
        system, human = server.requests[0].json["messages"]
        assert human == {"role": "user", "content": WHAT}
        assert system["role"] == "system"
        boundary = re.findall(r"</passage-([0-9a-f]{12})>", system["content"])[0]
        for number, each in enumerate((FUSE, WIRE), start=1):
            block = f"Source: {each.heading}\n{each.text}\n</passage-{boundary}>"
            assert f'<passage-{boundary} number="{number}">\n{block}' in system["content"]
        said = f"<learner-{boundary}>\nHello?\n</learner-{boundary}>\n<assistant-{boundary}>\nHi.\n"
        assert said in system["content"]
        assert f"reply with exactly {REFUSAL_SENTINEL} and nothing else" in system["content"]

    def test_a_failing_server_is_replaced_by_the_notes(self, corpus: Path) -> None:
        answer, streamed, server = model_answer(corpus, error(500))
        assert (answer.status, answer.text, answer.model) == (AnswerStatus.ANSWERED, COMPOSED, "notes")
        assert streamed == COMPOSED
        assert answer.notice == (
            f"The model tiny at {server.host} is failing (HTTP 500). Ask again in a moment, or look at the server's"
            " log. This answer is composed from the notes instead."
        )
        assert server.calls == 2

    def test_a_failing_server_without_fallback(self, corpus: Path) -> None:
        answer, _, server = model_answer(corpus, error(401), fallback=False)
        assert (answer.status, answer.text, answer.model) == (AnswerStatus.FAILED, "", "tiny")
        assert answer.notice == (
            f"The model tiny at {server.host} rejected the key. Check STUDY_LLM_API_KEY and what it may be used for."
        )

    def test_a_stream_that_is_cut_leaves_a_partial_answer(self, corpus: Path) -> None:
        answer, streamed, server = model_answer(
            corpus, stream(text("The fuse guards the wire. [2]"), text(" A fuse bre"), RESET)
        )
        assert streamed == "The fuse guards the wire. [1] A fuse bre"
        assert answer.status is AnswerStatus.PARTIAL
        assert answer.text == "The fuse guards the wire. [1] A fuse bre … (unfinished)"
        assert answer.notice == (
            f"The connection to {server.host} broke while tiny was writing. Ask again for a whole answer."
        )
        assert (cited(answer), server.calls) == ([(1, "wire", "The fuse guards the wire.")], 1)

    @pytest.mark.parametrize(
        ("finish", "notice"),
        [
            (
                "length",
                "The answer reached the length limit. Ask for less at once, or raise STUDY_LLM_MAX_OUTPUT_TOKENS.",
            ),
            (None, "The model server ended the answer early. Ask again for a whole answer."),
        ],
    )
    def test_a_stream_that_ends_early(self, corpus: Path, finish: str | None, notice: str) -> None:
        answer, _, _ = model_answer(corpus, reply("The fuse guards the wire. [2]", finish=finish))
        assert (answer.status, answer.notice) == (AnswerStatus.PARTIAL, notice)

    def test_the_refusal_sentinel(self, corpus: Path) -> None:
        answer, streamed, _ = model_answer(corpus, reply("NOT_IN_", "THE_ROAD", "MAP"))
        assert (answer.status, answer.text, streamed) == (AnswerStatus.REFUSED, REFUSAL, REFUSAL)

    def test_a_marker_to_a_missing_passage(self, corpus: Path) -> None:
        answer, streamed, _ = model_answer(corpus, reply("The fuse guards the wire. [7] A fuse breaks. [1][12]"))
        assert streamed == "The fuse guards the wire. A fuse breaks. [1]"
        assert answer.text == f"The fuse guards the wire. {UNSUPPORTED} A fuse breaks. [1]"
        assert (answer.supported, answer.statements, answer.notice) == (1, 2, "")
        assert answer.status is AnswerStatus.ANSWERED

    def test_an_empty_answer_and_a_tool_call_are_failures(self, corpus: Path) -> None:
        for behaviour in (reply(""), stream(delta(tool_calls=[{"index": 0, "function": {"name": "f"}}]))):
            answer, _, _ = model_answer(corpus, behaviour)
            assert (answer.model, answer.text) == ("notes", COMPOSED)

    def test_a_reader_who_leaves_hangs_up(self, corpus: Path) -> None:
        with LoopbackServer(stream(text("The fuse guards."), HANG)) as server:
            model = make_model(server.base_url, first_token_timeout_s=20.0, timeout_s=20.0)
            events = make_answering(corpus, WordRetriever(*NOTES), make_writer(model)).answer(WHAT)
            assert isinstance(next(events), Retrieved)
            assert next(events) == TextDelta("The fuse guards.")
            events.close()
            assert server.wait_gone(5.0)


def test_the_retriever_above_scores_by_words() -> None:
    retrieved = WordRetriever(*NOTES).retrieve(WHAT, 2).passages
    assert retrieved == (ScoredPassage(1, FUSE, 1.0, 1.0, 3.0), ScoredPassage(2, WIRE, 1.0, 1.0, 3.0))
