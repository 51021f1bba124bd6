"""Say whether the store and the gazetteer are whole, and what waits to be done.

The exit code is 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from gazetteer import cache
from gazetteer.errors import GazetteerError
from geo.cli import options as shared
from geo.settings import Settings
from geo.store import Store, checking

EXAMPLES = """\
  conflict-map check
  conflict-map check --store my.sqlite --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    shared.add_store(parser)
    shared.add_gazetteer(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Run the command; 1 where something is wrong."""
    settings = shared.settings(options)
    with Store(settings.store, read_only=True) as store:
        url, health = store.url, checking.check(store)
    place, fault = _gazetteer(settings)
    faults = [*health.faults, *([fault] if fault else [])]
    if options.json:
        found = {"store": url, **asdict(health), "faults": faults, "gazetteer": place}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return int(bool(faults))
    counts = health.counts
    print(f"{url}: {counts.articles:,} articles, {counts.events:,} events, {health.corrections:,} corrections.")
    for line in _waiting(health):
        print(f"  {line}")
    print(f"Journal: {health.journal[0]:,} entries, the last {health.journal[1]}.")
    print(f"Gazetteer: {place}.")
    for fault in faults:
        print(f"WRONG  {fault}")
    print("Something is wrong; see above." if faults else "All is whole.")
    return int(bool(faults))


def _waiting(health: checking.Health) -> list[str]:
    out = []
    if health.unjoined:
        out.append(f"{health.unjoined:,} articles wait to be joined; the next ingest, or the dashboard, does it.")
    if health.unread:
        out.append(f"{health.unread:,} articles wait to be read anew: ingest the same files again.")
    if health.without_event:
        out.append(f"{health.without_event:,} corrections have no event at present; they wait for theirs.")
    return out


def _gazetteer(settings: Settings) -> tuple[str, str | None]:
    """Say which gazetteer is in use, and what is wrong with it."""
    path = settings.gazetteer or cache.default_path()
    try:
        sealed = cache.verify(path)
    except GazetteerError as error:
        return str(path), f"the gazetteer: {error}"
    none = "; it carries no checksum, build it anew to give it one: conflict-gazetteer build --force"
    return f"{path}{'' if sealed else none}", None
