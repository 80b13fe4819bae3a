"""What a topic is called in the middle of a question: "the pitfalls of Vault and AWS Secrets Manager".

Owns: making a subject of a title. Pure. Refuses: finding topics in what a learner types (``assistant.topic_names``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.curriculum import Curriculum

_ASIDE = re.compile(r"\s*\([^)]*\)")
_BEFORE = re.compile(
    r"^(?:what is|intro(?:duction)? to|basics of|tools:|core concepts:|characteristics and|collaboration:)\s+",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+(?:explained|overview|basics|concepts|essentials|for (?:logging|metrics))$", re.IGNORECASE)
_LIST = re.compile(r" vs\.? |, or |, | & |(?<!CI)/")
_WORD = re.compile(r"[^\W\d_]+")
_NAMELESS = {
    "monolith-vs-microservices-vs-soa": "monoliths, microservices and SOA",
    "blue-green-deployments": "blue-green deployments",
    "microservice-use-cases-and-anti-patterns": "microservice anti-patterns",
    "gateway-auth-rate-limiting-observability": "authentication and rate limiting at the API gateway",
    "dev-and-ops-collaboration": "collaboration between developers and operators",
    "three-pillars-of-observability": "logs, metrics and traces",
    "cot-few-shot-zero-shot": "few-shot and chain-of-thought prompting",
    "agent-evaluation-metrics": "evaluation metrics for agents",
}
"""Titles that say nothing, or something else, away from their module."""


def topic_subjects(curriculum: Curriculum) -> Mapping[str, str]:
    """The subject of every topic, by its id."""
    names = {
        found[0]
        for topic in curriculum.topics.values()
        for alias in topic.aliases
        if (found := _WORD.match(alias)) and not alias.islower()
    }
    return {topic.id: _NAMELESS.get(topic.id) or _subject(topic.title, names) for topic in curriculum.topics.values()}


def _subject(title: str, names: set[str]) -> str:
    subject = _AFTER.sub("", _BEFORE.sub("", _ASIDE.sub("", title).rstrip("?"))).strip()
    head, colon, rest = subject.partition(": ")
    subject = f"{head} ({rest})" if colon else _listed(subject)
    first = subject.partition(" ")[0]
    word = _WORD.match(subject)
    is_name = word is None or word[0] in names or not first[1:].replace("-", "").islower()
    is_title = subject[len(first) + 1 :][:1].isupper()
    return subject if is_name or is_title else subject[:1].lower() + subject[1:]


def _listed(subject: str) -> str:
    """``A vs B``, ``A/B`` and ``A, B, C`` as lists with an "and"."""
    parts = _LIST.split(subject)
    if len(parts) == 1 or " and " in subject:
        return subject
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
