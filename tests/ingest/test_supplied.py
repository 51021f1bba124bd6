from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.ingest.supplied import published, read_published


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2015-01-26", "2015-01-26", "2015-01-26"),
        (" 2015-1-6 ", "2015-01-06", "2015-01-06"),
        ("2015-01-26T23:30:00-05:00", "2015-01-26", "2015-01-26"),
        ("2015-01-26 23:30", "2015-01-26", "2015-01-26"),
        ("20150126", "2015-01-26", "2015-01-26"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2015", "2015-01-01", "2015-12-31"),
        (2015, "2015-01-01", "2015-12-31"),
        ("2015-01-01/2015-03", "2015-01-01", "2015-03-31"),
        ("26 January 2015", "2015-01-26", "2015-01-26"),
        ("Monday, 26th Jan. 2015", "2015-01-26", "2015-01-26"),
        ("January 26, 2015", "2015-01-26", "2015-01-26"),
        ("Sept 2015", "2015-09-01", "2015-09-30"),
        ("26.01.2015", "2015-01-26", "2015-01-26"),
        ("26/01/2015", "2015-01-26", "2015-01-26"),
        ("01/26/2015", "2015-01-26", "2015-01-26"),
        ("Mon, 26 Jan 2015 23:30:00 -0500", "2015-01-26", "2015-01-26"),
        (date(2015, 1, 26), "2015-01-26", "2015-01-26"),
        (datetime(2015, 1, 26, 23, 30), "2015-01-26", "2015-01-26"),  # noqa: DTZ001 (YAML gives it without a zone)
        ({"start": "2015-01-01", "end": "2015-02"}, "2015-01-01", "2015-02-28"),
    ],
)
def test_dates_as_people_and_programs_write_them(value: Any, start: str, end: str) -> None:
    found = published(value, evidence="here").to_dict()
    assert found == {"start": start, "end": end, "basis": "supplied", "text": "here"}


@pytest.mark.parametrize(
    "value",
    [
        *("soon", "", "03/04/2015", "2015-13-01", "31 February 2015", "1422230400", "0000", "26 Janvember 2015"),
        *(1422230400, True, 3.5, [], {}, "2015-03/2015-01", "٢٠١٥-٠١-٢٦", {"start": "2016", "end": "2015"}),
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        published(value, evidence="here")


@given(st.text(max_size=40))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_breaks_the_reading_of_a_date(text: str) -> None:
    try:
        found = published(text, evidence="here")
    except ValueError:
        return
    assert found.start
    assert found.end
    assert found.start <= found.end


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "expected an object of dates by id"),
        ("{", "this is not valid JSON"),
        (json.dumps({"003": "soon"}), "'003': expected a date like"),
    ],
)
def test_a_bad_table_of_dates_says_where(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "dates.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=message) as caught:
        read_published(str(path))
    assert str(caught.value).startswith(str(path))


def test_a_missing_table_of_dates_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_published(str(tmp_path / "dates.json"))
