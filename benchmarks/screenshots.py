"""Take the pictures of the README: ``python -m benchmarks.screenshots`` (needs Chromium and the demo articles read in).

Each picture is a link into the demo store, opened in a fresh browser.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from geo.settings import Settings
from tests.browser.dashboard import DESKTOP, PHONE, ROOT, Visit, serving
from tests.timemap.chromium import chromium

IMAGES = ROOT / "docs" / "images"
SPRING_2022 = "?from=2022-02-01&to=2022-12-31&lat=47.6&lng=34.6&z=6"
DEBALTSEVE = "?from=2015-01-01&to=2015-02-28&lat=48.2&lng=38.3&z=7.5"
PICTURES: tuple[tuple[str, str, dict[str, int], str, str | None], ...] = (
    ("desktop-light", SPRING_2022, DESKTOP, "light", None),
    ("desktop-dark", SPRING_2022, DESKTOP, "dark", None),
    ("phone-light", SPRING_2022.replace("z=6", "z=5"), PHONE, "light", None),
    ("phone-dark", SPRING_2022.replace("z=6", "z=5"), PHONE, "dark", None),
    ("reader", DEBALTSEVE, DESKTOP, "light", "[data-event]:has-text('Debaltseve')"),
    ("not-plotted", f"{DEBALTSEVE}&tab=not_plotted", DESKTOP, "light", None),
    ("filters-dark", f"{DEBALTSEVE}&tab=filters", DESKTOP, "dark", None),
    ("empty", "?from=2010-01-01&to=2010-12-31&lat=48&lng=37&z=5", DESKTOP, "light", None),
)


def take(
    browser: Any, address: str, name: str, link: str, size: dict[str, int], scheme: str, click: str | None
) -> None:
    """Open one link, click where asked, save the picture."""
    visit = Visit(browser, address + link, size=size, scheme=scheme)
    frame = visit.drawn()
    frame.evaluate("document.querySelectorAll('.tm-legend').forEach((legend) => (legend.open = false))")
    if click:
        visit.page.locator(click).first.click()
        visit.page.locator(".text .sentence").first.wait_for()
    visit.page.wait_for_timeout(2000)
    visit.page.screenshot(path=str(IMAGES / f"{name}.png"))
    visit.close()


def main() -> None:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to take; all where none is named")
    names = parser.parse_args().names
    IMAGES.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "dashboard.log"
    with serving(Settings.from_environment().store, log) as address, chromium() as browser:
        for name, *picture in PICTURES:
            if not names or name in names:
                take(browser, address, name, *picture)


if __name__ == "__main__":
    main()
