from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Passage
from assistant.ranking import order
from tests.assistant.passages import passage


def mapped(*passages: Passage) -> dict[str, Passage]:
    return {each.id: each for each in passages}


def test_one_passage_keeps_its_score_for_itself_and_shares_of_its_groups() -> None:
    # Alone in its topic it is worth 1 / 1.75 of its score to it, and 1 / 1.875 to its module.
    ((id_, score),) = order(mapped(passage("a", "A.")), {"a": 0.6}, 5)
    assert id_ == "a"
    assert score == pytest.approx(0.6 * (0.3 + 0.35 / 1.75 + 0.35 / 1.875))


def test_a_topic_with_several_good_passages_beats_one_lucky_passage() -> None:
    lucky = passage("lucky", "A.", topic="one", module=1)
    company = [passage(f"c{n}", "B.", topic="two", module=2, section=f"S{n}") for n in range(3)]
    scores = {"lucky": 0.8, "c0": 0.7, "c1": 0.7, "c2": 0.7}
    ranked = [id_ for id_, _ in order(mapped(lucky, *company), scores, 4)]
    assert ranked == ["c0", "lucky", "c1", "c2"]
    assert order(mapped(lucky, company[0]), {"lucky": 0.8, "c0": 0.7}, 4)[0][0] == "lucky"


def test_a_module_speaks_for_its_topics() -> None:
    alone = passage("alone", "A.", topic="one", module=1)
    first, second = (passage(id_, "B.", topic=id_, module=2) for id_ in ("x", "y"))
    ranked = order(mapped(alone, first, second), {"alone": 0.7, "x": 0.69, "y": 0.69}, 3)
    assert [id_ for id_, _ in ranked] == ["x", "alone", "y"]


def test_every_better_passage_of_the_same_place_costs_a_fixed_share() -> None:
    scores = dict.fromkeys("abcde", 1.0)
    base = passage("a", "A.", section="S")
    others = (
        replace(base, id="b"),  # the same section
        replace(base, id="c", heading="T"),  # the same topic
        replace(base, id="d", heading="U", topic="other"),  # the same module
        replace(base, id="e", heading="V", topic="third", module=99),
    )
    for other, cost in zip(others, (0.2, 0.15, 0.1, 0.0), strict=True):
        pair = mapped(base, other)
        (_, first), (_, second) = order(pair, scores, 2)
        (alone,) = [score for id_, score in order(pair, scores, 1)]
        assert first == alone
        assert first - second == pytest.approx(cost)


def test_outside_the_roadmap_a_document_is_its_own_topic_and_module() -> None:
    page = passage("page", "A.", module=None, topic=None)
    same, another = replace(page, id="same", heading="B"), replace(page, id="zzz", source="else.md", heading="C")
    ranked = order(mapped(page, same, another), {"page": 0.9, "same": 0.9, "zzz": 0.9}, 3)
    assert [id_ for id_, _ in ranked] == ["page", "same", "zzz"]
    assert ranked[0][1] > ranked[1][1] > ranked[2][1]
    assert ranked[0][1] - ranked[1][1] == pytest.approx(0.15)


def test_equally_good_ones_come_in_the_order_of_their_ids_and_k_is_a_limit() -> None:
    many = [passage(id_, "A.", topic=id_, module=ord(id_)) for id_ in "cab"]
    assert [id_ for id_, _ in order(mapped(*many), dict.fromkeys("abc", 0.5), 2)] == ["a", "b"]
    assert order({}, {}, 5) == []
    assert order(mapped(*many), dict.fromkeys("abc", 0.5), 0) == []


PASSAGES = st.lists(
    st.builds(
        passage,
        st.text("abcdef", min_size=1, max_size=4),
        st.just("text"),
        section=st.sampled_from(["S", "T"]),
        module=st.sampled_from([None, 1, 2]),
        topic=st.sampled_from([None, "one", "two"]),
    ),
    max_size=20,
    unique_by=lambda each: each.id,
)


@given(PASSAGES, st.data(), st.integers(0, 25))
def test_each_id_comes_once_with_falling_scores_whatever_order_they_were_given_in(
    passages: list[Passage], data: st.DataObject, k: int
) -> None:
    scores = {each.id: data.draw(st.floats(0, 1)) for each in passages}
    ranked = order(mapped(*passages), scores, k)
    assert len({id_ for id_, _ in ranked}) == len(ranked) == min(k, len(passages))
    assert {id_ for id_, _ in ranked} <= scores.keys()
    values = [score for _, score in ranked]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 for value in values)
    shuffled = data.draw(st.permutations(passages))
    assert order(mapped(*shuffled), dict(reversed(scores.items())), k) == ranked
    assert order(mapped(*passages), scores, max(0, k - 1)) == ranked[: max(0, k - 1)]
