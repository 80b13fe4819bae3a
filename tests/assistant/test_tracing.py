from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from assistant.trace import MAX_CANDIDATES, Candidate, Fate, Trace
from assistant.tracing import Tracing
from tests.assistant.passages import passage, ranked

FOUND = ranked(*(passage(f"p{n}", "Text.") for n in range(MAX_CANDIDATES + 1)))


def test_steps_are_timed_in_their_order_and_a_second_time_adds_up() -> None:
    tracing = Tracing(count(5.0, 0.5).__next__)
    with tracing.step("retrieve"):
        pass
    for _ in range(2):
        with tracing.step("check"):
            pass
    assert list(tracing.trace((), (), ()).timings_ms.items()) == [("retrieve", 500), ("check", 1000)]


def test_the_time_of_whoever_reads_along_does_not_count() -> None:
    now_s = [0.0]

    def pieces() -> Iterator[str]:
        for piece in "ab":
            now_s[0] += 0.1
            yield piece

    tracing = Tracing(lambda: now_s[0])
    read = []
    for piece in tracing.timed("write", pieces()):
        now_s[0] += 60.0
        read.append(piece)
    assert read == ["a", "b"]
    assert tracing.trace((), (), ()).timings_ms == {"write": 200}


def test_a_trace_is_bounded() -> None:
    tracing = Tracing(count().__next__)
    tracing.note("q" * 5000, FOUND, {"similarity": 0.5}, 0.65)
    trace = tracing.trace(FOUND, {"p0"}, {"p0"})
    assert (len(trace.query), len(trace.candidates)) == (2000, MAX_CANDIDATES)


def test_a_passage_that_only_the_writer_had_is_a_candidate_too() -> None:
    (one,), (two,) = ranked(passage("one", "One.")), ranked(passage("two", "Two."))
    assert one.rank == two.rank == 1
    tracing = Tracing(count().__next__)
    tracing.note("breaker", (one,), {"similarity": 0.5}, 0.65)
    title = one.passage.heading
    assert tracing.trace((one, two), {"two"}, {"two"}) == Trace(
        query="breaker",
        signals={"similarity": 0.5},
        threshold=0.65,
        candidates=(
            Candidate(1, "one", title, 1.0, 1.0, 3.0, Fate.READ, "no sentence of it was used"),
            Candidate(2, "two", title, 1.0, 1.0, 3.0, Fate.CITED),
        ),
        timings_ms={},
    )
