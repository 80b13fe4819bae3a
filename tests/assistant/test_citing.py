from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citing import UNSUPPORTED, CheckedText, check, unfinished
from assistant.domain import Citation
from assistant.support import folded
from tests.assistant.passages import passage

STATES = passage(
    "states",
    "A circuit breaker has three states. It opens after 5 failed calls in a window of 10 seconds.\n\n"
    "- **Closed**: calls pass.\n- **Open**: calls fail at once.\n  - Nested: the timer runs.\n\n"
    "| State | Calls |\n|---|---|\n| Half-open | One trial call passes |\n\n"
    "```sh\ncurl breaker[1]\n```",
)
RETRY = passage(
    "retry",
    "A retry waits 200 ms\nand doubles the wait each time. Retries need idempotent calls.",
    topic="retry-with-exponential-backoff",
    url="https://example.org/retry",
)
TITLES = {"states": "13. Resiliency > States", "retry": "13. Resiliency > Retry"}


def checked(text: str) -> CheckedText:
    return check(text, [STATES, RETRY], TITLES)


def quotes(text: str) -> list[tuple[int, str, str]]:
    return [(citation.n, citation.passage_id, citation.quote) for citation in checked(text).citations]


def test_a_verbatim_sentence_is_supported() -> None:
    assert checked("A circuit breaker has three states. [1]") == CheckedText(
        text="A circuit breaker has three states. [1]",
        citations=(
            Citation(
                n=1,
                passage_id="states",
                module=13,
                topic="circuit-breaker",
                title="13. Resiliency > States",
                url=None,
                quote="A circuit breaker has three states.",
            ),
        ),
        supported=1,
        statements=1,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "A circuit breaker has three states [1].",
        "A circuit breaker has three states.[1]",
        "[1] A circuit breaker has three states.",
        "The breaker opens when 5 calls failed within 10 seconds. [1]",  # in other words, but the same ones
        "A ＣＩＲＣＵＩＴ breaker\thas three states. [1]",
        "**A circuit breaker has three states.** [1]",
        "Retries need idempotent calls. [2]",
        "A retry waits 200 ms and doubles the wait each time. [2]",
        "A breaker opens after 5 failures, a retry waits 200 ms. [1][2]",
        "Breaker states guard sheep. [1]",  # two words of four
    ],
)
def test_supported_as_it_stands(sentence: str) -> None:
    result = checked(sentence)
    assert (result.supported, result.statements) == (1, 1)
    assert result.text == sentence.replace("[2]", "[1]" if "[1]" not in sentence else "[2]")


def test_a_passage_that_says_nothing_of_it_lends_a_sentence_no_weight() -> None:
    result = checked("A circuit breaker has three states. [2][1] Retries need idempotent calls. [1] [2]")
    assert result.text == "A circuit breaker has three states. [1] Retries need idempotent calls. [2]"
    assert [citation.passage_id for citation in result.citations] == ["states", "retry"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It opens after 6 failed calls in a window of 10 seconds. [1]",  # a wrong number
        "A retry waits 20 ms. [2]",  # 200 is not 20
        "A retry waits 20 [2]",
        "A circuit breaker has three states. [2]",  # the wrong passage
        "A circuit breaker has three states.",  # no marker
        "A circuit breaker has three states. [3]",  # no such passage
        "A circuit breaker has three states. [0]",
        "Kubernetes schedules pods onto nodes of a cluster. [1]",  # other words
        "It is so. [1]",  # nothing to look for
        "A breaker opens after 5 failures, a retry waits 200 ms. [1]",  # half of it
        "Breaker states guard black sheep. [1]",  # two words of five
    ],
)
def test_unsupported_keeps_its_words_and_loses_its_markers(sentence: str) -> None:
    assert checked(sentence) == CheckedText(f"{sentence.partition(' [')[0]} {UNSUPPORTED}", (), 0, 1)


def test_only_what_fails_is_marked_and_what_remains_is_numbered_afresh() -> None:
    result = checked("Pods are scheduled onto nodes [1]. Retries need idempotent calls [2]. Calls pass [1][2].")
    assert result.text == (
        f"Pods are scheduled onto nodes. {UNSUPPORTED} Retries need idempotent calls [1]. Calls pass [2][1]."
    )
    assert [(c.n, c.passage_id) for c in result.citations] == [(1, "retry"), (2, "states")]
    assert (result.supported, result.statements) == (2, 3)


def test_a_marker_after_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    result = checked("A circuit breaker has three states.[1] Retries need idempotent calls. [2] Pods run.")
    assert result.text == (
        f"A circuit breaker has three states.[1] Retries need idempotent calls. [2] Pods run. {UNSUPPORTED}"
    )


def test_a_marker_to_a_missing_passage_goes_and_its_neighbour_stays() -> None:
    assert checked("A circuit breaker has three states [7][1].").text == "A circuit breaker has three states [1]."


def test_markers_without_a_sentence_cite_nothing() -> None:
    assert checked("- [1]\n\n[2]\n\n") == CheckedText("- \n\n\n\n", (), 0, 0)


@pytest.mark.parametrize("text", ["", "\n\n", "---", "***\n", "- \n- ", "> \n", "| a |\n|---|", "# A heading"])
def test_what_makes_no_statement_passes(text: str) -> None:
    assert checked(text) == CheckedText(text, (), 0, 0)


LAYOUT = """\
## A circuit breaker has three states

A circuit breaker
has three states. [1]  Retries need
idempotent calls. [2]

- **Closed**: calls pass. [1]
- **Open**: calls fail at once. [1]
  1. The timer runs. [1]

     ```sh
     curl breaker[1]; arr[2]
     ```
* loose

* items

> Retries need idempotent calls. [2]
> A retry waits 200 ms
> and doubles the wait. [2]

| State | Calls | Source |
|:------|:-----:|--------|
| Half-open | One trial call passes [1] | x |
| Closed | Nothing is cited | x |
| Half-open | 7 trial calls pass | [1] |

```python
A claim in code. [1]
```

    indented [2]

Use `breaker[1]` and calls pass. [1]\\
Calls fail at once. [1]
"""


def test_the_layout_stays() -> None:
    result = checked(LAYOUT)
    assert result.text == (
        LAYOUT.replace("* loose", f"* loose {UNSUPPORTED}")
        .replace("* items", f"* items {UNSUPPORTED}")
        .replace("| Half-open | 7 trial calls pass | [1] |", f"| Half-open | 7 trial calls pass | {UNSUPPORTED} |")
    )
    assert (result.supported, result.statements) == (10, 13)


def test_a_tight_list_stays_tight() -> None:
    text = "- calls pass [1]\n- calls fail at once [1]"
    assert checked(text).text == text


def test_headings_lose_their_markers_and_code_keeps_its_brackets() -> None:
    assert checked("# States [1]\n\n```\na[1]\n```").text == "# States\n\n```\na[1]\n```"


def test_a_marker_in_inline_code_supports_nothing() -> None:
    text = "A circuit breaker has three states `[1]`."
    assert checked(text) == CheckedText(f"{text} {UNSUPPORTED}", (), 0, 1)


def test_numbers_in_the_markup_are_not_part_of_the_claim() -> None:
    assert checked("7. Retries need idempotent calls. [2]").text == "7. Retries need idempotent calls. [1]"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The breaker opens after 5 failed calls. [1]", "It opens after 5 failed calls in a window of 10 seconds."),
        ("Open means that calls fail at once. [1]", "**Open**: calls fail at once."),
        ("The nested timer runs. [1]", "Nested: the timer runs."),
        ("Half-open passes one trial call. [1]", "| Half-open | One trial call passes |"),
        ("Run curl against the breaker. [1]", "```sh\ncurl breaker[1]\n```"),
        ("Waits double each time. [2]", "A retry waits 200 ms\nand doubles the wait each time."),
    ],
)
def test_the_quote_is_the_closest_sentence_as_the_passage_has_it(sentence: str, quote: str) -> None:
    ((_, passage_id, found),) = quotes(sentence)
    assert found == quote
    assert quote in {"states": STATES.text, "retry": RETRY.text}[passage_id]


def test_the_first_sentence_that_cites_a_passage_gives_its_quote() -> None:
    assert quotes("Calls fail at once. [1] A circuit breaker has three states. [1]") == [
        (1, "states", "**Open**: calls fail at once.")
    ]


def test_a_verbatim_quote_wins_over_one_with_more_words_in_common() -> None:
    source = passage("p", "Calls pass and calls fail. Calls pass.")
    assert check("calls pass. [1]", [source], {"p": "t"}).citations[0].quote == "Calls pass."


def test_folding_makes_forms_case_and_white_space_equal() -> None:
    assert folded("  Ｒetries\u00a0NEED\n ﬁles ß ") == "retries need files ss"


PIECES = st.one_of(
    st.sampled_from(
        ["- ", "1. ", "> ", "\n", "\n\n", "| ", " |\n|---|\n", "```\n", "`", "# ", "    ", "\t", "\r\n", "**"]
    ),
    st.sampled_from(["Calls pass. ", "retry 200 ms ", "[1]", " [2]", " [3]", "word ", ".", "é", "\\\n", "\\"]),
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_words_are_lost_and_every_citation_is_used(text: str) -> None:
    result = checked(text)
    bare = result.text.replace(f" {UNSUPPORTED}", "")

    def letters(markdown: str) -> str:
        return "".join(re.sub(r"\[\d\]", "", markdown).split())

    assert letters(bare) == letters(text)
    assert bare.count("\n") <= text.count("\n")
    assert 0 <= result.supported <= result.statements
    assert result.statements - result.supported == result.text.count(UNSUPPORTED)
    assert [citation.n for citation in result.citations] == list(range(1, len(result.citations) + 1))
    for citation in result.citations:
        assert f"[{citation.n}]" in result.text
        assert folded(citation.quote) in folded({"states": STATES, "retry": RETRY}[citation.passage_id].text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("A breaker opens. [1] It then", "It then"),
        ("A breaker opens. [1] It then waits.", "It then waits."),
        ("A breaker opens. [1]", ""),
        ("A breaker opens. [1]\n\n- One. [1]\n- Tw", "Tw"),
        ("A breaker opens. [1]\n\nIt\n\n", "It\n\n"),
        ("A breaker opens. [1]\n\n```\nx = 1", ""),
        ("| A | B |\n| - | - |\n| a | b", ""),
        ("  \n", ""),
        ("", ""),
    ],
)
def test_where_a_text_broke_off(text: str, rest: str) -> None:
    assert unfinished(text) == rest
