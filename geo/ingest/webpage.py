"""A saved web page: its title, address, publication date, and the article without what stands around it.

The article is sought where pages mark it (``articleBody``, ``<article>``, ``<main>``); without a mark it is the
element with most text in paragraphs, links counted against it, as in Arc90's Readability (2009).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from geo.ingest import encoding
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem

_DROPPED = (
    *("script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "math"),
    *("nav", "aside", "footer", "form", "button", "select", "input", "textarea", "dialog", "menu", "figcaption"),
)
_DROPPED_ROLES = ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert")
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "address", "body", "details", "summary", "figure", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "tr"),
    )
)
_MARKED = ('[itemprop~="articleBody"]', "article", "main", '[role="main"]')
_PUBLISHED_NAMES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.created", "dc.date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published"),
)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report")
# A marked element with less text is a teaser or a caption.
_LEAST_TEXT = 140
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_DEEPEST_JSON = 30
# Pages as outlets make them lie some 40 deep.
_DEEPEST = 150


def drafts(data: bytes, *, where: str, stem: str, declared: str | None = None) -> Iterator[Draft | Problem]:
    """Give the article of a web page; `declared` is the encoding that was named beside it."""
    found = _CHARSET.search(data[:_HEAD_BYTES])
    decoded = encoding.decode(data, declared=found[1].decode("ascii") if found else declared)
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    soup = _soup(decoded.text)
    metadata = list(_linked_data(soup))
    published, evidence = _published(soup, metadata)
    address = _address(soup)
    source = _meta(soup, "og:site_name")
    title = _title(soup)
    text = _main_text(soup)
    yield Draft(
        where=where,
        id=stem,
        text=text,
        title=title,
        url=address,
        source=source,
        published=published,
        evidence=evidence,
    )


def text_of(fragment: str) -> str:
    """Give the text of a piece of HTML, a line a block."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    soup = _soup(fragment)
    _prune(soup)
    return _text(soup)


def _soup(text: str) -> BeautifulSoup:
    """Parse a page; elements below `_DEEPEST` are melted into their text, so that no look upwards is a long one."""
    soup = BeautifulSoup(text, "lxml")
    deep = []
    walk: list[tuple[Tag, int]] = [(soup, 0)]
    while walk:
        parent, depth = walk.pop()
        children = [child for child in parent.children if isinstance(child, Tag)]
        if depth < _DEEPEST:
            walk += [(child, depth + 1) for child in children]
        elif children:
            deep.append(parent)
    for parent in deep:
        strings = (node for node in parent.descendants if type(node) is NavigableString)
        parent.string = " ".join(node for node in strings if node.parent and node.parent.name not in _DROPPED)
    return soup


def _main_text(soup: BeautifulSoup) -> str:
    _prune(soup)
    for selector in _MARKED:
        found = soup.select(selector)
        inside = set(map(id, found))
        # What lies in another one is part of its text.
        marked = [_text(tag) for tag in found if not any(id(parent) in inside for parent in tag.parents)]
        # Of several articles (teasers below the story) the longest.
        longest = max(marked, key=len, default="")
        if len(longest) >= _LEAST_TEXT:
            return longest
    dense = _densest(soup)
    whole = _text(soup.body or soup)
    text = _text(dense) if dense else ""
    return text if len(text) >= _LEAST_TEXT else whole


def _prune(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        if not tag.decomposed:
            tag.decompose()


def _is_hidden(tag: Tag) -> bool:
    if tag.name in ("html", "body"):
        return False
    style = re.sub(r"\s", "", str(tag.get("style", ""))).lower()
    return (
        tag.get("role") in _DROPPED_ROLES
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or "display:none" in style
        or (tag.name == "header" and tag.find(["h1", "time"]) is None)
    )


def _densest(soup: BeautifulSoup) -> Tag | None:
    """Give the element whose paragraphs hold most text; a grandparent counts half."""
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    for paragraph in soup.find_all(["p", "pre", "blockquote"]):
        length = len(paragraph.get_text())
        linked = sum(len(link.get_text()) for link in paragraph.find_all("a"))
        weight = 1.0
        parents = (parent for parent in paragraph.parents if parent.name not in ("html", "[document]"))
        for parent, _ in zip(parents, range(2), strict=False):
            scores[id(parent)] = scores.get(id(parent), 0.0) + weight * (length - 2 * linked)
            tags[id(parent)] = parent
            weight /= 2
    best = max(scores, key=lambda key: scores[key], default=None)
    return tags[best] if best is not None and scores[best] > 0 else None


def _text(root: Tag) -> str:
    """Give the words of an element, a line a block; white space as a browser would show it."""
    pieces: list[str] = []
    for node in root.descendants:
        if isinstance(node, NavigableString):
            # Comments and their kin are strings too.
            if not isinstance(node, PreformattedString):
                pieces.append(re.sub(r"\s+", " ", node))
        elif isinstance(node, Tag) and (node.name in _BLOCKS or node.name == "br"):
            pieces.append("\n")
        if _ends_block(node):
            pieces.append("\n")
    lines = (" ".join(line.split(" ")).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(re.sub(r" {2,}", " ", line) for line in lines if line)


def _ends_block(node: Any) -> bool:
    """Tell whether a block that holds `node` ends with it."""
    while node.next_sibling is None and node.parent is not None:
        node = node.parent
        if node.name in _BLOCKS:
            return True
    return False


def _title(soup: BeautifulSoup) -> str | None:
    meta = _meta(soup, "og:title") or _meta(soup, "twitter:title")
    if meta:
        return meta
    for name in ("h1", "title"):
        tag = soup.find(name)
        if isinstance(tag, Tag) and tag.get_text().strip():
            return tag.get_text(" ")
    return None


def _address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    address = str(link.get("href") or "") if isinstance(link, Tag) else ""
    address = address or _meta(soup, "og:url") or ""
    # A relative one says nothing without the page's own.
    return address if re.match(r"https?://", address, re.IGNORECASE) else None


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    for tag in soup.find_all("meta"):
        named = {str(tag.get(key, "")).lower() for key in ("property", "name", "itemprop")}
        content = str(tag.get("content") or "").strip()
        if name in named and content:
            return content
    return None


def _published(soup: BeautifulSoup, metadata: list[dict[str, Any]]) -> tuple[str | None, str]:
    """Give the publication date as the page writes it, and where."""
    for record in metadata:
        if isinstance(record.get("datePublished"), str):
            return record["datePublished"], "JSON-LD datePublished"
    for name in _PUBLISHED_NAMES:
        value = _meta(soup, name)
        if value:
            return value, f"meta {name}"
    marked = soup.find(itemprop="datePublished")
    times = [marked] if isinstance(marked, Tag) else []
    times += soup.select("article time[datetime], main time[datetime], time[pubdate]") or soup.select("time[datetime]")
    for tag in times:
        value = str(tag.get("datetime") or tag.get("content") or tag.get_text()).strip()
        if value:
            return value, "time tag"
    return None, "web page"


def _linked_data(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Give the page's JSON-LD objects, articles first."""
    found: list[dict[str, Any]] = []
    for tag in soup.find_all("script", type="application/ld+json"):
        try:
            _gather(json.loads(tag.string or ""), found, depth=0)
        except (ValueError, RecursionError):
            continue
    yield from sorted(found, key=lambda record: not _ARTICLE_TYPES.search(str(record.get("@type", ""))))


def _gather(value: Any, found: list[dict[str, Any]], *, depth: int) -> None:
    if depth > _DEEPEST_JSON:
        return
    if isinstance(value, dict):
        found.append(value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _gather(inner, found, depth=depth + 1)
