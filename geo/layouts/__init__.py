"""Layouts of event data: which column holds what, and what its codes mean in our words.

A layout is a YAML file. Those of well-known data ship in ``data/layers``; a user writes one for a table of his own, in
the same words (docs/layers.md).
"""

from geo.layouts.layout import Columns, Companion, Field, Layout, LayoutError, fold
from geo.layouts.reading import known, load, parse, read, shipped, write

__all__ = [
    "Columns",
    "Companion",
    "Field",
    "Layout",
    "LayoutError",
    "fold",
    "known",
    "load",
    "parse",
    "read",
    "shipped",
    "write",
]
