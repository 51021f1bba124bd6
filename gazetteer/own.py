"""A user's own places, laid over the gazetteer: a CSV table or a GeoJSON file of points, checked when it is read."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gazetteer import plugins
from gazetteer.errors import OwnPlacesError
from gazetteer.names import fold
from gazetteer.place import KINDS, Candidate, Kind, Place

VARIABLE = "CONFLICT_MAP_PLACES"
COLUMNS = ("name", "lat", "lon")
# Whoever adds a place means it: it comes before every other of its name by this much.
_AHEAD = 3.0
_KIND: Kind = "village"
# JSON can write half of a pair of surrogates, which no other text can.
_HALF = re.compile("[\ud800-\udfff]")
# A file may hold this many places, so that a wrong one cannot fill the memory.
_MOST = 200_000


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """The places of one file, by folded name and by id."""

    named: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    by_id: Mapping[str, Place] = field(default_factory=dict)

    def over(self, name: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Give the candidates of a name, a user's own first."""
        own = self.named.get(fold(name), ()) if self.named else ()
        if not own:
            return tuple(found)
        best = max((one.prior for one in found), default=0.0)
        return (*(Candidate(place, "name", True, best + _AHEAD) for place in own), *found)


NONE = OwnPlaces()


def within(place: Place, near: Place) -> Place:
    """Give a place the units of another that is near."""
    return replace(
        place,
        country_code=near.country_code,
        admin1=near.admin1,
        admin1_code=near.admin1_code,
        admin2=near.admin2,
        admin2_code=near.admin2_code,
    )


def read(path: Path, settle: Callable[[Place], Place] = lambda place: place) -> OwnPlaces:
    """Read a table (``name,lat,lon`` and, if known, ``kind,country,aliases``) or a GeoJSON file of points.

    Parameters
    ----------
    path : pathlib.Path
        ``.csv``, ``.geojson`` or ``.json``, UTF-8, or what packages add (``conflict_map.places``): ``.kml``. Aliases
        are parted by semicolons.
    settle : callable
        Fills in the units that a place lies in.

    Raises
    ------
    OwnPlacesError
        For a file that cannot be read or a place that makes no sense; the message names file and line.
    """
    named: dict[str, list[Place]] = {}
    by_id: dict[str, Place] = {}
    last: Counter[str] = Counter()
    for where, row in _rows(path):
        found = settle(place(where, row, path.name))
        if len(by_id) >= _MOST:
            raise OwnPlacesError(f"{where}: more than {_MOST:,} places; split the file")
        key = found.id
        while key in by_id:
            last[found.id] += 1
            key = f"{found.id}-{last[found.id] + 1}"
        by_id[key] = found = replace(found, id=key)
        for folded in {fold(name) for name in (found.name, *str(row.get("aliases") or "").split(";"))} - {""}:
            named.setdefault(folded, []).append(found)
    return OwnPlaces({name: tuple(places) for name, places in named.items()}, by_id)


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    ending = path.suffix.lower().removeprefix(".")
    if ending in plugins.added(plugins.PLACES):
        try:
            read_them = plugins.load(plugins.PLACES, ending)
            with plugins.blamed(plugins.PLACES, ending, passing=(OwnPlacesError,)):
                # As a whole: what is made of a place is ours to answer for.
                found = [(str(where), dict(row)) for where, row in read_them(path)]
        except plugins.PluginError as error:
            raise OwnPlacesError(f"{path}: {error}") from error
        yield from found
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise OwnPlacesError(
            f"{path}: your own places cannot be read ({fault}); give a UTF-8 CSV or GeoJSON"
        ) from fault
    if path.suffix.lower() in (".geojson", ".json"):
        yield from _features(path, text)
        return
    table = csv.DictReader(text.splitlines())
    try:
        missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
        if missing:
            raise OwnPlacesError(f"{path}:1: no column {', '.join(missing)}; the first line needs {','.join(COLUMNS)}")
        for row in table:
            # A line without a position waits to be filled in: `gazetteer missing` writes such lines.
            if str(row.get("lat") or "").strip() or str(row.get("lon") or "").strip():
                yield f"{path}:{table.line_num}", row
    except csv.Error as fault:
        raise OwnPlacesError(f"{path}:{table.line_num}: no line of a table ({fault})") from fault


def _features(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        whole = json.loads(text)
        features = list(whole["features"])
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise OwnPlacesError(f"{path}: no GeoJSON FeatureCollection ({fault!r})") from fault
    for number, feature in enumerate(features, start=1):
        where = f"{path}: feature {number}"
        try:
            geometry, properties = feature["geometry"], dict(feature.get("properties") or {})
            if geometry["type"] != "Point":
                raise OwnPlacesError(f"{where}: only points are read; got {geometry['type']!r}")
            lon, lat = geometry["coordinates"][:2]
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise OwnPlacesError(f"{where}: no point with properties ({fault!r})") from fault
        yield where, {**properties, "lon": lon, "lat": lat}


def place(where: str, row: Mapping[str, Any], source: str) -> Place:
    """Make a place of the cells of a row; `where` is what a fault names, `source` the file that it is credited to.

    Raises
    ------
    OwnPlacesError
        For a place that makes no sense.
    """
    name = str(row.get("name") or "").strip()
    if not fold(name):
        raise OwnPlacesError(f"{where}: a place needs a name; got {name!r}")
    if _HALF.search(name):
        raise OwnPlacesError(f"{where}: the name {name!a} holds half of a character; write it anew")
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise OwnPlacesError(
            f"{where}: {name}: lat and lon must be numbers; got {row.get('lat')!r}, {row.get('lon')!r}"
        ) from None
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise OwnPlacesError(f"{where}: {name}: lat must lie in -90..90 and lon in -180..180; got {lat}, {lon}")
    kind = str(row.get("kind") or _KIND).strip()
    if kind not in KINDS:
        raise OwnPlacesError(f"{where}: {name}: kind must be one of {', '.join(KINDS)}; got {kind!r}")
    country = str(row.get("country") or "").strip().upper() or None
    if country is not None and not re.fullmatch("[A-Z]{2}", country):
        raise OwnPlacesError(f"{where}: {name}: country must be two letters, such as UA; got {country!r}")
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "place"
    kinds: dict[str, Kind] = {one: one for one in KINDS}
    return Place(f"u:{slug}", name, kinds[kind], lon, lat, country, source=f"your own places ({source})")
