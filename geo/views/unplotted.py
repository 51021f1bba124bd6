"""What was read and did not become a mark, with the reason and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

# Characters of context on either side: about one line of the panel each.
_BEFORE, _AFTER = 48, 56


@dataclass(frozen=True, slots=True)
class Unplotted:
    """One passage that got no mark. `start` and `end` are offsets into the article's text."""

    article: str
    source: str
    start: int
    end: int
    reason: str


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut the words around a passage, within its paragraph and at word borders."""
    left_edge = text.rfind("\n", 0, start) + 1
    right_edge = text.find("\n", end)
    right_edge = len(text) if right_edge < 0 else right_edge
    left = max(left_edge, start - _BEFORE)
    if left > left_edge:
        left = min(start, text.find(" ", left, start) + 1 or start)
    right = min(right_edge, end + _AFTER)
    if right < right_edge:
        right = max(end, text.rfind(" ", end, right))
    before = ("… " if left > left_edge else "") + text[left:start]
    return before, text[start:end], text[end:right] + (" …" if right < right_edge else "")
