"""Villages that no list holds are found by where they stand."""

from __future__ import annotations

import pytest

from gazetteer.index import Gazetteer
from geo.recognise import recognise


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Convoys in the areas of Uch-Tash, Kyr-Dobo and Boz-Orto were shelled.", ["Uch-Tash", "Kyr-Dobo", "Boz-Orto"]),
        ("Soldiers raided Khwet Khwin Village on Monday.", ["Khwet Khwin Village"]),
        ("Rebels took control of Zarundele on Monday.", ["Zarundele"]),
        ("Armed men attacked the village of Pobe-Mengao on Sunday.", ["Pobe-Mengao"]),
        ("Serbs left Orahovac/Rrahovec by bus.", ["Orahovac", "Rrahovec"]),
        ("Jets bombed Nyaung Kwe Taung on Tuesday.", ["Nyaung Kwe Taung"]),
        ("The fighters entered the Tinzagouten area at dawn.", ["Tinzagouten"]),
    ],
)
def test_an_unknown_name_where_only_a_place_stands_is_found(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    found = [span.text for span in recognise(text, gazetteer)]
    assert [name for name in names if name not in found] == []


def test_a_movement_is_no_place_though_its_name_holds_some(gazetteer: Gazetteer) -> None:
    text = "The Islamic State of Iraq and the Levant claimed the blast in Homs."
    usages = {span.text: span.usage for span in recognise(text, gazetteer)}
    assert usages == {"Iraq": "organisation", "Levant": "organisation", "Homs": "literal"}


def test_a_unit_in_a_unit_is_no_organisation(gazetteer: Gazetteer) -> None:
    text = "Gunmen struck the Kajuru Local Government Area of Kaduna State."
    assert {span.usage for span in recognise(text, gazetteer)} == {"literal"}
