"""Type words of several words, and what stands beside a hyphen or a direction."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Kauru LGA", "NG", "admin2"),
        ("Kauru Local Government Area", "NG", "admin2"),
        ("Barangay Lianga", "PH", "town"),
    ],
)
def test_the_type_words_of_the_world_lead_to_the_unit(name: str, country: str, kind: str, world: Gazetteer) -> None:
    best = world.by_name(name)[0]
    assert (best.place.country_code, best.place.kind, best.match) == (country, kind, "type word")


def test_a_hyphenated_name_is_no_demonym_of_its_last_part(world: Gazetteer) -> None:
    assert "Poland" not in {one.place.name for one in world.by_name("Gulyai-Pole")}
    assert world.by_name("Sino-Indian")[0].place.name == "India"


def test_what_is_only_spelt_like_the_rest_of_a_direction_stays_so(world: Gazetteer) -> None:
    # "Shoa" is spelt like Shoja in Iran: West Shoa is no side of it
    assert {one.match for one in world.by_name("West Shoa")} <= {"fuzzy"}


def test_a_short_name_is_no_spelling_of_a_country(world: Gazetteer) -> None:
    assert "country" not in {one.place.kind for one in world.by_name("Thiek")}
