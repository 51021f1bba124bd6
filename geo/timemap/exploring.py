"""Any GeoDataFrame on the map of events: columns, types and colours of one's own, any coordinates, any geometry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas
import pandas as pd

from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.timemap.element import TimeMap

_GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
_WIDE = ("Polygon", "MultiPolygon")
_DEFAULT = "political"


def explore(
    gdf: geopandas.GeoDataFrame,
    time: str,
    *,
    end: str | None = None,
    type: str | None = None,
    types: Mapping[Any, str] | None = None,
    colours: Mapping[str, str] | None = None,
    label: str | None = None,
    id: str | None = None,
    source: str | None = None,
    tooltip: str | None = None,
    status: str | None = None,
    tier: str | None = None,
    **options: Any,
) -> TimeMap:
    """Show any GeoDataFrame through time: ``explore(gdf, time="date")``.

    Parameters
    ----------
    gdf : geopandas.GeoDataFrame
        Points, lines or polygons in any coordinate system, under whatever name the active geometry has. Rows without a
        geometry or a date are listed by the map, not drawn. It is not changed.
    time, end : str
        Columns with the first and the last day: dates, text that pandas reads as dates, timestamps with or without a
        time zone (its own day counts). Without `end` one day each.
    type : str, optional
        A column whose values become the map's types. At most seven of them may differ, one for each colour of the map.
    types : Mapping, optional
        Which of the map's types (`geo.model.EVENT_TYPES`) a value is drawn as: glyph and colour. Without it the values
        take the map's types in order of their frequency.
    colours : Mapping of str to ``#rrggbb``, optional
        Colours by value of `type`, instead of the map's own.
    label, id, source, tooltip : str, optional
        Columns with the name of the place, an id, who says so, and a sentence for the tooltip.
    status, tier : str, optional
        Columns with values of `geo.model.STATUSES` and `geo.model.TIERS`.
    **options
        Whatever `geo.timemap.TimeMap` takes.

    Returns
    -------
    TimeMap
        Outlines of polygons are its areas: the shape is drawn, not a point in its middle.

    Raises
    ------
    KeyError
        A column is not there; the message names it, and those that are.
    TypeError
        `gdf` is no GeoDataFrame.
    ValueError
        It has no coordinate system, a date is none, or there are more than seven types; the message names the column.

    Examples
    --------
    >>> explore(gdf, time="date", type="kind", label="village")  # doctest: +SKIP
    """
    columns = {"label": label, "id": id, "source": source, "tooltip": tooltip, "status": status, "tier": tier}
    frame, areas = events(gdf, time, end=end, **columns)
    names = {_DEFAULT: "Event"}
    if type is not None:
        _present(gdf, type, "type")
        frame["type"], names = _types(gdf[type], type, types)
    options["areas"] = areas | dict(options.get("areas") or {})
    return TimeMap(frame, labels=names or None, colours=_colours(colours, names, type), **options)


def events(
    gdf: geopandas.GeoDataFrame, time: str, *, end: str | None = None, **columns: str | None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Give a frame for `geo.timemap.packed.pack`, and the outlines of its polygons by place id; as of `explore`."""
    if not isinstance(gdf, geopandas.GeoDataFrame):
        raise TypeError(f"gdf must be a geopandas.GeoDataFrame; got {gdf.__class__.__name__}. Make one with its points")
    if gdf.active_geometry_name is None:
        raise ValueError("gdf has no active geometry. Name it with gdf.set_geometry(column)")
    if gdf.crs is None:
        raise ValueError(
            f"gdf: the geometry {gdf.active_geometry_name!r} has no coordinate system, so nobody knows where it lies. "
            "Set it with gdf.set_crs(...)"
        )
    shapes = gdf.geometry.to_crs(4326)
    kinds = shapes.geom_type
    odd = sorted(set(kinds.dropna()) - set(_GEOMETRIES))
    if odd:
        raise ValueError(
            f"column {gdf.active_geometry_name!r}: {odd[0]} cannot be shown; points, lines and polygons can"
        )
    out = pd.DataFrame({"date_start": _days(gdf, time, "time")})
    out["date_end"] = _days(gdf, end, "end") if end is not None else out["date_start"]
    backwards = (out["date_end"] < out["date_start"]).to_numpy()
    if backwards.any():
        raise ValueError(f"column {end!r}: in row {backwards.argmax()} the end is before the start in {time!r}")
    out["type"] = _DEFAULT
    for argument, target in (("id", "id"), ("source", "source"), ("tooltip", "snippet"), ("label", "place")):
        if (name := columns.get(argument)) is not None:
            _present(gdf, name, argument)
            out[target] = [None if pd.isna(value) else str(value) for value in gdf[name]]
    for argument, allowed in (("status", STATUSES), ("tier", TIERS)):
        if (name := columns.get(argument)) is not None:
            out[argument] = _among(gdf, name, argument, allowed)
    drawn = ~(shapes.isna() | shapes.is_empty).to_numpy()
    # A point on the shape, which the middle of a bent one is not.
    points = shapes[drawn].representative_point()
    out["lon"], out["lat"] = float("nan"), float("nan")
    out.loc[drawn, "lon"], out.loc[drawn, "lat"] = points.x.to_numpy(), points.y.to_numpy()
    wide = drawn & kinds.isin(_WIDE).to_numpy()
    out["place_precision"] = ["region" if one else "town" for one in wide]
    keys = shapes[wide].to_wkb()
    ids = {key: f"shape:{number}" for number, key in enumerate(dict.fromkeys(keys))}
    out["place_id"] = pd.Series([None] * len(out), dtype=object)
    out.loc[wide, "place_id"] = [ids[key] for key in keys]
    areas = {ids[key]: shape.__geo_interface__ for key, shape in zip(keys, shapes[wide], strict=True)}
    return out, areas


def _present(gdf: geopandas.GeoDataFrame, name: str, argument: str) -> None:
    if name not in gdf.columns:
        raise KeyError(f"{argument}: there is no column {name!r}; there are {', '.join(map(str, gdf.columns))}")


def _days(gdf: geopandas.GeoDataFrame, name: str, argument: str) -> list[Any]:
    """Give the days of a column as datetime64, those missing as NaT."""
    _present(gdf, name, argument)
    given = gdf[name]
    try:
        # The day where it happened: a time zone that is known is kept for that, then dropped.
        days = [pd.NaT if pd.isna(value) else pd.Timestamp(value).replace(tzinfo=None).normalize() for value in given]
    except (ValueError, TypeError) as error:
        wrong = next(value for value in given if not pd.isna(value) and not _is_day(value))
        raise ValueError(f"column {name!r}: {wrong!r} is no date such as 2015-01-26") from error
    return list(pd.to_datetime(pd.Series(days, dtype="datetime64[s]")))


def _is_day(value: Any) -> bool:
    try:
        pd.Timestamp(value)
    except (ValueError, TypeError):
        return False
    return True


def _among(gdf: geopandas.GeoDataFrame, name: str, argument: str, allowed: tuple[str, ...]) -> list[Any]:
    _present(gdf, name, argument)
    wrong = [value for value in gdf[name].dropna().unique() if value not in allowed]
    if wrong:
        raise ValueError(f"column {name!r}: {wrong[0]!r} is none of {', '.join(allowed)}")
    return [None if pd.isna(value) else value for value in gdf[name]]


def _types(values: pd.Series[Any], name: str, given: Mapping[Any, str] | None) -> tuple[list[str], dict[str, str]]:
    """Give each value's type of the map, and what each type is called."""
    found = list(values.value_counts().index)
    if given is None:
        if set(found) <= set(EVENT_TYPES):
            given = {value: value for value in found}
        elif len(found) > len(EVENT_TYPES):
            raise ValueError(
                f"column {name!r} has {len(found)} types; the map tells {len(EVENT_TYPES)} apart. Put some together or "
                "say with types= which is drawn as which"
            )
        else:
            given = dict(zip(found, EVENT_TYPES, strict=False))
    missing = [value for value in found if value not in given]
    if missing:
        raise ValueError(f"column {name!r}: types= does not say what {missing[0]!r} is drawn as")
    wrong = [kind for kind in given.values() if kind not in EVENT_TYPES]
    if wrong:
        raise ValueError(f"types: {wrong[0]!r} is none of {', '.join(EVENT_TYPES)}")
    if values.isna().any():
        raise ValueError(
            f"column {name!r}: row {values.isna().to_numpy().argmax()} has no type. Fill it in, or drop it"
        )
    called: dict[str, str] = {}
    for value, kind in given.items():
        if value in found and not set(found) <= set(EVENT_TYPES):
            called[kind] = f"{called[kind]}, {value}" if kind in called else str(value)
    return [given[value] for value in values], called


def _colours(colours: Mapping[str, str] | None, names: Mapping[str, str], column: str | None) -> dict[str, str]:
    """Give colours by the map's types."""
    out: dict[str, str] = {}
    for value, colour in (colours or {}).items():
        kind = next((kind for kind, name in names.items() if str(value) in name.split(", ")), str(value))
        if kind not in EVENT_TYPES:
            raise ValueError(f"colours: {value!r} is no value of the column {column!r}")
        out[kind] = colour
    return out
