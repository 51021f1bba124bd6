"""Linked Places Format 1.2 for gazetteers such as the World Historical Gazetteer: a Feature a place, not an event."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import shapely

from geo.export.about import About
from geo.export.events import Events
from geo.export.geojson import geometry
from geo.export.rows import NOWHERE, Rows

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_GEONAMES = "https://sws.geonames.org/"


_DAYS = ["date_start", "date_end"]
_OF_FIRST = ["place_id", "place", "place_kind", "place_precision", "country_code", "lon", "lat"]


@dataclass(slots=True)
class _Place:
    """A place as its first event has it, and what all its events say of it."""

    first: Any
    names: dict[str, None] = field(default_factory=dict)
    events: int = 0
    days: list[tuple[str, str]] = field(default_factory=list)


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the places that have events: names, type, position, and the days of their events as time spans."""
    head = {"type": "FeatureCollection", "@context": _CONTEXT, "about": about.to_dict(())}
    out.write(json.dumps(head, ensure_ascii=False).removesuffix("}").encode() + b', "features": [\n')
    features = (
        json.dumps(_feature(rows, place, told), ensure_ascii=False, allow_nan=False)
        for place, told in _gathered(rows.events).items()
    )
    for number, feature in enumerate(features):
        out.write((",\n" if number else "").encode() + feature.encode())
    out.write(b"\n]}\n")


def _gathered(events: Events) -> dict[str, _Place]:
    """Give the places, the one that is told of first first, with the names and days of their events."""
    found: dict[str, _Place] = {}
    numbers: dict[str, int] = {}
    days = [np.empty((0, 3), dtype=np.int64)]  # a place's number, and of one of its events the first and last day
    for part in events.light(*_OF_FIRST, "place_text", *_DAYS):
        known = part[part["place_id"].notna()]
        for first in known.drop_duplicates("place_id")[_OF_FIRST].itertuples(index=False):
            place = str(first.place_id)
            if place not in found:
                numbers[place] = len(found)
                found[place] = _Place(first, {first.place: None} if isinstance(first.place, str) else {})
        for place, name in known[["place_id", "place_text"]].drop_duplicates().itertuples(index=False):
            if isinstance(name, str):
                found[place].names.setdefault(name)
        for one, count in known["place_id"].value_counts().items():
            found[str(one)].events += int(count)
        dated = known.dropna(subset=_DAYS)
        spans = [dated[name].to_numpy().astype("datetime64[D]").astype(np.int64) for name in _DAYS]
        days.append(np.unique(np.stack([dated["place_id"].map(numbers).to_numpy(np.int64), *spans], axis=1), axis=0))
    places = list(found.values())
    for number, *span in np.unique(np.concatenate(days), axis=0).tolist():
        start, end = np.array(span).astype("datetime64[D]")
        places[number].days.append((str(start), str(end)))
    return found


def _feature(rows: Rows, place: str, told: _Place) -> dict[str, Any]:
    first = told.first
    link = _uri(place)
    code = first.country_code
    feature: dict[str, Any] = {
        "@id": link,
        "type": "Feature",
        "properties": {"title": first.place, "ccodes": [] if pd.isna(code) else [code], "events": told.events},
        "names": [{"toponym": name} for name in told.names],
        "types": [{"identifier": f"urn:conflict-map:kind:{first.place_kind}", "label": first.place_kind}],
        "geometry": _geometry(rows, place, first),
        "descriptions": [{"value": f"{told.events} reported events", "lang": "en"}],
    }
    if told.days:
        feature["when"] = {"timespans": [{"start": {"in": start}, "end": {"in": end}} for start, end in told.days]}
    if link.startswith(_GEONAMES):
        feature["links"] = [{"type": "exactMatch", "identifier": f"gn:{place[1:]}"}]
    return feature


def _geometry(rows: Rows, place: str, first: Any) -> dict[str, Any] | None:
    if first.place_precision == NOWHERE:
        return None
    if rows.polygons and place in rows.shapes:
        return geometry(rows.shapes[place])
    known = np.isfinite(first.lon) and np.isfinite(first.lat)
    return geometry(shapely.Point(first.lon, first.lat)) if known else None


def _uri(place: str) -> str:
    """Give the address of a place of GeoNames, else a name of our own."""
    return (
        f"{_GEONAMES}{place[1:]}/" if place[:1] == "g" and place[1:].isdecimal() else f"urn:conflict-map:place:{place}"
    )
