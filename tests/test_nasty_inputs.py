"""Inputs that were faults once, and those that every fuzzing begins with: each ends as its parser declares.

An input of ``tests/corpus`` lies in a folder with its target's name; ``python -m benchmarks.fuzz`` finds new ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz.targets import TARGETS
from geo.deadline import within

CORPUS = Path(__file__).parent / "corpus"
NASTY = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", NASTY, ids=lambda path: f"{path.parent.name}: {path.stem}")
def test_an_input_that_was_a_fault_once_ends_as_declared(path: Path) -> None:
    target = TARGETS[path.parent.name.replace("-", " ")]
    within(target.seconds, lambda: target.run(path.read_bytes()))


@pytest.mark.parametrize("name", TARGETS)
def test_every_way_in_takes_what_is_usual_and_what_is_cut_off(name: str) -> None:
    target = TARGETS[name]
    for seed in target.seeds:
        for data in (seed, seed[: len(seed) // 2], seed[len(seed) // 3 :], seed.replace(b"1", b"\xff"), b"", seed * 3):
            target.run(data)


def test_there_are_such_inputs() -> None:
    assert NASTY
    assert {path.parent.name.replace("-", " ") for path in NASTY} <= TARGETS.keys()
