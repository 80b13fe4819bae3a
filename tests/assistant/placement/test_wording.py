from __future__ import annotations

import pytest

from assistant.placement import PlacementResult, confidence_text, is_sure, result_text

TOPICS = [f"topic-{number}" for number in range(145)]


def result(confidence: float, known: int = 3) -> PlacementResult:
    return PlacementResult(tuple(TOPICS[:known]), dict.fromkeys(TOPICS, 0.5), confidence, 12, finished=True)


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (0.97, "reliable: about 97 %"), (0.95, "reliable: about 95 %"), (0.934, "fairly reliable: about 93 %"),
        (0.86, "rough: about 86 %"), (0.7, "very rough: about 70 %"),
    ],
)  # fmt: skip
def test_the_confidence_is_a_word_and_a_share_of_all_topics(confidence: float, said: str) -> None:
    assert confidence_text(result(confidence)) == f"The result is {said} of the 145 topics are placed right."


def test_a_result_says_how_much_is_known() -> None:
    assert result_text(result(0.93)).startswith("After 12 questions it looks as if you know 3 of the 145 topics. The ")
    assert result_text(result(0.93, known=0)).startswith(
        "After 12 questions it looks as if you know none of the topics."
    )


def test_a_topic_is_sure_from_three_in_four_on() -> None:
    assert (is_sure(0.75), is_sure(0.74)) == (True, False)
