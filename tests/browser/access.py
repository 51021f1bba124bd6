"""Automated accessibility findings: axe-core in a page and in the frames it holds."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const targets = (nodes) => nodes.map((node) => node.target.join(" "));
  return found.violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: targets(nodes) }));
}"""


def findings(page: Any) -> list[str]:
    """Give what axe calls serious or critical, in the page and in the frame of the map; skip where there is no axe."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    found = []
    for frame in page.frames:
        if "index.html" not in frame.url and frame is not page.main_frame:
            continue
        frame.evaluate(source + "\n;null")
        for each in frame.evaluate(_RUN):
            if each["impact"] in ("serious", "critical"):
                found += [f"{each['impact']} {each['id']}: {node}" for node in each["nodes"]]
    return found
