"""Which modules do well and which do not.

Owns: grouping rows by the module of their case. Pure. Refuses: intervals: a module has a dozen cases, so its figures
say where to look and prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.eval_report import Cell, ModuleLine

Row = Mapping[str, object]

FIRST_MODULE, FIRST_TOPIC, FACTS = "Module first", "Topic first", "Key facts"
ANSWERED, OTHER_WORDS, FOLLOW_UPS = "Answered", "Other words", "Follow-ups"
MEASURES = (FIRST_MODULE, FIRST_TOPIC, FACTS, ANSWERED, OTHER_WORDS, FOLLOW_UPS)
"""The columns, in their order."""


def per_module(
    rows: Sequence[Row], scores: Mapping[str, Mapping[str, float]], titles: Mapping[int, str]
) -> tuple[ModuleLine, ...]:
    """One line for each module that any case is about, in the roadmap's order."""
    about = {str(row["id"]): _number(row["gold_module"]) for row in rows if "gold_module" in row}
    topics = {str(row["gold_topic"]): _number(row["gold_module"]) for row in rows if "gold_module" in row}
    values: dict[int, dict[str, list[float]]] = {}
    for row in rows:
        for measure, module, value in _measured(row, about, topics, scores.get("answers.key_facts", {})):
            values.setdefault(module, {}).setdefault(measure, []).append(value)
    return tuple(
        ModuleLine(
            number=number,
            title=titles.get(number, f"Module {number}"),
            cells=tuple(
                Cell(measure=measure, value=round(sum(found) / len(found), 4), n=len(found))
                for measure in MEASURES
                if (found := values[number].get(measure))
            ),
        )
        for number in sorted(values)
    )


def _measured(
    row: Row, about: Mapping[str, int], topics: Mapping[str, int], facts: Mapping[str, float]
) -> list[tuple[str, int, float]]:
    """What a row says: measure, module and value, each from 0 to 1."""
    case = str(row.get("id"))
    match row.get("suite"):
        case "retrieval":
            ranking = row.get("topics")
            first = isinstance(ranking, list) and ranking[:1] == [row["gold_topic"]]
            return [(FIRST_MODULE, about[case], float(bool(row["ok"]))), (FIRST_TOPIC, about[case], float(first))]
        case "answers" if case in about and case in facts:
            return [(FACTS, about[case], facts[case])]
        case "refusal" if case in about:
            return [(ANSWERED, about[case], float(not row["refused"]))]
        case "variants":
            return [(OTHER_WORDS, about[case], float(bool(row["ok"])))]
        case "conversation":
            gold = row.get("gold_topics")
            modules = [topics[topic] for topic in gold if topic in topics] if isinstance(gold, list) else []
            return [(FOLLOW_UPS, module, float(bool(row["ok"]))) for module in modules[:1]]
    return []


def _number(value: object) -> int:
    return int(str(value))
