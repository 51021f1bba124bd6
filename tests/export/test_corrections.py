"""Corrections as a file: read back as they were, named by file and line where they cannot be."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.corrections import Correction, Key, Standing, point
from geo.export.corrections import COLUMNS, CorrectionsFileError, decode, encode
from geo.model import PlaceRef

KEY = Key("0123456789abcdef", 4, 12, "Debaltsevo")
OTHER = Key("fedcba9876543210", 0, 7, "Vilne, the village")
HOSTILE = '=HYPERLINK("http://x") \r\n\'=1+1 ; , \t " </script>'
PLACE = PlaceRef("g709611", "Debaltseve", "town", 38.4444, 48.3406, "UA", "Donetsk")
ALL = (
    Correction(KEY, "place", place=PLACE, by="Ann", made="2026-01-02T03:04:05Z"),
    Correction(KEY, "place", place=point(-38.5, -48.25)),
    Correction(KEY, "date", date_start=date(988, 1, 1), date_end=date(988, 1, 31), by=HOSTILE),
    Correction(KEY, "date"),
    Correction(KEY, "type", type="riot"),
    Correction(KEY, "reject"),
    Correction(KEY, "note", note=HOSTILE),
    Correction(KEY._replace(place_text="'s-Hertogenbosch"), "note", note="'=1"),
    Correction(KEY, "same_event", other=OTHER),
    Correction(KEY, "other_event"),
)
HEADER = "action,article,trigger_start,trigger_end,place_text,type,place,place_id,lat,lon,date_start,date_end,note"
GOOD = "type,0123456789abcdef,4,12,Debaltsevo,riot"


def test_every_kind_of_correction_is_read_back_as_it_was() -> None:
    found = tuple(Standing(made, None, trigger="Shelling", article_id="a", title=HOSTILE) for made in ALL)
    assert decode(encode(found), name="c.csv") == found


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_any_note_is_read_back_and_no_cell_begins_as_a_formula(note: str) -> None:
    standing = Standing(Correction(KEY, "note", note=note), None)
    raw = encode([standing])
    assert decode(raw, name="c.csv") == (standing,)
    cells = [cell for row in csv.reader(io.StringIO(raw.decode(), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheets_own_separator_and_mark_of_utf_8_are_understood(separator: str) -> None:
    raw = ("\ufeff" + f"{HEADER}\n{GOOD}\n".replace(",", separator)).encode()
    assert [standing.correction for standing in decode(raw, name="c.csv")] == [ALL[4]]


def test_the_event_is_shown_and_not_read_back() -> None:
    raw = encode([Standing(ALL[5], "e1")])
    assert next(csv.DictReader(io.StringIO(raw.decode(), newline="")))["event"] == "e1"
    assert decode(raw, name="c.csv")[0].event is None
    assert COLUMNS[-1] == "event"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("war,0123456789abcdef,4,12,D", "action: expected one of place, date, type"),
        ("type,0123,4,12,D,riot", "article: expected the article's 16 digits"),
        ("type,0123456789abcdef,four,12,D,riot", "trigger_start: expected a whole number; got 'four'"),
        ("type,0123456789abcdef,12,4,D,riot", "trigger_start must be before trigger_end"),
        ("type,0123456789abcdef,4,12,D,war", "type: expected one of battle"),
        ("place,0123456789abcdef,4,12,D", "a corrected place needs place and place_id"),
        ("place,0123456789abcdef,4,12,D,,X,g1,91,0", "lon/lat out of range"),
        ("place,0123456789abcdef,4,12,D,,X,g1,nan,0", "coordinates must be finite"),
        ("place,0123456789abcdef,4,12,D,,X,g1,here,0", "lat: expected degrees such as 48.34; got 'here'"),
        ("date,0123456789abcdef,4,12,D,,,,,,26/01/2015,", "date_start: expected a day such as 2015-01-26"),
        ("date,0123456789abcdef,4,12,D,,,,,,2015-02-30,", "is not in the calendar"),
        ("date,0123456789abcdef,4,12,D,,,,,,2015-02-03,2015-02-01", "date_start 2015-02-03 is after"),
        ("date,0123456789abcdef,4,12,D,,,,,,2015-02-03,", "both be given or both be empty"),
        ("same_event,0123456789abcdef,4,12,D", "other_article: expected the article's 16 digits"),
        ('note,0123456789abcdef,4,12,D,,,,,,,,"unfinished', "unexpected end of data"),
        (f"note,0123456789abcdef,4,12,D,,,,,,,,{'x' * 5000}", "a note may have 4,000 characters"),
    ],
)
def test_a_faulty_row_is_named_by_file_and_line(line: str, fault: str) -> None:
    raw = f'{HEADER}\n{GOOD}\nnote,0123456789abcdef,4,12,D,,,,,,,,"two\nlines"\n{line}\n'.encode()
    with pytest.raises(CorrectionsFileError) as caught:
        decode(raw, name="c.csv")
    assert caught.value.faults[0].startswith("c.csv:5: ")
    assert fault in str(caught.value)
    assert "Nothing was taken in" in str(caught.value)


def test_every_faulty_row_is_named_up_to_a_readable_number() -> None:
    raw = (HEADER + "\n" + "war\n" * 30).encode()
    with pytest.raises(CorrectionsFileError, match=r"(?s)c\.csv:2: .*c\.csv:21: .*and 10 more") as caught:
        decode(raw, name="c.csv")
    assert len(caught.value.faults) == 30


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "the columns action, article, trigger_start, trigger_end, place_text are missing; found nothing"),
        (
            b"action,when\n",
            "the columns article, trigger_start, trigger_end, place_text are missing; found action, when",
        ),
        (b"action\n\xff\n", "c.csv:2: this is not UTF-8"),
    ],
)
def test_a_file_of_something_else_is_named(raw: bytes, fault: str) -> None:
    with pytest.raises(CorrectionsFileError, match=fault):
        decode(raw, name="c.csv")


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b'"action\n', "c.csv:1: unexpected end of data"),
        (b'"' + b"x" * 200_000 + b"\n", "c.csv:1: "),
        (
            f"{HEADER}\n{GOOD.replace(',12,', ',' + '9' * 30 + ',')}\n".encode(),
            "c.csv:2: trigger_end: expected a whole number; got '99",
        ),
        (
            f"{HEADER}\n{GOOD.replace(',12,', ',' + '9' * 5000 + ',')}\n".encode(),
            "c.csv:2: trigger_end: expected a whole number; got '99",
        ),
        (f"{HEADER}\n{GOOD.replace('4,12', '-12,12')}\n".encode(), "c.csv:2: trigger_start must be before"),
    ],
)
def test_huge_numbers_and_open_quotation_marks_are_faults_with_their_line(raw: bytes, fault: str) -> None:
    with pytest.raises(CorrectionsFileError) as caught:
        decode(raw, name="c.csv")
    assert caught.value.faults[0].startswith(fault)
