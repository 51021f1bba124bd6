"""Linked Places Format 1.2 for gazetteers such as the World Historical Gazetteer: a Feature a place, not an event."""

from __future__ import annotations

import json
from collections.abc import Hashable
from typing import Any, BinaryIO

import pandas as pd

from geo.export.about import About
from geo.export.geojson import geometry
from geo.export.rows import NOWHERE, Rows

_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_GEONAMES = "https://sws.geonames.org/"


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the places that have events: names, type, position, and the days of their events as time spans."""
    head = {"type": "FeatureCollection", "@context": _CONTEXT, "about": about.to_dict(())}
    out.write(json.dumps(head, ensure_ascii=False).removesuffix("}").encode() + b', "features": [\n')
    known = rows.frame[rows.frame["place_id"].notna()]
    features = (
        json.dumps(_feature(rows, place, events), ensure_ascii=False, allow_nan=False)
        for place, events in known.groupby("place_id", sort=False)
    )
    for number, feature in enumerate(features):
        out.write((",\n" if number else "").encode() + feature.encode())
    out.write(b"\n]}\n")


def _feature(rows: Rows, place: Hashable, events: pd.DataFrame) -> dict[str, Any]:
    first = events.iloc[0]
    link = _uri(str(place))
    names = dict.fromkeys([first["place"], *events["place_text"].dropna()])
    days = events[["date_start", "date_end"]].dropna().drop_duplicates().sort_values(["date_start", "date_end"])
    code = first["country_code"]
    feature: dict[str, Any] = {
        "@id": link,
        "type": "Feature",
        "properties": {"title": first["place"], "ccodes": [] if pd.isna(code) else [code], "events": len(events)},
        "names": [{"toponym": name} for name in names if isinstance(name, str)],
        "types": [{"identifier": f"urn:conflict-map:kind:{first['place_kind']}", "label": first["place_kind"]}],
        "geometry": _geometry(rows, str(place), first),
        "descriptions": [{"value": f"{len(events)} reported events", "lang": "en"}],
    }
    if len(days):
        feature["when"] = {
            "timespans": [
                {"start": {"in": start.date().isoformat()}, "end": {"in": end.date().isoformat()}}
                for start, end in days.itertuples(index=False)
            ]
        }
    if link.startswith(_GEONAMES):
        feature["links"] = [{"type": "exactMatch", "identifier": f"gn:{str(place)[1:]}"}]
    return feature


def _geometry(rows: Rows, place: str, first: pd.Series[Any]) -> dict[str, Any] | None:
    if first["place_precision"] == NOWHERE:
        return None
    if rows.polygons and place in rows.shapes:
        return geometry(rows.shapes[place])
    return geometry(first["geometry"])


def _uri(place: str) -> str:
    """Give the address of a place of GeoNames, else a name of our own."""
    return (
        f"{_GEONAMES}{place[1:]}/" if place[:1] == "g" and place[1:].isdecimal() else f"urn:conflict-map:place:{place}"
    )
