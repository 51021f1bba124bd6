"""Putting the curated tables into the gazetteer: checked against what the other sources brought."""

from __future__ import annotations

from pathlib import Path

from gazetteer.errors import Faults
from gazetteer.names import fold
from gazetteer.rows import PlaceRow
from gazetteer.sources import tables
from gazetteer.sources.areas import TOLERANCE_DEGREES, Outlines
from gazetteer.sources.tables import CuratedPlace, Naming
from gazetteer.writer import Writer

# Nobody writes down by hand what nobody talks about; a town whose people were not counted is no hamlet either.
_WEIGHT = 1.2
_UNCOUNTED_TOWN_WEIGHT = 2.0
_KM_PER_DEGREE = 111.2
# Simplified outlines leave out islets, and an island may lie an ocean away from its country: for those the check only
# catches swapped coordinates and wrong signs.
_OFFSHORE = {"sea": 2.0, "island": 15.0}


def wanted_names(data: Path) -> frozenset[tuple[str, str]]:
    """Give country and folded name of every place that the naming files point to by name (``UA:Kharkiv``)."""
    return frozenset(
        (country, fold(name))
        for naming in tables.namings(data / "gazetteer")
        for country, kind, name in [split_reference(naming.place)]
        if name
    )


def split_reference(text: str) -> tuple[str, str, str]:
    """Take a reference apart into country, kind and name; kind and name are empty for an id or a country code.

    >>> split_reference("UA:Kharkiv"), split_reference("UA:admin1:Kharkiv")
    (('UA', 'town', 'Kharkiv'), ('UA', 'admin1', 'Kharkiv'))
    >>> split_reference("UA"), split_reference("g5")
    (('UA', '', ''), ('', '', ''))
    """
    if len(text) == 2 and text.isupper():
        return text, "", ""
    if len(text) > 3 and text[2] == ":" and text[:2].isupper():
        country, _, rest = text.partition(":")
        kind, colon, name = rest.partition(":")
        return (country, kind, name) if colon else (country, "town", rest)
    return "", "", ""


def add_curated(
    writer: Writer, data: Path, outlines: Outlines, country_ids: dict[str, int], *, partial: bool = False
) -> None:
    """Add curated places, their outlines and the naming files to what `writer` holds.

    Where the other sources are `partial` (the dump of one country), what points to a place elsewhere is left out.

    Raises
    ------
    SourceError
        With file and line: a point outside its country, a parent or a place that does not exist, an unknown outline.
    """
    writer.flush()
    places = list(tables.places(data / "gazetteer"))
    with Faults() as faults:
        for place in places:
            with faults.gather():
                _check(place, outlines)
                writer.add(_merged(writer, place), place.spellings)
    writer.flush()
    with Faults() as faults:
        for place in places:
            with faults.gather():
                _resolve_parent(writer, place, country_ids, partial=partial)
                _add_area(writer, place, outlines, country_ids, partial=partial)
        for naming in tables.namings(data / "gazetteer"):
            with faults.gather():
                key = _target(writer, naming, country_ids)
                if key is not None:
                    writer.spell(key, [naming.spelling])
                elif not partial:
                    raise naming.line.fault(f"no place {naming.place!r} to call {naming.spelling.text!r}")
        for naming in tables.display_names(data / "gazetteer"):
            with faults.gather():
                key = _target(writer, naming, country_ids)
                if key is not None:
                    writer.rename(key, naming.spelling)
                elif not partial:
                    raise naming.line.fault(f"no place {naming.place!r} to show as {naming.spelling.text!r}")


def _merged(writer: Writer, place: CuratedPlace) -> PlaceRow:
    """Give the row of a curated place; what it leaves open stays as the other source had it."""
    held = writer.read(place.id)
    if held is None:
        if place.id.startswith("o:"):
            raise place.line.fault(f"no airport has the id {place.id}; curated places of their own are c:<slug>")
        key = int(place.id[1:]) if place.id.startswith("g") else writer.own_key()
        held = PlaceRow(key=key, name=place.name, kind=place.kind, lon=place.lon, lat=place.lat, source="curated")
        held.id = None if place.id.startswith("g") else place.id
        held.weight = _UNCOUNTED_TOWN_WEIGHT if place.kind == "town" and not place.population else _WEIGHT
    held.name, held.kind, held.lon, held.lat = place.name, place.kind, place.lon, place.lat
    held.country = place.country or held.country
    held.admin1 = place.admin1 or held.admin1
    held.population = held.population if place.population is None else place.population
    if place.feature:
        held.feature = place.feature
    held.government = place.government
    held.radius = place.radius
    held.source = "curated"
    return held


def _check(place: CuratedPlace, outlines: Outlines) -> None:
    # A gulf lies off its country, a range of hills on its border; their radius says how far.
    tolerance = TOLERANCE_DEGREES + (place.radius or 0) / _KM_PER_DEGREE + _OFFSHORE.get(place.kind, 0)
    if place.country and not outlines.is_near(place.country, place.lon, place.lat, tolerance=tolerance):
        raise place.line.fault(f"{place.id} lies outside {place.country}: lon {place.lon}, lat {place.lat}")


def _resolve_parent(writer: Writer, place: CuratedPlace, country_ids: dict[str, int], *, partial: bool) -> None:
    if not place.parent:
        return
    key = country_ids.get(place.parent) if len(place.parent) == 2 else writer.key_of(place.parent)
    if key is None:
        if partial:
            return
        raise place.line.fault(f"parent {place.parent!r} does not exist")
    if key == writer.key_of(place.id):
        raise place.line.fault(f"{place.id} is its own parent")
    writer.set_parent(place.id, f"g{key}" if len(place.parent) == 2 else place.parent)


def _add_area(
    writer: Writer, place: CuratedPlace, outlines: Outlines, country_ids: dict[str, int], *, partial: bool
) -> None:
    if not place.area:
        return
    form, _, value = place.area.partition(":")
    key = writer.key_of(place.id)
    if form == "poly":
        if value not in outlines.drawn:
            raise place.line.fault(f"outlines.geojson has no outline {value!r}")
        writer.area(key, outlines.drawn[value])
        return
    codes = value.split("+")
    if not partial and (
        strange := [c for c in codes if c not in outlines.by_code and c not in country_ids and not writer.is_unit(c)]
    ):
        raise place.line.fault(f"no country or first-level unit has the code {', '.join(strange)}")
    # Natural Earth lacks some units that GeoNames has: the region is drawn without them, but holds their places.
    drawn = [code for code in codes if code in outlines.by_code]
    writer.area(key, outlines.union(drawn) if drawn else None, members=codes)


def _target(writer: Writer, naming: Naming, country_ids: dict[str, int]) -> int | None:
    country, kind, name = split_reference(naming.place)
    if name:
        return writer.find(country, fold(name), kind)
    return country_ids.get(country) if country else writer.key_of(naming.place)
