"""The two sides of a comparison as frames with the same columns: what the articles say, or a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geo.layers.cells import RADII
from geo.model import Layer
from geo.store import Store, layers

ARTICLES = "articles"
# What each side's rows have; `key` finds a row again: an event's id, or the ordinal of a layer's event.
COLUMNS = (
    *("key", "id", "type", "sub_type", "place", "admin1", "country", "lon", "lat", "radius_km", "place_precision"),
    *("first", "last", "actor", "target", "killed_low", "killed_high", "source", "note"),
)
# What may be told of a row whose data must not be passed on: how to find it in one's own copy.
OPEN = ("id",)
_STATUSES = ("reported", "claimed")
_OF_LAYER = tuple(
    {"first": "date_start", "last": "date_end"}.get(name, name) for name in COLUMNS if name not in ("key",)
)

Window = tuple[date | None, date | None]
Region = Callable[[float, float], str | None]


@dataclass(frozen=True, slots=True)
class Side:
    """One side.

    Attributes
    ----------
    name
        What it is called: a layer's name, or ``articles``.
    frame
        One row an event, with `COLUMNS`; days as ``datetime64[D]`` in a closed interval.
    left_out
        How many events cannot be compared, by the reason.
    restricted
        Its rows must not be passed on.
    """

    name: str
    frame: pd.DataFrame
    left_out: Mapping[str, int]
    restricted: bool = False


def articles(store: Store, *, longest: int, chosen: pd.DataFrame | None = None) -> Side:
    """Give what the articles say: one row an incident, by the surest of its reports.

    Parameters
    ----------
    longest
        Days; an event dated more vaguely is left out.
    chosen
        Only these rows of `geo.store.Store.events`; None for all.
    """
    frame = store.events() if chosen is None else chosen
    told = frame[frame["status"].isin(_STATUSES)]
    sure = told.sort_values(["tier", "confidence"], ascending=[True, False], kind="stable")
    one = sure.drop_duplicates("incident").sort_index()
    precision = one["place_precision"].astype(object).where(one["place_precision"].notna(), "country")
    made = pd.DataFrame(
        {
            "key": one["id"],
            **{name: one[name] for name in ("id", "type", "sub_type", "admin1", "lon", "lat", "actor", "target")},
            "place": one["place"].where(one["place"].notna(), one["place_text"]),
            "country": one["country_code"],
            "place_precision": precision,
            "radius_km": precision.map(RADII).astype(float),
            "first": one["date_start"],
            "last": one["date_end"],
            **{name: one[name].astype(float) for name in ("killed_low", "killed_high")},
            "source": one["source"],
            "note": one["snippet"],
        }
    )
    return _side(ARTICLES, made, longest, {"another report of the same incident": len(told) - len(one)})


def layer(store: Store, about: Layer, *, longest: int, window: Window = (None, None)) -> Side:
    """Give the events of a layer that may lie in a window of days, both included, open where None; see `articles`."""
    frame = layers.frame(store, about, _OF_LAYER)
    first, last = window
    if first:
        frame = frame[frame["date_end"] >= pd.Timestamp(first)]
    if last:
        frame = frame[frame["date_start"] <= pd.Timestamp(last)]
    made = frame.rename(columns={"ordinal": "key", "date_start": "first", "date_end": "last"})
    return _side(about.name, made, longest, {}, restricted=about.restricted)


def _side(
    name: str, frame: pd.DataFrame, longest: int, left_out: Mapping[str, int], *, restricted: bool = False
) -> Side:
    """Leave out what cannot be compared, and count it."""
    first, last = (frame[column].to_numpy().astype("datetime64[D]") for column in ("first", "last"))
    undated = np.isnat(first) | np.isnat(last)
    reasons = {
        "no day": undated,
        "no place": frame["lon"].isna().to_numpy() | frame["lat"].isna().to_numpy(),
        "no place closer than a country": (frame["place_precision"] == "country").to_numpy(),
        f"dated to more than {longest:,} days": np.where(undated, 0, (last - first).astype(int) + 1) > longest,
    }
    out = np.zeros(len(frame), dtype=bool)
    counted: dict[str, Any] = dict(left_out)
    for reason, rows in reasons.items():
        counted[reason] = int((rows & ~out).sum())
        out |= rows
    kept = frame.loc[~out, list(COLUMNS)].reset_index(drop=True)
    kept["first"], kept["last"] = first[~out].astype("datetime64[s]"), last[~out].astype("datetime64[s]")
    return Side(name, kept, {reason: count for reason, count in counted.items() if count}, restricted)
