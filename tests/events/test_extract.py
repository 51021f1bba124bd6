"""Events of small passages, read by the reader that ships from mentions resolved by hand."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dates import find
from geo.events import extract
from geo.model import Article, Event, Mention, NotPlotted, PlaceRef, Published, Usage

DAY = date(2015, 1, 26)
PUBLISHED = Published(DAY, DAY, "supplied")
TOWNS = {
    "Debaltseve": PlaceRef("t1", "Debaltseve", "town", 38.41, 48.34, "UA", "Donetsk Oblast", "town"),
    "Donetsk": PlaceRef("t2", "Donetsk", "town", 37.8, 48.0, "UA", "Donetsk Oblast", "town"),
    "Aleppo": PlaceRef("t3", "Aleppo", "town", 37.16, 36.2, "SY", "Aleppo", "town"),
    "Homs": PlaceRef("t4", "Homs", "town", 36.72, 34.73, "SY", "Homs", "town"),
    "Grozny": PlaceRef("t5", "Grozny", "town", 45.7, 43.3, "RU", "Chechnya", "town"),
    "Brussels": PlaceRef("t6", "Brussels", "town", 4.35, 50.85, "BE", None, "town"),
    "Moscow": PlaceRef("t7", "Moscow", "town", 37.6, 55.75, "RU", None, "town"),
    "Mariupol": PlaceRef("t8", "Mariupol", "town", 37.54, 47.1, "UA", "Donetsk Oblast", "town"),
    "Crimea": PlaceRef("r1", "Crimea", "admin1", 34.3, 45.2, "UA", "Crimea", "region"),
    "Hama province": PlaceRef("r2", "Hama", "admin1", 36.9, 35.1, "SY", "Hama", "region"),
    "Syria": PlaceRef("c1", "Syria", "country", 38.5, 35.0, "SY", None, "country"),
    "Ukraine": PlaceRef("c2", "Ukraine", "country", 32.0, 49.0, "UA", None, "country"),
    "Russian": PlaceRef("c3", "Russia", "country", 100.0, 60.0, "RU", None, "country"),
    "Kafr Zita": None,
}


def read(text: str, day: date = DAY) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]]:
    mentions = []
    for name, place in TOWNS.items():
        start = text.find(name)
        while start != -1:
            usage: Usage = "adjectival" if name == "Russian" else "literal"
            mentions.append(Mention(start, start + len(name), name, usage, place, 1.0))
            start = text.find(name, start + 1)
    published = Published(day, day, "supplied")
    mentions.sort(key=lambda mention: mention.start)
    return extract(Article("a", text), published, mentions, (), find(text, published))


def brief(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(event.type, event.status, event.place_text) for event in events]


FOUND = [
    ("Fighting raged near Debaltseve on Saturday.", "battle", "reported", "Debaltseve"),
    ("Rebels captured Debaltseve.", "battle", "reported", "Debaltseve"),
    ("Aleppo fell to the rebels on Friday.", "battle", "reported", "Aleppo"),
    ("A car bomb exploded in Homs.", "explosion", "reported", "Homs"),
    ("Jets struck a hospital in Aleppo.", "explosion", "reported", "Aleppo"),
    ("In Aleppo, a mortar shell hit a bakery.", "explosion", "reported", "Aleppo"),
    ("Gunmen opened fire in a market in Homs.", "violence_against_civilians", "reported", "Homs"),
    ("Militants abducted six teachers in Homs.", "violence_against_civilians", "reported", "Homs"),
    ("Thousands protested in Grozny.", "protest", "reported", "Grozny"),
    ("Police fired tear gas at crowds in Grozny.", "riot", "reported", "Grozny"),
    ("The army withdrew from Debaltseve.", "strategic_development", "reported", "Debaltseve"),
    ("Foreign ministers met in Brussels.", "political", "reported", "Brussels"),
    ("Rebels shot down a helicopter over Debaltseve, the ministry said.", "battle", "claimed", "Debaltseve"),
    ("The army will withdraw from Debaltseve on Saturday.", "strategic_development", "planned", "Debaltseve"),
    ("Talks are due to open in Brussels between the two governments.", "political", "planned", "Brussels"),
    ("Analysts warn that troops could storm Mariupol.", "battle", "hypothetical", "Mariupol"),
    ("The army denied that it had shelled Mariupol.", "explosion", "denied", "Mariupol"),
]


@pytest.mark.parametrize(("text", "kind", "status", "place"), FOUND)
def test_a_sentence_gives_one_event(text: str, kind: str, status: str, place: str) -> None:
    events, _ = read(text)
    assert brief(events) == [(kind, status, place)]


NOT_FOUND = [
    ("Moscow said it was attacking no one.", "metonym"),
    ("A Russian strike group sailed home.", "adjectival"),
    ("The film about Aleppo was shot on a stage and stormed the charts.", "literal use without an event"),
    ("Teachers in Grozny went on strike over pay; the union said school goes on.", "labour"),
    ("The striker exploded into the tournament in Homs with five goals.", "sport"),
    ("Rocket launchers made in Homs are cheap.", "weapon"),
    ("He was born in Aleppo and fought cancer for years.", "origin"),
]


@pytest.mark.parametrize(("text", "why"), NOT_FOUND)
def test_words_of_war_do_not_make_an_event(text: str, why: str) -> None:
    events, _ = read(text)
    assert [event for event in events if event.status in ("reported", "claimed")] == [], why


def test_a_list_of_towns_gets_an_event_each() -> None:
    events, _ = read("Missiles hit Aleppo, Homs and the port of Mariupol on Friday.")
    assert [event.place_text for event in events] == ["Aleppo", "Homs", "Mariupol"]


def test_a_town_that_only_measures_a_distance_is_no_place_of_an_event() -> None:
    events, left = read("Shells fell on Debaltseve, 50 km north of Donetsk.")
    assert [event.place_text for event in events] == ["Debaltseve"]
    assert any(item.text == "Donetsk" for item in left)


def test_an_unknown_village_is_an_event_in_the_area_that_it_is_said_to_lie_in() -> None:
    text = "Rebels ambushed a convoy in Kafr Zita, Hama province, on Friday."
    hama = TOWNS["Hama province"]
    village = Mention(28, 37, "Kafr Zita", "literal", hama, 0.8, ("in Hama province",), lifted=True)
    events, _ = extract(Article("a", text), PUBLISHED, [village], (), find(text, PUBLISHED))
    (event,) = events
    assert (event.place_text, event.tier) == ("Kafr Zita", "B")
    assert event.place is not None
    assert (event.place.name, event.place.precision) == ("Hama", "region")
    assert "in Hama province" in event.reasons


def test_what_only_says_how_far_from_a_town_draws_its_surroundings() -> None:
    text = "A convoy was ambushed 20 km south of Homs on Friday."
    mention = Mention(37, 41, "Homs", "literal", TOWNS["Homs"], 0.9, ("20 km south of Homs",), offset_km=20.0)
    events, _ = extract(Article("a", text), PUBLISHED, [mention], (), find(text, PUBLISHED))
    assert [event.place.precision for event in events if event.place] == ["region"]


def test_what_lies_far_off_a_town_is_drawn_on_its_side_of_it() -> None:
    text = "A tanker was attacked 50 nm west of Homs on Friday."
    mention = Mention(36, 40, "Homs", "literal", TOWNS["Homs"], 0.9, (), offset_km=92.6)
    (event,), _ = extract(Article("a", text), PUBLISHED, [mention], (), find(text, PUBLISHED))
    assert event.place is not None
    assert event.place.lat == pytest.approx(TOWNS["Homs"].lat, abs=0.01)
    assert TOWNS["Homs"].lon - event.place.lon == pytest.approx(1.01, abs=0.05)


def test_the_dead_of_an_attack_are_part_of_it() -> None:
    events, _ = read("A missile struck a bus in Mariupol and killed twelve people.")
    (event,) = events
    assert (event.killed_low, event.killed_high) == (12, 12)


def test_a_much_cited_event_keeps_its_own_date() -> None:
    events, _ = read("Russia annexed Crimea, which the UN condemned.")
    assert [(event.date_start, event.date_basis) for event in events] == [(date(2014, 2, 20), "named")]


def test_an_undated_report_lies_in_the_days_up_to_publication() -> None:
    events, _ = read("Fighting raged near Debaltseve.")
    assert (events[0].date_start, events[0].date_end) == (date(2015, 1, 24), DAY)
    assert events[0].date_basis == "publication"


def test_without_a_day_of_publication_an_undated_report_has_no_date() -> None:
    text = "Fighting raged near Debaltseve."
    mention = Mention(20, 30, "Debaltseve", "literal", TOWNS["Debaltseve"], 1.0)
    events, left = extract(Article("a", text), None, [mention], (), ())
    assert events[0].date_start is None
    assert "no date" in [item.reason for item in left]


def test_every_mention_and_trigger_is_an_event_or_says_why_not() -> None:
    text = "Moscow denied shelling Mariupol. Russian bombs fell on Aleppo. A blast was heard."
    events, left = read(text)
    spoken_for = {(item.start, item.end) for item in left} | {(e.trigger_start, e.trigger_end) for e in events}
    placed = {event.place_text for event in events}
    for name in ("Moscow", "Russian", "Mariupol", "Aleppo"):
        start = text.find(name)
        assert name in placed or (start, start + len(name)) in spoken_for


def test_reasons_are_written_for_the_reader() -> None:
    events, _ = read("Fighting raged near Debaltseve on Saturday.")
    assert events[0].reasons[0].startswith("“Fighting” is told at Debaltseve (surely, ")
    assert events[0].reasons[1] == "dated by “Saturday” = 24 Jan 2015, counted from publication on 26 Jan 2015"


def test_reading_twice_gives_the_same() -> None:
    text = "Missiles hit Aleppo and Homs. Fighting raged near Debaltseve."
    assert read(text) == read(text)
