"""The kinds of event data that are known by their columns (``conflict_map.layers``): our own, and other packages'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from gazetteer import plugins
from geo.layouts.layout import Layout
from geo.layouts.reading import DIRECTORY, read


@cache
def kinds() -> tuple[tuple[Layout, ...], tuple[str, ...]]:
    """Give the layouts of the kinds that are known, our own first, and what is wrong with those that cannot be read."""
    found: list[Layout] = []
    faults: list[str] = []
    for name in plugins.added(plugins.LAYERS):
        try:
            found.append(_kind(name))
        except plugins.PluginError as error:
            faults.append(str(error))
    return tuple(found), tuple(faults)


def faults() -> tuple[str, ...]:
    """Say which kinds that packages add cannot be read, and why."""
    return kinds()[1]


@cache
def any_table() -> Layout:
    """Give the layout of a table of a kind that is not known."""
    return read(DIRECTORY / "table.yaml")


def known(row: Sequence[str]) -> Layout | None:
    """Tell of which known data a table's first row is; None where it is of none."""
    for layout in kinds()[0]:
        for columns in (layout.columns, layout.companion.columns if layout.companion else None):
            if columns and (columns.has(row) or columns.fits(row)):
                return layout
    return None


def _kind(name: str) -> Layout:
    mapping = plugins.load(plugins.LAYERS, name)
    # A file with a fault in it is its package's fault, too.
    with plugins.blamed(plugins.LAYERS, name):
        layout = read(Path(mapping()))
        if name == "table":
            raise ValueError("the kind 'table' is what a table of no known kind is called; take another name")
        if layout.kind != name:
            raise ValueError(f"the mapping's kind must be {name!r}, as it is declared; got {layout.kind!r}")
        if not layout.columns.recognise and layout.columns.shape is None:
            raise ValueError("the mapping must say by which columns its data are known ('recognise' or 'shape')")
    return layout
