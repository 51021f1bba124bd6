"""Text documents of word processors: Office Open XML (.docx) and OpenDocument (.odt)."""

from __future__ import annotations

from geo.ingest import rows
from geo.ingest.draft import Draft
from geo.ingest.office.package import Package, Xml, attribute, line, local, named
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

# What stands in a paragraph and is no part of its text: fields' code, notes, remarks, what was struck out, the second
# rendering of a text box.
_ASIDE = frozenset(
    ("instrText", "delText", "del", "moveFrom", "Fallback", "annotation", "note", "tracked-changes", "annotation-end")
)
_PARAGRAPHS = ("p", "h")
_ROWS, _CELLS = ("tr", "table-row"), ("tc", "table-cell")
_MOST_SPACES = 1000


def docx(source: Source, reading: Reading) -> Drafts:
    """Give the article of a DOCX file."""
    package = Package(source.whole(reading.limits), where=source.where, limits=reading.limits)
    body = package.xml("word/document.xml")
    if body is None:
        raise UnreadableError(Problem(source.where, "a Word document without its text", "Save it anew"))
    styled = [one for one in named(body, "p") if _style(one) == "title"]
    title = _text(styled[0]) if styled else line(package.xml("docProps/core.xml"), "title")
    yield Draft(where=source.where, id=source.stem, text=_paragraphs(body), title=title)


def odt(source: Source, reading: Reading) -> Drafts:
    """Give the article of an ODT file."""
    package = Package(source.whole(reading.limits), where=source.where, limits=reading.limits)
    content = package.xml("content.xml")
    body = next(named(content, "text"), None) if content is not None else None
    if body is None:
        raise UnreadableError(Problem(source.where, "an OpenDocument file without text", "Save it as .odt or .txt"))
    yield Draft(
        where=source.where, id=source.stem, text=_paragraphs(body), title=line(package.xml("meta.xml"), "title")
    )


def _style(paragraph: Xml) -> str:
    style = next(named(paragraph, "pStyle"), None)
    return (attribute(style, "val") or "").lower() if style is not None else ""


def _paragraphs(body: Xml) -> str:
    """Give the text, a line a paragraph or a row of a table; of one within another (a text box) each its own."""
    texts = []
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if local(element) in _ASIDE:
            continue
        if local(element) in _ROWS and (row := _row(element)):
            texts.append(row)
            continue
        if local(element) in _PARAGRAPHS:
            texts.append(_text(element))
        # Text boxes of a paragraph come after it.
        waiting += reversed(element)
    return "\n".join(text for text in texts if text.strip())


def _row(element: Xml) -> str | None:
    """Give a row as a line; None where it is a layout, or holds a table of its own."""
    cells = [one for one in element if local(one) in _CELLS]
    if any(local(inner) in _ROWS for cell in cells for inner in cell.iter()):
        return None
    return rows.line([_paragraphs(cell) for cell in cells])


def _text(paragraph: Xml) -> str:
    pieces: list[str] = []
    waiting: list[Xml | str] = [paragraph]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        name = local(item)
        if item is not paragraph:
            waiting.append(item.tail or "")
        if name in _ASIDE or (name in _PARAGRAPHS and item is not paragraph) or not name:
            continue
        if name in ("tab", "br", "cr", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name == "s":
            count = attribute(item, "c") or "1"
            pieces.append(" " * min(int(count) if count.isascii() and count.isdigit() else 1, _MOST_SPACES))
        waiting += reversed(item)
        waiting.append(item.text or "")
    return "".join(pieces).strip()
