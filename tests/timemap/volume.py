"""Many events for the map's tests: in sixty towns that lie close, at one point, on both sides of the 180th meridian."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.model import EVENT_TYPES


def rows(places: pd.DataFrame, counts: np.ndarray, *, seed: int = 1) -> pd.DataFrame:
    """Give ``counts[i]`` events at the place in row `i` of ``place, lon, lat``, over the days of 2014 and 2015."""
    random = np.random.default_rng(seed)
    at = np.repeat(np.arange(len(places)), counts)
    frame = places.iloc[at].reset_index(drop=True)
    frame["place_id"] = [f"p{number}" for number in at]
    frame["id"] = [f"{number:016x}" for number in range(len(at))]
    frame["type"] = np.array(EVENT_TYPES)[random.integers(0, len(EVENT_TYPES), len(at))]
    frame["date_start"] = np.datetime64("2014-01-01") + random.integers(0, 730, len(at)).astype("timedelta64[D]")
    return frame


def sixty_towns(count: int) -> pd.DataFrame:
    """Give `count` events in sixty towns within 300 kilometres; a few towns carry most of them, each has some."""
    random = np.random.default_rng(7)
    places = pd.DataFrame({"place": [f"Town {number}" for number in range(60)]})
    places["lon"], places["lat"] = random.uniform(36, 40, 60).round(4), random.uniform(47, 49.4, 60).round(4)
    weight = random.pareto(1.1, 60) + 0.05
    return rows(places, 1 + random.multinomial(count - 60, weight / weight.sum()))


def grid(wide: int, tall: int) -> pd.DataFrame:
    """Give events at `wide` times `tall` places, a degree apart around (0, 20)."""
    lon, lat = np.meshgrid(np.arange(wide) - wide / 2, 20 + np.arange(tall) - tall / 2)
    places = pd.DataFrame({"lon": lon.ravel(), "lat": lat.ravel()})
    places["place"] = [f"Place {number}" for number in range(len(places))]
    return rows(places, np.arange(len(places)) % 7 + 1)


def one_point() -> pd.DataFrame:
    """Give eight events at three places that have the same coordinates."""
    places = pd.DataFrame({"place": ["Hotel", "Square", "Station"], "lon": 37.8, "lat": 48.0})
    return rows(places, np.array([5, 2, 1]))


PACIFIC = {
    "Suva": (178.44, -18.14),
    "Taveuni": (-179.95, -16.85),
    "Anadyr": (177.51, 64.73),
    "Uelen": (-169.81, 66.16),
    "Adak": (-176.66, 51.88),
}


def pacific() -> pd.DataFrame:
    """Give four events at each of five places on both sides of the 180th meridian."""
    places = pd.DataFrame([{"place": name, "lon": lon, "lat": lat} for name, (lon, lat) in PACIFIC.items()])
    return rows(places, np.full(len(places), 4))
