"""Write the journal of the store: every change, when and by which session, one JSON object a line.

Each entry holds the digest of the one before, so that none can be changed, taken out or put in unseen. Note the last
digest when you publish a map; --verify tells later whether everything up to it is still as it was then. The names in it
are what people gave.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.cli import options as shared
from geo.cli.output import opened, say
from geo.store import Store, journal

EXAMPLES = """\
  conflict-map log -o journal.jsonl
  conflict-map log --verify journal.jsonl
  conflict-map log --verify journal.jsonl --store published.sqlite"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write here; default: standard output")
    parser.add_argument(
        "--verify", metavar="FILE|DIGEST", help="compare with a journal written earlier, or with a digest noted then"
    )
    shared.add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 where the journal is not whole, or not the one it is compared with."""
    with Store(shared.settings(options).store, read_only=True) as store:
        found = list(store.journal())
    broken = journal.fault(found)
    if options.verify:
        broken = broken or _difference(found, options.verify)
        print(broken or f"As it was then; {len(found):,} entries by now.")
        return int(broken is not None)
    with opened(options.output) as out:
        out.writelines(f"{entry.to_json()}\n".encode() for entry in found)
    say(f"{len(found):,} entries; the last {found[-1].digest if found else journal.START}.")
    if broken:
        say(f"geo log: {broken}.")
    return int(broken is not None)


def _difference(found: list[journal.Entry], earlier: str) -> str | None:
    """Say where a journal is not the one that was noted earlier, by a file of it or a digest; None where it is."""
    if len(earlier) == len(journal.START) and not Path(earlier).exists():
        known = {journal.START, *(entry.digest for entry in found)}
        return None if earlier in known else "no entry of the journal has this digest"
    lines = Path(earlier).read_text(encoding="utf-8").splitlines()
    try:
        given = [journal.Entry.from_json(line) for line in lines]
    except ValueError as error:
        return f"{earlier}: {error}"
    if broken := journal.fault(given):
        return f"{earlier}: {broken}"
    different = next((entry.number for entry, now in zip(given, found, strict=False) if entry != now), None)
    if different is None and len(given) > len(found):
        different = len(found) + 1
    return f"entry {different:,} of the journal is another than then" if different else None
