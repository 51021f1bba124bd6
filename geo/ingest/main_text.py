"""The article of a web page without what stands around it.

It is sought where pages mark it (``articleBody``, ``<article>``, ``<main>``); without a mark it is the element with
most text in paragraphs, links counted against it, as in Arc90's Readability (2009). Lists of links, and elements called
after what stands beside an article, are left out unless they hold most of the page.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from geo.ingest import leads, rows
from geo.ingest.draft import storable

_DROPPED = (
    *("script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "video", "audio", "math"),
    *("nav", "footer", "form", "button", "select", "input", "textarea", "dialog", "menu", "figcaption"),
)
_DROPPED_ROLES = ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert")
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "address", "body", "details", "summary", "figure", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "tr"),
    )
)
_MARKED = ('[itemprop~="articleBody"]', "article", "main", '[role="main"]')
# An element that holds more of the page's text than this is the article, whatever it is called.
_MOST_BESIDE = 0.5
# A marked element with a smaller share of the densest one's text is a teaser.
_TEASER = 0.5
_LISTS = ("ul", "ol", "div", "section", "table", "amp-list")
_PARAGRAPHS = ("p", "h2", "h3", "h4", "h5", "h6", "li")
_LEAST_LINKS = 2
_MOSTLY_LINKS = 0.6
_LONGEST_NAME = 500
# What systems call what stands beside an article.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|recirculation|read-?(?:next|more|also)|more-(?:on|from|stories)|also-read"
    r"|links-block"
    r"|newsletter|subscribe|signup|sign-up|cookie|consent|gdpr|share|sharing|sharedaddy|social|promo|advert|ads?|banner"
    r"|sidebar|widget|widget-area|comments?|comments-area|disqus|captions?|credit|breadcrumbs?|tags|pagination|twitter-tweet"
    r"|instagram-media|jp-relatedposts|pagelistenhancement|module-?table|menu|main-menu|post-footer|author-bio)(?:$|[\s_-])"
)
_NOTICE = re.compile(
    # What a blog's feed says below each of its posts comes last.
    r"(?:the post .{1,300} (?:appeared first|first appeared) on .{1,100}"
    r"|(?:first |last |originally )?(?:published|updated|posted|modified)\b.{0,60}\d.{0,40}"
    r"|(?:correction|clarification|editor['’]s note|editors['’] note|this (?:article|story|post|report)"
    r" (?:was|has been) (?:updated|amended|corrected))\b.{0,600})$",
    re.IGNORECASE,
)
# A marked element with less text is a teaser or a caption.
_LEAST_TEXT = 140
# Pages as outlets make them lie some 40 deep.
_DEEPEST = 150


def text_of(fragment: str) -> str:
    """Give the text of a piece of HTML, a line a block."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    soup = parsed(fragment)
    _prune(soup)
    return without_notices(text(soup))


def parsed(page: str) -> BeautifulSoup:
    """Parse a page; elements below `_DEEPEST` are melted into their text, so that no look upwards is a long one."""
    soup = BeautifulSoup(storable(page), "lxml")
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


def main_text(soup: BeautifulSoup) -> str:
    """Give the article of a page; the page loses what stands around it."""
    return text(main_part(soup))


def main_part(soup: BeautifulSoup) -> Tag:
    """Give the element that holds the article; the page loses what stands around it."""
    _prune(soup)
    whole = soup.body or soup
    dense = _densest(soup)
    least = max(_LEAST_TEXT, (len(text(dense)) if dense else 0) * _TEASER)
    for selector in _MARKED:
        found = soup.select(selector)
        inside = set(map(id, found))
        # What lies in another one is part of its text. Of several articles (teasers below the story) the longest.
        outer = [
            (len(text(tag)), -n, tag) for n, tag in enumerate(found) if not any(id(up) in inside for up in tag.parents)
        ]
        if outer and (longest := max(outer))[0] >= least:
            return longest[2]
    return dense if dense and len(text(dense)) >= _LEAST_TEXT else whole


def without_notices(found: str) -> str:
    """Leave out lines that tell of the page (when it was published, what was corrected) or lead to another one."""
    return "\n".join(line for line in found.split("\n") if not _NOTICE.match(line) and not leads.is_lead(line))


def _prune(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        if not tag.decomposed:
            tag.decompose()
    share = _Shares(soup)
    for tag in soup.find_all(True):
        if not tag.decomposed and tag.name not in ("html", "body") and share.is_beside(tag):
            tag.decompose()
    for tag in share.teasers():
        if not tag.decomposed:
            tag.decompose()
    for tag in soup.find_all("tr"):
        _join_cells(tag)


def _join_cells(row: Tag) -> None:
    """Make a row of a table one line; one that lays out a page, or holds a table of its own, stays."""
    cells = [one for one in row.find_all(["td", "th"], recursive=False) if isinstance(one, Tag)]
    if len(cells) > 1 and row.find("table") is None and (line := rows.line([text(cell) for cell in cells])):
        row.string = line


class _Shares:
    """What part of a page's text each element holds, and what part of that are links; counted once."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._text: dict[int, int] = {}
        self._linked: dict[int, int] = {}
        self._links: dict[int, int] = {}
        for tag in reversed(soup.find_all(True)):
            inner = [child for child in tag.children if isinstance(child, Tag)]
            own = sum(len(child.strip()) for child in tag.children if type(child) is NavigableString)
            length = own + sum(self._text[id(child)] for child in inner)
            self._text[id(tag)] = length
            self._linked[id(tag)] = length if tag.name == "a" else sum(self._linked[id(child)] for child in inner)
            self._links[id(tag)] = (tag.name == "a") + sum(self._links[id(child)] for child in inner)
        self._whole = max(self._text.values(), default=0)
        self._soup = soup

    def teasers(self) -> list[Tag]:
        """Give the paragraphs all of which is a link that no sentence is; none where they hold half of the page."""
        found = [tag for tag in self._soup.find_all(_PARAGRAPHS) if self._is_teaser(tag)]
        return found if sum(self._text[id(tag)] for tag in found) <= _MOST_BESIDE * self._whole else []

    def _is_teaser(self, tag: Tag) -> bool:
        length = self._text[id(tag)]
        if not length or self._linked[id(tag)] < length or any(inner.name in _BLOCKS for inner in tag.find_all(True)):
            return False
        return leads.is_teaser(tag.get_text().strip())

    def is_beside(self, tag: Tag) -> bool:
        """Tell what stands beside an article: by its name, or as a list of links. What holds half the page does not."""
        length = self._text[id(tag)]
        if not length or length > _MOST_BESIDE * self._whole:
            return False
        if tag.name == "aside" or _BESIDE.search(_called(tag)):
            return True
        several = self._links[id(tag)] >= _LEAST_LINKS
        return several and tag.name in _LISTS and self._linked[id(tag)] > _MOSTLY_LINKS * length


def _called(tag: Tag) -> str:
    """Give an element's id and classes, its data-component among them, as words."""
    classes: list[str] = list(tag.get("class") or [])
    return " ".join([str(tag.get("id") or ""), str(tag.get("data-component") or ""), *classes])[:_LONGEST_NAME].lower()


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


def text(root: Tag) -> str:
    """Give the words of an element, a line a block; white space as a browser would show it."""
    pieces: list[str] = []
    for node in root.descendants:
        if isinstance(node, NavigableString):
            # Comments and their kin are strings too.
            if not isinstance(node, PreformattedString):
                pieces.append(re.sub(r"\s+", " ", node))
        elif isinstance(node, Tag) and (node.name in _BLOCKS or node.name == "br"):
            pieces.append("\n")
        # What an element holds comes after it: the block ends behind the last of that.
        if not (isinstance(node, Tag) and node.contents) and _ends_block(node):
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
