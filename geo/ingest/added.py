"""Readers of file formats that other packages add (``conflict_map.readers``), by the ending of a file's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from gazetteer import plugins
from geo.ingest.draft import Draft
from geo.ingest.limits import Limits
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

Reader = Callable[[Source, Reading], Drafts]


def endings() -> frozenset[str]:
    """Give the endings that are read, with their dots."""
    return frozenset(f".{name}" for name in plugins.added(plugins.READERS))


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a source by the reader of its ending.

    Raises
    ------
    UnreadableError
        If its reader says so of the source, cannot be loaded, or fails.
    """
    name = source.suffix.removeprefix(".")
    try:
        reader = cast(Reader, plugins.load(plugins.READERS, name))
        with plugins.blamed(plugins.READERS, name, passing=(UnreadableError, OSError)):
            for item in reader(source, reading):
                if not isinstance(item, Draft | Problem):
                    raise TypeError(f"it gave {item!r}, neither a Draft nor a Problem")
                yield item
    except plugins.PluginError as error:
        raise UnreadableError(Problem(source.where, str(error))) from error


__all__ = [
    "Draft",
    "Drafts",
    "Limits",
    "Problem",
    "Reader",
    "Reading",
    "Source",
    "UnreadableError",
]
