"""The panel of layers: which there are and on whose terms, and what one tells beside the articles or another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from geo.layers.comparison import BOTH, BY, KINDS, ONLY_A, Comparison, compare
from geo.layers.matching import TYPES
from geo.layers.regions import by as regions_by
from geo.layers.sides import ARTICLES, Side, articles, layer
from geo.model import EVENT_TYPES, Layer
from geo.page import compared, intake, overlays, session
from geo.page.compared import Compared
from geo.page.compressing import Blob
from geo.page.library import Library
from geo.page.session import Told, View
from geo.query import Query
from geo.store import layers
from geo.timemap import packed
from geo.views import wording

_KEPT = 4
_MOST_LINES = 60
_ARTICLES = "What the articles say"


def panel(view: View, shelf: Library) -> dict[str, Any]:
    """Give what the panel of layers shows."""
    there = overlays.shown(shelf)
    asked = view.compared
    names = [layer.name for layer in there]
    made: dict[str, Any] = {
        "layers": [_row(layer) for layer in there],
        "sides": [{"key": ARTICLES, "label": _ARTICLES}, *({"key": name, "label": name} for name in names)],
        "asked": _asked(asked) if asked else None,
        "types": list(TYPES),
        "path": "api/layers",
        "look_path": "api/layers/look",
        "token": "" if shelf.settings.read_only else intake.TOKEN,
        "most_bytes": intake.MOST_BYTES,
        "most_files": intake.MOST_FILES,
        "kinds": [{"key": kind, "label": wording.TYPE_LABELS[kind]} for kind in EVENT_TYPES],
    }
    if asked and asked.b in names and asked.a in (ARTICLES, *names):
        found = of(shelf, asked, view.query)
        made["answer"] = _answer(found, asked, view)
    return made


def remove(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Take the layer called ``layer`` out of the store; a comparison with it goes with it."""
    with shelf.reading_in:
        gone = layers.remove(shelf.store, str(act.get("layer") or ""))
    asked = view.compared
    about = asked is not None and gone.name in (asked.a, asked.b)
    told = Told(f"The layer “{gone.name}” was removed: {wording.count(gone.rows, 'event')}.")
    return replace(view, told=told, compared=None if about else asked)


def ask(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Compare, or look at another part of the answer; an opened row brings the map to its place."""
    asked = compared.read(act, view.compared)
    changed = replace(view, compared=asked)
    if asked is None or asked.opened is None or named(shelf, asked) is None:
        return replace(changed, length=session.PAGE if "opened" not in act else view.length)
    found = of(shelf, asked, view.query)
    row = _chosen(found, asked.kind, asked.opened)
    if row is None:
        return replace(changed, compared=replace(asked, opened=None))
    at = row.get("a") or row["b"]
    point = {"lat": float(at["lat"]), "lng": float(at["lon"]), "z": max(8.0, view.query.z or 0.0)}
    return session.asked(changed, flyTo=point)


def named(shelf: Library, asked: Compared) -> tuple[Layer | None, Layer] | None:
    """Give the layers of a comparison, the first None for the articles; None where this page shows one of them not."""
    there = {layer.name: layer for layer in overlays.shown(shelf)}
    if asked.b not in there or asked.a not in (ARTICLES, *there):
        return None
    return there.get(asked.a) if asked.a != ARTICLES else None, there[asked.b]


def of(shelf: Library, asked: Compared, query: Query) -> Comparison:
    """Compare two sides within the window of a query, made once for each."""
    both = named(shelf, asked)
    if both is None:
        raise ValueError(f"There is no layer of these names here: {asked.a}, {asked.b}.")
    plain = replace(query, lat=None, lng=None, z=None, event=None, marked=(), tab="events", view="map", theme="auto")
    plain = replace(plain, title="", note="", story=None, step=None, embed=False)
    return _made(shelf, shelf.version(), both, asked.tolerance, plain, asked.by == "region")


@lru_cache(maxsize=_KEPT)
def _made(
    shelf: Library, _: str, both: tuple[Layer | None, Layer], tolerance: Any, query: Query, placed: bool
) -> Comparison:
    first, second = both
    longest, window = tolerance.longest, (query.start, query.end)

    def side(about: Layer) -> Side:
        return layer(shelf.store, about, longest=longest, window=window)

    if first is None:
        shown = shelf.events()[shelf.selection(query).shown]
        one = articles(shelf.store, longest=longest, chosen=shown)
    else:
        one = side(first)
    return compare(one, side(second), tolerance, region=regions_by(shelf.gazetteer) if placed else None)


def on_map(view: View, shelf: Library, *, app: str) -> list[dict[str, Any]] | None:
    """Give what is compared as layers of the map: what both tell, what only one does; None where that is not asked.

    `app` leads from the map's frame to the app.
    """
    asked = view.compared
    if asked is None or not asked.mapped or named(shelf, asked) is None or view.query.embed:
        return None
    found = of(shelf, asked, view.query)
    link = urlencode(_window(view.query) | asked.params() | {"version": shelf.version()})
    # A layer that is shown stays as it is for as long as its key does.
    key = hashlib.sha256(link.encode()).hexdigest()[:12]
    told = {
        BOTH: f"Within {asked.tolerance.km:g} km and {wording.count(asked.tolerance.days, 'day')}; "
        f"stands where {_name(found.a)} {'put' if found.a.name == ARTICLES else 'puts'} it",
        ONLY_A: f"Nothing like it in {_name(found.b)}",
        "only_b": f"Nothing like it in {_name(found.a)}",
    }
    return [
        {"key": f"{kind}-{key}", "name": label, "credit": told[kind], "url": f"{app}api/compared/{kind}.bin?{link}"}
        for kind, label in _labels(found).items()
    ]


def packed_kind(shelf: Library, asked: Compared, query: Query, kind: str) -> Blob:
    """Give what the map draws of one kind of a comparison's rows: places, days and types, and no words."""
    found = of(shelf, asked, query)
    rows = found.a.frame.iloc[found.pairs["a"]] if kind == BOTH else found.only(kind)
    frame = rows.rename(columns={"first": "date_start", "last": "date_end"}).reset_index(drop=True)
    return Blob.of(packed.pack(overlays.drawn(frame, numbers=frame.index.to_series())))


def _window(query: Query) -> dict[str, str]:
    """What of a view a comparison depends on, as parameters of a link."""
    return {key: value for key, value in query.to_params().items() if key not in ("lat", "lng", "z", "event")}


def _labels(found: Comparison) -> dict[str, str]:
    return {BOTH: "Both", ONLY_A: f"Only {_name(found.a)}", "only_b": f"Only {_name(found.b)}"}


def _row(layer: Layer) -> dict[str, str]:
    days = f", {wording.interval(layer.first_day, layer.last_day)}" if layer.first_day and layer.last_day else ""
    return {
        "name": layer.name,
        "text": f"{wording.count(layer.rows, 'event')}{days}",
        "credit": overlays.credit(layer),
        "kept": "Its rows stay out of exports and links." if layer.restricted else "",
    }


def _asked(asked: Compared) -> dict[str, Any]:
    return asked.params() | {"by": asked.by, "show": asked.kind, "mapped": asked.mapped, "fault": asked.fault}


def _answer(found: Comparison, asked: Compared, view: View) -> dict[str, Any]:
    counts, labels = found.counts(), _labels(found)
    table = found.table(asked.by)
    lines = [
        {"name": _line(name, asked.by), **{kind: int(row[kind]) for kind in KINDS}} for name, row in table.iterrows()
    ]
    rows = [_listed(found, asked.kind, at) for at in range(min(view.length, counts[asked.kind]))]
    opened = _chosen(found, asked.kind, asked.opened) if asked.opened is not None else None
    return {
        "counts": [{"key": kind, "label": labels[kind], "count": counts[kind]} for kind in KINDS],
        "by": list(BY),
        "lines": lines[-_MOST_LINES:] if asked.by == "month" else lines[:_MOST_LINES],
        "left": [
            f"{_name(side)}: {count:,} not compared, {reason}."
            for side in (found.a, found.b)
            for reason, count in side.left_out.items()
        ],
        "rows": rows,
        "total": counts[asked.kind],
        "opened": [_card(_name(side), opened[key]) for side, key in ((found.a, "a"), (found.b, "b")) if opened.get(key)]
        if opened
        else None,
        "apart": _apart(opened) if opened else "",
        "download": "api/compare.csv?" + urlencode(_window(view.query) | asked.params()),
    }


def _name(side: Side) -> str:
    return "the articles" if side.name == ARTICLES else side.name


def _line(name: Any, by: str) -> str:
    return wording.TYPE_LABELS.get(str(name), str(name)) if by == "type" else str(name)


def _chosen(found: Comparison, kind: str, at: int) -> dict[str, Any] | None:
    """Give the rows of both sides at a position of a list; None where the list has none."""
    if kind == BOTH:
        if at >= len(found.pairs):
            return None
        pair = found.pairs.iloc[at]
        ends = {"a": found.a.frame.iloc[int(pair["a"])], "b": found.b.frame.iloc[int(pair["b"])]}
        return {key: row.to_dict() for key, row in ends.items()} | {"km": float(pair["km"]), "days": int(pair["days"])}
    only = found.only(kind)
    return {kind[-1]: only.iloc[at].to_dict()} if at < len(only) else None


def _listed(found: Comparison, kind: str, at: int) -> dict[str, Any]:
    row = _chosen(found, kind, at) or {}
    one = row.get("a") or row["b"]
    return {
        "type": one["type"],
        "place": _text(one["place"]) or "A place without a name",
        "date": wording.interval(one["first"].date(), one["last"].date()),
        "text": _apart(row) if kind == BOTH else _text(one["note"]) or _text(one["sub_type"]),
    }


def _apart(row: Mapping[str, Any]) -> str:
    if "km" not in row:
        return ""
    return f"{row['km']:g} km and {wording.count(row['days'], 'day')} apart"


def _card(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Give one record as the panel shows it beside the other."""
    killed = wording.figure(*(None if row[key] != row[key] else int(row[key]) for key in ("killed_low", "killed_high")))
    entries = (
        ("What", " · ".join(part for part in (wording.TYPE_LABELS[row["type"]], _text(row["sub_type"])) if part)),
        ("Where", ", ".join(part for part in (_text(row[key]) for key in ("place", "admin1", "country")) if part)),
        ("When", wording.interval(row["first"].date(), row["last"].date())),
        ("Who", " · ".join(part for part in (_text(row["actor"]), _text(row["target"])) if part)),
        ("Killed", killed),
        ("Source", _text(row["source"])),
        ("Id", _text(row["id"])),
    )
    return {
        "name": name,
        "type": row["type"],
        "entries": [{"label": label, "text": text} for label, text in entries if text],
        "note": _text(row["note"]),
        "event": row["key"] if name == "the articles" else None,
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
