"""Fuzz one target in this process: ``python -m benchmarks.fuzz.one NAME FOLDER SECONDS`` of processor time.

What came of it is written as JSON into the folder. Atheris feeds inputs that reach new code, and goes on behind a
fault: each kind of fault is kept once, with its input.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import resource
import sys
import time
import traceback
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

import atheris
import structlog

from geo.deadline import TimeSpentError, within

with atheris.instrument_imports(include=["geo", "gazetteer"]):
    from benchmarks.fuzz.target import Target
    from benchmarks.fuzz.targets import TARGETS

_LONGEST = 20_000  # bytes
_MEGABYTES = 2_000
_WRITTEN_EVERY = 200


@dataclass(slots=True)
class Tally:
    """What came of a target so far."""

    inputs: int = 0
    slowest: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0
    faults: dict[str, str] = field(default_factory=dict)


def _where(error: BaseException) -> str:
    """Name a fault by its kind and the last line of ours that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [at for at in frames if "/geo/" in at.filename or "/gazetteer/" in at.filename] or frames
    return f"{type(error).__name__} at {ours[-1].filename.rpartition('/')[2]}:{ours[-1].lineno}"


def main(name: str, folder: Path, seconds: int) -> None:
    """Begin; the process ends by itself."""
    target: Target = TARGETS[name]
    tally = Tally()
    last = math.inf
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    warnings.simplefilter("ignore")
    kept = folder / "faults"
    kept.mkdir(parents=True, exist_ok=True)

    def write() -> None:
        tally.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        tally.processor = time.process_time()
        (folder / "tally.json").write_text(json.dumps(asdict(tally)))

    def fault(what: str, data: bytes) -> None:
        if what not in tally.faults:
            path = kept / hashlib.sha256(data).hexdigest()[:12]
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(f"{what}\n\n{traceback.format_exc()}")
            tally.faults[what] = path.name
            write()

    def one(data: bytes) -> None:
        began = time.thread_time()
        try:
            within(target.seconds, lambda: target.run(data))
        except TimeSpentError as error:
            fault(f"too long at {_where(error)}", data)
        except Exception as error:
            fault(_where(error), data)
        tally.inputs += 1
        tally.slowest = max(tally.slowest, time.thread_time() - began)
        if tally.inputs % _WRITTEN_EVERY == 0 or time.process_time() > last:
            write()
        if time.process_time() > last:
            os._exit(0)  # libFuzzer knows no end by processor time

    for seed in target.seeds:
        one(seed)
    if tally.faults:
        raise SystemExit(f"{name}: a seed is a fault already: {tally.faults}")
    tally.slowest = 0.0
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    write()
    last = time.process_time() + seconds
    arguments = [f"-max_len={_LONGEST}", f"-rss_limit_mb={_MEGABYTES}", "-timeout=600"]
    atheris.Setup([sys.argv[0], *arguments, "-len_control=20", *_dictionary(target, folder), str(corpus)], one)
    atheris.Fuzz()


def _dictionary(target: Target, folder: Path) -> list[str]:
    """Lay out the words that a target likes, as libFuzzer's argument: none where there are none, as it refuses that."""
    if not target.dictionary:
        return []
    words = folder / "dictionary"
    words.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in target.dictionary)
    )
    return [f"-dict={words}"]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
