"""Where a link comes from, and what of it is not here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gazetteer.shipped import ROOT
from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.query import AXES, DRAWS, MAINS, MODES, SORTS, TABS, THEMES, Query
from geo.query.origin import KEY, Origin, absent
from geo.store import Store
from tests.store.specimens import article, record

HERE = Origin.of({"a": "0.1.0-x", "b": "0.1.0-x"})


def test_the_fingerprint_is_of_the_content_and_not_of_its_order() -> None:
    assert Origin.of({"b": "0.1.0-x", "a": "0.1.0-x"}) == HERE
    assert re.fullmatch(r"1\.[0-9a-f]{8}\.[0-9a-f]{8}", str(HERE))


def test_a_link_says_what_differs_from_where_it_is_opened() -> None:
    read = Origin.from_params({KEY: str(HERE)})
    assert read == HERE
    assert HERE.differences(HERE) == ()
    assert "with other articles" in HERE.differences(Origin.of({"a": "0.1.0-x"}))[0]
    assert "another version had read" in HERE.differences(Origin.of({"a": "0.2.0-y", "b": "0.2.0-y"}))[0]


@pytest.mark.parametrize(
    "value", ["", "1", "1.abc.def", "2.00000000.00000000", "<b>", ["x"], [], str(HERE) + "0", None]
)
def test_what_is_no_fingerprint_says_nothing(value: object) -> None:
    assert Origin.from_params({KEY: value}) is None


def test_what_a_link_asks_for_and_the_store_lacks_is_named(tmp_path: Path) -> None:
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(article()), pipeline="1")
        frame = store.events()
    there = frame.iloc[0]
    known = Query(event=there["id"], places=tuple(frame["country_code"].dropna().unique()), sources=(there["source"],))
    assert absent(known, frame) == ()
    unknown = Query(
        event="0" * 16,
        places=("g1", "XX", "UA/Nowhere"),
        sources=("The <b>Herald</b>",),
        actors=("nobody",),
        marked=("g2",),
    )
    assert absent(unknown, frame) == (
        "event: '0000000000000000' is not in this store.",
        "places: 'UA/Nowhere' is not in this store.",
        "places: 'XX' is not in this store.",
        "places: 'g1' is not in this store.",
        "at: 'g2' is not in this store.",
        "sources: 'The <b>Herald</b>' is not in this store.",
        "actors: 'nobody' is not in this store.",
    )
    assert absent(known, frame.iloc[:0])


def test_the_grammar_is_documented_parameter_by_parameter_and_word_by_word() -> None:
    text = (ROOT / "docs" / "link.md").read_text(encoding="utf-8")
    told = {name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    full = Query(
        **{"axis": "reported", "types": (), "status": (), "tiers": (), "places": ("a",), "q": "a", "sources": ("a",)},
        **{"actors": ("a",), "longest": 1, "lat": 0, "lng": 0, "z": 0, "event": "a", "mode": "day", "tab": "filters"},
        **{"view": "table", "sort": "type", "theme": "dark", "draw": "density", "control": "off"},
        **{"marked": ("a",), "title": "a", "note": "a", "changed": "0.00000000"},
        **{"story": "0" * 10, "step": 1, "embed": True},
    )
    assert told == set(full.to_params()) | {"from", "to", KEY}
    words = [*EVENT_TYPES, *STATUSES, *TIERS, *AXES, *MODES, *TABS, *MAINS, *THEMES, *DRAWS]
    words += [s for s in SORTS if s[0] != "-"]
    assert [word for word in words if f"`{word}`" not in text and f"`{word}," not in text] == []
