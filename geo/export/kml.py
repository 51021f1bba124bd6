"""KML for Google Earth and its kin: a Placemark an event, with its time span, coloured by type."""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas

from geo.export import columns
from geo.model import EVENT_TYPES

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# The map's own colours in light mode (RRGGBB).
_COLOURS = dict(zip(EVENT_TYPES, ("c92a0e", "c97811", "6e1d42", "3f96ab", "41724c", "0b3d7c", "814a9f"), strict=True))
# Characters that XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encode(frame: geopandas.GeoDataFrame) -> bytes:
    """Give the events as a KML document. A viewer reads a description as HTML, so text is escaped twice there."""
    root = Xml.Element("kml", xmlns=_NAMESPACE)
    document = Xml.SubElement(root, "Document")
    _add(document, "name", "Reported events")
    for kind, colour in _COLOURS.items():
        style = Xml.SubElement(document, "Style", id=kind)
        # KML writes a colour backwards: alpha, blue, green, red.
        _add(Xml.SubElement(style, "IconStyle"), "color", "ff" + colour[4:6] + colour[2:4] + colour[0:2])
    for row in columns.rows(frame):
        _placemark(document, row)
    Xml.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'.encode()


def _placemark(document: Xml.Element, row: dict[str, Any]) -> None:
    mark = Xml.SubElement(document, "Placemark")
    _add(mark, "name", f"{row['place'] or row['place_text']}: {row['sub_type'] or row['type']}")
    _add(mark, "description", _description(row))
    if row["date_start"] and row["date_end"]:
        span = Xml.SubElement(mark, "TimeSpan")
        _add(span, "begin", row["date_start"])
        _add(span, "end", row["date_end"])
    _add(mark, "styleUrl", f"#{row['type']}")
    data = Xml.SubElement(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            held = Xml.SubElement(data, "Data", name=name)
            _add(held, "value", "; ".join(map(str, value)) if isinstance(value, list) else str(value))
    if row["lon"] is not None and row["lat"] is not None:
        _add(Xml.SubElement(mark, "Point"), "coordinates", f"{row['lon']},{row['lat']}")


def _description(row: dict[str, Any]) -> str:
    when = " to ".join(dict.fromkeys(day for day in (row["date_start"], row["date_end"]) if day)) or "no date"
    where = f"{row['place_text']} ({row['place_precision'] or 'not placed'})"
    who = f"{row['status']} by {row['speaker']}" if row["speaker"] else row["status"]
    lines = (row["snippet"], f"{where}, {when}; {who}", row["title"], row["source"], row["url"])
    escaped = (html.escape(line) for line in lines if line)
    # "$[name]" would be filled in by the viewer.
    return "<br/>".join(escaped).replace("$[", "&#36;[")


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = _FORBIDDEN.sub("\ufffd", text)
