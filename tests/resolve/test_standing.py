"""An unknown name stands near the likeliest of the places that its text names."""

from __future__ import annotations

import numpy as np
import pytest

from gazetteer.index import Gazetteer
from geo.model import Mention
from geo.recognise import recognise
from geo.resolve import resolve, standing
from geo.resolve.surroundings import FEATURES


def lifted(text: str, name: str, gazetteer: Gazetteer) -> Mention:
    one = next(one for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == name)
    assert one.lifted
    return one


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        # The township whose town alone is known, not the region named before it.
        (
            "Troops burned villages in Sagaing Region this week. They torched 230 houses in Zawbin Kyi and Thitsein "
            "Gon villages in Myinmu Township on Friday. Residents of Monywa heard of it.",
            "Zawbin Kyi",
            "Myinmu",
        ),
        # The neighbour that is told of with it, not the province's middle.
        (
            "Fighting went on across Donetsk region. Shells hit Debaltseve. The nearby village of Zorabina burned, "
            "and in Debaltseve two people died.",
            "Zorabina",
            "Debaltseve",
        ),
    ],
)
def test_a_village_of_no_list_stands_near_what_is_told_of_with_it(
    text: str, name: str, place: str, gazetteer: Gazetteer
) -> None:
    one = lifted(text, name, gazetteer)
    assert one.place is not None
    assert (one.place.name, one.place.precision) == (place, "region")
    assert 0.0 < one.score < 1.0


def test_a_list_alone_costs_its_unknown_name(gazetteer: Gazetteer) -> None:
    one = lifted("Rebels shelled Sarmin, Binnish and Zorabina on Monday.", "Zorabina", gazetteer)
    assert one.place is not None
    assert one.place.precision == "country"


def test_of_a_list_without_a_country_nothing_is_guessed(gazetteer: Gazetteer) -> None:
    text = "Rebels shelled Paris, Lagos and Zorabina on Monday."
    one = next(one for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == "Zorabina")
    assert one.place is None


def test_what_a_region_frames_stands_in_it(gazetteer: Gazetteer) -> None:
    text = "Poltava was quiet. In Kharkiv Oblast, troops took the villages of Zorivka Mala and Bilynka Nova."
    one = lifted(text, "Zorivka Mala", gazetteer)
    assert one.place is not None
    assert one.place.admin1 == "Kharkiv Oblast" or one.place.name == "Kharkiv Oblast"


def test_a_world_city_is_no_state_where_the_news_is_of_elsewhere(gazetteer: Gazetteer) -> None:
    abroad = "KYIV - Shells hit Kharkiv and Sumy. The Security Council in New York condemned it on Friday."
    home = "Police in Albany, New York, and Boston arrested two men. Storms crossed New York on Friday."
    places = [
        [one.place for one in resolve(text, recognise(text, gazetteer), gazetteer) if one.text == "New York"][-1]
        for text in (abroad, home)
    ]
    assert [place.kind for place in places if place] == ["town", "admin1"]


def test_news_leans_to_its_own_sentence_the_last_town_and_what_is_called_a_district() -> None:
    """Each doubles the odds; what has none of them keeps its own."""
    rows = np.zeros((4, len(FEATURES)), dtype=np.float32)
    rows[:, [FEATURES.index("sentences_before"), FEATURES.index("sentences_after")]] = 3
    rows[1, FEATURES.index("sentences_before")] = 0
    rows[2, FEATURES.index("last_settled")] = 1
    rows[3, [FEATURES.index("last_settled"), FEATURES.index("called")]] = 1
    leaning = standing._leaning(rows, np.array([0.2, 0.2, 0.2, 0.2], dtype=np.float32))
    assert leaning == pytest.approx([1 / 5, 1 / 3, 1 / 3, 1 / 2])
