"""RSS 2.0, RSS 1.0, Atom and JSON feeds saved as files: an article an entry."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # (it ships no types)

from geo.ingest.draft import Draft
from geo.ingest.main_text import text_of
from geo.ingest.problem import Problem, UnreadableError

# The richest first: a feed's description is often only the first sentence.
_TEXTS = ("encoded", "content", "description", "summary")
_ENTRIES = ("item", "entry")
# A CDATA section or a comment as it is, or a sign that begins neither an entity nor a tag.
_BARE = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|(&(?!#\d{1,7};|#x[0-9a-f]{1,6};|\w{1,32};)|<(?![A-Za-z_/!?]))",
    re.DOTALL | re.IGNORECASE,
)
_JSON_FEED = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")
_ROOTS = ("rss", "feed", "RDF")


def drafts(data: bytes, *, where: str, stem: str) -> Iterator[Draft | Problem]:
    """Give the articles of a feed.

    Raises
    ------
    UnreadableError
        If it is no XML, or XML of another kind.
    """
    root = _parse(data, where)
    if _name(root) not in _ROOTS:
        what = f"XML, but no RSS or Atom feed (its root is <{_name(root)}>)"
        raise UnreadableError(Problem(where, what, "Give its articles as text, HTML or JSON Lines"))
    entries = [element for element in root.iter() if _name(element) in _ENTRIES]
    if not entries:
        raise UnreadableError(Problem(where, "the feed has no entries"))
    channel = next((element for element in root.iter() if _name(element) == "channel"), root)
    # Some systems escape a title twice.
    source = html.unescape(_line(channel, "title") or "") or None
    for number, entry in enumerate(entries, start=1):
        published = _line(entry, "pubDate", "date", "published", "issued")
        text = next((text for name in _TEXTS if (text := text_of(_inner(entry, name)))), None)
        link = _link(entry)
        title = text_of(_line(entry, "title") or "")
        yield Draft(
            where=f"{where}: entry {number}",
            id=_line(entry, "guid", "id") or link or f"{stem}-{number}",
            # Of a flash there is only the headline.
            text=text or title or None,
            title=title,
            url=link,
            source=source,
            published=published or _line(entry, "updated"),
            evidence="the feed's entry" if published else "the feed's entry, when it was updated",
        )


def of_json(loaded: Any, *, where: str, stem: str) -> Iterator[Draft] | None:
    """Give the articles of a JSON Feed (jsonfeed.org, versions 1 and 1.1); None where it is something else."""
    if not isinstance(loaded, dict) or not str(loaded.get("version")).startswith(_JSON_FEED):
        return None
    items = loaded.get("items")
    entries = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    if not entries:
        raise UnreadableError(Problem(where, "the feed has no entries"))
    return (_item(one, loaded.get("title"), f"{where}: entry {n}", f"{stem}-{n}") for n, one in enumerate(entries, 1))


def _item(one: dict[str, Any], source: Any, where: str, fallback: str) -> Draft:
    page, plain = one.get("content_html"), one.get("content_text") or one.get("summary")
    text = text_of(page) if isinstance(page, str) else plain
    published = one.get("date_published")
    return Draft(
        where=where,
        id=one.get("id") or one.get("url") or fallback,
        text=text or one.get("title"),
        title=one.get("title"),
        url=one.get("url"),
        source=source,
        published=published or one.get("date_modified"),
        evidence="the feed's entry" if published else "the feed's entry, when it was updated",
    )


def _parse(data: bytes, where: str) -> Any:
    # Nothing outside the file is fetched and no entity is expanded: a feed is a stranger's text.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(_mended(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(Problem(where, f"not valid XML ({error})")) from error
    if root is None:
        raise UnreadableError(Problem(where, "not valid XML"))
    return root


def _mended(data: bytes) -> bytes:
    """Write out the ``&`` and ``<`` that stand for themselves, which XML does not allow and feeds are full of."""
    if not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        return data
    return _BARE.sub(lambda found: found[0] if found[1] is None else b"&amp;" if found[1] == b"&" else b"&lt;", data)


def _name(element: Any) -> str:
    """Give an element's name without its namespace, or a prefix that nothing declares; nothing for a comment."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _line(parent: Any, *names: str) -> str | None:
    for name in names:
        for child in parent:
            if _name(child) == name and (text := " ".join("".join(child.itertext()).split())):
                return text
    return None


def _inner(parent: Any, name: str) -> str:
    """Give the content of a child as HTML: escaped text as it reads, Atom's inline XHTML as markup."""
    for child in parent:
        if _name(child) != name:
            continue
        if len(child) and child.get("type") == "xhtml":
            return str(etree.tostring(child, encoding="unicode", with_tail=False))
        if text := "".join(child.itertext()).strip():
            return text
    return ""


def _link(entry: Any) -> str | None:
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or (child.text or "").strip()
            if address:
                return address
    return None
