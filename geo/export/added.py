"""Exporters that other packages add (``conflict_map.exporters``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import geopandas

from gazetteer import plugins
from geo.export.rows import Rows


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format to write events in.

    Attributes
    ----------
    ending
        Of its files: ``.jsonl``.
    media_type
        As the page's download says it.
    text
        Whether it may be written to a terminal.
    encode
        Makes the file of a frame as `geo.export.rows.Rows` gives it: the columns of the data dictionary, a country
        without a point. It must not change the frame. Article text is untrusted: it has to come out as text.
    in_stretches
        The file is what `encode` makes of some thousand rows, then of the next, one after the other, so that a million
        need no more memory. Else it is asked once, with all rows.
    """

    ending: str
    media_type: str
    text: bool
    encode: Callable[[geopandas.GeoDataFrame], bytes]
    in_stretches: bool = False


def names() -> tuple[str, ...]:
    """Give the names of the formats that are added."""
    return tuple(plugins.added(plugins.EXPORTERS))


def exporter(name: str) -> Exporter:
    """Give one of them.

    Raises
    ------
    gazetteer.plugins.PluginError
        If it does not work.
    """
    found: Exporter = plugins.load(plugins.EXPORTERS, name, expected=Exporter)
    return found


def encoded(name: str, one: Exporter, rows: Rows) -> Iterator[bytes]:
    """Give the file of an exporter, in the pieces that it makes.

    Raises
    ------
    gazetteer.plugins.PluginError
        If it fails, or gives no bytes.
    """
    for part in rows.parts() if one.in_stretches else [rows.whole()]:
        with plugins.blamed(plugins.EXPORTERS, name):
            made = one.encode(part)
            if not isinstance(made, bytes):
                raise TypeError(f"encode must give bytes; got {type(made).__name__}")
        yield made


__all__ = ["Exporter"]
