"""How many events a place, a region or an actor has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

# What kind a party has that is none of the others: mostly things that were hit.
NO_ACTOR = "other"
SIDES = ("actor", "target")


def tally(words: pd.Series) -> dict[str, int]:
    """Count the words of a column; what is missing does not count."""
    return {str(key): int(n) for key, n in words.value_counts().items()}


def regions_of(frame: pd.DataFrame, countries: Iterable[str]) -> pd.Series:
    """Give each event's first-level unit as the link names it (``UA/Donetsk Oblast``), of some countries."""
    inside = frame[frame["country_code"].isin(list(countries)) & frame["admin1"].notna()]
    return inside["country_code"].astype("str") + "/" + inside["admin1"].astype("str")


def actors(frame: pd.DataFrame) -> Counter[str]:
    """Count the events of each actor by its words; houses, positions and other things that were hit are none."""
    sides = (frame.loc[frame[f"{side}_kind"].notna() & (frame[f"{side}_kind"] != NO_ACTOR), side] for side in SIDES)
    return _once_each(sides)


def either(frame: pd.DataFrame, *columns: str) -> Counter[str]:
    """Count the events that have a word in any of some columns, each event once a word."""
    return _once_each(frame[column] for column in columns)


def _once_each(columns: Iterable[pd.Series]) -> Counter[str]:
    pairs = pd.concat([column.dropna().astype("str") for column in columns]).reset_index()
    words = pairs.columns[-1]
    return Counter(tally(pairs.drop_duplicates()[words]))
