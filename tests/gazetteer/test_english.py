from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from gazetteer.sources.english import romanised_ukrainian, town_name


@pytest.mark.parametrize(
    ("official", "alternates", "country", "shown"),
    [
        ("Kupyansk", ["Куп’янськ", "Купянск", "Kupjansk"], "UA", "Kupiansk"),
        ("Makiyivka", ["Макіївка", "Макеевка"], "UA", "Makiivka"),
        ("Odesa", ["Одеса", "Odessa"], "UA", "Odesa"),
        ("Ar Raqqah", ["Raqqa", "Rakka"], "SY", "Raqqa"),
        ("Ḩamāh", ["Hama", "Hamath"], "SY", "Hama"),
        ("Al Fallūjah", [], "IQ", "Fallujah"),
        ("Al Bāb", ["Bab"], "SY", "Al Bab"),
        ("Rafaḩ", ["Rafa", "Rafah"], "PS", "Rafah"),
        ("Arkhangel’sk", ["Archangel"], "RU", "Arkhangelsk"),
        ("Qom", ["Kom", "Qum"], "IR", "Qom"),
        ("Diyarbakır", ["Diyarbakir"], "TR", "Diyarbakır"),
        ("Köln", ["Koln", "Cologne"], "DE", "Köln"),
    ],
)
def test_a_town_is_shown_as_english_text_writes_it(
    official: str, alternates: list[str], country: str, shown: str
) -> None:
    assert town_name(official, alternates, country) == shown


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Запоріжжя", "Zaporizhzhia"),
        ("Кривий Ріг", "Kryvyi Rih"),
        ("Сєвєродонецьк", "Sievierodonetsk"),
        ("Єнакієве", "Yenakiieve"),
        ("Згурівка", "Zghurivka"),
        ("Івано-Франківськ", "Ivano-Frankivsk"),
        ("Харьков", None),
        ("Kharkiv", None),
        ("", None),
    ],
)
def test_ukrainian_is_romanised_as_ukraine_does(written: str, latin: str | None) -> None:
    assert romanised_ukrainian(written) == latin


@pytest.mark.parametrize(
    ("searched", "shown"),
    [
        ("Misto Kyiv", "Kyiv City"), ("Ayn al Arab", "Kobani"), ("Kup'yansk", "Kupiansk"), ("Tadmur", "Palmyra"),
        ("Kupianska Miskrada", "Kupiansk urban community"), ("Qandahor viloyati", "Kandahar Province"),
        ("Niederösterreich", "Lower Austria"), ("Homyel'", "Gomel"), ("Krasnodarskiy Kray", "Krasnodar Krai"),
        ("Ar Raqqah", "Raqqa"), ("Makkah", "Mecca"), ("Nordrhein-Westfalen", "North Rhine-Westphalia"),
    ],
)  # fmt: skip
def test_a_lesser_known_name_leads_to_the_known_one(world: Gazetteer, searched: str, shown: str) -> None:
    assert shown in [one.place.name for one in world.by_name(searched)[:3]]
