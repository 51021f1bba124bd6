"""What a view is published as, on a phone and in dark, where it can fail differently from a light desktop."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.browser.asking import expect
from tests.browser.dashboard import Visit
from tests.browser.reach import EVERY_LOOK, PAGE_SIZES, Reach

pytestmark = pytest.mark.browser

JANUARY = "?from=2015-01-01&to=2015-01-31&lat=48.3&lng=38&z=7"
SVG = "{http://www.w3.org/2000/svg}"
WEBM = b"\x1a\x45\xdf\xa3"
# Plays a film to its end; gives its size, and of each frame how light it is (0 to 1) and what it shows, coarsely.
PLAYED = """async (film) => {
  const video = document.createElement("video"), canvas = document.createElement("canvas"), frames = [];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  [canvas.width, canvas.height, video.muted] = [32, 32, true];
  const look = () => {
    context.drawImage(video, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32), green = data.filter((_, at) => at % 4 === 1);
    frames.push({ light: green.reduce((sum, each) => sum + each / 255, 0) / green.length, shows: green.join(" ") });
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0))]));
  await new Promise((resolve, reject) => {
    video.onended = resolve;
    video.onerror = () => reject(new Error(video.error.message));
    video.play().catch(reject);
  });
  return { width: video.videoWidth, height: video.videoHeight, frames };
}"""


def shared(here: Visit, *, phone: bool) -> Any:
    """Open the sheet, from the menu on a phone."""
    if phone:
        here.page.get_by_role("button", name="More: share, export, about").click()
        here.page.get_by_role("menuitem", name="Share").click()
    else:
        here.page.get_by_role("button", name="Share").click()
    return here.page.get_by_role("dialog", name="Share this view")


def saved(here: Visit, folder: Path, button: Any) -> Path:
    with here.page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@EVERY_LOOK
def test_a_view_is_named_pictured_embedded_and_saved(
    work: Callable[..., Visit], browser: Any, tmp_path: Path, size: str, scheme: str
) -> None:
    here, phone = work(JANUARY, size=PAGE_SIZES[size], scheme=scheme), size == "phone"
    here.drawn()
    sheet, reach = shared(here, phone=phone), Reach(here.page, phone=phone)
    sheet.get_by_label("Title", exact=True).fill("The railway town")
    sheet.get_by_label("Note", exact=True).fill("One week.")
    sheet.get_by_label("Note", exact=True).blur()
    here.wait_for_link(title="The railway town", note="One week.")
    here.page.wait_for_function("document.title.startsWith('The railway town · ')")
    names = ("Close", "Copy link", "PNG", "PNG 2×", "PNG for print", "SVG", "Print", "Copy code", "Record")
    reach.hand(**{name: sheet.get_by_role("button", name=name, exact=True) for name in names})
    keep = sheet.get_by_role("link", name="Save the page")
    reach.hand(keep=keep, title=sheet.get_by_label("Title", exact=True), note=sheet.get_by_label("Note", exact=True))
    reach.eye("the sheet")

    png = saved(here, tmp_path, sheet.get_by_role("button", name="PNG", exact=True)).read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    svg = ElementTree.fromstring(saved(here, tmp_path, sheet.get_by_role("button", name="SVG")).read_bytes())  # noqa: S314 (ours)
    words = {text.text: float(text.get("x", 0)) + 5 * len(text.text or "") for text in svg.iter(f"{SVG}text")}
    assert {"The railway town", "One week."} <= words.keys()
    # The words on how a mark is drawn go on in another line where they find no room: nothing of the legend is cut off.
    assert max(words["weaker tie"], words["area is the count; the rim is by type"]) < float(svg.get("width", 0))

    alone = browser.new_context(viewport=PAGE_SIZES[size], color_scheme=scheme).new_page()
    alone.goto(saved(here, tmp_path, keep).as_uri())
    expect(alone.locator(".sa-event")).to_have_count(3)
    saved_reach = Reach(alone, phone=phone)
    saved_reach.hand(
        event=alone.locator(".sa-event").first, find=alone.get_by_label("Search sentences, places, sources")
    )
    saved_reach.eye("the saved page")
    alone.context.close()

    code = re.search(r'src="[^"?]+([^"]+)"', sheet.get_by_label("Code for a page").input_value())
    assert code is not None
    framed = work(code[1].replace("&amp;", "&"), size=PAGE_SIZES[size], scheme=scheme)
    framed.drawn()
    expect(framed.page.get_by_role("heading", name="The railway town")).to_be_visible()
    inside = Reach(framed.page, phone=phone)
    inside.hand(open=framed.page.get_by_role("link", name="Open the map"))
    inside.eye("the embedded map")
    assert reach.faults + saved_reach.faults + inside.faults == []


@EVERY_LOOK
def test_the_playback_is_recorded_as_it_looks(
    visit: Callable[..., Visit], browser: Any, tmp_path: Path, size: str, scheme: str
) -> None:
    here, phone = visit(JANUARY, size=PAGE_SIZES[size], scheme=scheme), size == "phone"
    frame = here.drawn()
    frame.evaluate("__timemap.app.transport.unit = 'year'; __timemap.app.transport.speed = 4;")
    record = shared(here, phone=phone).get_by_role("button", name="Record")
    film = saved(here, tmp_path, record)
    assert film.suffix == ".webm"
    assert film.read_bytes().startswith(WEBM)
    expect(record).to_be_enabled()
    frame.wait_for_function("__timemap.state().to === '2015-01-31'")  # the window stands where it stood

    page = browser.new_context().new_page()
    played = page.evaluate(PLAYED, base64.b64encode(film.read_bytes()).decode())
    page.context.close()
    width, height = (frame.evaluate(f"__timemap.map.getSize().{side}") for side in "xy")
    assert played["width"] == pytest.approx(width, abs=2)
    assert played["height"] > height  # the title, the bar and the legend stand around the map
    assert len({each["shows"] for each in played["frames"]}) > 2
    light = [each["light"] for each in played["frames"]]
    assert max(light) < 0.4 if scheme == "dark" else min(light) > 0.6


@EVERY_LOOK
def test_a_story_is_told_and_walked(work: Callable[..., Visit], size: str, scheme: str) -> None:
    here, phone = work(JANUARY, size=PAGE_SIZES[size], scheme=scheme), size == "phone"
    frame, page = here.drawn(), here.page
    sheet, reach = shared(here, phone=phone), Reach(page, phone=phone)
    add = sheet.get_by_role("button", name="Add this view as a step")
    sheet.get_by_label("Title of the story").fill("A town in two steps")
    for step, title in enumerate(("It begins", "It goes on"), start=1):
        sheet.get_by_label("Title of the step").fill(title)
        sheet.locator("[data-draft=step-text]").fill("What was reported.")
        reach.hand(add=add)
        add.click()
        page.locator(".caption h2", has_text=title).wait_for()
        here.wait_for_link(step=str(step))
    reach.hand(up=sheet.get_by_role("button", name="Move up step 2"), delete=sheet.get_by_role("button", name="Delete"))
    reach.eye("a story in the sheet")
    sheet.get_by_role("button", name="Close").click()
    sheet.wait_for(state="detached")
    before, following = page.get_by_label("Step before"), page.get_by_label("Next step")
    reach.hand(before=before, following=following, leave=page.get_by_label("Leave the story"))
    reach.eye("a step of the story")
    before.click()
    here.wait_for_link(step="1", **{"from": "2015-01-01", "to": "2015-01-31"})
    page.locator(".caption h2", has_text="It begins").wait_for()
    expect(following).to_be_enabled()
    frame.wait_for_function("__timemap.state().from === '2015-01-01'")
    assert reach.faults == []
