"""Figures of dead and hurt: which count, how they are added, and whose they are."""

from __future__ import annotations

import pytest

from geo.people.casualties import NOBODY, Toll, casualties
from geo.people.figures import Range
from geo.text import sentences
from tests.people.common import anchor


def _toll(text: str, trigger: str) -> Toll:
    (toll,) = casualties(text, sentences(text), [anchor(text, trigger)])
    return toll


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Ivan Bondar, 48, fled when rockets hit the town on 12 January.", "hit"),
        ("On January 12, militants attacked the town with 40 rockets.", "attacked"),
        ("At 6.22 a 900 kg bomb destroyed 30 houses and 15 vehicles within 2 km.", "bomb"),
        ("Rebels raided the village, 15 km from Goma, and stole $750,000 and 300 cows.", "raided"),
        ("An attack by the 4th Division with 200 tanks and 1,500 men began in May 2016.", "attack"),
        ("Thousands have died in the conflict, which began with an attack on a police post.", "attack"),
        ("Rebels shelled the town. The UN says 2,100 civilians have died since the siege began in March.", "shelled"),
        ("The army denied that 30 of its soldiers had been killed in the attack.", "attack"),
        ("As many as 80 people may have been killed in the strike.", "strike"),
        ("The General Staff said 900 enemy troops had been killed or wounded in the battle.", "battle"),
        ("The attacks have claimed 640 lives nationwide.", "attacks"),
    ],
)
def test_a_number_that_no_word_of_harm_governs_is_no_toll(text: str, trigger: str) -> None:
    assert _toll(text, trigger) == Toll()


@pytest.mark.parametrize(
    ("text", "trigger", "killed", "wounded"),
    [
        ("Between 10 and 15 people died in the blast.", "blast", (10, 15), NOBODY),
        ("The bomb killed a mother and her three children.", "bomb", (4, 4), NOBODY),
        ("Olena Koval, 48, was killed by a shell and two neighbours were hurt.", "shell", (1, 1), (2, 2)),
        ("The bomb killed six soldiers, five of them officers, and 12 civilians.", "bomb", (18, 18), NOBODY),
        ("The strike killed 42 patients and staff.", "strike", (42, 42), NOBODY),
        ("Thirteen died, including all five attackers, in the raid; 9 were hurt.", "raid", (13, 13), (9, 9)),
        ("A truck bomb exploded. Officials put the death toll at 31, up from an earlier toll of 20.", "exploded",
         (31, 31), NOBODY),
        ("At least 5 killed, 12 wounded in Karachi blast", "blast", (5, None), (12, 12)),
        ("Karachi blast kills 5, wounds 12", "blast", (5, 5), (12, 12)),
        ("8 soldiers, 3 civilians killed in ambush", "ambush", (11, 11), NOBODY),
        ("The raid resulted in the deaths of 9 soldiers and the injury of 20 others.", "raid", (9, 9), (20, 20)),
        ("Two policemen were killed and three others wounded in an ambush.", "ambush", (2, 2), (3, 3)),
        ("Soldiers fired at a crowd. A hospital spoke of two to three hundred dead.", "fired", (200, 300), NOBODY),
        ("In the attack 23 people were left dead and 71 in hospital.", "attack", (23, 23), (71, 71)),
        ("A constable aged 25 and two youths were shot dead in the riot.", "riot", (3, 3), NOBODY),
        ("On 3 May 12 fishermen were killed in the shelling.", "shelling", (12, 12), NOBODY),
        ("Twelve died, eight at the station and four in hospital, after the bombing.", "bombing", (12, 12), NOBODY),
        ("Luis Gomez was killed in the attack. Fifteen others died with him.", "attack", (15, 15), NOBODY),
    ],
)  # fmt: skip
def test_the_dead_and_hurt_of_an_event_are_ranges(text: str, trigger: str, killed: Range, wounded: Range) -> None:
    toll = _toll(text, trigger)
    assert (toll.killed, toll.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    ("text", "first", "second", "tolls"),
    [
        (
            "Shells hit a bakery in Aleppo, killing five people, and a car bomb in Homs killed nine.",
            "hit", "car bomb", ((5, 5), (9, 9)),
        ),
        (
            "An air strike on Sanaa killed 20 people, a day after a missile killed 12 soldiers in Marib.",
            "air strike", "missile", ((20, 20), (12, 12)),
        ),
        (
            "Six people died in clashes in Goma, and three in a grenade attack in Bukavu.",
            "clashes", "grenade attack", ((6, 6), (3, 3)),
        ),
    ],
)  # fmt: skip
def test_two_events_of_a_sentence_keep_their_own_dead(
    text: str, first: str, second: str, tolls: tuple[Range, Range]
) -> None:
    found = casualties(text, sentences(text), [anchor(text, first), anchor(text, second)])
    assert tuple(toll.killed for toll in found) == tolls


def test_what_is_told_of_one_trigger_at_two_places_is_given_to_neither() -> None:
    text = "Bombs in Gao and Timbuktu killed 30 people."
    anchors = [anchor(text, "Bombs", place="Gao"), anchor(text, "Bombs", place="Timbuktu")]
    assert casualties(text, sentences(text), anchors) == (Toll(), Toll())


@pytest.mark.parametrize("opening", ["Elsewhere, ", "In Kunduz, ", "Two days earlier, ", "09:40 "])
def test_a_sentence_that_opens_on_another_event_gives_its_dead_to_nobody(opening: str) -> None:
    text = f"Gunmen attacked a bus in Herat. {opening}soldiers had killed 12 men."
    assert _toll(text, "attacked") == Toll()


def test_the_words_that_tell_are_kept() -> None:
    text = "A car bomb went off. Eleven people were killed and 20 wounded, the mayor said."
    assert _toll(text, "car bomb").words == "Eleven people were killed and 20 wounded"
