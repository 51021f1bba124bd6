"""Places as you type."""

from __future__ import annotations

from typing import Any

from gazetteer.index import Gazetteer

_MOST = 8


def suggest(text: str, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Give up to eight places whose name begins with `text`, the likeliest first.

    Returns
    -------
    list of dict
        ``id``, ``name``, ``text`` (what and where it is, in words), ``kind``, ``lon``, ``lat``.
    """
    if len(text.strip()) < 2:
        return []
    out: list[dict[str, Any]] = []
    for candidate in gazetteer.prefix(text, limit=_MOST * 2):
        place = candidate.place
        country = gazetteer.country(place.country_code) if place.country_code else None
        within = [place.admin1, country.name if country else None]
        where = ", ".join(part for part in within if part and part != place.name)
        item = {
            "id": place.id,
            "name": place.name,
            "text": where or place.kind,
            "kind": place.kind,
            "lon": place.lon,
            "lat": place.lat,
        }
        if not any(item["name"] == other["name"] and item["text"] == other["text"] for other in out):
            out.append(item)
    return out[:_MOST]
