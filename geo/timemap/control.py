"""Control areas: who holds what, and when, from a GeoJSON file of the user's own.

A FeatureCollection (RFC 7946: longitude before latitude, WGS84) of polygons and multipolygons, each with these
properties:

==========  ============================================================================================================
``holder``  who holds the area, as the legend shall name them; required
``from``    the first day, ``2014-04-12`` (or a month ``2014-04``, a year ``2014``); left out or null: open
``to``      the last day, included; left out or null: until further notice
``name``    what the area is called, where it has a name
``fill``    the holder's colour as ``#rrggbb`` (simplestyle), where the map shall not choose one
==========  ============================================================================================================

The collection may have a ``credit``: whom to name under the legend, and ``restricted`` (true): the areas are shown on
the map and are not passed on, in pictures, films and stand-alone pages. Other members are passed over.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.query.link import printable, quoted, read_day

MOST_HOLDERS = 12  # the map tells so many apart: six colours, plain and dotted
MOST_BYTES = 64_000_000
LONGEST_NAME = 120
LONGEST_CREDIT = 300
_FILL = re.compile("#[0-9a-fA-F]{6}")
_DECIMALS = 5  # of a degree: a metre
_EPOCH = date(1970, 1, 1)
_LEAST_RING = 4  # positions, the first of them twice


class ControlError(ValueError):
    """Control areas that cannot be shown.

    Attributes
    ----------
    file
        The name of the file.
    feature
        The number of the feature, from 1; None where the file as a whole is at fault.
    """

    def __init__(self, file: str, problem: str, *, feature: int | None = None, name: str = "") -> None:
        called = f" ({quoted(name)})" if name else ""
        where = f": feature {feature}{called}" if feature is not None else ""
        super().__init__(f"{file}{where}: {problem}")
        self.file = file
        self.feature = feature


@dataclass(frozen=True, slots=True)
class Control:
    """Control areas as the map takes them.

    Attributes
    ----------
    holders
        Name and colour (``#rrggbb`` or None) of each holder, in the order of the file.
    areas
        One mapping an area: ``holder`` (index into `holders`), ``from``, ``to`` (days since 1970-01-01, both included,
        or None), ``name``, ``geometry`` (a GeoJSON polygon or multipolygon, WGS84 degrees).
    credit
        Whom to name; empty: nobody.
    restricted
        The areas stay out of pictures, films and stand-alone pages.
    """

    holders: tuple[tuple[str, str | None], ...]
    areas: tuple[Mapping[str, Any], ...]
    credit: str = ""
    restricted: bool = False

    def to_json(self) -> bytes:
        """Give what the browser reads."""
        holders = [{"name": name, "fill": fill} for name, fill in self.holders]
        areas = [dict(area) for area in self.areas]
        given = {"holders": holders, "areas": areas, "credit": self.credit, "restricted": self.restricted}
        return json.dumps(given, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def read(path: str | Path) -> Control:
    """Read control areas from a GeoJSON file.

    Raises
    ------
    ControlError
        The file cannot be read or is no such file; the message names the file, the feature and what to mend.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        text = path.read_text(encoding="utf-8-sig") if size <= MOST_BYTES else ""
    except OSError as error:
        raise ControlError(str(path), f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ControlError(path.name, f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if size > MOST_BYTES:
        raise ControlError(path.name, f"has {size:,} bytes, {MOST_BYTES:,} are taken; simplify its outlines")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ControlError(path.name, f"is not JSON: {error}") from None
    return parse(given, name=path.name)


def published(path: str | Path | None) -> Control | None:
    """Read control areas for what leaves the machine; None where there is no file, or it must not be passed on.

    Raises
    ------
    ControlError
        See `read`.
    """
    found = read(path) if path is not None else None
    return None if found is None or found.restricted else found


def parse(given: object, *, name: str = "control areas") -> Control:
    """Check a GeoJSON FeatureCollection, already decoded; `name` stands for the file in what is raised.

    Raises
    ------
    ControlError
        See `read`.
    """
    if not isinstance(given, Mapping) or given.get("type") != "FeatureCollection":
        what = given.get("type") if isinstance(given, Mapping) else type(given).__name__
        raise ControlError(name, f"expected a GeoJSON FeatureCollection; got {quoted(str(what))}")
    crs = json.dumps(given.get("crs") or "")
    if crs != '""' and "CRS84" not in crs and "4326" not in crs:
        raise ControlError(name, f"its crs is {quoted(crs)}; reproject it to WGS84 longitude and latitude (EPSG:4326)")
    features = given.get("features")
    if not isinstance(features, list) or not features:
        raise ControlError(name, "has no features")
    holders: dict[str, tuple[str | None, int]] = {}
    areas = []
    for number, feature in enumerate(features, start=1):
        areas.append(_area(feature, holders, file=name, number=number))
    credit = given.get("credit")
    told = printable(credit)[:LONGEST_CREDIT] if isinstance(credit, str) else ""
    restricted = given.get("restricted", False)
    if not isinstance(restricted, bool):
        raise ControlError(name, f"'restricted' is {quoted(str(restricted))}, not true or false")
    named = tuple((holder, fill) for holder, (fill, _) in holders.items())
    return Control(named, tuple(areas), told, restricted)


def _area(feature: object, holders: dict[str, tuple[str | None, int]], *, file: str, number: int) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    properties = properties if isinstance(properties, Mapping) else {}
    name = _word(properties.get("name"))

    def fault(problem: str) -> ControlError:
        return ControlError(file, problem, feature=number, name=name)

    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        raise fault("is not a GeoJSON Feature")
    holder = _word(properties.get("holder"))
    if not holder:
        there = ", ".join(sorted(map(str, properties))) or "none"
        raise fault(f"no 'holder' among its properties ({there}); say who holds it")
    start, end = (_day(properties, key, fault, last=key == "to") for key in ("from", "to"))
    if start is not None and end is not None and start > end:
        raise fault("'from' is after 'to'; exchange them")
    fill = properties.get("fill")
    if fill is not None and not (isinstance(fill, str) and _FILL.fullmatch(fill)):
        raise fault(f"'fill' is {quoted(str(fill))}, not a colour such as #6b7f95")
    if holder not in holders and len(holders) == MOST_HOLDERS:
        raise fault(f"{quoted(holder)} is one holder too many: the map tells {MOST_HOLDERS} apart")
    before, first = holders.setdefault(holder, (fill, number))
    if fill is not None and before is not None and fill != before:
        raise fault(f"'fill' is {fill}, but that of feature {first}, of the same holder, is {before}")
    if before is None and fill is not None:
        holders[holder] = (fill, number)
    try:
        geometry = _geometry(feature.get("geometry"))
    except ValueError as error:
        raise fault(str(error)) from None
    return {"holder": list(holders).index(holder), "from": start, "to": end, "name": name, "geometry": geometry}


def _word(value: object) -> str:
    return printable(value).strip()[:LONGEST_NAME] if isinstance(value, str) else ""


def _day(properties: Mapping[str, Any], key: str, fault: Any, *, last: bool) -> int | None:
    value = properties.get(key)
    if value is None or value == "":
        return None
    found = read_day(str(value)[:10], last=last) if isinstance(value, (str, int)) else None
    if found is None or len(str(value)) > len("2014-04-12"):
        raise fault(f"{key!r} is {quoted(str(value))}, not a date such as 2014-04-12, 2014-04 or 2014")
    return (found - _EPOCH).days


def _geometry(given: object) -> dict[str, Any]:
    """Check a polygon or a multipolygon; gives it with closed rings and coordinates to a metre."""
    kind = given.get("type") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"its geometry must be a Polygon or a MultiPolygon; got {quoted(str(kind))}")
    parts = [given.get("coordinates")] if kind == "Polygon" else given.get("coordinates")
    if not isinstance(parts, list) or not parts:
        raise ValueError("its geometry has no coordinates")
    return {"type": "MultiPolygon", "coordinates": [list(_rings(part)) for part in parts]}


def _rings(part: object) -> Iterator[list[list[float]]]:
    if not isinstance(part, list) or not part:
        raise ValueError("a polygon of its geometry has no rings")
    for ring in part:
        points = [_point(point) for point in ring] if isinstance(ring, list) else []
        if points and points[0] != points[-1]:
            raise ValueError(f"a ring ends at {points[-1]}, not where it starts, at {points[0]}; close it")
        if len(points) < _LEAST_RING:
            raise ValueError(f"a ring has {len(points)} positions; it takes {_LEAST_RING}, the first of them twice")
        yield points


def _point(given: object) -> list[float]:
    try:
        lon, lat = (float(value) for value in given[:2])  # type: ignore[index]  # (whatever has no two is refused below)
    except (TypeError, ValueError):
        raise ValueError(f"{quoted(json.dumps(given))} is no position [longitude, latitude]") from None
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(f"[{lon:g}, {lat:g}] is no longitude and latitude in degrees (WGS84)")
    return [round(lon, _DECIMALS), round(lat, _DECIMALS)]
