"""A limit on processor time ends work that takes longer, and is over when the work is."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import pytest

from geo.deadline import limited


def work(seconds: float) -> int:
    """Use so much of the processor's time, and give how often it went round."""
    until, rounds = time.thread_time() + seconds, 0
    while time.thread_time() < until:
        rounds += 1
    return rounds


def test_work_within_its_time_gives_what_it_made_and_leaves_no_watcher() -> None:
    before = threading.active_count()
    assert limited(5.0, lambda: work(0.01)) > 0
    assert threading.active_count() == before


def test_work_that_takes_longer_is_ended() -> None:
    with pytest.raises(TimeoutError, match=r"more than 0\.1 s of processor time"):
        limited(0.1, lambda: work(60.0))


def test_of_two_limits_the_one_that_is_over_is_named() -> None:
    with pytest.raises(TimeoutError, match=r"more than 0\.1 s"):
        limited(60.0, lambda: limited(0.1, lambda: work(60.0)))
    with pytest.raises(TimeoutError, match=r"more than 0\.1 s"):
        limited(0.1, lambda: limited(60.0, lambda: work(60.0)))


class Stubborn:
    """Works on in its finalizer, where Python lets nothing out."""

    def __del__(self) -> None:
        work(20.0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_is_ended_though_a_finalizer_swallowed_the_first_strike() -> None:
    def dying() -> None:
        Stubborn()
        work(20.0)

    began = time.thread_time()
    with pytest.raises(TimeoutError, match=r"more than 0\.1 s"):
        limited(0.1, dying)
    assert time.thread_time() - began < 10


def test_a_limit_that_is_over_strikes_nobody_later() -> None:
    """Work that ends at the very moment of the strike is either in time or not, and what comes after it goes on."""
    before = threading.active_count()
    for seconds in (0.0, 0.001, 0.005) * 15:
        with suppress(TimeoutError):
            limited(seconds, lambda seconds=seconds: work(seconds))
    assert work(1.5) > 0
    assert threading.active_count() == before
