"""Entries of a round-up: which places head them, and what is said of places under one."""

from __future__ import annotations

import itertools

import pytest

from gazetteer.index import Gazetteer
from geo.entries import Entries
from geo.toponyms import toponyms

_DASHES = (
    "MOSUL - Gunmen shot two guards. A police post burned there on Sunday.\n\n"
    "*KIRKUK - A bomb hit a patrol near Tikrit.\n\n"
    "BASRA - Police fired on a crowd in front of the town hall."
)
_STOPS = (
    "Kharkiv region. Two houses burned. Chuhuiv was hit twice.\n"
    "Sumy region. Nine explosions.\n"
    "Kherson region. A man was hurt in Stanislav, and two others there on Friday."
)
_HOURS = (
    "07:10 KISMAYO: Two men were shot near the port.\n"
    "08:20 Cabinet met in the capital.\n"
    "09:00 BAIDOA (2): A mine killed four.\n"
    "10:15 GALKAYO, noon: Elders met in the south of the town."
)
_INSIDE = (
    "(a) Vitez: truck bomb on Sunday. Mostar: sniping all day.\n(b) Zenica: six rounds.\n(c) Kiseljak: roads blocked."
)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (_DASHES, ["MOSUL", "KIRKUK", "BASRA"]),
        (_STOPS, ["Kharkiv", "Sumy", "Kherson"]),
        (_HOURS, ["KISMAYO", "BAIDOA", "GALKAYO"]),
        (_INSIDE, ["Vitez", "Mostar", "Zenica", "Kiseljak"]),
        # a unit holds its paragraph, alone as it may be
        ("Sumy region: two houses burned in Krasnopillia.", ["Sumy"]),
        # ... a town before a colon or a dash is where somebody writes from
        ("MOSUL: Gunmen shot two guards in Tikrit.", []),
        ("MOSUL - Gunmen shot two guards.\n\nKIRKUK - A bomb hit a patrol.", []),
        # what is told of several towns in a row is no list of entries
        ("Mosul was quiet on Sunday.\nKirkuk was not.\nBasra saw fighting.", []),
        ("In Mosul: two. In Kirkuk: four. In Basra: nine.", []),
        # a clock time behind a name is no colon
        ("Mosul 10:15\nKirkuk 10:20\nBasra 10:25", []),
        ("", []),
    ],
)
def test_the_places_that_head_entries(text: str, heads: list[str], gazetteer: Gazetteer) -> None:
    mentions = toponyms(text, gazetteer).mentions
    entries = list(Entries(text, mentions))
    assert [mentions[one.head].text.removesuffix(" region") for one in entries] == heads
    # Each reaches to the end of its line, or to the next head in it.
    assert all("\n" not in text[one.start : one.end] for one in entries)
    assert all(one.end <= other.start for one, other in itertools.pairwise(entries))


@pytest.mark.parametrize(
    ("text", "noun", "place"),
    [
        (_DASHES, "there", "Mosul"),
        (_DASHES, "the town hall", "Basra"),
        (_HOURS, "the town", "Galkayo"),
        # what the entry names comes before its head
        (_STOPS, "there", "Stanislav"),
        # under a region whose entry names no town "there" is the region, not the town of the entry before
        (
            "Kharkiv region. A bomb fell on Chuhuiv.\nSumy region. Two rockets. Medics were killed there on Friday.\n"
            "Kherson region. Quiet.",
            "there",
            "Sumy Oblast",
        ),
    ],
)
def test_a_noun_stands_for_a_place_of_its_entry(text: str, noun: str, place: str, gazetteer: Gazetteer) -> None:
    found = [one for one in toponyms(text, gazetteer).nominals if one.text == noun]
    assert [one.place.name for one in found if one.place is not None] == [place]


def test_an_unknown_name_stands_at_the_head_of_its_entry(gazetteer: Gazetteer) -> None:
    text = (
        "VAVUNIYA - A trader was shot at Kurumanthoppu on Friday.\n\n"
        "BATTICALOA - Two youths were taken near the Kallathurai bridge.\n\n"
        "TRINCOMALEE - A boat sank off the naval base."
    )
    found = {one.text: one for one in toponyms(text, gazetteer).mentions}
    for name, head in (("Kurumanthoppu", "Vavuniya"), ("Kallathurai", "Batticaloa")):
        place = found[name].place
        assert place is not None
        assert (place.name, found[name].lifted) == (head, True)
        assert any("headed" in why for why in found[name].reasons)


@pytest.mark.parametrize(
    ("text", "inner", "seat"),
    [
        ("In Yala, a man was shot on Friday in Bannang Sata.", "Bannang Sata", "Yala"),
        ("Sousse: Two post offices were attacked in Enfidha.\nGafsa: Quiet.\nBeja: Quiet.", "Enfidha", "Sousse"),
        # a town that is told of beside its neighbour is a town
        ("A man was shot in Yala, and two in Bannang Sata.", "Bannang Sata", None),
        # another province's town does not lie in it
        ("In Yala, they spoke of the bomb in Hat Yai.", "Hat Yai", None),
    ],
)
def test_the_seat_that_opens_a_sentence_names_its_province(
    text: str, inner: str, seat: str | None, gazetteer: Gazetteer
) -> None:
    mentions = toponyms(text, gazetteer).mentions
    found = next(one for one in mentions if one.text == inner)
    holder = next((one.text for one in mentions if one.start == found.within), None)
    # A town that its sentence says to lie "in" nothing else has no holder.
    assert holder == seat


def test_no_continent_is_a_pin(gazetteer: Gazetteer) -> None:
    found = toponyms("They were sent to Africa and to Chad.", gazetteer).mentions
    assert [(one.place.name, one.place.precision) for one in found if one.place] == [
        ("Africa", "country"),
        ("Chad", "country"),
    ]
