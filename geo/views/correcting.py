"""Corrections in the reader: what was set by hand, what the automatic answer was, what else could be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gazetteer.index import Gazetteer
from geo.corrections import Correction
from geo.model import Event, PlaceRef
from geo.views import wording

# How far around a clicked point towns are offered in its place.
_NEAR_KM = 40.0
_MOST_NEAR = 3


def by_hand(event: Event, automatic: Event, corrections: Iterable[Correction]) -> dict[str, Any]:
    """Give what was set by hand at an event, each with the automatic answer, and the note.

    Parameters
    ----------
    event, automatic
        The event as corrected, and as it was read.
    corrections
        Those of this event that count, in the order in which they were made.

    Returns
    -------
    dict
        ``lines`` (each with ``what`` and the automatic answer, ``was``), ``by``, ``note``, ``rejected``, ``any``,
        ``days`` (as they could be typed).
    """
    made = list(corrections)
    done = {correction.action for correction in made}
    notes = [correction.note for correction in made if correction.action == "note"]
    lines = []
    if "place" in done:
        lines.append({"what": "place", "was": place_text(automatic.place) or f"no place for “{automatic.place_text}”"})
    if "date" in done:
        lines.append({"what": "date", "was": date_text(automatic)})
    if "type" in done:
        lines.append({"what": "type", "was": wording.TYPE_LABELS[automatic.type]})
    if "same_event" in done:
        lines.append({"what": "joined with another report", "was": ""})
    if "other_event" in done:
        lines.append({"what": "taken apart from other reports", "was": ""})
    return {
        "lines": lines,
        "by": ", ".join(dict.fromkeys(correction.by for correction in made if correction.by)),
        "note": notes[-1] if notes else "",
        "days": _typed(event),
        "rejected": "reject" in done,
        "any": bool(made),
    }


def place_text(place: PlaceRef | None) -> str:
    """Say a place with its unit: ``Debaltseve, Donetsk Oblast``; empty for none."""
    if place is None:
        return ""
    return place.name if place.admin1 in (None, place.name) else f"{place.name}, {place.admin1}"


def date_text(event: Event) -> str:
    """Say when an event was, at its precision."""
    if event.date_start and event.date_end:
        return wording.interval(event.date_start, event.date_end)
    return "no date"


def _typed(event: Event) -> str:
    """The days of an event as they could be typed; `geo.views.typed` reads them back."""
    days = dict.fromkeys(wording.day(day) for day in (event.date_start, event.date_end) if day)
    return " to ".join(days)


def choices(lon: float, lat: float, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Give what a clicked point could mean: the point itself, and the towns near it, nearest first."""
    here = f"{abs(lat):.3f}°{'N' if lat >= 0 else 'S'} {abs(lon):.3f}°{'E' if lon >= 0 else 'W'}"
    out: list[dict[str, Any]] = [{"name": "This very point", "text": here, "lat": lat, "lng": lon, "id": None}]
    for place, km in gazetteer.nearest(lon, lat, limit=_MOST_NEAR, kinds=("town", "village", "facility")):
        if km <= _NEAR_KM:
            away = f"{km:.1f} km away" if km >= 0.1 else "here"
            out.append({"name": place.name, "text": away, "lat": place.lat, "lng": place.lon, "id": place.id})
    return out
