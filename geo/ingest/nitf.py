"""NITF, the News Industry Text Format of the IPTC: how agencies deliver a single article.

One of the program's own additions to the formats that are read (``conflict_map.readers``).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # (it ships no types)

from geo.ingest.added import Draft, Drafts, Problem, Reading, Source, UnreadableError

# date.issue norm="20150130T0840Z"
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T|$)")
_BLOCKS = ("p", "hl2", "li", "bq", "pre")


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the article of an NITF file.

    Raises
    ------
    UnreadableError
        If it is no NITF.
    """
    # Nothing outside the file is fetched and no entity is expanded: it is a stranger's text.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source.whole(reading.limits), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(Problem(source.where, f"not valid XML ({error})")) from error
    if etree.QName(root).localname != "nitf":
        what = f"XML, but no NITF (its root is <{etree.QName(root).localname}>)"
        raise UnreadableError(Problem(source.where, what))
    issued = root.find(".//{*}date.issue")
    issued = root.find(".//{*}story.date") if issued is None else issued
    day = _DAY.match(issued.get("norm", "")) if issued is not None else None
    yield Draft(
        where=source.where,
        id=_attribute(root, "doc-id", "id-string") or source.stem,
        text="\n\n".join(_paragraphs(root)) or None,
        title=_text(root.find(".//{*}hl1")) or _text(root.find(".//{*}title")) or None,
        source=_text(root.find(".//{*}distributor")) or _attribute(root, "doc.copyright", "holder") or None,
        published="-".join(day.groups()) if day else None,
        evidence="NITF's date.issue",
    )


def _paragraphs(root: Any) -> list[str]:
    body = root.find(".//{*}body.content")
    found = [_text(root.find(".//{*}dateline"))]
    found += [_text(element) for element in body.iter("{*}*") if _is_block(element)] if body is not None else []
    return [text for text in found if text]


def _is_block(element: Any) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname in _BLOCKS


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _attribute(root: Any, name: str, attribute: str) -> str:
    found = root.find(f".//{{*}}{name}")
    return "" if found is None else found.get(attribute, "")
