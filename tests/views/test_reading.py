import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index import Gazetteer
from geo import pipeline
from geo.model import Alternative, Article, Event, Mention, PlaceRef, Published, TimeSpan
from geo.views import reading

TEXT = "Fighting was heavy near Debaltseve on Tuesday.\nKyiv said so."
DEBALTSEVE = PlaceRef("g709932", "Debaltseve", "town", 38.44, 48.34, "UA", "Donetsk")


def event(**changes: object) -> Event:
    values: dict[str, object] = {
        "id": "e1",
        "type": "battle",
        "sub_type": None,
        "status": "reported",
        "speaker": None,
        "tier": "A",
        "confidence": 0.8,
        "reasons": ("“Fighting” stands before “near Debaltseve”.",),
        "place": DEBALTSEVE,
        "place_text": "Debaltseve",
        "date_start": date(2015, 1, 20),
        "date_end": date(2015, 1, 20),
        "date_precision": "day",
        "date_basis": "relative",
        "date_text": "Tuesday",
        "trigger": "Fighting",
        "trigger_start": 0,
        "trigger_end": 8,
        "sentence_start": 0,
        "sentence_end": 46,
    }
    return Event(**(values | changes))  # type: ignore[arg-type]  # (values by name)


MENTIONS = (
    Mention(
        24,
        34,
        "Debaltseve",
        "literal",
        DEBALTSEVE,
        0.9,
        ("The only place of this name.",),
        (Alternative("x", "Debal'tsevo", 1.0, 2.0, 0.1),),
    ),
    Mention(47, 51, "Kyiv", "metonym", None, 0.9),
)
TIMES = (TimeSpan(38, 45, "Tuesday", date(2015, 1, 20), date(2015, 1, 20), "day", "relative"),)


@given(
    st.text(alphabet="ab\n𝔘 ", max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["mention", "time", "sentence"])), max_size=8
    ),
)
def test_the_pieces_of_the_paragraphs_join_to_the_text(text: str, marks: list[tuple[int, int, str]]) -> None:
    spans = [(min(a, b), max(a, b), name) for a, b, name in marks]
    paragraphs = reading.paragraphs(text, spans)
    assert ["".join(words for words, _ in paragraph) for paragraph in paragraphs] == [
        line for line in text.split("\n") if line
    ]


def test_the_opened_event_has_its_sentence_trigger_place_and_date_set_off() -> None:
    pieces = reading.paragraphs(TEXT, reading.marks(MENTIONS, TIMES, event=event()))[0]
    classes = {words: set(names.split()) for words, names in pieces}
    assert classes["Fighting"] == {"sentence", "trigger"}
    assert classes["Debaltseve"] == {"sentence", "mention", "place"}
    assert classes["Tuesday"] == {"sentence", "time", "date"}


def test_a_metonym_is_marked_as_no_place_of_events() -> None:
    pieces = reading.paragraphs(TEXT, reading.marks(MENTIONS, TIMES))[1]
    assert pieces[0] == ("Kyiv", "elsewise")


def test_why_here_gives_the_reasons_and_the_runners_up() -> None:
    where = {"UA": "Ukraine"}.__getitem__
    here, then, tie = reading.entries(event(), MENTIONS, names=where, within=lambda place: f"beside {place}")
    assert here["strong"] == "“Debaltseve” is Debaltseve, Donetsk, Ukraine."
    assert here["places"][0]["within"] == "Donetsk, Ukraine"
    assert here["places"][1]["within"] == f"beside {here['places'][1]['id']}"
    assert (here["brief"], then["brief"], "brief" in tie) == (True, True, False)
    assert [place["name"] for place in here["places"]] == ["Debaltseve", "Debal'tsevo"]
    assert then["strong"].startswith("“Tuesday”. ")
    assert tie["strong"] == "Firm · confidence 0.80"


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("in the gazetteer", "A known place."),
        ("literal: nothing says otherwise", "The place itself is meant: nothing speaks against it."),
        ("literal: after 'in'", "The place itself is meant: after 'in'."),
        ("metonym: does something: 'said'", "It speaks for whoever is there: does something: 'said'."),
        ("its country UA stands beside it", "Its country Ukraine stands beside it."),
        ("in UA, the article's main country", "In Ukraine, the article's main country."),
        ("laid in Kherson: “Dnipro near Kherson”", "Laid in Kherson: “Dnipro near Kherson”."),
    ],
)
def test_reasons_name_countries_and_use_plain_words(term: str, words: str) -> None:
    (mention, *rest) = MENTIONS
    read = [replace(mention, reasons=(term,)), *rest]
    here = reading.entries(event(), read, names={"UA": "Ukraine"}.__getitem__)[0]
    assert here["lines"] == [words]


def test_no_reason_of_an_article_that_is_read_is_told_in_the_terms_of_the_field() -> None:
    """“Literal: after 'in'” stood in the reader: what was put in plain words were terms that no reading gives."""
    article = Article("a", "Shells fell on Debaltseve, Ukraine. Fighters entered Vuhlehirsk. Moscow denied it.")
    record = pipeline.parse(article, Gazetteer.open())
    assert record.events
    told = [
        line for each in record.events for entry in reading.entries(each, record.mentions) for line in entry["lines"]
    ]
    assert any("place itself is meant" in line for line in told)
    assert not [line for line in told if re.search(r"\b(literal|metonym|adjectival|gazetteer)\b", line)]


def test_an_event_without_place_or_date_says_so() -> None:
    bare = event(place=None, date_start=None, date_end=None, date_precision=None, date_basis=None, date_text=None)
    here, then, _ = reading.entries(bare, ())
    assert here["label"] == "Why not here"
    assert then["label"] == "Why not then"
    assert reading.heading(bare) == "Debaltseve, no date"


def test_a_source_line_says_how_the_date_is_known() -> None:
    published = Published(date(2015, 1, 26), date(2015, 1, 26), "supplied", "given")
    assert (
        reading.source_line(Article("a", "t", source="A wire", published=published))
        == "A wire · published 26 Jan 2015 (supplied)"
    )
    assert reading.source_line(Article("a", "t")) == "No source given · date of publication unknown"


def test_only_web_addresses_are_links() -> None:
    assert reading.safe_url("https://example.org/a") == "https://example.org/a"
    assert reading.safe_url("javascript:alert(1)") is None
    assert reading.safe_url("data:text/html,x") is None
    assert reading.safe_url(None) is None
