"""The ZIP packages of office documents: their parts by name, bounded, and their XML, from which nothing is fetched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # (it ships no types)

from geo.ingest.limits import Limits, size
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import DAMAGED_ZIP

Xml = Any


class Package:
    """An opened document package.

    Raises
    ------
    UnreadableError
        If it is no ZIP file, is locked, or unpacks to more than `Limits.file`.
    """

    def __init__(self, data: bytes, *, where: str, limits: Limits) -> None:
        self.where = where
        self._left = self._limit = 5 * limits.file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED_ZIP as error:
            raise UnreadableError(Problem(where, f"a damaged document ({error})", "Save it anew")) from error
        self.names = tuple(self._zip.namelist())

    def part(self, name: str) -> bytes | None:
        """Give the bytes of a part; None where there is none."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as file:
                data = file.read(self._left + 1)
        except DAMAGED_ZIP as error:
            # A locked package has no reader for its parts: zipfile's RuntimeError.
            advice = "Take its password off, or save it anew"
            raise UnreadableError(Problem(self.where, f"a locked or damaged document ({error})", advice)) from error
        self._left -= len(data)
        if self._left < 0:
            what = f"the document unpacks to more than {size(self._limit)}"
            raise UnreadableError(Problem(self.where, what, "Save it as plain text"))
        return data

    def xml(self, name: str) -> Xml | None:
        """Give the root element of a part; None where there is none, or where it is no XML."""
        data = self.part(name)
        return None if data is None else parse(data)


def parse(data: bytes) -> Xml | None:
    """Parse XML of a stranger: no entity is expanded, nothing is fetched, depth is bounded; None where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: Xml) -> str:
    """Give an element's name without its namespace; nothing for a comment or an entity."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Xml, name: str) -> str | None:
    """Give an attribute by its name without its namespace."""
    return next((str(value) for key, value in element.attrib.items() if _bare(key) == name), None)


def _bare(name: str) -> str:
    """Give a name without its namespace, and without a prefix that nothing declares: such names are no XML's."""
    return name.rpartition("}")[2].rpartition(":")[2]


def named(root: Xml, *names: str) -> Iterator[Xml]:
    """Give the elements of these names in the order of the document."""
    return (element for element in root.iter() if local(element) in names)


def line(root: Xml | None, name: str) -> str | None:
    """Give the words of the first element of a name; None where there are none."""
    if root is None:
        return None
    texts = (" ".join("".join(element.itertext()).split()) for element in named(root, name))
    return next((text for text in texts if text), None)
