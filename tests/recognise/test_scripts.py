"""Names of places in other scripts inside English text: found, resolved, read; what no list holds stays as written."""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.index import Gazetteer
from geo import languages, pipeline, scripts
from geo.model import Article, Published
from geo.recognise import recognise
from geo.toponyms import toponyms

TOLD = date(2024, 6, 5)


def article(text: str) -> Article:
    published = Published(TOLD, TOLD, "supplied", "the test")
    return Article(id="a", text=text, title=None, source=None, url=None, published=published)


@pytest.mark.parametrize(
    ("text", "written", "place"),
    [
        ("Shelling hit Харків on Sunday, killing three people.", "Харків", "Kharkiv"),
        ("Two drones struck Бахмут on Monday, wounding five people.", "Бахмут", "Bakhmut"),
        ("Rebels shelled حلب on Monday, killing six people.", "حلب", "Aleppo"),
        ("An airstrike hit دمشق on Tuesday and killed four people.", "دمشق", "Damascus"),
        ("Shelling hit دِمَشق on Monday, killing two people.", "دِمَشق", "Damascus"),
        ("Gunmen attacked a market in إدلب on Sunday, killing two.", "إدلب", "Idlib"),
        ("A rocket hit תל אביב on Monday, wounding two people.", "תל אביב", "Tel Aviv"),
        ("Protesters marched in თბილისი on Saturday against the law.", "თბილისი", "Tbilisi"),
        ("A blast was heard in Αθήνα on Friday and killed one man.", "Αθήνα", "Athens"),
    ],
)
def test_a_name_in_its_own_script_is_found_resolved_and_told_of(
    gazetteer: Gazetteer, text: str, written: str, place: str
) -> None:
    (mention,) = toponyms(text, gazetteer).mentions
    assert (mention.text, mention.place and mention.place.name) == (written, place)
    record = pipeline.parse(article(text), gazetteer)
    assert [(event.place and event.place.name, event.place_text) for event in record.events] == [(place, written)]


def test_its_own_script_is_no_lesser_name_where_the_article_is_about_elsewhere(gazetteer: Gazetteer) -> None:
    text = "Missiles struck Sévaré on Monday, killing two people. Shelling hit Харків on Sunday, killing three."
    places = [one.place and one.place.name for one in toponyms(text, gazetteer).mentions]
    assert places == ["Sévaré", "Kharkiv"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Soldiers shelled Залізна Гірка on Monday, killing two people.", "Залізна Гірка"),
        ("A bomb exploded in تلة الغربان on Monday, killing two.", "تلة الغربان"),
        ("Fighters seized the town of تلة الغربان on Friday.", "تلة الغربان"),
    ],
)
def test_a_name_that_no_list_holds_is_unknown_and_stays_as_it_is_written(
    gazetteer: Gazetteer, text: str, written: str
) -> None:
    (mention,) = toponyms(text, gazetteer).mentions
    assert (mention.text, mention.place) == (written, None)
    left = pipeline.parse(article(text), gazetteer).not_plotted
    assert written in [text[one.start : one.end] for one in left if one.reason == "unresolved"]


@pytest.mark.parametrize(
    "text",
    [
        "The crowd chanted الشعب يريد إسقاط النظام outside the hall in Homs on Friday.",
        "The graffiti said حرية and police arrested four students in Homs.",
        "The motto حلب ليست وحدها اليوم hung from a window in Homs.",
        "Homs (حمص) was shelled on Monday.",
    ],
    ids=["slogan", "a word", "a slogan with a name", "gloss"],
)
def test_slogans_and_glosses_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert [one.text for one in recognise(text, gazetteer)] == ["Homs"]


@pytest.mark.parametrize(
    "text",
    [
        "Fighters shelled the village of Новоселівка near Авдіївка on Monday.",
        "Rockets hit Краматорськ and Слов'янськ on Monday, killing two people.",
        "Clashes went on in حلب and إدلب on Monday, residents said by telephone.",
    ],
)
def test_names_in_another_script_do_not_make_an_english_text_one_of_that_language(text: str) -> None:
    assert languages.is_read(languages.detect(text))


def test_a_text_in_another_script_is_still_set_aside() -> None:
    assert (
        languages.detect("Уночі російські війська обстріляли Харків, загинули троє людей, повідомила прокуратура.")
        == "uk"
    )


@pytest.mark.parametrize("word", ["Sévaré", "Huế", "Łódź", "2023", "", "’", "K"])
def test_latin_letters_with_marks_are_no_other_script(word: str) -> None:
    assert not scripts.is_other(word)
    assert not scripts.has_no_capitals(word)
