from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.curriculum import Curriculum, load_curriculum
from assistant.domain import Level
from assistant.errors import CorpusError, InvalidInput
from assistant.roadmap import parse_roadmap
from assistant.settings import Settings
from tests.mini_corpus import CURRICULUM, write_corpus

CORPUS = Settings().corpus_dir


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return load_curriculum(CORPUS)


@pytest.fixture
def mini(tmp_path: Path) -> Curriculum:
    return load_curriculum(write_corpus(tmp_path))


def test_every_roadmap_line_is_a_topic_exactly_once(real: Curriculum) -> None:
    roadmap = parse_roadmap((CORPUS / "roadmap.md").read_text(encoding="utf-8"))
    assert [(m.number, m.title, m.lines) for m in roadmap.modules] == [
        (m.number, m.title, tuple(topic.title for topic in m.topics)) for m in real.modules
    ]
    assert (len(real.modules), len(real.topics)) == (42, 145)


def test_graph_is_acyclic_and_every_edge_resolves(real: Curriculum) -> None:
    order = real.study_order(real.topics)
    place = {topic_id: number for number, topic_id in enumerate(order)}
    assert len(order) == 145
    for topic in real.topics.values():
        for edge in topic.prerequisites:
            assert place[edge.id] < place[topic.id], (edge, topic.id)


def test_every_edge_has_a_reason_of_its_own(real: Curriculum) -> None:
    reasons = [edge.reason for topic in real.topics.values() for edge in topic.prerequisites]
    assert all(len(reason.split()) >= 4 and "\n" not in reason for reason in reasons)
    assert len(set(reasons)) == len(reasons)


def test_module_hours_are_the_sum_of_their_topics(real: Curriculum) -> None:
    for module in real.modules:
        for name in ("low", "likely", "high"):
            assert getattr(module.hours, name) == pytest.approx(
                sum(getattr(topic.hours, name) for topic in module.topics)
            )


def test_module_prerequisites_are_those_of_their_topics(real: Curriculum) -> None:
    module_of = {topic.id: topic.module for topic in real.topics.values()}
    for module in real.modules:
        edges = [edge for topic in module.topics for edge in topic.prerequisites]
        outside = {real.module(module_of[edge.id]).id for edge in edges if module_of[edge.id] != module.number}
        hard = {
            real.module(module_of[edge.id]).id for edge in edges if edge.hard and module_of[edge.id] != module.number
        }
        assert {edge.id for edge in module.prerequisites} == outside
        assert {edge.id for edge in module.prerequisites if edge.hard} == hard


def test_levels_rise_with_the_roadmap(real: Curriculum) -> None:
    assert [real.module(number).level for number in (1, 6, 12, 18)] == [
        Level.BEGINNER,
        Level.INTERMEDIATE,
        Level.ADVANCED,
        Level.EXPERT,
    ]


def test_closure_brings_prerequisites_first(mini: Curriculum) -> None:
    assert mini.closure(["queues"]) == ("fuses", "queues")
    assert mini.closure(["queues", "retries"]) == ("fuses", "retries", "queues")


def test_closure_does_not_look_behind_what_is_known(mini: Curriculum) -> None:
    assert mini.closure(["retries"], known={"fuses"}) == ("retries",)
    assert mini.closure(["retries"], known={"retries"}) == ()


@pytest.mark.parametrize(
    ("reference", "topics"),
    [
        ("fuses", ("fuses",)),
        ("1", ("fuses", "retries")),
        ("Breaking-Things", ("fuses", "retries")),
        (" 2 ", ("queues",)),
    ],
)
def test_reference_resolves(mini: Curriculum, reference: str, topics: tuple[str, ...]) -> None:
    assert mini.resolve(reference) == topics


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("fusses", "No topic or module is called 'fusses'. Did you mean fuses?"),
        ("zzz", "No topic or module is called 'zzz'. `study topics` lists the ids."),
        ("9", "There is no module 9; the roadmap has 1 to 2."),
    ],
)
def test_unknown_reference_offers_what_is_close(mini: Curriculum, reference: str, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        mini.resolve(reference)
    assert caught.value.user_message == message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("hard: [fuses]", "hard: [ghost]", "`why` must give one reason"),
        (
            "hard: [fuses], soft: [], why: {fuses: A",
            "hard: [ghost], soft: [], why: {ghost: A",
            "unknown prerequisite 'ghost'",
        ),
        ("low: 1, likely: 1.5, high: 2}", "low: 9, likely: 1.5, high: 2}", "low <= likely <= high"),
        ("id: retries", "id: fuses", "ids used more than once: fuses"),
        ("number: 2", "number: 3", "modules must be numbered 1, 2, 3"),
        ("level: intermediate", "level: wizard", "Input should be 'beginner'"),
        ("version: 1", "version: [", "is not valid YAML"),
        ("aliases: [circuit breaker]", "alias: [x]", "Extra inputs are not permitted"),
    ],
)
def test_broken_file_is_a_clear_error(tmp_path: Path, old: str, new: str, message: str) -> None:
    corpus = write_corpus(tmp_path)
    assert old in CURRICULUM
    (corpus / "curriculum.yaml").write_text(CURRICULUM.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_curriculum(corpus)
    assert message in caught.value.user_message
    assert "curriculum.yaml" in caught.value.user_message


def test_cycle_is_named(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    raw = yaml.safe_load(CURRICULUM)
    raw["modules"][0]["topics"][0]["prerequisites"] = {"hard": ["queues"], "soft": [], "why": {"queues": "A cycle."}}
    (corpus / "curriculum.yaml").write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"prerequisites form a cycle: .*fuses"):
        load_curriculum(corpus)
