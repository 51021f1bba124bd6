"""The demo articles with all their events annotated: whole articles that the reader of events never learned.

A row is eight cells parted by tabs: the article's id; type, other accepted types behind ``+``, status behind ``/``,
``~`` before them where an editor might leave it out; the place's name; its latitude and longitude in degrees; its
precision, and behind ``:`` the radius in km within which an answer is right; the days, first..last, ``-`` where any
will do; the opening words of the sentence that tells it; the words that tell it. An id with ``-``
alone tells of nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from geo.ingest import Problem, read
from geo.model import EVENT_TYPES, PLACE_PRECISIONS, STATUSES, Article
from geo.settings import ARTICLES
from geo.text import sentences
from geo.training.gold import GoldDocument, annotated_event
from tests.suites.items import HERE, Half, SuiteError

_CELLS = 7


def load(half: Half) -> tuple[GoldDocument, ...]:
    """Read a half: every second article, in the order of their names.

    Raises
    ------
    SuiteError
        For a row that makes no sense; it names file and line.
    """
    path = HERE / f"briefs_{half}.tsv"
    texts = {one.id: one for one in read([f"{ARTICLES}/*.txt"]) if not isinstance(one, Problem)}
    rows: dict[str, list[Mapping[str, object]]] = {}
    for name, row in _rows(path, texts):
        rows.setdefault(name, []).extend([row] if row else [])
    return tuple(
        GoldDocument(
            name,
            texts[name].text,
            _published(path, texts[name]),
            events=tuple(annotated_event(row) for row in told),
        )
        for name, told in rows.items()
    )


def _rows(path: Path, texts: Mapping[str, Article]) -> Iterator[tuple[str, Mapping[str, object] | None]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, *cells = line.split("\t")
        if name not in texts:
            raise SuiteError(f"{path}:{number}: {name!r} is no article of {ARTICLES.name}")
        if cells == ["-"]:
            yield name, None
            continue
        if len(cells) != _CELLS:
            raise SuiteError(f"{path}:{number}: a row has an id and {_CELLS} cells, or - alone")
        try:
            yield name, _row(cells, texts[name].text)
        except ValueError as fault:
            raise SuiteError(f"{path}:{number}: {fault}") from fault


def _row(cells: list[str], text: str) -> Mapping[str, object]:
    kind, name, position, where, days, opening, trigger = cells
    types, _, status = kind.removeprefix("~").partition("/")
    first, *others = types.split("+")
    status = status or "reported"
    if not {first, *others} <= set(EVENT_TYPES) or status not in STATUSES:
        raise ValueError(f"{kind!r} is no type/status")
    lat, lon = (float(part) for part in position.split(","))
    precision, _, radius = where.partition(":")
    if precision not in (*PLACE_PRECISIONS, "sea"):
        raise ValueError(f"{where!r} is no precision")
    if text.count(opening) != 1:
        raise ValueError(f"{opening!r} stands {text.count(opening)} times in the text")
    at = text.index(opening)
    sentence = next(one for one in sentences(text) if one.start <= at < one.end)
    if trigger not in text[at : sentence.end]:
        raise ValueError(f"{trigger!r} does not stand in the sentence that begins {opening!r}")
    start, _, end = days.partition("..")
    return {
        "type": first,
        "type_alt": others,
        "status": status,
        "optional": kind.startswith("~"),
        "place": {
            "name": name,
            "lat": lat,
            "lon": lon,
            "precision": precision,
            **({"radius_km": float(radius)} if radius else {}),
        },
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
        **({} if days == "-" else {"date_start": start, "date_end": end or start}),
    }


def _published(path: Path, article: Article) -> date:
    if article.published is None or article.published.start is None:
        raise SuiteError(f"{path}: {article.id} has no day of publication")
    return article.published.start
