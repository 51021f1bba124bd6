"""EPUB books and magazines: an article a chapter, in the order of reading."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from geo.ingest import webpage
from geo.ingest.draft import Draft
from geo.ingest.office.package import Package, Xml, attribute, line, named
from geo.ingest.problem import Problem
from geo.ingest.source import Drafts, Reading, Source

_PAGES = (".xhtml", ".html", ".htm")
# Covers, title pages and tables of contents: less than the shortest brief.
_LEAST_TEXT = 40


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of an EPUB; where the book names its order, in it, else in that of its files."""
    package = Package(source.whole(reading.limits), where=source.where, limits=reading.limits)
    folder, opf = _opf(package)
    names = list(_spine(package, folder, opf)) or [name for name in package.names if name.lower().endswith(_PAGES)]
    source_name, published = line(opf, "title"), line(opf, "date")
    read = 0
    for number, name in enumerate(names[: reading.limits.members], start=1):
        where = f"{source.where}/{name}"
        data = package.part(name)
        for item in webpage.drafts(data or b"", where=where, stem=f"{source.stem}-{number}"):
            if isinstance(item, Problem):
                yield item
            elif len(item.text) >= _LEAST_TEXT:
                read += 1
                yield Draft(
                    where=where,
                    id=item.id,
                    text=item.text,
                    title=item.title,
                    source=source_name,
                    published=item.published or published,
                    evidence=item.evidence if item.published else "the book's date of publication",
                )
    if not read:
        yield Problem(source.where, "an EPUB without text")


def _opf(package: Package) -> tuple[str, Xml | None]:
    """Give the book's description and the folder it lies in."""
    container = package.xml("META-INF/container.xml")
    root = next(named(container, "rootfile"), None) if container is not None else None
    path = (attribute(root, "full-path") or "") if root is not None else ""
    return posixpath.dirname(path), package.xml(path)


def _spine(package: Package, folder: str, opf: Xml | None) -> Iterator[str]:
    if opf is None:
        return
    items = {attribute(item, "id"): attribute(item, "href") or "" for item in named(opf, "item")}
    seen = set()
    for reference in named(opf, "itemref"):
        name = posixpath.normpath(posixpath.join(folder, unquote(items.get(attribute(reference, "idref"), ""))))
        if name in package.names and name not in seen:
            seen.add(name)
            yield name
