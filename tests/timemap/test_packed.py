from __future__ import annotations

import datetime

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import model
from geo.timemap import coding, packed

from . import specimens

DAY = datetime.date(1970, 1, 1)


def days(text: str) -> int:
    return (datetime.date.fromisoformat(text) - DAY).days


def test_columns_come_back_in_order_of_date() -> None:
    table, columns = packed.unpack(packed.pack(specimens.events()))
    assert table["rows"] == 15
    starts = columns["date_start"]
    assert starts[0] == days("2015-01-01")
    assert starts[-1] == packed.NO_DAY  # the undated event is kept, at the end
    assert (np.diff(starts[:-1]) >= 0).all()


def test_codes_mean_what_the_table_says() -> None:
    frame = specimens.events().astype(object).where(lambda values: values.notna(), None)
    table, columns = packed.unpack(packed.pack(frame))
    by_id = frame.set_index("id")
    for row in range(table["rows"]):
        event = by_id.loc[f"{columns['id_high'][row]:08x}{columns['id_low'][row]:08x}"]
        assert table["types"][columns["type"][row]] == event["type"]
        assert table["statuses"][columns["status"][row]] == event["status"]
        assert table["tiers"][columns["tier"][row]] == event["tier"]
        assert table["sources"][columns["source"][columns["article"][row]]] == event["source"]
        place = columns["place"][row]
        assert (table["places"]["id"][place] if place != packed.NOWHERE else None) == event["place_id"]


def test_a_place_without_coordinates_is_nowhere() -> None:
    frame = specimens.events().iloc[:1].assign(lon=np.nan, lat=np.nan)
    table, columns = packed.unpack(packed.pack(frame))
    assert table["places"]["id"] == []
    assert columns["place"].tolist() == [packed.NOWHERE]


def test_a_sentence_is_packed_once_and_cut_between_characters() -> None:
    frame = specimens.events().iloc[:3].assign(snippet=["Київ " * 200, "Київ " * 200, "short\n  one"])
    table, columns = packed.unpack(packed.pack(frame))
    text = columns["text"].tobytes()
    sentences = {
        text[start : start + length].decode()
        for start, length in zip(columns["snippet_start"], columns["snippet_length"], strict=True)
    }
    assert len(text) < 2 * packed.SNIPPET_BYTES
    assert "short one" in sentences
    assert max(sentences, key=len).endswith("…")
    assert table["rows"] == 3


def test_a_geodataframe_with_two_columns_is_enough() -> None:
    points = geopandas.GeoDataFrame(
        {"type": ["battle", "protest"], "date_start": pd.to_datetime(["2015-01-25", "2016-02-01"])},
        geometry=[shapely.Point(38.4, 48.3), shapely.Point(30.5, 50.4)],
        crs=4326,
    )
    table, columns = packed.unpack(packed.pack(points))
    assert table["places"]["lon"] == [38.4, 30.5]
    assert columns["date_end"].tolist() == columns["date_start"].tolist()
    assert table["statuses"][columns["status"][0]] == "reported"


def test_an_open_publication_date_is_closed_at_its_known_end() -> None:
    frame = specimens.events().iloc[:1].assign(published_start=None)
    _, columns = packed.unpack(packed.pack(frame))
    assert columns["published_start"][0] == columns["published_end"][0] == days("2015-02-01")


def test_nothing_packs_to_an_empty_map() -> None:
    table, columns = packed.unpack(packed.pack(specimens.events().iloc[:0]))
    assert table["rows"] == 0
    assert len(columns["type"]) == 0


def test_what_the_first_picture_needs_comes_first() -> None:
    table, _ = packed.unpack(packed.pack(specimens.events()))
    late = {column["name"] for column in table["columns"] if column["offset"] >= table["first"]}
    assert late == set(coding.LATE)


def test_events_corrected_by_hand_are_flagged_where_there_are_any() -> None:
    frame = specimens.events()
    assert "corrected" not in packed.unpack(packed.pack(frame))[1]
    assert "corrected" not in packed.unpack(packed.pack(frame.assign(corrected=None)))[1]
    words = ["place - by Ann"] + [None] * (len(frame) - 1)
    _, columns = packed.unpack(packed.pack(frame.assign(corrected=words)))
    assert columns["corrected"].sum() == 1
    assert columns["id_low"][columns["corrected"].argmax()] == 1


def test_ids_of_another_form_are_listed() -> None:
    table, columns = packed.unpack(packed.pack(specimens.events().assign(id=[f"e-{n}" for n in range(15)])))
    assert "id_high" not in columns
    assert sorted(table["ids"]) == sorted(f"e-{n}" for n in range(15))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "skirmish"}, "column 'type': 'skirmish' is none of battle"),
        ({"status": "rumoured"}, "column 'status': 'rumoured'"),
        ({"date_start": "25.01.2015"}, "column 'date_start' needs ISO dates such as 2015-01-26"),
    ],
)
def test_a_wrong_value_is_named(change: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        packed.pack(specimens.events().assign(**change))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="date_start missing among"):
        packed.pack(specimens.events().drop(columns="date_start"))


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="not packed events"):
        packed.unpack(b"PK\x03\x04" + bytes(20))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(model.EVENT_TYPES),
            st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
            st.integers(0, 4000),
            st.text(max_size=30),
        ),
        max_size=20,
    )
)
def test_whatever_is_packed_comes_back(rows: list[tuple[str, datetime.date, int, str]]) -> None:
    frame = pd.DataFrame(
        {
            "type": [row[0] for row in rows],
            "date_start": [row[1] for row in rows],
            "date_end": [row[1] + datetime.timedelta(days=row[2]) for row in rows],
            "place": [row[3] for row in rows],
            "lon": 10.0,
            "lat": 50.0,
        }
    )
    _, columns = packed.unpack(packed.pack(frame))
    expected = sorted((row[1] - DAY).days for row in rows)
    assert columns["date_start"].tolist() == expected
    assert (columns["date_end"] - columns["date_start"]).sum() == sum(row[2] for row in rows)
