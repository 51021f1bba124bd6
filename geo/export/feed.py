"""Atom (RFC 4287) of the newest events, with their places as GeoRSS: what a reader of feeds is told."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date
from typing import Any, BinaryIO
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd

from geo import __version__
from geo.export.about import NOTE, About, credits_
from geo.export.events import Events, Held
from geo.export.kml import printable
from geo.export.rows import Rows, plain

_ATOM, _GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
_NEWEST = 200  # entries; readers poll a feed, they do not read histories in it
_EPOCH = date(1970, 1, 1)


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the events that were published last as an Atom feed, newest first, at most 200."""
    newest = dataclasses.replace(rows, events=Held(rows.events.take(_order(rows.events)[:_NEWEST])), polygons=False)
    entries = [row for part in newest.parts() for row, _ in plain(part)]
    Xml.register_namespace("georss", _GEORSS)
    root = Xml.Element("feed", {"xmlns": _ATOM})
    _add(root, "title", about.title)
    _add(root, "subtitle", f"{'; '.join(about.selection)}. {about.counts()}. {NOTE}")
    _add(root, "id", _urn(about.link or about.title))
    latest = [_told(row) for row in entries]
    _add(root, "updated", _moment(max(latest, default=about.made.isoformat() if about.made else _EPOCH.isoformat())))
    _add(Xml.SubElement(root, "author"), "name", "conflict-map")
    _add(root, "rights", "; ".join(f"{one.credit} ({one.licence})" for one in credits_()))
    _add(root, "generator", "conflict-map", version=__version__)
    for row in entries:
        _entry(root, row)
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode").encode() + b"\n")


def _order(events: Events) -> Any:
    """Give the rows by when their article was published, else when it happened, last first; dayless at the end."""
    told = [_days(part) for part in events.light("published_end", "date_end")]
    return np.argsort(np.concatenate(told), kind="stable")


def _days(part: pd.DataFrame) -> Any:
    published, happened = (part[name].to_numpy().astype("datetime64[D]") for name in part.columns)
    told = np.where(np.isnat(published), happened, published)
    return np.where(np.isnat(told), np.iinfo(np.int64).max, -told.astype(np.int64))


def _told(row: dict[str, Any]) -> str:
    return str(row["published_end"] or row["date_end"] or _EPOCH.isoformat())


def _entry(root: Xml.Element, row: dict[str, Any]) -> None:
    entry = Xml.SubElement(root, "entry")
    when = " to ".join(dict.fromkeys(day for day in (row["date_start"], row["date_end"]) if day)) or "no date"
    _add(entry, "title", f"{row['place'] or row['place_text']}: {row['sub_type'] or row['type']}, {when}")
    _add(entry, "id", _urn(f"event {row['id']}"))
    _add(entry, "updated", _moment(_told(row)))
    if row["url"]:
        Xml.SubElement(entry, "link", rel="via", href=printable(row["url"]))
    Xml.SubElement(entry, "category", term=row["type"])
    source = ", ".join(part for part in (row["title"], row["source"], row["published_end"]) if part)
    status = f"{row['status']} by {row['speaker']}" if row["speaker"] else row["status"]
    _add(entry, "summary", f"{row['snippet'] or ''} ({status}; {source})", type="text")
    if row["lat"] is not None and row["lon"] is not None:
        _add(entry, f"{{{_GEORSS}}}point", f"{row['lat']} {row['lon']}")
        if row["radius_km"] is not None:
            _add(entry, f"{{{_GEORSS}}}radius", f"{1000 * row['radius_km']:.0f}")  # metres


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _urn(name: str) -> str:
    """Give an id that is the same whenever the same is exported."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"conflict-map {name}").urn


def _add(parent: Xml.Element, name: str, text: str, **attributes: str) -> None:
    Xml.SubElement(parent, name, attributes).text = printable(text)
