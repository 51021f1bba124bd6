"""Layouts of event data: which column holds what, and what its codes mean in our words.

A layout is a YAML file. Those of well-known data ship in ``data/layers``, packages add others (docs/extending.md), and
a user writes one for a table of his own, in the same words (docs/layers.md).
"""

from geo.layouts.added import any_table, faults, kinds, known
from geo.layouts.layout import Columns, Companion, Field, Layout, LayoutError, fold
from geo.layouts.reading import load, parse, read, write

__all__ = [
    "Columns",
    "Companion",
    "Field",
    "Layout",
    "LayoutError",
    "any_table",
    "faults",
    "fold",
    "kinds",
    "known",
    "load",
    "parse",
    "read",
    "write",
]
