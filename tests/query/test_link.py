from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.query import AXES, CONTROLS, DRAWS, MAINS, MODES, SORTS, TABS, THEMES, WIDEST_DAYS, Query

# A busy machine is no reason to fail.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and end and start > end:
        start, end = end, start
    lat, lng, z = draw(
        st.just((None, None, None)) | st.tuples(st.floats(-90, 90), st.floats(-540, 540), st.floats(0, 18))
    )
    story = draw(st.none() | st.text("0123456789abcdef", min_size=10, max_size=10))
    return Query(
        start=start,
        end=end,
        axis=draw(st.sampled_from(AXES)),
        types=tuple(draw(st.sets(st.sampled_from(EVENT_TYPES)))),
        status=tuple(draw(st.sets(st.sampled_from(STATUSES)))),
        tiers=tuple(draw(st.sets(st.sampled_from(TIERS)))),
        places=tuple(draw(st.lists(st.text(max_size=12), max_size=3))),
        q=draw(st.text(max_size=40)),
        sources=tuple(draw(st.lists(st.text(max_size=12), max_size=3))),
        actors=tuple(draw(st.lists(st.text(max_size=12), max_size=3))),
        changed=draw(
            st.none() | st.from_regex(r"(0|[1-9][0-9]{0,5})\.[0-9a-f]{8}", fullmatch=True).filter(str.isascii)
        ),
        longest=draw(st.none() | st.integers(1, WIDEST_DAYS)),
        lat=lat,
        lng=lng,
        z=z,
        marked=tuple(draw(st.lists(st.text(max_size=12), max_size=3))),
        event=draw(st.none() | st.text(string.hexdigits, min_size=1, max_size=16)),
        mode=draw(st.sampled_from(MODES)),
        tab=draw(st.sampled_from(TABS)),
        view=draw(st.sampled_from(MAINS)),
        sort=draw(st.sampled_from(SORTS)),
        theme=draw(st.sampled_from(THEMES)),
        draw=draw(st.sampled_from(DRAWS)),
        control=draw(st.sampled_from(CONTROLS)),
        title=draw(st.text(max_size=140)),
        note=draw(st.text(max_size=40)),
        story=story,
        step=draw(st.none() | st.integers(1, 60)) if story else None,
        embed=draw(st.booleans()),
    )


def test_a_link_holds_no_more_places_of_a_mark_than_an_address_can() -> None:
    query, notes = Query.from_params({"at": ",".join(f"g{number}" for number in range(5000))})
    assert (len(query.marked), notes) == (100, ())
    assert len(query.to_params()["at"]) < 1000


def test_what_is_no_state_of_a_store_is_noted_and_shows_everything() -> None:
    assert Query.from_params({"changed": "412.9f3a02c1"}) == (Query(changed="412.9f3a02c1"), ())
    for wrong in ("412", "412.9F3A02C1", "-1.9f3a02c1", "01.9f3a02c1", "1.9f3a02c1x", "9" * 13 + ".9f3a02c1"):
        query, notes = Query.from_params({"changed": wrong})
        assert query.changed is None
        assert notes == (f"changed: '{wrong}' is no state of a store; everything is shown.",)
    with pytest.raises(ValueError, match="is no state of a store"):
        Query(changed="yesterday")


def test_title_and_note_are_cut_and_cannot_break_the_line_and_a_step_needs_its_story() -> None:
    query, notes = Query.from_params(
        {"title": "A" * 130 + "\n", "note": "one\ntwo\u202e", "step": "2", "story": "../x"}
    )
    assert (query.title, query.note, query.story, query.step) == ("A" * 120, "onetwo", None, None)
    assert [note.partition(":")[0] for note in notes] == ["story", "title"]
    query, notes = Query.from_params({"story": "0123456789", "step": "2", "embed": "true"})
    assert query.to_params() == {"story": "0123456789", "step": "2", "embed": "true"}
    assert notes == ()


@given(queries())
@UNHURRIED
def test_a_link_reads_back_to_the_same_query(query: Query) -> None:
    assert Query.from_params(query.to_params()) == (query, ())


LATE_KEYS = ("to", "types", "lat", "lng", "z", "event", "longest", "view", "sort", "actors", "draw", "control")
KEYS = st.sampled_from([*sorted(Query(start=date(2015, 1, 1)).to_params()), *LATE_KEYS])


@given(st.dictionaries(KEYS | st.text(max_size=5), st.text(max_size=30) | st.lists(st.text(max_size=9), max_size=2)))
@UNHURRIED
def test_no_link_raises_and_what_is_read_is_a_valid_query(params: dict[str, object]) -> None:
    query, _ = Query.from_params(params)
    assert Query.from_params(query.to_params()) == (query, ())


def test_the_default_view_is_an_empty_link() -> None:
    assert Query().to_params() == {}
    assert Query.from_params({}) == (Query(), ())


def test_unknown_keys_are_ignored_in_silence() -> None:
    assert Query.from_params({"utm_source": "mail", "constructor": "__proto__"}) == (Query(), ())


def test_a_whole_link_is_written_in_the_order_of_the_design() -> None:
    query = Query(
        start=date(2015, 1, 1),
        end=date(2015, 1, 31),
        axis="reported",
        types=("explosion", "battle"),
        sources=("Reuters, London", "50%"),
        lat=48.33333,
        lng=-38.0,
        z=7,
        event="0123456789abcdef",
    )
    assert list(query.to_params().items()) == [
        ("from", "2015-01-01"),
        ("to", "2015-01-31"),
        ("axis", "reported"),
        ("types", "battle,explosion"),
        ("sources", "50%25,Reuters%2C London"),
        ("lat", "48.3333"),
        ("lng", "-38"),
        ("z", "7"),
        ("event", "0123456789abcdef"),
    ]


def test_a_reversed_range_is_sorted_and_partial_dates_cover_their_period() -> None:
    query, notes = Query.from_params({"from": "2016", "to": "2014-02"})
    assert (query.start, query.end, notes) == (date(2014, 2, 1), date(2016, 12, 31), ())


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "ninety", "91", ""])
def test_a_map_view_that_is_not_finite_and_on_earth_is_refused_as_a_whole(number: str) -> None:
    query, notes = Query.from_params({"lat": number, "lng": "37", "z": "6"})
    assert (query.lat, query.lng, query.z) == (None, None, None)
    assert len(notes) == 1
    assert notes[0].startswith("lat: ")


@pytest.mark.parametrize(
    ("params", "note"),
    [
        ({"from": "yesterday"}, "from: 'yesterday' is not a date like 2015-01-26, 2015-01 or 2015; left open."),
        ({"from": "2015-02-30"}, "from: '2015-02-30' is not a date like 2015-01-26, 2015-01 or 2015; left open."),
        ({"axis": "rumoured"}, "axis: 'rumoured' is none of happened, reported; using happened."),
        ({"tiers": "A,C"}, "tiers: 'C' not among A, B; using the others."),
        ({"event": "<img onerror=alert(1)>"}, "event: '<img onerror=alert(1)>' is not an event's id; nothing is"),
        ({"q": "x" * 201}, "q: longer than 200 characters; cut."),
    ],
)
def test_a_bad_value_falls_back_with_a_note_in_words(params: dict[str, str], note: str) -> None:
    _, notes = Query.from_params(params)
    assert len(notes) == 1
    assert notes[0].startswith(note)


def test_an_empty_choice_differs_from_no_choice() -> None:
    assert Query.from_params({"types": "none"})[0].types == ()
    assert Query.from_params({"types": ""})[0].types == EVENT_TYPES
    assert Query(types=()).to_params() == {"types": "none"}


def test_of_a_repeated_key_the_last_value_counts() -> None:
    assert Query.from_params({"axis": ["happened", "reported"]})[0].axis == "reported"


@pytest.mark.parametrize(
    "wrong",
    [
        {"axis": "rumoured"},
        {"types": ("war",)},
        {"lat": 1.0},
        {"lat": float("nan"), "lng": 0.0, "z": 1.0},
        {"start": date(2016, 1, 1), "end": date(2015, 1, 1)},
        {"event": "a b"},
        {"sort": "colour"},
        {"draw": "heat"},
        {"control": "maybe"},
        {"longest": 0},
    ],
)
def test_a_query_refuses_nonsense(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|after|not an event"):
        Query(**wrong)  # type: ignore[arg-type]  # (wrong on purpose)
