"""Follow-ups are judged turn by turn, and a condenser that does nothing closes the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant.condensing import Readings
from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerStatus, Citation, Passage, PassageKind, ScoredPassage
from assistant.errors import CorpusError
from assistant.service import open_assistant
from assistant.settings import Settings
from assistant.trace import Trace
from evals.cases import Split, load_cases
from evals.gate import broken_limits
from evals.limits import LIMITS
from evals.runner import talker, topic_modules
from evals.scripts import ConversationCase, ScriptedTurn, TurnKind
from evals.suite import SuiteResult
from evals.suites.conversation import Talk, run_conversations
from tests.evals.project_cases import project_cases

MODULES = {"fuses": 1, "breakers": 1, "queues": 2}
LIMITS_HERE = [limit for limit in LIMITS if limit.metric.startswith("conversation.")]


def tick() -> None:
    """Progress nobody watches."""


def turn(kind: TurnKind, topic: str | None, *also_ok: str) -> ScriptedTurn:
    module = None if topic is None else MODULES[topic]
    return ScriptedTurn(
        question=f"{kind}?", kind=kind, module=module, topic=topic, also_ok=also_ok, refused=topic is None
    )


def cases(*turns: ScriptedTurn, ids: Sequence[str] = ("c001", "c002")) -> tuple[ConversationCase, ...]:
    """The same conversation once in each half: c001 is in dev, c002 held out."""
    return tuple(ConversationCase(id=id_, turns=(turn(TurnKind.OPENING, "fuses"), *turns)) for id_ in ids)


def reply(topic: str | None) -> Answer:
    """An answer from one topic, or a refusal that still retrieved the right one."""
    found = topic or "fuses"
    retrieved = ScoredPassage(1, Passage("p", "s", PassageKind.NOTES, MODULES[found], found, "h", "t"), 1.0, None, None)
    citation = Citation(1, "p", MODULES[found], found, "h", None, "t")
    status = AnswerStatus.REFUSED if topic is None else AnswerStatus.ANSWERED
    citations = () if topic is None else (citation,)
    trace = Trace("condensed", {}, 0.5, (), {})
    return Answer("q", status, "", citations, (retrieved,), 0.5, "notes", 1, trace=trace)


def always(topic: str | None) -> Talk:
    return lambda questions: iter([reply(topic)] * len(questions))


def values(result: SuiteResult, split: str) -> dict[str, float]:
    return {
        name.removeprefix(f"{split}."): metric.value
        for name, metric in result.metrics.items()
        if name.startswith(split)
    }


def test_turns_about_something_are_right_if_their_module_comes_first() -> None:
    script = cases(turn(TurnKind.PRONOUN, "breakers"), turn(TurnKind.SWITCH, "queues"))
    result = run_conversations(script, always("fuses"), MODULES, tick)
    expected = {"module": 0.5, "topic": 0.0, "cited": 0.5, "whole": 0.0}
    assert values(result, "dev") == expected
    assert values(result, "heldout") == expected
    assert result.metrics["dev.module"].n == 2
    assert result.metrics["dev.whole"].n == 1


def test_another_topic_may_be_as_right() -> None:
    result = run_conversations(cases(turn(TurnKind.PRONOUN, "queues", "fuses")), always("fuses"), MODULES, tick)
    assert values(result, "dev") == {"module": 1.0, "topic": 1.0, "cited": 1.0, "whole": 1.0}


def test_a_refusal_is_right_where_one_is_due_and_nowhere_else() -> None:
    script = cases(turn(TurnKind.PRONOUN, "fuses"), turn(TurnKind.THANKS, None))
    refusing = run_conversations(script, always(None), MODULES, tick)
    assert values(refusing, "dev") == {"module": 0.0, "topic": 0.0, "cited": 0.0, "refused": 1.0, "whole": 0.0}
    answering = run_conversations(script, always("fuses"), MODULES, tick)
    assert values(answering, "dev") == {"module": 1.0, "topic": 1.0, "cited": 1.0, "refused": 0.0, "whole": 0.0}


def test_rows_show_what_was_searched_for() -> None:
    result = run_conversations(cases(turn(TurnKind.PRONOUN, "fuses"), ids=["c001"]), always("queues"), MODULES, tick)
    assert result.rows == (
        {
            "suite": "conversation",
            "id": "c001.2",
            "conversation": "c001",
            "split": "dev",
            "kind": "pronoun",
            "question": "pronoun?",
            "condensed": "condensed",
            "gold_topics": ["fuses"],
            "modules": [2],
            "topics": ["queues"],
            "cited_modules": [2],
            "should_refuse": False,
            "refused": False,
            "confidence": 0.5,
            "topic_ok": False,
            "cited_ok": False,
            "ok": False,
        },
    )


def test_a_reply_that_is_missing_is_an_error() -> None:
    def cut_short(questions: Sequence[str]) -> Iterator[Answer]:
        return iter([reply("fuses")] * (len(questions) - 1))

    with pytest.raises(ValueError, match="shorter"):
        run_conversations(cases(turn(TurnKind.PRONOUN, "fuses")), cut_short, MODULES, tick)


def follow_ups_break_the_gate(settings: Settings, journal_path: Path) -> bool:
    """Whether the follow-ups of 20 of our own conversations (of the dev half) fall below their floor."""
    dev = [case for case in project_cases().conversations if case.split is Split.DEV][:20]
    assistant = open_assistant(settings, journal_path=journal_path)
    assert assistant.journal
    with closing(assistant.journal):
        result = run_conversations(dev, talker(assistant), topic_modules(assistant.curriculum), tick)
    (floor,) = (limit for limit in LIMITS if limit.metric == "conversation.dev.module")
    return bool(broken_limits([result], [floor]))


def test_a_condenser_that_does_nothing_closes_the_gate(
    real_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not follow_ups_break_the_gate(real_settings, tmp_path / "real.sqlite")
    monkeypatch.setattr("assistant.answering.condense", lambda question, *_: Readings(question))
    assert follow_ups_break_the_gate(real_settings, tmp_path / "broken.sqlite")


@pytest.mark.parametrize(("topic", "broken"), [("fuses", {"refused"}), (None, {"module"})])
def test_every_limit_can_break(topic: str | None, broken: set[str]) -> None:
    script = cases(turn(TurnKind.PRONOUN, "fuses"), turn(TurnKind.THANKS, None))
    result = run_conversations(script, always(topic), MODULES, tick)
    found = {entry.limit.metric for entry in broken_limits([result], LIMITS_HERE)}
    assert {metric.rsplit(".", 1)[-1] for metric in found} == broken


def test_conversations_are_not_played_without_a_journal(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="journal"):
        talker(open_assistant(Settings(home=tmp_path), with_journal=False))


def test_the_held_out_conversations_stay_as_many_as_they_were() -> None:
    halves = [case.split for case in project_cases().conversations]
    assert (halves.count(Split.DEV), halves.count(Split.HELD_OUT)) == (133, 39)
    assert [case.split.value for case in cases(turn(TurnKind.PRONOUN, "fuses"))] == ["dev", "heldout"]


def test_own_conversations_name_real_topics_in_their_modules() -> None:
    topics = load_curriculum(Settings().corpus_dir).topics
    conversations = project_cases().conversations
    assert len(conversations) >= 60
    for case in conversations:
        for each in case.turns:
            assert each.refused or topics[each.topic or ""].module == each.module
            assert all(topic in topics for topic in each.also_ok)
    kinds = {each.kind for case in conversations for each in case.turns}
    assert kinds == set(TurnKind)


@pytest.mark.parametrize(
    ("turns", "message"),
    [
        ('{"question": "a", "kind": "opening", "module": 1, "topic": "t"}', "at least 2 items"),
        (
            '{"question": "a", "kind": "opening", "module": 1, "topic": "t"}, {"question": "b", "kind": "yes"}',
            "has a topic and its module, or is refused",
        ),
        (
            ", ".join(['{"question": "a", "kind": "yes", "refused": true}'] * 2),
            "the first turn, and no other, is the opening",
        ),
    ],
)
def test_a_broken_conversation_names_its_line(tmp_path: Path, turns: str, message: str) -> None:
    file = tmp_path / "conversations.jsonl"
    file.write_text(f'{{"id": "c1", "turns": [{turns}]}}', encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_cases(ConversationCase, file)
    assert "conversations.jsonl:1: " in caught.value.user_message
    assert message in caught.value.user_message
