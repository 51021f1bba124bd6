"""What a view is published as: a named link, a picture, a film, a frame of another page, a story, a page of its own."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.browser import stories
from tests.browser.access import findings
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, KEEP, PHONE, Visit, free_port, serving

pytestmark = pytest.mark.browser

NAMED = "?from=2015-01-01&to=2015-01-31&title=The+railway+town&note=One+week."
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def newspaper() -> Iterator[tuple[str, list[str]]]:
    """A site of somebody else, at another port; gives its address, and the page that it shows as a list of one."""
    shown = [""]

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>News</title>{shown[0]}".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing of the requests."""

    server = http.server.ThreadingHTTPServer(("localhost", free_port()), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"localhost:{server.server_address[1]}", shown
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(browser: Any, newspaper: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("publish")
    store = stories.make_store(folder / "store.sqlite")
    with serving(store, folder / "log", CONFLICT_MAP_EMBED=newspaper[0]) as started:
        yield started


def share(here: Visit) -> Any:
    here.page.get_by_role("button", name="Share").click()
    return here.page.get_by_role("dialog", name="Share this view")


def saved(here: Visit, folder: Path, button: Any) -> bytes:
    with here.page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def test_a_view_is_named_and_link_tab_picture_and_film_say_so(visit: Callable[..., Visit], tmp_path: Path) -> None:
    here = visit("?from=2015-01-01&to=2015-01-31&lat=48.3&lng=38&z=7")
    frame = here.drawn()
    frame.evaluate(KEEP)
    sheet = share(here)
    sheet.get_by_label("Title", exact=True).fill("The <b>railway</b> town")
    sheet.get_by_label("Note", exact=True).fill("One week.")
    sheet.get_by_label("Note", exact=True).blur()
    here.wait_for_link(title="The <b>railway</b> town", note="One week.")
    here.page.wait_for_function("document.title.startsWith('The <b>railway</b> town · ')")
    expect(here.page.locator(".caption h2")).to_have_text("The <b>railway</b> town")
    assert findings(here.page) == []

    drawn = saved(here, tmp_path, sheet.get_by_role("button", name="PNG", exact=True))
    double = saved(here, tmp_path, sheet.get_by_role("button", name="PNG 2×"))
    assert drawn.startswith(PNG)
    sizes = [[int.from_bytes(image[at : at + 4]) for at in (16, 20)] for image in (drawn, double)]
    assert [2 * side for side in sizes[0]] == pytest.approx(sizes[1], abs=2)

    written = ElementTree.fromstring(saved(here, tmp_path, sheet.get_by_role("button", name="SVG")))  # noqa: S314 (ours)
    words = [text.text for text in written.iter(f"{SVG}text")]
    assert {"The <b>railway</b> town", "One week.", "Debaltseve", "Luhansk", "Battle 2"} <= set(words)
    assert any(word and word.startswith("Jan 2015: 3 reported events") for word in words)
    assert any(word and "Natural Earth" in word and "Made on" in word for word in words)
    assert len(list(written.iter(f"{SVG}path"))) > 20
    # What a picture leaves of the map is the map: an area is found under the pointer as before.
    assert frame.evaluate("__timemap.app.areas.areas.some(({ path }) => path instanceof Path2D)")

    frame.evaluate("__timemap.app.transport.unit = 'year'; __timemap.app.transport.speed = 4;")
    film = saved(here, tmp_path, sheet.get_by_role("button", name="Record"))
    assert film.startswith(b"\x1a\x45\xdf\xa3")
    assert len(film) > 10_000
    frame.wait_for_function("__timemap.state().to === '2015-01-31'")
    assert frame.evaluate("window.__kept === window.__timemap.map")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_on_paper_stands_the_picture_or_the_map_with_its_list(
    visit: Callable[..., Visit], size: dict[str, int], scheme: str
) -> None:
    here = visit(NAMED, size=size, scheme=scheme)
    page = here.page
    here.drawn()
    page.locator("[data-event]").first.wait_for()
    page.emulate_media(media="print")
    stage, panel = page.locator(".st-key-stage").bounding_box(), page.locator(".st-key-side").bounding_box()
    assert panel["y"] >= stage["y"] + stage["height"] - 1
    assert panel["width"] == stage["width"] == size["width"]
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("() => { window.print = () => { window.printed = (window.printed || 0) + 1; }; }")
    if size == PHONE:
        page.get_by_role("button", name="More: share, export, about").click()
        page.get_by_role("menuitem", name="Share").click()
    else:
        share(here)
    page.get_by_role("button", name="Print", exact=True).click()
    page.wait_for_function("window.printed === 1")
    page.emulate_media(media="print")
    paper = page.locator(".print-sheet canvas")
    expect(paper).to_be_visible()
    assert paper.evaluate("canvas => canvas.width") > 1000
    expect(page.locator(".st-key-stage")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(paper).to_have_count(0)
    expect(page.locator(".st-key-stage")).to_be_visible()


def test_a_page_that_is_named_may_frame_the_embedded_map_and_nothing_else(
    browser: Any, visit: Callable[..., Visit], newspaper: tuple[str, list[str]], address: str
) -> None:
    here = visit(NAMED)
    here.drawn()
    field = share(here).get_by_label("Code for a page")
    expect(field).to_have_value(re.compile("embed=true"))
    code = field.input_value()
    host, shown = newspaper
    context = browser.new_context()
    page = context.new_page()
    shown[0] = code
    page.goto(f"http://{host}/")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", name="The railway town")).to_be_visible()
    expect(inside.frame_locator(".st-key-stage iframe").locator(".tm-hist")).to_be_visible()
    expect(inside.get_by_role("link", name="Open the map")).to_have_attribute("target", "_blank")
    assert inside.get_by_role("tab").count() == 0
    # By another name of the same machine it is another site; and the whole page may not be framed at all.
    for where, given in ((host.replace("localhost", "127.0.0.1"), code), (host, code.replace("embed=true", "x=1"))):
        shown[0] = given
        if page.goto(f"http://{where}/") is None:
            continue
        page.wait_for_load_state("networkidle")
        assert page.frame_locator("iframe").get_by_role("heading", name="The railway town").count() == 0
    context.close()


def test_a_story_is_put_together_walked_by_one_link_and_goes_along_in_the_page(
    browser: Any, visit: Callable[..., Visit], address: str, tmp_path: Path
) -> None:
    here = visit("?from=2015-01-01&to=2015-01-31&lat=48.3&lng=38&z=7")
    frame = here.drawn()
    sheet = share(here)
    sheet.get_by_label("Title of the story").fill("A town in two steps")  # asked for with the first step only
    for title, text in (("It begins", "The first report.\nA second line."), ("<i>Later</i>", "Another year.")):
        sheet.get_by_label("Title of the step").fill(title)
        sheet.locator("[data-draft=step-text]").fill(text)
        sheet.get_by_role("button", name="Add this view as a step").click()
        here.page.locator(".caption h2", has_text=title).wait_for()
        if title == "It begins":
            frame.locator(".tm-years button", has_text="2016").click()
            here.wait_for_link(**{"from": "2016-01-01"})
    story = here.link()["story"]

    reader = visit(f"?story={story}")
    there, page = reader.drawn(), reader.page
    reader.wait_for_link(story=story, step="1", **{"from": "2015-01-01", "to": "2015-01-31"})
    there.wait_for_function("Math.abs(__timemap.state().lat - 48.3) < 0.01")
    assert findings(page) == []
    page.get_by_role("button", name="Next step").click()
    page.locator(".caption h2", has_text="<i>Later</i>").wait_for()
    reader.wait_for_link(step="2", **{"from": "2016-01-01", "to": "2016-12-31"})
    there.wait_for_function("__timemap.state().from === '2016-01-01'")
    page.keyboard.press("ArrowLeft")
    reader.wait_for_link(step="1", **{"from": "2015-01-01"})
    page.go_back()
    reader.wait_for_link(step="2")

    file = tmp_path / "story.html"
    file.write_bytes(saved(reader, tmp_path, share(reader).get_by_role("link", name="Save the page")))
    _read_alone(browser, file)


def _read_alone(browser: Any, file: Path) -> None:
    """Open the page from the disk, on a phone: story, sentence, search, licences, and nothing asked for."""
    context = browser.new_context(viewport=PHONE)
    alone, asked, errors = context.new_page(), [], []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("pageerror", lambda error: errors.append(str(error)))
    alone.goto(file.as_uri())
    expect(alone.locator("[data-told]")).to_be_attached()
    expect(alone).to_have_title("A town in two steps")
    expect(alone.locator(".sa-story h2")).to_have_text("It begins")
    expect(alone.locator(".sa-event")).to_have_count(3)
    alone.get_by_role("button", name="Next step").click()
    expect(alone.locator(".sa-story h2")).to_have_text("<i>Later</i>")
    alone.wait_for_function("__timemap.state().from === '2016-01-01'")
    alone.locator(".sa-event", has_text="Bakhmut").click()
    expect(alone.locator(".sa-entry q")).to_contain_text("<img src=x")
    origin = alone.get_by_role("link", name="https://example.org/story")
    expect(origin).to_have_attribute("rel", "noopener noreferrer")
    alone.get_by_role("button", name="Back to the list").click()
    alone.get_by_label("Search sentences, places, sources").fill("nowhere")
    alone.wait_for_function("document.querySelectorAll('.sa-event').length === 0 && __timemap.app.counts.total.n === 0")
    alone.locator(".sa-licences summary").click()
    expect(alone.locator(".sa-licences")).to_contain_text("© GeoNames", use_inner_text=True)
    assert alone.evaluate("window.__hacked") is None
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
    context.close()


def test_on_a_phone_everything_is_shared_from_the_menu(visit: Callable[..., Visit]) -> None:
    here = visit(NAMED, size=PHONE)
    here.drawn()
    expect(here.page.get_by_role("heading", level=2, name="Events")).to_have_count(1)
    assert here.page.evaluate("document.querySelector('meta[name=viewport]').content.includes('scalable') === false")
    here.page.get_by_role("button", name="More: share, export, about").click()
    here.page.get_by_role("menuitem", name="Share").click()
    sheet = here.page.get_by_role("dialog", name="Share this view")
    expect(sheet.get_by_label("Title", exact=True)).to_have_value("The railway town")
    assert sheet.evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    sheet.get_by_role("button", name="Close").click()
    sheet.wait_for(state="detached")
