"""How costs grow with the store: ``python -m benchmarks.growth [--articles 1000 10000 50000] [--write docs]``.

A store is filled with generated articles of five events each (`benchmarks.store.fill`), without reading any. Into each
size short articles are then read as they always are, and it is measured: how fast they are read, what joining one more
upload of ten costs, what keeping the events' columns for the next start, the first list of that start and a list of
another view cost, and the memory of the process. All but the
memory is processor time, which a busy machine changes less than the clock. `--write` draws the figures (SVG) and writes
them as CSV into a folder.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from benchmarks.store import fill
from gazetteer.index import Gazetteer
from geo.model import Article, Published
from geo.page.library import Library
from geo.pipeline import ingest, join_reports, parse
from geo.query import Query
from geo.settings import Settings
from geo.store import Store

_TOWNS = (
    "Aleppo", "Homs", "Idlib", "Raqqa", "Mosul", "Kirkuk", "Tikrit", "Fallujah", "Debaltseve", "Kramatorsk",
    "Sloviansk", "Mariupol", "Kherson", "Goma", "Bukavu", "Bunia", "Maiduguri", "Mogadishu", "Kismayo", "Tripoli",
    "Benghazi", "Misrata", "Aden", "Taiz", "Marib", "Kandahar", "Kunduz", "Jalalabad", "Khartoum", "Nyala",
)  # fmt: skip
_WHO = ("Rebels", "Soldiers", "Militants", "Government forces", "Gunmen", "Insurgents")
_DEEDS = (
    "shelled {town} on {day}, killing {n} people.",
    "attacked a checkpoint near {town} on {day}; {n} soldiers died.",
    "fought the army in {town} on {day}.",
    "fired rockets at {town} on {day}, wounding {n} civilians.",
)
_FIRST, _DAYS = date(2012, 1, 1), 4000
_READ, _UPLOAD = 200, 10
_EVENTS = 5  # an article of the filling


@dataclass(frozen=True, slots=True)
class Row:
    """What one size costs; seconds are of the processor.

    Attributes
    ----------
    articles, events
        What the store holds.
    a_second
        Articles read into it for each second of the processor, the joining of their reports included.
    joining
        Of ten articles more, stored already.
    keeping
        The events' columns kept for the next start, of all articles at once; an ingest does it at its end, and anew
        where a hundredth of the articles changed since.
    first_list, other_list
        The first list of a dashboard that starts, ten articles after that, and the list of another view after it.
    megabytes
        The most memory that the process has had.
    """

    articles: int
    events: int
    a_second: float
    joining: float
    keeping: float
    first_list: float
    other_list: float
    megabytes: float


def made(first: int, count: int) -> Iterator[Article]:
    """Give short articles of two or three sentences, each with words of its own, from a number on."""
    for number in range(first, first + count):
        chance = random.Random(number)
        day = _FIRST + timedelta(days=chance.randrange(_DAYS))
        told = " ".join(
            f"{chance.choice(_WHO)} {chance.choice(_DEEDS)}".format(
                town=chance.choice(_TOWNS), day=f"{day.day} {day:%B %Y}", n=chance.randrange(2, 40)
            )
            for _ in range(chance.randrange(1, 4))
        )
        own = f"This is report {number} of agency {chance.randrange(900)}."
        yield Article(
            f"g{number}", f"{told} {own}", title=f"Report {number}", published=Published(day, day, "supplied")
        )


def _seconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def measured(folder: Path, articles: int, gazetteer: Gazetteer) -> Row:
    """Fill a store and give what it costs to work on."""
    settings = Settings(store=str(folder / f"{articles}.sqlite"), kept=folder / "kept")
    with Store(settings.store, create=True, keep=settings.kept) as store:
        fill(store, articles * _EVENTS)
        took = _seconds(lambda: ingest(made(0, _READ), store, gazetteer, data_set="growth", jobs=1))
        keeping = _seconds(store.keep_tables)
        for article in made(_READ, _UPLOAD):
            store.save(parse(article, gazetteer), pipeline="growth", data_set="growth")
        joining = _seconds(lambda: join_reports(store))
        shelf = Library(settings)
        first = _seconds(lambda: shelf.listed(Query()))
        other = _seconds(lambda: shelf.listed(Query(types=("battle",), start=_FIRST)))
        shelf.store.close()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = store.counts()
    return Row(counts.articles, counts.events, _READ / took, joining, keeping, first, other, memory)


_PANELS = (
    ("a_second", "articles read a second of the processor"),
    ("joining", "joining ten articles more, s"),
    ("keeping", "keeping all columns, once, s"),
    ("first_list", "first list after a start, s"),
    ("other_list", "list of another view, s"),
    ("megabytes", "most memory, MB"),
)
_WIDE, _HIGH, _LEFT, _TOP, _BELOW = 300, 200, 54, 34, 30


def drawn(rows: Sequence[Row]) -> str:
    """Draw a panel for each cost over the number of articles, both from zero; SVG that follows a dark page."""
    parts: list[str] = []
    for number, (name, title) in enumerate(_PANELS):
        values = [getattr(row, name) for row in rows]
        parts += _panel(number % 3 * (_WIDE + 20), number // 3 * (_HIGH + 20), title, rows, values)
    across, down = 3 * _WIDE + 40, 2 * _HIGH + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}" '
        'role="img" aria-label="Costs by the number of articles">'
        "<style>text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.value,.tick{text-anchor:middle}"
        ".axis{fill:none;stroke:#999}.line{fill:none;stroke:#2b6cb0;stroke-width:2}.dot{fill:#2b6cb0}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}.line{stroke:#7ab0e8}.dot{fill:#7ab0e8}}</style>"
        + "".join(parts)
        + "</svg>\n"
    )


def _panel(left: int, top: int, title: str, rows: Sequence[Row], values: Sequence[float]) -> Iterator[str]:
    most, widest = max(values) * 1.15 or 1.0, rows[-1].articles
    x0, y0, width, height = left + _LEFT, top + _TOP, _WIDE - _LEFT - 10, _HIGH - _TOP - _BELOW
    points = [
        (x0 + width * row.articles / widest, y0 + height * (1 - value / most))
        for row, value in zip(rows, values, strict=True)
    ]
    yield f'<text x="{left}" y="{top + 16}" class="title">{title}</text>'
    yield f'<path d="M{x0} {y0}V{y0 + height}H{x0 + width}" class="axis"/>'
    yield f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" class="line"/>'
    for row, value, (x, y) in zip(rows, values, points, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" class="dot"/>'
        yield f'<text x="{x:.1f}" y="{y - 7:.1f}" class="value">{value:.3g}</text>'
        yield f'<text x="{x:.1f}" y="{y0 + height + 15}" class="tick">{row.articles / 1000:g}k</text>'


def _told(value: float) -> str:
    """Write a count out and anything else with four digits."""
    return f"{value:d}" if isinstance(value, int) else f"{value:.4g}"


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write growth.svg and growth.csv here")
    options = parser.parse_args()
    names = [field.name for field in fields(Row)]
    print("".join(f"{name:>12}" for name in names))
    rows = []
    with tempfile.TemporaryDirectory() as folder, Gazetteer.open() as gazetteer:
        for article in made(10**9, _READ):
            parse(article, gazetteer)  # models and names are in memory
        for articles in sorted(options.articles):
            row = measured(Path(folder), articles, gazetteer)
            rows.append(row)
            print("".join(f"{_told(getattr(row, name)):>12}" for name in names), flush=True)
            if options.write:
                (options.write / "growth.svg").write_text(drawn(rows), "utf-8")
                with (options.write / "growth.csv").open("w", encoding="utf-8", newline="") as file:
                    out = csv.DictWriter(file, names, lineterminator="\n")
                    out.writeheader()
                    out.writerows({name: _told(value) for name, value in asdict(one).items()} for one in rows)


if __name__ == "__main__":
    main()
