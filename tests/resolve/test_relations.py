"""What stands between two names says where one lies to the other."""

from __future__ import annotations

import pytest

from geo import distances
from geo.model import Span
from geo.resolve import relations


def spans(text: str, *names: str) -> list[Span]:
    found = []
    start = 0
    for name in names:
        start = text.index(name, start)
        found.append(Span(start, start + len(name), name, "literal", 1.0))
        start += len(name)
    return found


@pytest.mark.parametrize(
    ("text", "first", "second", "kind", "inner"),
    [
        ("in Zaryanivka in Kharkiv region", "Zaryanivka", "Kharkiv region", "in", "Zaryanivka"),
        ("in Soran, a small village located in the south of Kirkuk", "Soran", "Kirkuk", "in", "Soran"),
        ("in the Kajuru Local Government Area of Kaduna State", "Kajuru", "Kaduna State", "in", "Kajuru"),
        ("in the Qambar area of Swat", "Qambar", "Swat", "in", "Qambar"),
        ("in the Sahel region of Burkina Faso", "Sahel region", "Burkina Faso", "of", "Sahel region"),
        ("the Hajjah village of Bani Qubaysh", "Hajjah", "Bani Qubaysh", "of", "Bani Qubaysh"),
        ("the US state of Georgia", "US", "Georgia", "in", "US"),
        ("Kherson region's Nova Zoria", "Kherson", "Nova Zoria", "owner", "Nova Zoria"),
        ("Logar’s besieged town of Azra", "Logar", "Azra", "owner", "Azra"),
        ("Mekelle's bustling Adi Haki market", "Mekelle", "Adi Haki", "owner", "Adi Haki"),
        ("in the Zarni sector in Rajouri", "Zarni", "Rajouri", "in", "Zarni"),
        ("the Hamra neighbourhood of Beirut", "Hamra", "Beirut", "of", "Hamra"),
        ("the Brooklyn section of Cité Soleil", "Brooklyn", "Cité Soleil", "in", "Brooklyn"),
        ("in Moscow, Idaho", "Moscow", "Idaho", "chain", "Moscow"),
        ("in Moscow Idaho", "Moscow", "Idaho", "chain", "Moscow"),
        ("in Izium and the nearby town of Lyman", "Izium", "Lyman", "list", "Lyman"),
        ("in Bachivsk and Sadky of the Sumy Region", "Sadky", "Sumy Region", "in", "Sadky"),
        ("in Robles, which is part of the municipality of Suarez", "Robles", "Suarez", "in", "Robles"),
        ("in Ras Ali, the towns of Sheran", "Ras Ali", "Sheran", "list", "Sheran"),
        ("in Orahovac/Rrahovec", "Orahovac", "Rrahovec", "alias", "Rrahovec"),
    ],
)
def test_the_words_between_two_names_tell_which_lies_in_which(
    text: str, first: str, second: str, kind: str, inner: str
) -> None:
    marked = spans(text, first, second)
    (said,) = relations.read(text, marked)
    assert said.kind == kind
    assert marked[said.inner].text == inner


@pytest.mark.parametrize(
    ("text", "km", "side"),
    [
        ("in Gara, 20 km from Mandera", 20.0, None),
        ("in Gara, about 60 miles (97 km) north-west of Mandera", 96.54, "northwest"),
        ("in Gara village 23km south west of Mandera", 23.0, "southwest"),
        ("in Gara, east of Mandera", None, "east"),
        ("in Gara, near Mandera", None, None),
    ],
)
def test_a_name_may_lie_off_another(text: str, km: float | None, side: str | None) -> None:
    (said,) = relations.read(text, spans(text, "Gara", "Mandera"))
    assert (said.kind, said.side) == ("near", side)
    assert said.km == (pytest.approx(km) if km else None)


@pytest.mark.parametrize(
    "text",
    ["Kyiv shelled two villages near Donetsk", "Kyiv. In Donetsk", "Kyiv\nDonetsk", "Kyiv said that in Donetsk"],
)
def test_names_that_a_verb_a_sentence_or_a_line_parts_say_nothing_of_each_other(text: str) -> None:
    assert not relations.read(text, spans(text, "Kyiv", "Donetsk"))


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("hit 15 km west of Sirte", 15.0),
        ("hit 9 miles (15 km) west of the city of Sirte", 14.481),
        ("a bridge north of Sirte", 10.0),
        ("a tanker 50 nm east of Sirte", 92.6),
        ("a tanker 300 nautical miles east of Sirte", 555.6),
        ("in the north of Sirte", None),
        ("in Sirte", None),
        ("troops from Sirte", None),
    ],
)
def test_a_name_that_only_tells_where_something_lies_knows_how_far_off_it_is(text: str, km: float | None) -> None:
    assert distances.offset_before(text, text.index("Sirte")) == (pytest.approx(km) if km else None)


def test_a_distance_may_be_told_along_a_way() -> None:
    said = relations.read(
        "in Gara, 45 kilometers from Bocaranga towards Bozoum",
        spans("in Gara, 45 kilometers from Bocaranga towards Bozoum", "Gara", "Bocaranga", "Bozoum"),
    )
    assert [(one.km, one.toward) for one in said if one.kind == "near"] == [(45.0, 2)]


def test_whose_minister_speaks_does_not_hold_him() -> None:
    """Only what is called a quarter or a facility lies in the town that is named with words beside its own."""
    text = "Kenya's foreign minister Amina told reporters"
    assert not relations.read(text, spans(text, "Kenya", "Amina"))


def test_whose_media_speak_after_a_comma_does_not_hold_the_place_before_it() -> None:
    text = "a blast in Donetsk, the Russian media said"
    donetsk, russian = spans(text, "Donetsk", "Russian")
    assert not relations.read(text, (donetsk, Span(russian.start, russian.end, "Russian", "adjectival", 1.0)))
