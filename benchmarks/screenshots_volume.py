"""Take the pictures of maps that stand alone: ``python -m benchmarks.screenshots_volume`` (needs Chromium).

Many events, control areas, what is near a town, wars decades apart.

The events are generated and the areas invented: nothing in these pictures was reported by anybody.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import generate_events
from benchmarks.screenshots import IMAGES, SETTLED
from geo.timemap import TimeMap, control
from tests.timemap import specimens, volume
from tests.timemap.chromium import PHONE, chromium

DESKTOP, SMALL = {"width": 1200, "height": 850}, {"width": 1032, "height": 800}
WINDOW = {"from": "2014-01-01", "to": "2015-12-31"}
FRONT = [[37.2, 49.4], [37.9, 48.9], [37.6, 48.3], [37.9, 47.8], [37.4, 47.1]]
WEST = [[33.2, 49.9], [33.6, 47.3], [36.1, 46.7]]
EAST = [[40.2, 49.6], [38.3, 47.2], [39.6, 48.0]]


def areas() -> control.Control:
    """Give two holders with an invented line between them."""

    def held(ring: list[list[float]], holder: str) -> dict[str, Any]:
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        return {"type": "Feature", "properties": {"holder": holder}, "geometry": geometry}

    west = held([*WEST, *reversed(FRONT)], "Holder of the west")
    east = held([*FRONT, EAST[1], EAST[2], EAST[0]], "Holder of the east")
    return control.parse(
        {"type": "FeatureCollection", "features": [west, east], "credit": "Invented, for this picture"}
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of the map; `click`: press the biggest mark, which opens as a list; `part`: what of it is shown."""

    name: str
    events: Callable[[], pd.DataFrame]
    state: dict[str, Any]
    size: dict[str, int] = field(default_factory=lambda: DESKTOP)
    theme: str = "light"
    legend: str = "open"
    click: bool = False
    held: bool = False
    part: str = "body"


def _towns() -> pd.DataFrame:
    return generate_events.make(13_000, places=60, country="UA", seed=3)


def _wars() -> pd.DataFrame:
    return specimens.wars().iloc[:-1]  # without what is dated to a whole century


def _world() -> pd.DataFrame:
    return generate_events.make(300_000, places=2000, seed=3)


MARIUPOL = {"from": None, "to": None, "lat": 47.15, "lng": 37.6, "z": 10.0}
WARS = {"from": None, "to": None, "lat": 47.5, "lng": 37.0, "z": 6.0}
COUNTRY, TOWNS = {"lat": 48.6, "lng": 33.5, "z": 6.0}, {"lat": 48.2, "lng": 38.0, "z": 7.5}
PICTURES = (
    Picture("volume-marks", _towns, COUNTRY),
    Picture("volume-list", lambda: volume.sixty_towns(13_000), TOWNS, legend="closed", click=True),
    Picture("volume-cells", _world, {"lat": 25.0, "lng": 40.0, "z": 3.0}),
    Picture("volume-cells-dark", _world, {"lat": 25.0, "lng": 40.0, "z": 3.0}, theme="dark", legend="closed"),
    Picture("volume-phone", _towns, COUNTRY | {"z": 5.0}, size=PHONE, legend="closed", click=True),
    Picture("meridian", volume.pacific, {}, legend="closed"),
    Picture("control", lambda: volume.sixty_towns(600), TOWNS | {"z": 7.0}, legend="closed", held=True),
    Picture(
        "control-phone", lambda: volume.sixty_towns(600), TOWNS, size=PHONE, theme="dark", legend="closed", held=True
    ),
    Picture("near-town", specimens.events, MARIUPOL, size=SMALL, legend="closed"),
    Picture("near-town-dark", specimens.events, MARIUPOL, size=SMALL, theme="dark", legend="closed"),
    Picture("folds", _wars, WARS, size=SMALL, legend="closed", part=".tm-time"),
    Picture("folds-phone-dark", _wars, WARS, size=PHONE, theme="dark", legend="closed", part=".tm-time"),
)


def take(browser: Any, picture: Picture, folder: Path) -> None:
    """Draw one map from a file and save the picture."""
    phone = picture.size == PHONE
    with tempfile.TemporaryDirectory() as place:
        page_file = Path(place) / "map.html"
        TimeMap(
            picture.events(),
            state=WINDOW | picture.state,
            theme="dark" if picture.theme == "dark" else "light",
            legend="open" if picture.legend == "open" else "closed",
            control=areas() if picture.held else None,
        ).save(page_file)
        context = browser.new_context(viewport=picture.size, has_touch=phone, reduced_motion="reduce", offline=True)
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.wait_for_function("window.__timemap && window.__timemap.ready && __timemap.app.lettered", timeout=300_000)
        if phone and picture.held:
            page.locator(".tm-control summary").tap()
        if picture.click:
            page.evaluate("__timemap.app.choice.pick(__timemap.app.marks.marks.find(({ members }) => members).members)")
        page.wait_for_timeout(SETTLED)
        page.locator(picture.part).screenshot(path=str(folder / f"{picture.name}.png"))
        context.close()


def main() -> None:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *(picture.name for picture in PICTURES)], help="all by default"
    )
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the pictures")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for picture in PICTURES:
            if not arguments.names or picture.name in arguments.names:
                take(browser, picture, arguments.out)


if __name__ == "__main__":
    main()
