from __future__ import annotations

import itertools

import pytest

from geo.model import Mention
from geo.reader.candidates import candidates
from geo.reader.nouns import REASON
from geo.text import sentences
from tests.reader.specimens import TOWNS, mentions_of, seen

STANDS_FOR = [
    ("Rebels entered Aleppo. Shells fell on the town on Sunday.", "the town", "Aleppo"),
    ("Rebels entered Aleppo. The city's airport was hit.", "airport", "Aleppo"),
    ("Rebels entered Homs and Aleppo. Three people died there on Sunday.", "there", "Aleppo"),
    ("Aleppo was quiet. A convoy was ambushed on the highway.", "the highway", "Aleppo"),
]


@pytest.mark.parametrize(("text", "noun", "place"), STANDS_FOR)
def test_a_noun_is_a_candidate_for_the_place_named_before(text: str, noun: str, place: str) -> None:
    _, ones, _ = seen(text)
    (one,) = [one for one in ones if one.nominal and one.text.endswith(noun)]
    assert one.place == TOWNS[place]
    assert one.mention.reasons[0] == REASON


NO_CANDIDATE = [
    ("Shells fell on the town of Homs.", "a name says which town"),
    ("The town was shelled before anyone had named it.", "no place was named before"),
    ("Aleppo was quiet. There is no doubt of that.", "there is no place"),
]


@pytest.mark.parametrize(("text", "why"), NO_CANDIDATE)
def test_a_noun_without_a_place_of_its_own_is_none(text: str, why: str) -> None:
    _, ones, _ = seen(text)
    assert [one.text for one in ones if one.nominal] == [], why


def test_no_candidate_overlaps_another_and_each_knows_its_sentence() -> None:
    text = "Rebels entered Aleppo. Shells fell on the town. In Syria, the army left Homs."
    parts, ones, _ = seen(text)
    for one, other in itertools.pairwise(ones):
        assert one.end <= other.start
    for one in ones:
        assert parts[one.sentence].start <= one.start < parts[one.sentence].end


def test_a_side_of_a_country_holds_its_name() -> None:
    text = "Fighting spread in eastern Syria."
    side = Mention(19, 32, "eastern Syria", "literal", TOWNS["Syria"], 0.9)
    ones = candidates(text, sentences(text), mentions_of(text), [side])
    assert [(one.text, one.nominal) for one in ones] == [("eastern Syria", True)]


def test_a_doubtful_name_says_so() -> None:
    text = "Shells fell on Homs and Kafr Zita."
    named = mentions_of(text)
    ones = candidates(text, sentences(text), named, (), doubtful={named[1]})
    assert [one.doubtful for one in ones] == [False, True]
