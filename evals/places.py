"""What cases say of the roadmap and of each other, held against both.

Owns: the checks that a schema cannot make; each raises ValueError with what is wrong. Pure. Refuses: reading cases
(``evals.cases``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.curriculum import Curriculum
from evals.cases import QuestionCase, VariantCase
from evals.safety.cases import AttackCase
from evals.scripts import ConversationCase


def check_question(case: QuestionCase, curriculum: Curriculum) -> None:
    """Raises: ValueError: its topic is not one of its module, or a module is not the roadmap's."""
    _check_topic("topic", case.topic, case.module, curriculum)
    _check_modules("also_ok", case.also_ok, curriculum)


def check_variant(case: VariantCase, questions: Collection[str]) -> None:
    """Raises: ValueError: there is no question that it rewords."""
    if case.of not in questions:
        raise ValueError(f"of: there is no question {case.of}")


def check_conversation(case: ConversationCase, curriculum: Curriculum) -> None:
    """Raises: ValueError: a turn is about what the roadmap does not have."""
    for number, turn in enumerate(case.turns):
        if turn.topic is not None:
            _check_topic(f"turns.{number}.topic", turn.topic, turn.module, curriculum)
        for topic in turn.also_ok:
            _check_topic(f"turns.{number}.also_ok", topic, None, curriculum)


def check_attack(case: AttackCase, curriculum: Curriculum) -> None:
    """Raises: ValueError: a module is not the roadmap's."""
    _check_modules("module", () if case.module is None else (case.module,), curriculum)
    _check_modules("also_ok", case.also_ok, curriculum)


def _check_topic(field: str, topic: str, module: int | None, curriculum: Curriculum) -> None:
    found = curriculum.topics.get(topic)
    if found is None:
        raise ValueError(f"{field}: the roadmap has no topic {topic}")
    if module is not None and found.module != module:
        raise ValueError(f"{field}: {topic} belongs to module {found.module}, not {module}")


def _check_modules(field: str, numbers: Iterable[int], curriculum: Curriculum) -> None:
    known = {module.number for module in curriculum.modules}
    for number in numbers:
        if number not in known:
            raise ValueError(f"{field}: the roadmap has no module {number}")
