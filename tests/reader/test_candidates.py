from __future__ import annotations

import itertools

from geo.model import Mention
from geo.reader.candidates import candidates
from geo.text import sentences
from tests.reader.specimens import TOWNS, mentions_of, seen


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
    ones = candidates(sentences(text), mentions_of(text), [side])
    assert [(one.text, one.nominal) for one in ones] == [("eastern Syria", True)]


def test_a_doubtful_name_says_so() -> None:
    text = "Shells fell on Homs and Kafr Zita."
    named = mentions_of(text)
    ones = candidates(sentences(text), named, (), doubtful={named[1]})
    assert [one.doubtful for one in ones] == [False, True]
