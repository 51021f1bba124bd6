"""Compare a layer with what the articles say, or with another layer: what both tell, and what only one does.

Events are the same where they are near in place, days and type, within tolerances that can be changed; each is in at
most one pair, the closest first. Of the articles, reports of one incident count once.
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from geo.cli import options as shared
from geo.cli.output import opened, print_json, say
from geo.layers.comparison import BOTH, BY, Comparison, compare, to_csv, to_json
from geo.layers.matching import TYPES, Tolerance
from geo.layers.regions import by
from geo.layers.sides import Side, Window, articles, layer
from geo.query import Query, select
from geo.query.origin import absent
from geo.store import Store, layers, since
from geo.views import wording

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = """\
  conflict-map compare ACLED
  conflict-map compare ACLED UCDP --km 25 --days 3 --types any
  conflict-map compare ACLED --link 'from=2023-04-01&to=2023-04-30' -o pairs.csv"""

_MOST_LINES = 24
_GAZETTEER, _DATA = "gazetteer", "data"
_USUAL = Tolerance()


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("layer", metavar="LAYER", help="what the layer is called")
    parser.add_argument("other", nargs="?", metavar="OTHER", help="another layer; default: what the articles say")
    tolerances = parser.add_argument_group("tolerances", "how far apart two events may be and still be the same")
    tolerances.add_argument(
        "--km",
        type=shared.explained(float),
        default=_USUAL.km,
        help="kilometres, beyond how near the data say that their places are; default: %(default)g",
    )
    tolerances.add_argument(
        "--days", type=shared.explained(int), default=_USUAL.days, help="days between them; default: %(default)s"
    )
    tolerances.add_argument(
        "--types",
        choices=TYPES,
        default=_USUAL.types,
        help="the same type, a related one (battle with explosion, protest with riot) or any; default: %(default)s",
    )
    tolerances.add_argument(
        "--longest",
        type=shared.explained(int),
        default=_USUAL.longest,
        metavar="DAYS",
        help="leave out events dated more vaguely; default: %(default)s",
    )
    parser.add_argument(
        "--link",
        default="",
        metavar="URL",
        help="of the articles only the events of this view, of the layer only its days",
    )
    parser.add_argument(
        "--regions",
        choices=(_GAZETTEER, _DATA),
        default=_GAZETTEER,
        help="call regions as the gazetteer does, the same for both sides, or as the data do; default: %(default)s",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE.csv", help="write every pair and every event that has none as CSV"
    )
    shared.add_store(parser)
    shared.add_gazetteer(parser)
    shared.add_quiet(parser)
    shared.add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    try:
        tolerance = Tolerance(**{field.name: getattr(options, field.name) for field in fields(Tolerance)})
    except ValueError as error:
        raise shared.OptionsError(f"--{error}") from error
    if options.other and options.link:
        raise shared.OptionsError("--link chooses among the events of the articles; two layers were given")
    settings = shared.settings(options)
    with Store(settings.store, read_only=True) as store:
        sides = _sides(store, options, tolerance)
    if options.regions == _GAZETTEER:
        with shared.gazetteer(options) as gazetteer:
            found = compare(*sides, tolerance, region=by(gazetteer))
    else:
        found = compare(*sides, tolerance)
    if options.output:
        with opened(options.output) as out:
            out.write(to_csv(found))
    if options.json:
        print_json(to_json(found))
    elif not (options.output and options.quiet):
        _tell(found, to_file=options.output)
    return 0


def _sides(store: Store, options: argparse.Namespace, tolerance: Tolerance) -> tuple[Side, Side]:
    longest = tolerance.longest
    second = layers.named(store, options.other or options.layer)
    if options.other:
        first = layers.named(store, options.layer)
        return layer(store, first, longest=longest), layer(store, second, longest=longest)
    chosen, window = _chosen(store, options.link)
    return articles(store, longest=longest, chosen=chosen), layer(store, second, longest=longest, window=window)


def _chosen(store: Store, link: str) -> tuple[pd.DataFrame | None, Window]:
    """Give the events of a view, None for all, and its days."""
    if not link:
        return None, (None, None)
    query, notes = Query.from_params(parse_qs(urlsplit(link).query if "?" in link else link))
    frame = store.events()
    if query.changed and since.changed(store, query.changed) is None:
        notes += (since.unknown(query.changed),)
    for note in notes + absent(query, frame):
        say(f"conflict-map compare: in the link, {note}")
    matching = store.matching(query.q) if query.q else None
    found = select(frame, query, articles=matching, changed=since.ids(store, query.changed))
    return frame[found.shown], (query.start, query.end)


def _tell(found: Comparison, *, to_file: Path | None) -> None:
    counts = found.counts()
    names = {"both": "both", "only_a": f"only {found.a.name}", "only_b": f"only {found.b.name}"}
    tolerance = found.tolerance
    within = f"{tolerance.km:g} km, {wording.count(tolerance.days, 'day')}, {tolerance.types} types"
    first = wording.count(len(found.a.frame), "event")
    print(f"{found.a.name}: {first}; {found.b.name}: {len(found.b.frame):,}. The same within {within}.")
    for kind, name in names.items():
        print(f"  {name:<24} {counts[kind]:>9,}")
    for side in (found.a, found.b):
        for reason, count in side.left_out.items():
            print(f"  {side.name}, not compared: {count:,}, {reason}")
    for table in BY:
        print(f"by {table}: {', '.join(names.values())}")
        lines = found.table(table)
        for label, row in lines.head(_MOST_LINES).iterrows():
            print(f"  {str(label)[:40]:<40} {row[BOTH]:>8,} {row['only_a']:>8,} {row['only_b']:>8,}")
        if len(lines) > _MOST_LINES:
            print(f"  … and {len(lines) - _MOST_LINES:,} more; --json gives all")
    for side in (found.a, found.b):
        if side.restricted and to_file:
            say(f"Of {side.name} only the ids were written: its terms ask that its rows are not passed on.")
