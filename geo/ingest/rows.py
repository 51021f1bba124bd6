"""A row of a table in a document: one line, so that a place and what happened there stand in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

SEPARATOR = " | "
# Longer ones, and such of more lines, are columns of a page's layout, which hold articles or menus.
_LONGEST = 1_000
_MOST_LINES = 2


def line(cells: Sequence[str]) -> str | None:
    r"""Give a row's line; None where it holds fewer than two filled cells, or is a layout and no row.

    Parameters
    ----------
    cells
        The texts of its cells; line breaks within one become spaces.

    Examples
    --------
    >>> line(["Avdiivka", "Two soldiers were killed\nin clashes", ""])
    'Avdiivka | Two soldiers were killed in clashes'
    """
    if any(cell.strip().count("\n") >= _MOST_LINES for cell in cells):
        return None
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    joined = SEPARATOR.join(filled)
    return joined if len(filled) > 1 and len(joined) <= _LONGEST else None
