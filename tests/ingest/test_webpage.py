from __future__ import annotations

import pytest

from geo.ingest import webpage
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem

STORY = (
    "<p>Shelling went on around <b>Debaltseve</b> on&nbsp;Sunday,<br>the army said.</p>\n"
    "<p>Moscow denied that its troops were in the   town, &amp; called for <a href='/talks'>talks</a> in Minsk.</p>"
    "<ul><li>Two bridges were hit.</li><li>A school burned.</li></ul>"
)
TEXT = (
    "Shelling went on around Debaltseve on Sunday,\nthe army said.\n"
    "Moscow denied that its troops were in the town, & called for talks in Minsk.\n"
    "Two bridges were hit.\nA school burned."
)
NAV = "<nav><p>Home World Sport and other long words of a navigation bar that are no news at all.</p></nav>"
REST = (
    "<aside><p>Most read: ten things about Paris.</p></aside><footer><p>All rights reserved in London.</p></footer>"
    "<script>var town = 'Berlin';</script><style>p {}</style><!-- a comment on Rome -->"
    '<div hidden><p>Hidden Vienna</p></div><div style="display: none">Invisible Oslo</div>'
    '<div role="complementary">Advertisement for Madrid</div><noscript>Enable Athens</noscript>'
)


def read(page: str | bytes) -> Draft:
    data = page.encode() if isinstance(page, str) else page
    (draft,) = (item for item in webpage.drafts(data, where="a.html", stem="a") if isinstance(item, Draft))
    return draft


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1 hidden>T</h1>{STORY}</article>",
        f"<main>{STORY}</main>",
        f"<div itemprop='articleBody'>{STORY}</div>",
        f"<div class=x><div>{STORY}</div></div>",
        f"<article><p>Teaser.</p></article><article>{STORY}</article>",
    ],
)
def test_the_article_is_found_and_what_stands_around_it_is_left_out(body: str) -> None:
    assert read(f"<html><body>{NAV}{body}{REST}</body></html>").text == TEXT


def test_a_page_without_paragraphs_gives_its_words() -> None:
    page = "<html><body><div>Shelling near Debaltseve.</div><div>More on Sunday.</div></body></html>"
    assert read(page).text == "Shelling near Debaltseve.\nMore on Sunday."


HEAD = """<html><head><title>Town under fire - Example News</title>
<meta property="og:title" content="Town under fire"><meta property="og:site_name" content="Example News">
<link rel="canonical" href="https://example.org/town"></head><body><h1>Town</h1>"""


def test_title_address_and_source_come_from_the_head() -> None:
    draft = read(HEAD + STORY)
    assert (draft.title, draft.url, draft.source) == ("Town under fire", "https://example.org/town", "Example News")


def test_without_metadata_the_heading_is_the_title_and_a_relative_address_none() -> None:
    draft = read(f"<link rel=canonical href='/town'><title>x</title><h1>Town <i>under</i> fire</h1>{STORY}")
    assert " ".join(str(draft.title).split()) == "Town under fire"
    assert draft.url is None


@pytest.mark.parametrize(
    ("markup", "evidence"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, '
            '{"@type": "NewsArticle", "datePublished": "2015-01-26T10:00:00Z"}]}</script>',
            "JSON-LD datePublished",
        ),
        ('<meta property="article:published_time" content="2015-01-26T10:00:00Z">', "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2015-01-26T10:00:00Z">', "meta dc.date.issued"),
        ('<article><time datetime="2015-01-26T10:00:00Z">Monday</time></article>', "time tag"),
        (
            '<script type="application/ld+json">{broken</script>'
            '<span itemprop="datePublished" content="2015-01-26T10:00:00Z"></span>',
            "time tag",
        ),
    ],
)
def test_the_publication_date_is_found_where_pages_put_it(markup: str, evidence: str) -> None:
    draft = read(f"<html><body>{markup}{STORY}</body></html>")
    assert (draft.published, draft.evidence) == ("2015-01-26T10:00:00Z", evidence)


def test_a_page_without_a_date_has_none() -> None:
    assert read(f"<p>{STORY}</p>").published is None


def test_a_declared_encoding_is_believed_where_the_page_is_no_utf8() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Обстрел Дебальцево</p></body></html>'
    items = list(webpage.drafts(page.encode("cp1251"), where="a", stem="a"))
    assert [item.text for item in items if isinstance(item, Draft)] == ["Обстрел Дебальцево"]
    assert not [item for item in items if isinstance(item, Problem)]


def test_deep_and_broken_markup_is_survived() -> None:
    assert "Debaltseve" in read("<div>" * 20_000 + STORY).text
    assert "Debaltseve" in read(f"<p <b>>< {STORY} <table><tr><!-- ").text
    assert read("<html></html>").text == ""


def test_hostile_text_stays_text() -> None:
    draft = read("<p>Said &lt;img src=x onerror=alert(1)&gt; ${alert(1)} `x` &lt;/script&gt; and more.</p>")
    assert draft.text == "Said <img src=x onerror=alert(1)> ${alert(1)} `x` </script> and more."
