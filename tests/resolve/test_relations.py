"""What stands between two names says where one lies to the other."""

from __future__ import annotations

import pytest

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
        ("in Moscow, Idaho", "Moscow", "Idaho", "chain", "Moscow"),
        ("in Moscow Idaho", "Moscow", "Idaho", "chain", "Moscow"),
        ("in Izium and the nearby town of Lyman", "Izium", "Lyman", "list", "Lyman"),
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
        ("in the north of Sirte", None),
        ("in Sirte", None),
        ("troops from Sirte", None),
    ],
)
def test_a_name_that_only_tells_where_something_lies_knows_how_far_off_it_is(text: str, km: float | None) -> None:
    assert relations.offset_before(text, text.index("Sirte")) == (pytest.approx(km) if km else None)
