"""Small real events for the map's tests: two wars, every precision, every certainty, and a hostile article."""

from __future__ import annotations

import pandas as pd

HOSTILE = "<img src=x onerror=window.__hit=1>${window.__hit=2}`</script><script>window.__hit=3</script> {{7*7}} \u2028"
DONETSK_AREA = {
    "type": "Polygon",
    "coordinates": [[[36.6, 47.0], [39.0, 47.0], [39.0, 49.2], [36.6, 49.2], [36.6, 47.0]]],
}
AREAS = {"g709716": DONETSK_AREA}
RADII = {"c:black-sea": 250.0}

_PLACES = {
    "Debaltseve": ("g709932", "town", "town", "UA", 38.4086, 48.3376),
    "Donetsk": ("g709717", "town", "town", "UA", 37.8022, 48.0230),
    "Bakhmut": ("g712930", "town", "town", "UA", 38.0002, 48.5945),
    "Khasan": ("c:khasan", "town", "town", "RU", 130.6436, 42.4292),
    "Zaporizhzhia nuclear plant": ("c:zaporizhzhia-npp", "facility", "point", "UA", 34.5853, 47.5069),
    "Donetsk Oblast": ("g709716", "admin1", "region", "UA", 37.5, 48.0),
    "Donbas": ("c:donbas", "region", "region", "UA", 38.2, 48.3),
    "Black Sea": ("c:black-sea", "sea", "sea", None, 34.0, 43.3),
    "Ukraine": ("g690791", "country", "country", "UA", 32.0, 49.0),
}


def _row(
    number: int, place: str | None, kind: str, start: str | None, end: str | None = None, **more: object
) -> dict[str, object]:
    place_id, place_kind, precision, country, lon, lat = _PLACES[place] if place else (None,) * 6
    row: dict[str, object] = {
        "id": f"{number:016x}",
        "type": kind,
        "status": "reported",
        "tier": "A",
        "place": place,
        "place_text": place or "Nowhere",
        "place_id": place_id,
        "place_kind": place_kind,
        "place_precision": precision,
        "country_code": country,
        "lon": lon,
        "lat": lat,
        "date_start": start,
        "date_end": end or start,
        "published_start": "2015-02-01",
        "published_end": "2015-02-01",
        "article": "article-1",
        "title": "A winter offensive",
        "source": "Brief",
        "snippet": f"Fighting was reported from {place}.",
    }
    return row | more


def events() -> pd.DataFrame:
    """Give fifteen events; ten of them happen in January 2015 or may have."""
    later = {"article": "article-2", "published_start": "2023-02-15", "published_end": "2023-02-15", "source": "Digest"}
    return pd.DataFrame(
        [
            _row(1, "Debaltseve", "battle", "2015-01-25"),
            _row(2, "Debaltseve", "explosion", "2015-01-01", "2015-02-28"),
            _row(3, "Debaltseve", "battle", "2015-01-28", status="claimed"),
            _row(4, "Donetsk", "explosion", "2015-01-22", tier="B"),
            _row(5, "Donetsk", "violence_against_civilians", "2015-01-22"),
            _row(6, "Donetsk Oblast", "battle", "2015-01-20", "2015-01-31"),
            _row(7, "Donbas", "battle", "2015-01-01", "2015-01-31"),
            _row(8, "Black Sea", "strategic_development", "2015-01-10"),
            _row(9, "Ukraine", "political", "2015-01-15"),
            _row(10, None, "battle", "2015-01-12"),
            _row(11, "Bakhmut", "battle", "2023-02-14", **later),
            _row(12, "Khasan", "political", "2023-02-10", **later),
            _row(13, "Zaporizhzhia nuclear plant", "explosion", "2022-08-06", **later),
            _row(14, "Bakhmut", "battle", "2023-02-20", status="planned", **later),
            _row(15, "Bakhmut", "battle", None, **later),
        ]
    )


def hostile() -> pd.DataFrame:
    """Give one event in whose every text something tries to run."""
    row = _row(1, "Debaltseve", "battle", "2015-01-25")
    return pd.DataFrame(
        [row | dict.fromkeys(("place", "place_text", "title", "source", "snippet", "place_id"), HOSTILE)]
    )


def wars() -> pd.DataFrame:
    """Give the events (2015-2023), ten events of 1914-1918 and 1939-1945, and one dated to a whole century."""
    rows = events().to_dict("records")
    dates = [f"{year}-08-04" for year in (1914, 1915, 1916, 1917, 1918, 1939, 1940, 1941, 1943, 1945)]
    spans = [(day, day) for day in dates] + [("1900-01-01", "1999-12-31")]
    old = [rows[0] | {"id": f"{100 + at:016x}", "date_start": a, "date_end": b} for at, (a, b) in enumerate(spans)]
    return pd.DataFrame(rows + old)
