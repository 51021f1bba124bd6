"""A few kills of each kind; ``python -m tests.kills`` makes hundreds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.kills.kinds import KINDS, SHORT
from tests.kills.striking import run


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that fork here")
@pytest.mark.parametrize("kind", SHORT)
def test_a_process_that_is_killed_loses_nothing_and_leaves_nothing_half_done(kind: str, tmp_path: Path) -> None:
    tally = run(KINDS[kind], 4, tmp_path, seed=kind)
    assert (tally.tried, tally.lost, tally.half, tally.crashed) == (4, 0, 0, 0)
