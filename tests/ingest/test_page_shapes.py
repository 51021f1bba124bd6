"""Pages whose article holds what leads elsewhere, lists, tables, old encodings, or nothing until scripts have run."""

from __future__ import annotations

import json

import pytest

from geo.ingest import webpage
from geo.ingest.draft import Draft
from geo.ingest.main_text import text_of

A = "Two mortar rounds hit the bus depot in Orikhiv on Thursday, wounding a driver, the town's council told reporters."
B = "The ferry over the bay was stopped in the evening, and the port asked its workers to stay at home until Saturday."


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}<title>Depot</title></head><body>{body}</body></html>"


def read(given: str | bytes) -> list[Draft]:
    data = given.encode() if isinstance(given, str) else given
    return [item for item in webpage.drafts(data, where="a.html", stem="a") if isinstance(item, Draft)]


@pytest.mark.parametrize(
    "between",
    [
        "<p>Read more: <a href='/2'>Rockets hit Kherson</a></p>",
        "<p><strong>ALSO READ | <a href='/2'>Rockets hit Kherson</a></strong></p>",
        "<p><em><a href='/2'>Rockets hit Kherson, killing two</a></em></p>",
        "<h3>More on this story</h3><ul><li><a href='/2'>Rockets hit Kherson</a></li></ul>",
        "<p>Related:<br>Related: <a href='/2'>Rockets hit Kherson</a></p>",
        "<div>Читайте также: <a href='/2'>Rockets hit Kherson</a></div>",
        "<p>– À lire aussi : Rockets hit Kherson</p>",
    ],
)
def test_what_leads_to_another_article_is_no_part_of_this_one(between: str) -> None:
    (draft,) = read(page(f"<article><p>{A}</p>{between}<p>{B}</p></article>"))
    assert draft.text == f"{A}\n{B}"


@pytest.mark.parametrize(
    "own",
    [
        "<p><a href='/2'>Rockets also hit Kherson, the police said.</a></p>",
        "<p>Rockets hit <a href='/2'>Kherson</a></p>",
        "<p>Related families were <a href='/2'>buried in Kherson</a></p>",
        "<p>Watch towers near <a href='/2'>Kherson</a> burned</p>",
        "<p>Recommended routes lead past Kherson.</p>",
    ],
)
def test_an_articles_own_paragraph_with_a_link_stays(own: str) -> None:
    (draft,) = read(page(f"<article><p>{A}</p>{own}<p>{B}</p></article>"))
    assert draft.text == f"{A}\n{text_of(own)}\n{B}"
    assert "Kherson" in draft.text


def test_a_page_of_headlines_that_are_links_keeps_them() -> None:
    titles = ["Rockets hit Kherson", "Bomb in Kabul", "Clashes near Goma"]
    (draft,) = read(page("".join(f"<p><a href='/{n}'>{title}</a></p>" for n, title in enumerate(titles))))
    assert draft.text.split("\n") == titles


def test_a_sentence_that_ends_in_a_link_or_in_bold_stays_one_line() -> None:
    """Its last words stood on a line of their own, so that the place was of another sentence than what happened."""
    found = text_of(
        "<p>Missiles struck <b>Kyiv</b></p><p>Then <a href='/2'>Lviv <i>too</i></a></p><p>Odesa<!-- x --></p>"
    )
    assert found == "Missiles struck Kyiv\nThen Lviv too\nOdesa"


def row(*cells: str, cell: str = "td") -> str:
    return "<tr>" + "".join(f"<{cell}>{one}</{cell}>" for one in cells) + "</tr>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            f"<table><thead>{row('Place', 'What', cell='th')}</thead>{row('Avdiivka', 'Two soldiers died')}</table>",
            ["Place | What", "Avdiivka | Two soldiers died"],
        ),
        (
            f"<table>{row('<p>Sumy</p>', '<p>A drone<br>hit a <b>depot</b></p>', '')}{row('', 'Two died')}</table>",
            ["Sumy | A drone hit a depot", "Two died"],
        ),
        (
            "<ul><li>Rockets hit Kherson.</li><li>A bomb exploded in Kabul, <b>killing two</b></li></ul>",
            ["Rockets hit Kherson.", "A bomb exploded in Kabul, killing two"],
        ),
        (
            "<dl><dt>14 March</dt><dd>Rockets hit Kherson.</dd><dt>15 March</dt><dd>A bomb in Kabul</dd></dl>",
            ["14 March", "Rockets hit Kherson.", "15 March", "A bomb in Kabul"],
        ),
        (
            "<ol><li><p>Rockets hit Kherson.</p><ul><li>Two died</li></ul></li><li>Kabul: a bomb</li></ol>",
            ["Rockets hit Kherson.", "Two died", "Kabul: a bomb"],
        ),
        # Columns that lay out a page are no cells of a row.
        (f"<table>{row('Menu', f'<p>{A}</p><p>{B}</p><p>End.</p>')}</table>", ["Menu", A, B, "End."]),
        # Nor is what holds a table of its own.
        (
            "<table>" + row("Left", "<table>" + row("Avdiivka", "Two soldiers died") + "</table>") + "</table>",
            ["Left", "Avdiivka | Two soldiers died"],
        ),
    ],
)
def test_a_row_of_a_table_and_an_item_of_a_list_are_a_line_each(body: str, lines: list[str]) -> None:
    assert text_of(body).split("\n") == lines


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Missiles struck Харків (Kharkiv) on 13 March 2023, killing two people.", "cp1251"),
        ("Gunmen attacked Sévaré and São Tomé on 13 March 2023 — “two” dead.", "cp1252"),
        ("Shells fell on Донецк (Donetsk) on 13 March 2023, сообщили военные.", "koi8-r"),
        ("Missiles struck Харків on 13 March 2023.", "utf-16"),
        ("Missiles struck Харків on 13 March 2023.", "utf-8-sig"),
    ],
)
def test_a_page_that_declares_no_encoding_comes_out_in_its_own_letters(words: str, encoding: str) -> None:
    (draft,) = read(page(f"<article><p>{words}</p></article>").encode(encoding))
    assert draft.text == words


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ({"@type": "NewsArticle", "articleBody": A}, "<div id='root'></div>"),
        ({"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "articleBody": A}]}, "<p>Loading</p>"),
        ({"@type": "ReportageNewsArticle", "articleBody": f"<p>{A}</p>"}, "<noscript>Switch it on</noscript>"),
        ({"@type": "Article", "articleBody": f"{A}\n"}, "<p>Two mortar rounds hit the bus depot ...</p>"),
        ([{"@type": "Organization"}, {"@type": "NewsArticle", "articleBody": A}], ""),
    ],
)
def test_the_text_of_a_page_that_scripts_fill_is_the_one_kept_for_search_engines(kept: object, shown: str) -> None:
    (draft,) = read(page(shown, f'<script type="application/ld+json">{json.dumps(kept)}</script>'))
    assert draft.text.strip() == A


def test_a_whole_article_is_read_from_the_page_itself() -> None:
    beside = json.dumps({"@type": "NewsArticle", "articleBody": "Other words. " * 50})
    (draft,) = read(
        page(f"<article><p>{A}</p><p>{B}</p></article>", f'<script type="application/ld+json">{beside}</script>')
    )
    assert draft.text == f"{A}\n{B}"
