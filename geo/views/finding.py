"""What the search offers as one types: the places, countries, regions, actors and sources that events have."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.views import wording
from geo.views.filters import Names, actor, either, regions_of, tally

_MOST_SUGGESTED = 3
_LEAST_TYPED = 2


def suggest(text: str, frame: pd.DataFrame, *, names: Names) -> list[dict[str, Any]]:
    """Give the filters whose name holds `text`: countries, regions, actors, sources; each kind's most frequent first.

    Returns
    -------
    list of dict
        ``name`` and ``key`` for `toggle`, ``label``, ``text`` (what it is, and how many events it has).
    """
    wanted = text.strip().casefold()
    if len(wanted) < _LEAST_TYPED:
        return []
    countries = {key: names(key) for key in tally(frame["country_code"])}
    regions = tally(regions_of(frame, countries))
    actors = {**either(frame, "actor_kind", "target_kind"), **either(frame, "actor", "target")}
    found = _suggested_places(wanted, frame)
    for name, what, counts, label in (
        ("places", "country", tally(frame["country_code"]), countries.__getitem__),
        ("places", "region", regions, lambda key: key.partition("/")[2]),
        ("actors", "who", actors, actor),
        ("sources", "source", tally(frame["source"]), str),
    ):
        hits = [(key, n) for key, n in counts.items() if wanted in label(key).casefold()]
        ranked = sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:_MOST_SUGGESTED]
        found += [
            {"name": name, "key": key, "label": label(key), "text": f"{what} · {wording.count(n, 'event')}"}
            for key, n in ranked
        ]
    return found


def _suggested_places(wanted: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The places of events, below the countries, whose name or the article's word for it begins with what is typed."""
    placed = frame[frame["place_id"].notna() & (frame["place_precision"] != "country")]
    begins = placed["place"].str.casefold().str.startswith(wanted) | placed["place_text"].str.casefold().str.startswith(
        wanted
    )
    ids = placed.loc[begins, "place_id"]
    counts = tally(placed.loc[placed["place_id"].isin(ids), "place_id"])
    about = placed[placed["place_id"].isin(ids)].drop_duplicates("place_id").set_index("place_id")
    out = []
    for key in sorted(counts, key=lambda key: (-counts[key], key))[:_MOST_SUGGESTED]:
        row = about.loc[key].to_dict()
        text = wording.count(counts[key], "event")
        within = row["admin1"] if isinstance(row["admin1"], str) and row["admin1"] != row["place"] else ""
        where = {"lat": float(row["lat"]), "lng": float(row["lon"])}
        text = f"{within} · {text}" if within else text
        out.append({"name": "places", "key": key, "label": str(row["place"]), "text": text} | where)
    return out
