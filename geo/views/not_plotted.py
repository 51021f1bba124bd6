"""The panel of what was read and did not become a mark.

One of the program's own additions to the panels (``conflict_map.panels``).
"""

from __future__ import annotations

from geo.views.added import ALL, Block, Choice, Choices, Note, Panel, Passages, Sight


def blocks(sight: Sight) -> tuple[Block, ...]:
    """Give the reasons with their numbers, most frequent first, and the passages of the one that is chosen."""
    counts, every = sight.reasons(), sight.every()
    whole = sum(counts.values())
    said = "Places and words that were read and did not become a mark. Each says why."
    if whole < every:
        said += (
            f" These {whole:,} of {every:,} are of articles published in the window, or with an event in it,"
            " that the search and the sources let through."
        )
    options = [Choice(ALL, "All", whole)]
    for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        options.append(Choice(key, sight.reason(key)[0], n))
    total = whole if sight.chosen is None else counts.get(sight.chosen, 0)
    found = sight.left_out(sight.chosen)
    return Note(said), Choices(options), Passages([one.passage for one in found], total)


def count(sight: Sight) -> int:
    """Give how many there are in the view."""
    return sum(sight.reasons().values())


PANEL = Panel("Not plotted", blocks, count)
