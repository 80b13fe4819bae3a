"""Which resources go with reading."""

from __future__ import annotations

from assistant.domain import Level, Resource
from assistant.planning.resources import best_fitting, by_topic
from tests.assistant.planning.builders import resource, topic


def chosen(minutes: int, *resources: Resource) -> tuple[str, ...]:
    return best_fitting(resources, topic("a"), minutes)


def test_what_is_mainly_about_the_topic_goes_first() -> None:
    assert chosen(60, resource("side", ["b", "a"]), resource("main", ["a"], 30)) == ("main", "side")


def test_the_topics_own_level_goes_before_another() -> None:
    expert, middle = resource("e", ["a"], 5, Level.EXPERT), resource("i", ["a"], 5, Level.INTERMEDIATE)
    assert chosen(60, expert, middle, resource("b", ["a"], 10)) == ("b", "i", "e")


def test_free_goes_before_paid_and_short_before_long() -> None:
    paid, long, short = resource("p", ["a"], 5, free=False), resource("l", ["a"], 20), resource("s", ["a"], 10)
    assert chosen(60, paid, long, short) == ("s", "l", "p")


def test_three_at_most_and_no_more_than_the_time_holds() -> None:
    pages = [resource(f"p{place}", ["a"], 10) for place in range(5)]
    assert chosen(60, *pages) == ("p0", "p1", "p2")
    assert chosen(25, *pages) == ("p0", "p1")


def test_a_book_that_fits_nowhere_is_still_named_when_there_is_nothing_else() -> None:
    assert chosen(30, resource("book", ["a"], 600), resource("course", ["a"], 300)) == ("course",)
    assert chosen(30, resource("book", ["a"], 600), resource("page", ["a"], 30)) == ("page",)
    assert chosen(30) == ()


def test_resources_are_found_by_each_of_their_topics() -> None:
    both, one = resource("both", ["a", "b", "a"]), resource("one", ["b"])
    assert by_topic([both, one]) == {"a": (both,), "b": (both, one)}
