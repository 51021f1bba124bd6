from __future__ import annotations

from pathlib import Path

import pytest

from geo.ingest import Problem, read
from geo.model import Article

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example News</title>
<item><title>Town under fire &amp;amp; smoke</title><link>https://example.org/1</link><guid>n-1</guid>
<pubDate>Mon, 26 Jan 2015 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Shelling near <b>Debaltseve</b>.</p><script>x</script><p>More.</p>]]></content:encoded>
</item>
<item><title>Second</title><description>&lt;p&gt;A rally in Baku.&lt;/p&gt;</description></item>
<item><title/></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom News</title><entry><id>urn:1</id><title>T</title>
<link rel="self" href="https://example.org/self"/><link href="https://example.org/a"/><updated>2015-01-27T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Shelling near Debaltseve.</p></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old News</title></channel>
<item><title>T</title><description>Shelling.</description><dc:date>2015-01-26</dc:date></item></rdf:RDF>"""


def given(path: Path) -> tuple[list[Article], list[str]]:
    found = list(read([path]))
    problems = [str(item).replace(f"{path.parent}/", "") for item in found if isinstance(item, Problem)]
    return [item for item in found if isinstance(item, Article)], problems


def test_rss_gives_an_article_an_item_from_its_richest_text(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS)
    articles, problems = given(path)
    assert [(a.id, a.title, a.text, a.url, a.source) for a in articles] == [
        ("n-1", "Town under fire & smoke", "Shelling near Debaltseve.\nMore.", "https://example.org/1", "Example News"),
        ("feed-2", "Second", "A rally in Baku.", None, "Example News"),
    ]
    assert articles[0].published is not None
    assert articles[0].published.to_dict()["start"] == "2015-01-26"
    assert problems == ["feed.xml: entry 3: there is no text."]


@pytest.mark.parametrize(
    ("content", "source", "day", "evidence"),
    [
        (ATOM, "Atom News", "2015-01-27", "the feed's entry, when it was updated"),
        (RDF, "Old News", "2015-01-26", "the feed's entry"),
    ],
)
def test_atom_and_rss_1_are_read_too(tmp_path: Path, content: str, source: str, day: str, evidence: str) -> None:
    path = tmp_path / "feed.atom"
    path.write_text(content)
    (article,), problems = given(path)
    assert problems == []
    assert article.source == source
    assert article.text.startswith("Shelling")
    assert article.published is not None
    assert (article.published.to_dict()["start"], article.published.text) == (day, evidence)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<html><p>x</p></html>", "XML, but no RSS or Atom feed (its root is <html>)"),
        ("<rss><channel/></rss>", "the feed has no entries."),
        ("not xml at all", "not valid XML"),
        ("<rss>" + "<a>" * 5, "the feed has no entries."),
    ],
)
def test_xml_that_is_no_feed_is_told(tmp_path: Path, content: str, what: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content)
    articles, problems = given(path)
    assert articles == []
    assert len(problems) == 1
    assert problems[0].startswith(f"a.xml: {what}")


def test_a_feed_opens_no_file_and_expands_no_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the password")
    bomb = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    path = tmp_path / "a.xml"
    path.write_text(
        f'<!DOCTYPE rss [<!ENTITY e0 "boom"><!ENTITY x SYSTEM "file://{secret}">{bomb}]>'
        "<rss><channel><item><title>&e29;</title><description>News &x; of the day</description></item></channel></rss>"
    )
    articles, _ = given(path)
    assert "password" not in str(articles)
    assert len(str(articles)) < 1000
