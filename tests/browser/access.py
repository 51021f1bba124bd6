"""Automated accessibility findings: axe-core in a page and in the frames it holds."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

from tests.browser.dashboard import DESKTOP, PHONE

_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const targets = (nodes) => nodes.map((node) => node.target.join(" "));
  return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: targets(nodes) }));
}"""


def findings(page: Any) -> list[str]:
    """Give what axe calls more than minor, in the page and in the frame of the map; skip where there is no axe."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    found = []
    for frame in page.frames:
        if "index.html" not in frame.url and frame is not page.main_frame:
            continue
        frame.evaluate(source + "\n;null")
        for each in frame.evaluate(_RUN):
            if each["impact"] != "minor":
                found += [f"{each['impact']} {each['id']}: {node}" for node in each["nodes"]]
    return found


def everywhere(page: Any) -> dict[str, list[str]]:
    """Give the findings of a state as it stands on desktop and phone, in light and dark; the page is put back after."""
    before, found = page.viewport_size, {}
    for device, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(600)  # colours change over a moment, and half a change has no contrast
            if here := findings(page):
                found[f"{device}, {scheme}"] = here
    page.set_viewport_size(before)
    return found
