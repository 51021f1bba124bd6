"""A user's own places from KML: what Google Earth, My Maps and most web maps save.

One of the program's own additions to the places that are laid over the gazetteer (``conflict_map.places``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # (it ships no types)

from gazetteer.errors import OwnPlacesError


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the named points of a KML file: where each stands in it, and its columns ``name``, ``lat`` and ``lon``.

    Lines, areas and points without a name are passed over: they are no places that a text could name.

    Raises
    ------
    OwnPlacesError
        If it is no KML, or a point has no coordinates.
    """
    # Nothing outside the file is fetched and no entity is expanded: it may be a stranger's.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as fault:
        raise OwnPlacesError(f"{path}: no KML that can be read ({fault}); save it anew, or give CSV") from fault
    if etree.QName(root).localname != "kml":
        raise OwnPlacesError(f"{path}: XML, but no KML (its root is <{etree.QName(root).localname}>)")
    for number, mark in enumerate(root.iterfind(".//{*}Placemark"), start=1):
        name = " ".join((mark.findtext("{*}name") or "").split())
        point = mark.find(".//{*}Point/{*}coordinates")
        if not name or point is None:
            continue
        where = f"{path}: placemark {number}"
        parts = (point.text or "").strip().split(",")
        if len(parts) < 2:
            raise OwnPlacesError(f"{where}: {name}: coordinates must be longitude,latitude; got {point.text!r}")
        yield where, {"name": name, "lon": parts[0], "lat": parts[1]}
