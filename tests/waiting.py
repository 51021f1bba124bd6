"""Waiting for what comes, however long a busy machine takes for it."""

from __future__ import annotations

import time
from collections.abc import Callable

# Seconds after which what has not come is given up, so that a suite ends: far more than the busiest machine takes.
GIVE_UP = 600.0


def until(holds: Callable[[], object], while_: Callable[[], object] = lambda: True) -> None:
    """Ask again and again until something holds; AssertionError where what has to go on meanwhile does not."""
    given_up = time.monotonic() + GIVE_UP
    while not holds():
        # It may have come true with its end.
        assert while_() or holds(), "it ended, and what was waited for did not come"
        assert time.monotonic() < given_up, f"what was waited for did not come in {GIVE_UP:.0f} seconds"
        time.sleep(0.02)
