from __future__ import annotations

import pytest

from assistant.support import supports

HEADING = "13. Resiliency Patterns > Circuit Breaker"
SOURCE = (
    "Resilience4j opens the breaker when 50 percent of the last 100 calls fail. An open breaker never contacts the"
    " dependency. The `DestinationRule` resource of Istio ejects a host after five consecutive 5xx errors.\n"
    "- Callers that wait hold threads, so “fail fast is kinder than a timeout” became a rule."
)


@pytest.mark.parametrize(
    "claim",
    [
        "An open breaker never contacts the dependency.",
        "an OPEN breaker\nnever contacts the\u00a0dependency",
        "The breaker of Resilience4j opens when 50 percent of the last 100 calls fail.",
        "A breaker that is open does not contact the dependency.",
        "With Istio, the `DestinationRule` resource ejects a host after consecutive errors.",
        "Callers hold threads while they wait: “fail fast is kinder than a timeout”.",
        "Like every Circuit Breaker, Resilience4j opens the breaker when calls fail.",
    ],
)
def test_carried(claim: str) -> None:
    assert supports(claim, SOURCE, HEADING)


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        ("Resilience4j opens the breaker when 60 percent of the last 100 calls fail.", "number"),
        ("The `VirtualService` resource of Istio ejects a host after consecutive 5xx errors.", "code"),
        ("The host is ejected by Istio after errors with max_retries consecutive calls.", "identifier"),
        ("An open breaker of Hystrix never contacts the dependency.", "name"),
        ("An open breaker contacts the dependency.", "negation left out"),
        ("Resilience4j never opens the breaker when calls fail.", "negation put in"),
        ("Callers wait and hold threads, so “fail fast is always a good rule” was coined.", "quotation"),
        ("Sheep graze in green fields and sleep all day.", "words"),
        ("", "nothing"),
    ],
)
def test_not_carried(claim: str, what: str) -> None:
    assert not supports(claim, SOURCE, HEADING), what


def test_short_words_in_quotation_marks_are_no_quotation() -> None:
    assert supports("An open breaker never contacts the “downstream” dependency.", SOURCE)
