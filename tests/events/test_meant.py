"""What is told as meant, as untrue or as a mere state is no fact; nor is what is only on its way to a place."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.events.meant import is_elsewhere, is_far_end, is_measure, is_state, meant
from geo.model import Article, Published, Record
from geo.pipeline.article import parse
from tests.dates.test_kinds import TUESDAY


def at(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Residents were planning armed patrols of their own.", "patrols", "planned"),
        ("A bus was to be blown up again.", "blown", "planned"),
        ("Officers talk of reaching Mosul before winter.", "reaching", "planned"),
        ("Unions called for a march in Lyon.", "march", "planned"),
        # who speaks of something tells that it was
        ("The general staff spoke of six repelled assaults near Lyman.", "assaults", None),
        ("Attacks on markets in Baghdad, Mosul and Tikrit must be expected.", "Attacks", "planned"),
        ("A bombing in Lahore was foiled on Monday.", "bombing", "planned"),
        ("Talks in Rome were put off.", "Talks", "planned"),
        ("Reports that gunmen killed ten in Jos are untrue.", "killed", "denied"),
        ("Online posts that the bridge was blown up were entirely false.", "blown", "denied"),
        ("Thousands marched in Lyon to call for an end to the war.", "marched", None),
        ("Gunmen who were planning an attack were arrested in Brussels.", "arrested", None),
        ("He called for calm, and police attacked the camp.", "attacked", None),
        ("Reports say that gunmen killed ten in Jos.", "killed", None),
        ("Shells hit Goma. An advance is expected.", "hit", None),
    ],
)
def test_words_beside_it_say_that_it_is_no_fact(text: str, trigger: str, status: str | None) -> None:
    assert meant(text, (0, len(text)), at(text, trigger)) == status


@pytest.mark.parametrize(
    ("text", "trigger", "place", "elsewhere"),
    [
        ("The gunmen fled towards Mir Ali.", "fled", "Mir Ali", True),
        ("The gunmen came from the direction of Bala Murghab.", "came", "Bala Murghab", True),
        ("Reinforcements arrived from Sanaa and Dhamar overnight.", "arrived", "Dhamar", True),
        ("Three women were taken to hospital in Kharkiv.", "taken", "Kharkiv", True),
        ("Troops advanced towards Kyiv.", "advanced", "Kyiv", False),
        ("Gunmen killed ten at a hospital in Kharkiv.", "killed", "Kharkiv", False),
        ("Rebels withdrew from Goma.", "withdrew", "Goma", False),
    ],
)
def test_a_way_is_not_the_place_that_it_leads_to(text: str, trigger: str, place: str, *, elsewhere: bool) -> None:
    assert is_elsewhere(text, at(text, trigger), at(text, place)) is elsewhere


@pytest.mark.parametrize(
    ("text", "place", "far"),
    [
        ("Protesters kept the Quetta-Karachi highway blocked at Mastung.", "Karachi", True),
        ("Protesters kept the Quetta-Karachi highway blocked at Mastung.", "Quetta", False),
        ("Protesters kept the Quetta-Karachi highway blocked at Mastung.", "Mastung", False),
        ("Gunmen stopped buses on the Gusau–Funtua main road.", "Funtua", True),
        ("Gunmen stopped buses on the Gusau–Funtua road.", "Funtua", True),
        ("Strikes hit Sistan-Baluchestan on Thursday.", "Baluchestan", False),
        ("Shells fell on the Lashio road.", "Lashio", False),
    ],
)
def test_the_far_end_of_a_line_is_not_where_something_was(text: str, place: str, *, far: bool) -> None:
    assert is_far_end(text, at(text, place)) is far


def test_how_things_stand_is_nothing_that_happened() -> None:
    assert is_state("Vitez was quiet.", (10, 15))
    assert not is_state("Vitez was shelled.", (10, 17))
    # A claim to islands lasts; that a town was claimed is told as its taking.
    assert is_state("Japan claims Iturup.", (6, 12))
    assert not is_state("Moscow claimed Soledar.", (7, 14))
    text = "Vitez is still held by the army."
    assert is_state(text, at(text, "held"))
    assert not is_state("Held by the army, it fell.", (0, 4))


def test_such_words_take_the_pin_off_the_map(gazetteer: Gazetteer) -> None:
    published = Published(TUESDAY, TUESDAY, "supplied")

    def read(text: str) -> Record:
        return parse(Article("one.txt", text, published=published), gazetteer)

    (event,) = read("Reports that gunmen killed ten people in Kupiansk on Monday are untrue.").events
    assert event.status == "denied"
    (event,) = read("It is no secret that gunmen killed ten people in Kupiansk on Monday.").events
    assert event.status in ("reported", "claimed")


def test_what_something_is_measured_by_is_not_its_place() -> None:
    text = "It was the largest massing of troops since the annexation of Crimea, and the worst in Homs since 2014."
    assert is_measure(text, at(text, "massing"), at(text, "Crimea"))
    assert not is_measure(text, at(text, "annexation"), at(text, "Crimea"))
    assert not is_measure(text, at(text, "worst"), at(text, "Homs"))
