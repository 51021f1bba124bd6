"""Automated accessibility findings: axe-core in a page and in the frames it holds."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from tests.browser.dashboard import DESKTOP, PHONE

# Each frame is asked by itself: axe in the page would go through the map's frame too, once it was there.
_RUN = """async (skipLink) => {
  const found = await axe.run(document, { resultTypes: ["violations"], iframes: false });
  const skips = (target) => target.length === 1 && document.querySelector(target[0])?.matches(skipLink);
  const ours = (id, { target }) => !(id === "region" && skips(target));
  const targets = (id, nodes) => nodes.filter((node) => ours(id, node)).map(({ target }) => target.join(" "));
  return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: targets(id, nodes) }));
}"""
# Streamlit's link to its main region stands before all landmarks, as such a link must, and axe passes it over as one
# that precedes the first ordinary link of the page. It does not see that where that link lies in a shadow root, as the
# one does that fetches a comparison's table: positions in two trees are not compared.
_SKIP_LINK = "[data-testid=stSkipToContent]"
# Streamlit shows for a moment that it works; what is looked at is the page that comes of it.
AT_REST = """() => {
  const app = document.querySelector("[data-testid='stApp']");
  const busy = document.querySelector("[data-testid='stStatusWidget']");
  return !app || (app.dataset.testScriptState !== "running" && !busy);
}"""


def findings(page: Any) -> list[str]:
    """Give what axe calls more than minor, in the page and in the frame of the map; skip where there is no axe."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    page.wait_for_function(AT_REST)
    found = []
    for frame in page.frames:
        if "index.html" not in frame.url and frame is not page.main_frame:
            continue
        if not frame.evaluate("Boolean(window.axe)"):
            frame.evaluate(source + "\n;null")
        for each in frame.evaluate(_RUN, _SKIP_LINK):
            if each["impact"] != "minor":
                found += [f"{each['impact']} {each['id']}: {node}" for node in each["nodes"]]
    return found


def everywhere(page: Any) -> dict[str, list[str]]:
    """Give the findings of a state as it stands, on a desktop and on a phone; the page is put back after.

    The scheme stays: a page asks for light or dark once, as it opens, and a test that opens it says which.
    """
    before, found = page.viewport_size, {}
    for device, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.wait_for_timeout(600)  # colours change over a moment, and half a change has no contrast
        if here := findings(page):
            found[device] = here
    page.set_viewport_size(before)
    page.wait_for_timeout(600)
    page.wait_for_function(AT_REST)
    return found
