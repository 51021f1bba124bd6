"""Feeds, tables of posts, mailboxes, saved pages and web archives in the shapes that different programs give them."""

from __future__ import annotations

import base64
import gzip
import json
import quopri
from pathlib import Path

import pytest

from tests.ingest.making import given, zipped

TEXT = "Two missiles struck Zaporizhzhia on Monday, killing two people."
PAGE = (
    '<html><head><meta property="article:published_time" content="2023-03-14T08:00:00Z"><title>Strike</title></head>'
    f"<body><article><p>{TEXT}</p></article></body></html>"
)
PREFIXES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(item: str, *, title: str = "Courier", head: str = "") -> str:
    return f'{head}<rss version="2.0" {PREFIXES}><channel><title>{title}</title><item>{item}</item></channel></rss>'


FEEDS: dict[str, str | bytes] = {
    "a summary and the whole": rss(
        "<title>Strike</title><guid>1</guid><dc:date>2023-03-14T08:00:00+02:00</dc:date><description>Short</description>"
        f"<content:encoded><![CDATA[<p>{TEXT}</p><p>Read more: <a href='/2'>Rockets hit Kherson</a></p>"
        "<p>The post <a href='x'>Strike</a> appeared first on <a href='y'>Courier</a>.</p>]]></content:encoded>"
    ),
    "media and a French day": rss(
        f"<title>Strike</title><guid>1</guid><pubDate>mar., 14 mars 2023 10:00:00 +0100</pubDate><description>"
        f'&lt;img src="x"&gt;&lt;p&gt;{TEXT}&lt;/p&gt;</description><media:group>'
        "<media:description>Smoke in Odesa</media:description></media:group>"
    ),
    "another encoding and a Russian day": rss(
        f"<title>Strike</title><guid>1</guid><pubDate>Вт, 14 мар 2023 10:00:00 +0200</pubDate>"
        f"<description>{TEXT}</description>",
        head='<?xml version="1.0" encoding="windows-1251"?>',
    ).encode("cp1251"),
    "XHTML in Atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>1</id><title type="html">'
        "&lt;b&gt;Strike&lt;/b&gt;</title><published>2023-03-14T10:00:00Z</published>"
        '<updated>2023-03-18T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>{TEXT}</p><aside><p>Related: Bomb in Kabul</p></aside></div></content></entry></feed>"
    ),
    "a JSON feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Courier",
            "items": [{"id": "1", "title": "Strike", "content_html": f"<p>{TEXT}</p>", "date_published": "2023-03-14"}],
        }
    ),
    "a JSON feed of plain text": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "title": "Courier",
            "items": [{"id": "1", "title": "Strike", "content_text": TEXT, "date_modified": "2023-03-14T01:00:00Z"}],
        }
    ),
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_as_publishing_systems_make_it(tmp_path: Path, name: str) -> None:
    (one,), problems = given(tmp_path, "f.json" if "JSON" in name else "f.rss", FEEDS[name])
    assert problems == []
    assert (one.id, one.title, one.source, one.text) == ("1", "Strike", "Courier", TEXT)
    assert one.published and str(one.published.start) == "2023-03-14"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A & B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("5 < 10 in Kyiv", "5 < 10 in Kyiv"),
        ("Caf&eacute; hit&hellip;", "Café hit…"),
        ("&#1050;&#1080;&#1111;&#x432;", "Київ"),
        ("<![CDATA[One & <b>two</b>]]>", "One & two"),
    ],
)
def test_signs_that_xml_does_not_allow_are_read_as_meant(tmp_path: Path, title: str, shown: str) -> None:
    (one,), problems = given(tmp_path, "f.rss", rss(f"<title>{title}</title><description>{title} {TEXT}</description>"))
    assert (one.title, one.text, problems) == (shown, f"{shown} {TEXT}", [])


@pytest.mark.parametrize(
    "feed",
    ['{"version": "https://jsonfeed.org/version/1", "items": []}', '{"version": "https://jsonfeed.org/version/1"}'],
)
def test_a_json_feed_without_entries_is_told(tmp_path: Path, feed: str) -> None:
    assert given(tmp_path, "f.json", feed) == ([], ["f.json: the feed has no entries."])


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.csv", "id,created_at,full_text,screen_name\n7,Tue Mar 14 08:00:00 +0000 2023,{},watch\n"),
        ("a.csv", "id,user_username,created_at,text\n7,watch,2023-03-14T08:00:00.000Z,{}\n"),
        ("a.csv", "Tweet Id;Created At;Username;Tweet Text\n7;2023-03-14 08:00:00+00:00;watch;{}\n"),
        ("a.csv", "created_at,id_str,full_text,user_screen_name\n1678780800000,7,{},watch\n"),
        ("a.tsv", "id\tdate\trawContent\tuser.username\n7\t2023-03-14T08:00:00+00:00\t{}\twatch\n"),
        ("a.csv", "author.username,id,created_at,text\nwatch,7,14/03/2023 10:05,{}\n"),
    ],
)
def test_a_table_of_posts_is_read_without_an_option(tmp_path: Path, name: str, table: str) -> None:
    words = "Missiles struck #Zaporizhzhia this morning; two dead"
    (one,), _ = given(tmp_path, name, table.format(f'"{words}"' if ";" in table[:30] else words))
    assert (one.id, one.source, one.text) == ("7", "watch", words)
    assert one.published and str(one.published.start) == "2023-03-14"


HEAD = "From: Meridian Alerts <alerts@post.example>\nSubject: Strike\nDate: Tue, 14 Mar 2023 23:30:00 -0500\n"
ENCODED = base64.encodebytes(TEXT.encode()).decode()
PARTS = (
    'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; '
    f'charset="UTF-8"\nContent-Transfer-Encoding: base64\n\n{ENCODED}\n--b--\n'
)
KEPT = f"From - Tue Mar 14 09:00:00 2023\nX-Mozilla-Status: 0001\n{HEAD}\n{TEXT}\n\n" * 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mbox", f"From 1760@xxx Tue Mar 14 09:00:00 +0000 2023\nX-Gmail-Labels: Inbox\n{HEAD}{PARTS}\n" * 2),
        ("a.mbox", KEPT),
        ("a.mbox", f"From x@y Tue Mar 14 09:00:00 2023\n{HEAD}\n{TEXT}\n\n".replace("\n", "\r\n") * 2),
        ("a", KEPT),
        ("a.mbox.gz", gzip.compress(KEPT.encode())),
        ("a.txt", f"From x@y.example  Tue Mar 14 09:00:00 2023\n{HEAD}\n{TEXT}\n\n" * 2),
    ],
)
def test_a_mailbox_as_programs_keep_it(tmp_path: Path, name: str, data: str | bytes) -> None:
    articles, problems = given(tmp_path, name, data)
    assert [(one.id, one.title, one.source, one.text) for one in articles] == [
        (f"a-{n}", "Strike", "Meridian Alerts", TEXT) for n in (1, 2)
    ]
    assert problems == []


def test_a_text_that_begins_with_from_is_a_text(tmp_path: Path) -> None:
    (one,), _ = given(tmp_path, "a.txt", f"From Kyiv in March 2023\nCorrespondents report: {TEXT}")
    assert one.text.startswith("From Kyiv")


def mhtml(*parts: str) -> bytes:
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://post.example/1\nSubject: Strike\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--b"\n\n'
    )
    return (head + "".join(f"----b\n{part}\n" for part in parts) + "----b--\n").encode()


HERE = "Content-Location: https://post.example/1\n"
STYLE = "Content-Type: text/css\nContent-Location: https://post.example/a.css\n\nbody {}"
QUOTED = "Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(PAGE.encode()).decode()
OLD = 'charset="windows-1251"\nContent-Transfer-Encoding: base64\n' + HERE + "\n"
FRAME = "Content-Type: text/html\nContent-Location: https://ads.example/f\n\n<p>A bomb exploded in Paris, we joke.</p>"


@pytest.mark.parametrize(
    "data",
    [
        mhtml("Content-Type: text/html\nContent-ID: <frame-1@mhtml.blink>\n" + HERE + QUOTED, STYLE),
        mhtml(f"Content-Type: text/html; {OLD}" + base64.encodebytes(PAGE.encode("cp1251")).decode()),
        mhtml(FRAME, f"Content-Type: text/html\n{HERE}\n{PAGE}", STYLE),
        mhtml(STYLE, f"Content-Type: application/xhtml+xml\n{HERE}\n{PAGE}"),
        f"Subject: Strike\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n{HERE}\n{PAGE}".encode(),
    ],
    ids=["quoted", "cp1251 in base64", "a frame before it", "a style before it", "alone"],
)
def test_a_page_as_browsers_save_it(tmp_path: Path, data: bytes) -> None:
    (one,), problems = given(tmp_path, "a.mht", data)
    assert (one.title, one.text, one.url, problems) == ("Strike", TEXT, "https://post.example/1", [])


def record(kind: str, content: bytes, *, of: str = "application/http;msgtype=response", at: str = "") -> bytes:
    head = (
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {at or 'https://post.example/1'}",
        "WARC-Date: 2023-03-21T09:00:00Z",
        "WARC-Record-ID: <urn:uuid:1>",
        f"Content-Type: {of}",
        f"Content-Length: {len(content)}",
    )
    return "\r\n".join((*head, "", "")).encode() + content + b"\r\n\r\n"


def answer(body: bytes, *more: str, kind: str = "text/html; charset=UTF-8") -> bytes:
    head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {kind}", *more, "", ""])
    return head.encode() + body


WHOLE = PAGE.encode()
PIECES = [WHOLE[at : at + 50] for at in range(0, len(WHOLE), 50)]
CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in PIECES) + b"0\r\n\r\n"
CRAWL = (
    record("warcinfo", b"software: a crawler\r\n", of="application/warc-fields"),
    record("request", b"GET /1 HTTP/1.1\r\nHost: post.example\r\n\r\n", of="application/http;msgtype=request"),
    record("response", answer(WHOLE), at="<https://post.example/1>"),
    record("metadata", b"fetchTimeMs: 3\r\n", of="application/warc-fields"),
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc.gz", b"".join(map(gzip.compress, CRAWL))),
        ("a.warc", record("response", answer(CHUNKED, "Transfer-Encoding: chunked"))),
        ("a.warc", record("resource", WHOLE, of="text/html")),
        ("a.warc", record("response", answer(WHOLE)) + record("revisit", answer(b""))),
        ("a.warc", record("response", answer(gzip.compress(WHOLE), "Content-Encoding: gzip"))),
        ("a.wacz", zipped({"archive/a.warc.gz": gzip.compress(record("response", answer(WHOLE)))})),
    ],
    ids=["as crawlers write it", "in chunks", "a resource", "visited again", "packed", "with its index"],
)
def test_a_web_archive_as_crawlers_write_it(tmp_path: Path, name: str, data: bytes) -> None:
    (one,), problems = given(tmp_path, name, data)
    assert (one.id, one.title, one.text, one.url) == ("a-1", "Strike", TEXT, "https://post.example/1")
    assert one.published and str(one.published.start) == "2023-03-14"
    assert problems == []


def test_a_page_in_a_web_archive_has_the_encoding_that_its_server_named(tmp_path: Path) -> None:
    body = "<p>Missiles struck Харків on 13 March 2023.</p>".encode("cp1251")
    (one,), problems = given(
        tmp_path, "a.warc", record("response", answer(body, kind="text/html; charset=windows-1251"))
    )
    assert (one.text, problems) == ("Missiles struck Харків on 13 March 2023.", [])
