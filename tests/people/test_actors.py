"""Who did it to whom, in active, passive, nominal and list forms."""

from __future__ import annotations

import pytest

from geo.model import EventType
from geo.people.actors import actors
from tests.people.common import anchor


@pytest.mark.parametrize(
    ("text", "trigger", "type", "actor", "target"),
    [
        ("Russian forces shelled Kherson on Monday.", "shelled", "explosion", "Russian forces", None),
        ("A school was shelled by army tanks.", "shelled", "explosion", "army tanks", "A school"),
        ("An attack by rebels near the river on an army convoy failed.", "attack", "battle", "rebels",
         "an army convoy"),
        ("An Israeli strike on a house killed six.", "strike", "explosion", "Israeli", "a house"),
        ("Clashes between the army and rebels went on.", "Clashes", "battle", "army", "rebels"),
        ("Mai-Mai militiamen and Rwandan rebels raped dozens of women.", "raped", "violence_against_civilians",
         "Mai-Mai militiamen and Rwandan rebels", "dozens of women"),
        ("Soldiers and gunmen exchanged fire for hours.", "exchanged fire", "battle", "Soldiers", "gunmen"),
        ("Kyiv accused Russian troops of blowing up the dam.", "blowing up", "explosion", "Russian troops", "dam"),
        ("Al-Shabab said it had attacked the hotel.", "attacked", "battle", "Al-Shabab", "hotel"),
        ("Police say drones hit a depot.", "hit", "explosion", None, "a depot"),
        ("The Ethiopian Army (ENDF) shot dead nine rebels.", "shot dead", "battle", "Ethiopian Army",
         "nine rebels"),
        ("President shot dead at home", "shot dead", "violence_against_civilians", None, "President"),
        ("Planes bombed positions on Thursday.", "bombed", "explosion", None, None),
        ("Houses burned while gunmen fired.", "burned", "riot", None, "Houses"),
        ("Rebels took Goma from government troops.", "took", "battle", "Rebels", "government troops"),
        ("Some 6,000 people fled the town.", "fled", "strategic_development", None, "Some 6,000 people"),
        ("Kyaukme fell to the rebels in July.", "fell", "battle", "rebels", None),
        ("Monks marched through the city.", "marched", "protest", "Monks", None),
        ("Ugandan and Rwandan troops attacked the town.", "attacked", "battle", "Ugandan and Rwandan troops", None),
        ("The government sent tanks into the capital.", "sent", "strategic_development", None, None),
        ("Clashes between Monday and Tuesday went on.", "Clashes", "battle", None, None),
        ("The army launched an attack on a rebel base.", "attack", "battle", "army", "a rebel base"),
        ("The army repelled an attack on a base.", "attack", "battle", None, "a base"),
        ("The army was carrying out air strikes on the town.", "air strikes", "explosion", "army", None),
        ("A suicide bomber struck a mosque.", "suicide bomber", "explosion", "A suicide bomber", "a mosque"),
        ("A suicide bomber killed ten worshippers.", "suicide bomber", "explosion", "A suicide bomber",
         "ten worshippers"),
        ("A convoy was hit by an air strike.", "air strike", "explosion", None, "A convoy"),
        ("A bomb tore through a mosque.", "bomb", "explosion", None, "a mosque"),
        ("A bomb destroyed 300 houses.", "bomb", "explosion", None, None),
        ("A blast shook it.", "blast", "explosion", None, None),
        ("An attack by militants on a jeep killed two.", "attack", "battle", "militants", "a jeep"),
        ("An attack by militants, on Monday, failed.", "attack", "battle", "militants", None),
        ("Rebels shelled the headquarters of state television.", "shelled", "explosion", "Rebels",
         "headquarters of state television"),
        ("No rebels attacked the town.", "attacked", "battle", None, None),
        ("A drone attack by night on a depot failed.", "attack", "explosion", None, "a depot"),
        ("The killing of three farmers by bandits angered villagers.", "killing", "violence_against_civilians",
         "bandits", "three farmers"),
        ("An IRA bomb exploded.", "bomb", "explosion", "IRA", None),
    ],
)  # fmt: skip
def test_the_words_around_a_trigger_name_who_and_whom(
    text: str, trigger: str, type: EventType, actor: str | None, target: str | None
) -> None:
    who = actors(text, anchor(text, trigger, type))
    assert (who.actor, who.target) == (actor, target)


def test_people_in_the_street_are_protesters() -> None:
    text = "Teachers rallied in Oaxaca."
    assert actors(text, anchor(text, "rallied", "protest")).actor_kind == "protesters"


def test_an_anchor_must_lie_in_its_sentence() -> None:
    from geo.people.anchor import Anchor

    with pytest.raises(ValueError, match=r"the trigger must lie in its sentence; got 5-9 in 10-20"):
        Anchor(5, 9, 10, 20, "battle")
