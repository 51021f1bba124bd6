"""Files with articles in them, by kind, and the text of an article."""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Callable

from benchmarks.fuzz.target import FaultError, Target, storable
from gazetteer.index import Gazetteer
from geo.ingest import Problem, front_matter, read_uploads
from geo.ingest.limits import Limits
from geo.model import Article
from geo.pipeline import budget, parse
from tests.ingest import making

# Small enough for thousands of inputs, large enough for every path.
_LIMITS = Limits(article=100_000, file=1_000_000, line=100_000, unpacked=2_000_000, members=200, seconds=5.0)
_TEXT = "KYIV, 26 January 2015 - Rebels shelled Debaltseve on Sunday, killing two people.\n\nIt went on."
_FRONT = '---\ntitle: "A town"\npublished:\n  start: 2015-01-26\n  end: 2015-01-27\ntags: [a, b]\nurl: x\n---\n'
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A town</title>'
    '<meta property="article:published_time" content="2015-01-26T10:00:00Z">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2015-01-26"}</script></head>'
    f"<body><main><article><h1>A town</h1><time datetime='2015-01-26'>x</time><p>{_TEXT}</p></article></main>"
    "</body></html>"
)
_RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><item><title>A town</title>'
    f"<link>https://example.org/1</link><pubDate>Mon, 26 Jan 2015 10:00:00 GMT</pubDate><description>{_TEXT}"
    "</description></item></channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>A town</title><id>1</id>'
    f"<updated>2015-01-26T10:00:00Z</updated><content type='html'>&lt;p&gt;{_TEXT}&lt;/p&gt;</content></entry></feed>"
)
_TELEGRAM = json.dumps(
    {
        "name": "c", "type": "public_channel", "id": 1,
        "messages": [
            {"id": 1, "type": "message", "date": "2015-01-26T10:00:00", "date_unixtime": "1422266400", "from": "c",
             "text": [_TEXT, {"type": "link", "text": "https://example.org"}], "edited": "2015-01-26T11:00:00"},
        ],
    }
)  # fmt: skip
_POSTS = json.dumps(
    [{"id": "1", "created_at": "2015-01-26T10:00:00Z", "content": f"<p>{_TEXT}</p>", "account": {"acct": "a"}}]
)
_CHAT = "[26/01/2015, 10:00:00] Ann: Rebels shelled Debaltseve\n[26/01/2015, 10:01:00] Bob: <Media omitted>\n"
_MAIL = (
    "From: a@example.org\r\nSubject: =?utf-8?q?A_town?=\r\nDate: Mon, 26 Jan 2015 10:00:00 +0000\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n'
    f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{_TEXT}\r\n--b\r\nContent-Type: text/html\r\n"
    "Content-Location: https://example.org/\r\n\r\n<p>x</p>\r\n--b--\r\n"
)
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nWARC-Date: 2015-01-26T10:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: 62\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>x</p></html>\r\n\r\n\r\n"
)
_LEXIS = (
    "1 of 2 DOCUMENTS\n\nThe Example Times\n\nJanuary 26, 2015 Monday\n\nA town\n\nBYLINE: Ann\n\nLENGTH: 12 words\n\n"
    f"{_TEXT}\n\nLOAD-DATE: January 26, 2015\n\n2 of 2 DOCUMENTS\n\nThe Example Times\n\nA second\n\n{_TEXT}\n"
)
_FACTIVA = (
    "HD A town\nWC 12 words\nPD 26 January 2015\nSN The Example Times\nLP\n"
    + _TEXT
    + "\nTD\nIt went on.\n\nDocument E01\n"
)
_RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\info{\title A town}}\f0 Rebels shelled Debaltseve.\par \u1234?\'e9}"
)
_PARAGRAPH = f"<w:p><w:r><w:t>{_TEXT}</w:t></w:r></w:p>"
_OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="a.xhtml" '
    'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
_CONTAINER = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'


def read(ending: str) -> Callable[[bytes], None]:
    """Give what reads a file of some ending as the page's upload does."""

    def run(data: bytes) -> None:
        for item in read_uploads([(f"2015-01-26 a{ending}", data)], limits=_LIMITS):
            if isinstance(item, Problem):
                storable(item.where, item.what, item.advice)
                if "fault of the program" in item.advice:
                    raise FaultError(str(item))
            else:
                storable(item.id, item.text, item.title, item.url, item.source)

    return run


def _front_matter(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if "".join(front_matter.parts(text)).replace("\n", "") != text.replace("\n", ""):
        raise FaultError("parts of a text that are not the text")
    block, _ = front_matter.split(text)
    try:
        front_matter.fields(text if block is None else block)
    except ValueError:
        return


@functools.cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open(quiet=True)


def _text(data: bytes) -> None:
    """What is read out of a text; its events lie in it, and its budget holds."""
    text = data.decode("utf-8", "replace")
    if not text.strip():
        return
    record = parse(Article("2015-01-26 a", text), _gazetteer())
    for event in record.events:
        if text[event.trigger_start : event.trigger_end] != event.trigger:
            raise FaultError(f"{event.trigger!r} does not stand where it is said to")


_KINDS: dict[str, tuple[str, tuple[str | bytes, ...]]] = {
    "plain text": (".txt", (_TEXT, _FRONT + _TEXT, _LEXIS, _FACTIVA, _CHAT, f"A\n---\n{_TEXT}\n---\n{_TEXT}")),
    "web page": (".html", (_PAGE, "<table><tr><td>x</td></tr></table>" * 3)),
    "feed": (".xml", (_RSS, _ATOM, '<!DOCTYPE a [<!ENTITY b "c">]><rss><channel><item/></channel></rss>')),
    "JSON": (".json", (json.dumps({"text": _TEXT, "published": {"start": "2015", "end": "2016"}}), _TELEGRAM, _POSTS)),
    "JSON Lines": (".jsonl", (json.dumps({"text": _TEXT, "title": "t", "published": 2015}) + "\n{}\n",)),
    "CSV": (".csv", ("sep=;\nid;text;published\n1;Rebels shelled Homs.;26/01/2015\n", f'text,title\n"{_TEXT}",=A1\n')),
    "workbook": (
        ".xlsx",
        (making.xlsx(("Sheet", f"<row>{making.inline('text')}</row><row>{making.inline(_TEXT)}</row>")),),
    ),
    "Word": (".docx", (making.docx(_PARAGRAPH),)),
    "OpenDocument": (".odt", (making.odt(f"<text:p>{_TEXT}</text:p>"),)),
    "EPUB": (
        ".epub",
        (
            making.zipped(
                {
                    "mimetype": "application/epub+zip",
                    "META-INF/container.xml": _CONTAINER,
                    "c.opf": _OPF,
                    "a.xhtml": _PAGE,
                }
            ),
        ),
    ),
    "RTF": (".rtf", (_RTF,)),
    "PDF": (".pdf", (making.pdf([_TEXT], title="A town"),)),
    "mail": (".eml", (_MAIL,)),
    "mailbox": (".mbox", (f"From a Mon Jan 26 10:00:00 2015\r\n{_MAIL}",)),
    "saved page": (".mht", (_MAIL,)),
    "archive": (
        ".zip",
        (making.zipped({"a.txt": _TEXT, "b/c.csv": "text\nx\n"}), making.tarred({"a.txt": _TEXT.encode()})),
    ),
    "compressed": (
        ".gz",
        (gzip.compress(_TEXT.encode(), mtime=0), gzip.compress(making.tarred({"a.html": _PAGE.encode()}))),
    ),
    "web archive": (".warc", (_WARC,)),
}
_WORDS = {
    "web page": ("<article>", "</div>", "itemprop=", "<time ", "<script>", "<!--", "]]>", "&#x", "<aside>", "<svg>"),
    "feed": ("<item>", "<entry>", "<!ENTITY", "<![CDATA[", "xmlns=", "<pubDate>", "&amp;", "content:encoded"),
    "JSON": ('"text"', '"messages"', '"date"', "\\ud800", "1e999", "null", "[[[[", "NaN", '"full_text"', '"record"'),
    "JSON Lines": ('"text"', '"published"', "\\ud800", "1e999", "null", "\n", '"start"'),
    "CSV": ("sep=", '"', ";", "\t", "\r\n", "\x00", "published", "text"),
    "RTF": ("\\par", "\\u-1?", "\\bin", "{\\*", "\\'", "\\uc9"),
    "plain text": ("---\n", "title:", "&a", "*a", "!!python", "DOCUMENTS", "Document ", "\nHD ", "] "),
}

TARGETS = {
    kind: Target(
        read(ending), tuple(one.encode() if isinstance(one, str) else one for one in seeds), _WORDS.get(kind, ())
    )
    for kind, (ending, seeds) in _KINDS.items()
} | {
    "front matter": Target(
        _front_matter, (_FRONT.encode(), b"a: [b, {c: d}]\n"), ("---\n", "&a", "*a", "!!", "? ", "<<:")
    ),
    "text": Target(
        _text,
        (_TEXT.encode(), "“Two died,” said Ivan.\n\n• 23 March:\nShells hit Homs (near the border).".encode()),
        (" Aleppo", " killed", " on Monday", " 5 May", " the town", " north of ", "(", "”", " said", " km", "\n\n"),
        seconds=budget.allowed(20_000),
    ),
}
