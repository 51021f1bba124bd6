"""Take the pictures of the README: ``python -m benchmarks.screenshots`` (needs Chromium and the demo articles read in).

Each picture is a link into the demo store, opened in a fresh browser; ``drag`` is an animated one: the window is
dragged over the bar and the map follows.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from geo.settings import Settings
from geo.store import Store
from geo.timemap import TimeMap
from tests.browser.dashboard import DESKTOP, PHONE, ROOT, Visit, serving
from tests.timemap.chromium import chromium

IMAGES = ROOT / "docs" / "images"
SPRING_2022 = "?from=2022-02-01&to=2022-12-31&lat=47.6&lng=34.6&z=6"
ON_A_PHONE = SPRING_2022.replace("z=6", "z=5")
DEBALTSEVE = "?from=2015-01-01&to=2015-02-28&lat=48.2&lng=38.3&z=7.5"
TWO_YEARS = "?from=2014-01-01&to=2015-12-31&lat=48.2&lng=35.5&z=5.5"
EVENT_THERE = "[data-event]:has-text('Debaltseve')"
SETTLED = 2000  # milliseconds: fonts, flights and fades are over
STEPS = 40  # frames of the animated picture
FRAME = 90  # milliseconds
GIF_WIDTH, GIF_COLOURS = 800, 255
GIF_MOST = 2_500_000  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of the dashboard. `click`: what to open there; `script`: what to do in the map's frame."""

    name: str
    link: str
    size: tuple[int, int] = (DESKTOP["width"], DESKTOP["height"])
    scheme: str = "light"
    click: str | None = None
    script: str | None = None


ON_PHONE = (PHONE["width"], PHONE["height"])
PICTURES = (
    Picture("desktop-light", SPRING_2022),
    Picture("desktop-dark", SPRING_2022, scheme="dark"),
    Picture("phone-light", ON_A_PHONE, ON_PHONE),
    Picture("phone-dark", ON_A_PHONE, ON_PHONE, "dark"),
    Picture("reader", DEBALTSEVE, click=EVENT_THERE),
    Picture("regions", "?from=2014-04-01&to=2014-12-31&lat=48.2&lng=37.9&z=7"),
    Picture("not-plotted", f"{DEBALTSEVE}&tab=not_plotted"),
    Picture("filters-dark", f"{DEBALTSEVE}&tab=filters", scheme="dark"),
    Picture("empty", "?from=2001-01-01&to=2001-12-31&lat=48&lng=37&z=5"),
    Picture("table", f"{SPRING_2022}&view=table"),
    Picture("pick", DEBALTSEVE, script="__timemap.command({ pick: true })"),
)


def take(browser: Any, address: str, picture: Picture, folder: Path) -> None:
    """Open one link, do there what is to be done, save the picture."""
    width, height = picture.size
    visit = Visit(browser, address + picture.link, size={"width": width, "height": height}, scheme=picture.scheme)
    frame = visit.drawn()
    frame.evaluate("document.querySelectorAll('.tm-legend details').forEach((legend) => (legend.open = false))")
    if picture.click:
        visit.page.locator(picture.click).first.click()
        visit.page.locator(".text .sentence").first.wait_for()
    if picture.script:
        frame.evaluate(picture.script)
    visit.page.wait_for_timeout(SETTLED)
    visit.page.screenshot(path=str(folder / f"{picture.name}.png"))
    visit.close()


def take_drag(browser: Any, address: str, folder: Path) -> None:
    """Drag the window over the bar with the mouse, there and back to the start, and save it as an animated GIF."""
    visit = Visit(browser, address + TWO_YEARS, size=DESKTOP)
    frame = visit.drawn()
    frame.evaluate("document.querySelectorAll('.tm details').forEach((part) => (part.open = false))")
    visit.page.wait_for_timeout(SETTLED)
    window, bar = frame.locator(".tm-window").bounding_box(), frame.locator(".tm-hist").bounding_box()
    clip = frame.frame_element().bounding_box()
    x, y, far = window["x"] + window["width"] / 2, window["y"] + 40, bar["width"] * 0.4
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    shots = []
    for step in range(STEPS):
        visit.page.mouse.move(x + far * step / STEPS, y)
        visit.page.wait_for_timeout(60)
        shots.append(Image.open(io.BytesIO(visit.page.screenshot(clip=clip))).convert("RGB"))
    visit.page.mouse.up()
    visit.close()
    for width in (GIF_WIDTH, GIF_WIDTH * 3 // 4, GIF_WIDTH // 2):
        size = save_gif(shots, width, folder / "drag.gif")
        if size <= GIF_MOST:
            return
    raise RuntimeError(f"{folder / 'drag.gif'} has {size:,} bytes; {GIF_MOST:,} are allowed. Take fewer STEPS.")


NOTEBOOK = """<!doctype html><meta charset="utf-8"><body style="margin:0;background:#fff;font:14px/20px monospace">
<div style="display:grid;grid-template-columns:80px 1fr;gap:6px;padding:18px 18px 8px 0">
<span style="text-align:right;color:#307fc1">[1]:</span>
<pre style="margin:0;padding:8px 12px;background:#f5f5f5;font:inherit">from geo.store import Store
from geo.timemap import TimeMap

events = Store("store/conflict-map.sqlite").events()
TimeMap(events, state={"from": "2022-02-01", "to": "2022-12-31", "lat": 47.6, "lng": 34.6, "z": 5.5})</pre>
<span style="text-align:right;color:#bf5b3d">[1]:</span><div>OUTPUT</div></div></body>"""


def take_notebook(browser: Any, store: str, folder: Path) -> None:
    """What a cell of a notebook shows: the element's own HTML, under the cell that makes it, with no network at all."""
    with Store(store, read_only=True) as opened:
        events = opened.events()
    state = {"from": "2022-02-01", "to": "2022-12-31", "lat": 47.6, "lng": 34.6, "z": 5.5}
    shown = TimeMap(events, state=state, legend="closed")._repr_html_()
    context = browser.new_context(viewport={"width": 1200, "height": 880}, offline=True)
    page = context.new_page()
    page.set_content(NOTEBOOK.replace("OUTPUT", shown))
    frame = next(frame for frame in page.frames if frame.parent_frame)
    # Asked anew each time: what waits inside a frame dies with the empty document that it begins with.
    while not frame.evaluate("Boolean(window.__timemap && window.__timemap.ready)"):
        page.wait_for_timeout(100)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=str(folder / "notebook.png"))
    context.close()


def save_gif(shots: list[Image.Image], width: int, path: Path) -> int:
    """Save pictures as one animation that runs for ever; gives its size in bytes."""
    scaled = [shot.resize((width, shot.height * width // shot.width), Image.Resampling.LANCZOS) for shot in shots]
    # One palette for all frames: a palette a frame makes the still parts flicker.
    palette = scaled[len(scaled) // 2].quantize(GIF_COLOURS, method=Image.Quantize.MAXCOVERAGE)
    frames = [shot.quantize(palette=palette, dither=Image.Dither.NONE) for shot in scaled]
    pauses = [FRAME * 6] + [FRAME] * (len(frames) - 2) + [FRAME * 10]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=pauses, loop=0, optimize=True)
    return path.stat().st_size


def main() -> None:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to take, 'drag' and 'notebook' among them; all by default")
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the pictures")
    arguments = parser.parse_args()
    known = {picture.name for picture in PICTURES} | {"drag", "notebook"}
    if unknown := set(arguments.names) - known:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    wanted = set(arguments.names) or known
    arguments.out.mkdir(parents=True, exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "dashboard.log"
    store = Settings.from_environment().store
    with serving(store, log) as address, chromium() as browser:
        for picture in PICTURES:
            if picture.name in wanted:
                take(browser, address, picture, arguments.out)
        if "drag" in wanted:
            take_drag(browser, address, arguments.out)
        if "notebook" in wanted:
            take_notebook(browser, store, arguments.out)


if __name__ == "__main__":
    main()
