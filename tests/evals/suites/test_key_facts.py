"""When an answer states a key fact, and when it does not."""

from __future__ import annotations

import pytest

from evals.suites.key_facts import facts_stated


@pytest.mark.parametrize(
    ("alternative", "text", "stated"),
    [
        ("deployed independently", "Services can be independently deployed. [1]", True),
        ("independent deployment", "A service is deployed. [1]", False),
        ("own data", "Each service owns its data. [1]", True),
        # Endings, hyphens, case, and two words as one
        ("load balancer", "A load-balancer spreads requests. [1]", True),
        ("loadbalancer", "LoadBalancer is a type of service, as is any load balancer. [1]", True),
        ("postmortem", "Write a post-mortem. [1]", True),
        ("post mortem", "Write a postmortem. [1]", False),
        ("cgroups", "A cgroup limits memory. [1]", True),
        # Numbers
        ("four metrics", "DORA names 4 metrics. [1]", True),
        ("4 metrics", "DORA names four metrics. [1]", True),
        ("403 forbidden", "The answer is 401 and not forbidden. [1]", False),
        ("403", "It is 4030. [1]", False),
        # Negation
        ("not encrypted", "Secrets are never encrypted by default. [1]", True),
        ("not encrypted", "Secrets are encrypted. [1]", False),
        ("without blame", "A review does not blame anyone. [1]", True),
        ("not idempotent", "POST isn't idempotent. [1]", True),
        # What belongs together stands together
        ("put replaces", "PUT is a method. [1] It replaces a resource. [1]", True),
        ("put replaces", "PUT is a method. [1] It is idempotent. [1] POST replaces nothing. [1]", False),
        ("patch partial", "| Method | Does |\n| --- | --- |\n| PATCH | changes it partially [1] |", True),
        ("docker exec", "Run this: [1]\n\n```sh\ndocker exec -it web sh\n```", True),
        # Small words do not matter, unless there is nothing else
        ("action with owners", "Every action has its owner. [1]", True),
        ("-it", "Run it interactively. [1]", True),
        ("-it", "Run the shell. [1]", False),
        ("anything", "", False),
    ],
)
def test_one_alternative(alternative: str, text: str, stated: bool) -> None:
    assert facts_stated([(alternative,)], text) == (stated,)


def test_one_alternative_of_a_fact_is_enough_and_each_fact_counts_for_itself() -> None:
    facts = [("enterprise service bus", "esb"), ("own database", "own data"), ("loose coupling",)]
    assert facts_stated(facts, "SOA talks over an ESB. [1] Microservices own their data. [1]") == (True, True, False)
    assert facts_stated([], "Anything. [1]") == ()
