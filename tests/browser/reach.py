"""What eye and hand reach of a page: nothing beyond its edges, nothing cut off, nothing under something else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser import dashboard
from tests.browser.access import AT_REST, findings
from tests.timemap import chromium

# A hand's target on a phone is at least so high, in pixels; and the looks that are tried beside the desktop in light,
# which the tests of each part use, or with it.
LEAST = 32
LOOKS = [("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
EVERY_LOOK = pytest.mark.parametrize(("size", "scheme"), LOOKS)
ALL_LOOKS = pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), *LOOKS])
PAGE_SIZES = {"desktop": dashboard.DESKTOP, "phone": dashboard.PHONE}
MAP_SIZES = {"desktop": chromium.DESKTOP, "phone": chromium.PHONE}

# Looks where a hand would press; through the shadow roots, whose host is all that the document names.
_REACHED = """(node, least) => {
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = node.getBoundingClientRect(), page = document.documentElement, faults = [];
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (box.left < -0.5 || box.right > page.clientWidth + 0.5) faults.push("beyond the edge");
  if (box.height < least - 0.5) faults.push(`${box.height} high`);
  let seen = document.elementFromPoint(x, y);
  for (let within = seen; within && within.shadowRoot; seen = within) {
    within = within.shadowRoot.elementFromPoint(x, y);
    if (!within || within === seen) break;
  }
  const free = seen && (node.contains(seen) || seen.contains(node));
  if (!free) faults.push(`under ${seen ? seen.outerHTML.slice(0, 80) : "nothing"}`);
  return faults;
}"""
# Words that end in dots and what has a scroll of its own are meant to be longer than their box.
_CUT = """() => {
  const cut = [], page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) cut.push(`the page: ${page.scrollWidth} wide`);
  const look = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) look(node.shadowRoot);
      const style = getComputedStyle(node);
      const closed = ["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis";
      if (!closed || style.position === "absolute" || node.clientWidth < 2) continue;
      if (node.scrollWidth <= node.clientWidth + 1 || !node.innerText) continue;
      cut.push(`${node.className || node.tagName} is cut: ${node.innerText.slice(0, 60)}`);
    }
  };
  look(document);
  return cut;
}"""


class Reach:
    """What a visit missed on its way: `faults` is empty at its end, or names each thing with what kept it off."""

    def __init__(self, page: Any, *, phone: bool) -> None:
        self.page, self.phone = page, phone
        self.faults: list[str] = []

    def hand(self, **targets: Any) -> None:
        """Bring each target into view; note what keeps a hand off it: an edge, what lies over it, too little height."""
        least = LEAST if self.phone else 0
        self.page.wait_for_function(AT_REST)  # what is drawn anew under the hand has no size yet
        for name, target in targets.items():
            self.faults += [f"{name}: {fault}" for fault in target.evaluate(_REACHED, least)]

    def eye(self, state: str) -> None:
        """Note what of a state lies beyond the edges of the page, or of a box that hides it, and what axe finds."""
        self.faults += [f"{state}: {fault}" for fault in [*self.page.evaluate(_CUT), *findings(self.page)]]
