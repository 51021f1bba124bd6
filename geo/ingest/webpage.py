"""A saved web page: its title, address and publication date, and its article; of a live page, its posts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from geo.ingest import encoding
from geo.ingest.draft import Draft
from geo.ingest.main_text import main_part, parsed, text, text_of, without_notices
from geo.ingest.problem import Problem

_PUBLISHED_NAMES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate"),
    *("publish-date", "publish_date", "publication_date", "dc.date.issued", "dcterms.created", "dc.date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published"),
)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
# A page that shows less is a teaser, or is filled by its scripts.
_LEAST_TEXT = 140
_DEEPEST_JSON = 30


def drafts(data: bytes, *, where: str, stem: str, declared: str | None = None) -> Iterator[Draft | Problem]:
    """Give the article of a web page; `declared` is the encoding that was named beside it."""
    found = _CHARSET.search(data[:_HEAD_BYTES])
    decoded = encoding.decode(data, declared=found[1].decode("ascii") if found else declared)
    if decoded.note:
        yield Problem(where, decoded.note, severity="note")
    soup = parsed(decoded.text)
    metadata = list(_linked_data(soup))
    published, evidence = _published(soup, metadata)
    address = _address(soup)
    source = _meta(soup, "og:site_name")
    title = _title(soup)
    live = _is_live(metadata)
    part = main_part(soup)
    posts = _posts(part) if live else []
    for number, (when, words) in enumerate(posts, start=1):
        yield Draft(
            where=f"{where}: post {number}",
            id=f"{stem}-{number}",
            text=words,
            title=title,
            url=address,
            source=source,
            published=when,
            evidence="the post's time",
        )
    if posts:
        return
    words = without_notices(text(part))
    yield Draft(
        where=where,
        id=stem,
        text=words if len(words) >= _LEAST_TEXT else _told_beside(metadata, longer_than=words),
        title=title,
        url=address,
        source=source,
        published=published,
        evidence=evidence,
    )


def _told_beside(metadata: list[dict[str, Any]], *, longer_than: str) -> str:
    """Give the text that a page keeps for search engines where it shows less itself, as such do that scripts fill."""
    kept = (record.get("articleBody") for record in metadata)
    found = max((text_of(one) for one in kept if isinstance(one, str)), key=len, default="")
    return max(longer_than, found, key=len)


def _is_live(metadata: list[dict[str, Any]]) -> bool:
    return any("LiveBlogPosting" in str(record.get("@type", "")) for record in metadata)


def _posts(part: Tag) -> list[tuple[str, str]]:
    """Give the posts of a live page with their times: the widest elements that hold one time each, and words."""
    times = part.select("time[datetime]")
    counts: dict[int, int] = {}
    for moment in times:
        for parent in moment.parents:
            counts[id(parent)] = counts.get(id(parent), 0) + 1
    found = []
    for moment in times:
        holder: Tag = moment
        for parent in moment.parents:
            if parent is part or counts[id(parent)] > 1:
                break
            holder = parent
        stamp = str(moment["datetime"])
        moment.extract()
        words = without_notices(text(holder))
        if words and stamp:
            found.append((stamp, words))
    return found if len(found) > 1 else []


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
