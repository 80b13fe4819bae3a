"""Background: items in order, deadlines, and a thread that always ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator

import pytest

from assistant.llm.background import Background, Died, Late, NoItem
from tests.llm.calls import threads_left


def _in_a_second() -> float:
    return time.monotonic() + 1.0


def test_items_in_order_then_the_end() -> None:
    def numbers() -> Generator[int, None, None]:
        yield from range(1_000)

    background = Background(numbers, cut=lambda: None, expected=())
    assert [background.next(_in_a_second()) for _ in range(1_001)] == [*range(1_000), None]


def test_an_expected_error_is_handed_over_as_it_is() -> None:
    boom = ValueError("boom")

    def failing() -> Generator[int, None, None]:
        yield 1
        raise boom

    background = Background(failing, cut=lambda: None, expected=(ValueError,))
    assert background.next(_in_a_second()) == 1
    with pytest.raises(NoItem) as caught:
        background.next(_in_a_second())
    assert caught.value.cause is boom


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_unexpected_error_is_reported_by_the_thread_and_does_not_hang_the_reader() -> None:
    def failing() -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError

    background = Background(failing, cut=lambda: None, expected=(ValueError,))
    background.next(_in_a_second())
    with pytest.raises(NoItem) as caught:
        background.next(_in_a_second())
    assert type(caught.value.cause) is Died
    assert threads_left(1.0) == []


def test_a_late_item() -> None:
    cut = threading.Event()

    def slow() -> Generator[int, None, None]:
        cut.wait(5)
        yield 1

    background = Background(slow, cut=cut.set, expected=())
    with pytest.raises(NoItem) as caught:
        background.next(time.monotonic() + 0.01)
    assert type(caught.value.cause) is Late
    background.close()
    assert threads_left(1.0) == []


def test_a_deadline_in_the_past_wins_over_a_waiting_item() -> None:
    def ready() -> Generator[int, None, None]:
        yield 1

    background = Background(ready, cut=lambda: None, expected=())
    assert threads_left(1.0) == []
    with pytest.raises(NoItem):
        background.next(time.monotonic() - 1)


@pytest.mark.parametrize("read", [0, 1, 100])
def test_closing_ends_a_thread_that_is_blocked_on_a_full_queue(read: int) -> None:
    closed = threading.Event()

    def endless() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    background = Background(endless, cut=lambda: None, expected=())
    for _ in range(read):
        background.next(_in_a_second())
    time.sleep(0.02)
    background.close()
    background.close()
    assert threads_left(1.0) == []
    assert closed.is_set()
