from __future__ import annotations

from dataclasses import replace
from itertools import repeat

import pytest

from assistant.citing import UNSUPPORTED
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.drafting import Draft
from assistant.messages import REFUSAL_SENTINEL
from assistant.retrieval import Retrieval
from assistant.trace import Candidate, Fate, Trace
from assistant.writing import Written
from tests.assistant.passages import BREAKER, passage, ranked

OPENS = passage("opens", "A breaker opens after 5 failures.")
PASSES = passage("passes", "A closed breaker passes calls.", section="Pitfalls")
RETRIEVAL = Retrieval("breaker", ("breaker",), ranked(OPENS, PASSES))
QUESTION = "What about breakers?"


def make_draft(retrieval: Retrieval = RETRIEVAL) -> Draft:
    draft = Draft(QUESTION, retrieval, 0.75, repeat(12.3456).__next__, started_s=12.0)
    draft.begin(retrieval.passages)
    return draft


def fed(draft: Draft, *pieces: str) -> str:
    """What is shown of the pieces, the end included."""
    return "".join([*(draft.feed(piece) for piece in pieces), draft.close()])


def citation(n: int, id_: str, section: str, quote: str) -> Citation:
    return Citation(n, id_, 13, "circuit-breaker", f"{BREAKER} > {section}", None, quote)


def test_a_finished_draft() -> None:
    draft = make_draft()
    assert fed(draft, "A closed breaker ", "passes calls. [", "2]") == "A closed breaker passes calls. [1]"
    assert draft.finished("tiny", Written(complete=True)) == Answer(
        question=QUESTION,
        status=AnswerStatus.ANSWERED,
        text="A closed breaker passes calls. [1]",
        citations=(citation(1, "passes", "Pitfalls", "A closed breaker passes calls."),),
        retrieved=RETRIEVAL.passages,
        confidence=0.75,
        model="tiny",
        elapsed_ms=346,
        notice="",
        supported=1,
        statements=1,
        trace=Trace(
            query="",
            signals={},
            threshold=0.0,
            candidates=(
                Candidate(
                    1, "opens", f"{BREAKER} > How it works", 1.0, 1.0, 3.0, Fate.READ, "no sentence of it was used"
                ),
                Candidate(2, "passes", f"{BREAKER} > Pitfalls", 0.5, 0.5, 3.0, Fate.CITED),
            ),
            timings_ms={"check": 0},
        ),
    )


def test_the_check_replaces_what_was_streamed_and_says_so() -> None:
    draft = make_draft()
    shown = fed(draft, "Pods run on nodes. [1] A breaker opens after 5 failures. [1][2] It opens after 6. [1]")
    assert shown == "Pods run on nodes. [1] A breaker opens after 5 failures. [1][2] It opens after 6. [1]"
    draft.notice = "The model is slow."
    answer = draft.finished("tiny", Written(complete=False, notice="Cut off."))
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.text == (
        f"Pods run on nodes. {UNSUPPORTED} A breaker opens after 5 failures. [1] It opens after 6. {UNSUPPORTED}"
    )
    assert answer.citations == (citation(1, "opens", "How it works", "A breaker opens after 5 failures."),)
    assert answer.notice == "The model is slow. Cut off."
    assert (answer.supported, answer.statements) == (1, 3)


def test_an_answer_that_nothing_supports_is_not_an_answer() -> None:
    draft = make_draft()
    fed(draft, "Pods run on nodes. [1] They are many.")
    answer = draft.finished("tiny", Written(complete=True))
    assert (answer.status, answer.supported, answer.statements) == (AnswerStatus.PARTIAL, 0, 2)
    assert answer.notice == "None of its statements was found in the sources, so do not rely on it."


@pytest.mark.parametrize(
    "text",
    [
        REFUSAL_SENTINEL,
        f"\n {REFUSAL_SENTINEL} \n",
        f"{REFUSAL_SENTINEL}.",
        f"**{REFUSAL_SENTINEL}**",
        f"`{REFUSAL_SENTINEL}`",
        f'"{REFUSAL_SENTINEL}"',
        REFUSAL_SENTINEL.replace("_", "\\_"),
        f"{REFUSAL_SENTINEL}\n\nThe passages are about breakers, not about rice. [1]",
    ],
)
def test_the_sentinel_is_never_shown(text: str) -> None:
    whole, by_character = make_draft(), make_draft()
    assert fed(whole, text) == fed(by_character, *text) == ""
    assert whole.is_refusal
    assert by_character.is_refusal


def test_a_sentinel_after_other_words_is_a_refusal_too() -> None:
    draft = make_draft()
    fed(draft, "Sorry, this is not covered: ", REFUSAL_SENTINEL)
    assert draft.is_refusal


@pytest.mark.parametrize("text", ["NOT_IN_PROGRESS is a state.", "NOT", "**Not** so. [1]", "- NO", "`N`", "N"])
def test_what_only_begins_like_the_sentinel_is_shown(text: str) -> None:
    draft = make_draft()
    assert fed(draft, *text) == text
    assert not draft.is_refusal


def test_the_beginning_is_held_back_no_longer_than_needed() -> None:
    draft = make_draft()
    assert draft.feed("**N") == ""
    assert draft.feed("OT_") == ""
    assert draft.feed("so") == "**NOT_so"
    assert draft.feed(" NOT_IN_THE_") == " NOT_IN_THE_"


def test_an_interrupted_draft_keeps_what_was_held_back_and_shows_no_half_marker() -> None:
    draft = make_draft()
    shown = draft.feed("A breaker opens after 5 failures. [1] Run `breaker --open") + draft.feed(" now [2")
    assert shown == "A breaker opens after 5 failures. [1] Run "
    answer = draft.interrupted("tiny", AnswerStatus.PARTIAL, "The connection broke.")
    assert (answer.status, answer.notice) == (AnswerStatus.PARTIAL, "The connection broke.")
    assert answer.text == "A breaker opens after 5 failures. [1] Run `breaker --open now … (unfinished)"
    assert (answer.supported, answer.statements) == (1, 1)
    assert [each.passage_id for each in answer.citations] == ["opens"]


@pytest.mark.parametrize("pieces", [(), ("NOT_IN_THE",), ("  ",)])
def test_a_draft_interrupted_before_it_showed_anything_is_empty(pieces: tuple[str, ...]) -> None:
    draft = make_draft()
    assert [draft.feed(piece) for piece in pieces] == [""] * len(pieces)
    answer = draft.interrupted("tiny", AnswerStatus.FAILED, "No answer.")
    assert (answer.text, answer.status, answer.citations) == ("", AnswerStatus.FAILED, ())


def test_beginning_afresh_forgets_text_and_numbers_and_keeps_the_notice() -> None:
    draft = make_draft()
    draft.notice = "Composed instead."
    fed(draft, "A closed breaker passes calls. [2] Half a `")
    draft.begin(RETRIEVAL.passages)
    assert draft.text == ""
    assert fed(draft, "A breaker opens after 5 failures. [1]") == "A breaker opens after 5 failures. [1]"
    answer = draft.finished("notes", Written(complete=True))
    assert [each.passage_id for each in answer.citations] == ["opens"]
    assert answer.notice == "Composed instead."


MENDED = replace(RETRIEVAL, corrections=(("braker", "breaker"), ("Kubernetse", "kubernetes")))
READ = "Read “braker” as “breaker”, “Kubernetse” as “kubernetes”."


def test_how_words_were_read_comes_before_other_notices() -> None:
    draft = make_draft(MENDED)
    fed(draft, "A breaker opens after 5 failures. [1] Pods run on nodes. [1]")
    draft.notice = "The model is slow."
    answer = draft.finished("tiny", Written(complete=False, notice="Cut off."))
    assert answer.notice == f"{READ} The model is slow. Cut off."


@pytest.mark.parametrize("text", ["A breaker opens after 5 failures. [1]", ""])
def test_an_interrupted_answer_says_how_words_were_read(text: str) -> None:
    draft = make_draft(MENDED)
    draft.feed(text)
    assert draft.interrupted("tiny", AnswerStatus.PARTIAL, "It broke.").notice == f"{READ} It broke."


def test_a_refusal_says_how_words_were_read() -> None:
    assert make_draft(MENDED).refused("No.").notice == READ
    assert make_draft().refused("No.").notice == ""
