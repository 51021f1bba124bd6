"""All places of a text together: what is more likely no name of a place says nothing of where the others lie."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.toponyms import toponyms


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(quiet=True)


@pytest.mark.parametrize("who", ["Taliban", "rebels"])
def test_a_doubtful_name_draws_no_other_to_where_it_lies(who: str, gazetteer: Gazetteer) -> None:
    found = toponyms(f"The {who} took Kunduz on 8 August 2021.", gazetteer)
    (one,) = found.sure
    assert one.place is not None
    assert (one.text, one.place.country_code) == ("Kunduz", "AF")
    assert {mention.text for mention in found.doubtful} == ({"Taliban"} if who == "Taliban" else set())
    assert list(found.mentions) == sorted(found.mentions, key=lambda mention: mention.start)
