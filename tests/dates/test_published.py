"""When an article was published, and how that is known."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import pytest

from geo.dates import find, publication_date
from geo.dates.holidays import load_holidays
from geo.dates.inferred import load_since
from geo.dates.periods import load_periods
from geo.lexicon import LexiconError
from geo.model import Article, Published


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: 12 January 2015\n\nShells fell on the town.", date(2015, 1, 12)),
        ("date 2023-02-15 Live: the war in brief\nMore follows.", date(2023, 2, 15)),
        ("KABUL, 15 August 2021 (Wire) - Fighters entered the city.", date(2021, 8, 15)),
        ("Tuesday, March 3, 2020\nThe truce holds.", date(2020, 3, 3)),
        ("Tanks enter the town\nTBILISI, August 11, 2008\n\nColumns moved on Monday.", date(2008, 8, 11)),
        ("Town shelled\nBy A. Writer | 3 March 2020\nShells fell.", date(2020, 3, 3)),
        ("Town shelled\nSun 5 May 2024 10.15 BST\nShells fell.", date(2024, 5, 5)),
        ("Town shelled\n2024-05-05T10:15:00Z\nShells fell.", date(2024, 5, 5)),
    ],
)
def test_the_head_of_an_article_says_its_date(text: str, day: date) -> None:
    published = publication_date(Article("a", text))
    assert published is not None
    assert (published.start, published.end, published.basis) == (day, day, "explicit")
    assert published.text


def test_a_dateline_without_a_year_takes_the_one_in_which_the_leads_weekday_fits() -> None:
    text = "ADEN, May 6 (Wire) - Drones struck the port on Tuesday. The siege began in May 2024."
    published = publication_date(Article("a", text))
    assert published is not None
    assert (published.start, published.basis) == (date(2025, 5, 6), "inferred")
    assert "Tuesday" in published.text


def test_a_date_that_ends_a_line_of_prose_is_not_the_articles_date() -> None:
    published = publication_date(Article("a", "The siege of the town began, as all agree, on\n11 May 1992 at dawn."))
    assert published is not None
    assert published.basis == "inferred"


def test_what_the_source_supplied_wins() -> None:
    supplied = Published(date(2020, 1, 1), date(2020, 1, 1), "supplied")
    assert publication_date(Article("a", "Published: 12 January 2015", published=supplied)) is supplied


def test_a_file_name_may_hold_the_date() -> None:
    published = publication_date(Article("a", "Shells fell."), file_name="brief-2015-01-26.txt")
    assert published is not None
    assert published.start == date(2015, 1, 26)


def test_the_age_of_a_war_bounds_the_date() -> None:
    published = publication_date(Article("a", "After 18 months of all-out war Ukraine counts its dead."))
    assert published is not None
    assert published.basis == "inferred"
    assert published.start is not None
    assert published.end is not None
    assert published.start <= date(2023, 8, 24) <= published.end


def test_the_latest_past_date_is_a_lower_bound() -> None:
    published = publication_date(Article("a", "The town fell in May 2016. It had been built in 1890."))
    assert published is not None
    assert (published.start, published.end, published.basis) == (date(2016, 5, 1), None, "inferred")


def test_without_evidence_the_date_is_unknown_and_never_today() -> None:
    published = publication_date(Article("a", "Shells fell on the town."))
    assert published == Published(None, None, "unknown", "nothing in the text says when it was written")


def test_an_empty_text_has_no_date() -> None:
    assert publication_date(Article("a", "  \n")) is None


def test_the_tables_that_ship_load() -> None:
    assert load_periods()
    assert load_holidays()
    assert load_since()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Long War,1939,1945-09-02,", "must be YYYY-MM-DD"),
        ("Long War,1945-09-02,1939-09-01,", "start not after its end"),
        (",1939-09-01,1945-09-02,", "needs a name"),
        ("Long War,1939-09-01", "expected 4 cells"),
    ],
)
def test_a_bad_period_is_named_by_file_and_line(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "named_periods.csv"
    path.write_text(f"# wars\nnames,start,end,note\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"named_periods.csv:3: .*{fault}"):
        load_periods(path)


def test_a_table_with_other_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text("name,when\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"holidays\.csv:1: columns must be names, first, last, note"):
        load_holidays(path)


def test_a_text_that_does_not_say_when_it_appeared_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("geo.dates.find")
    looked: list[str] = []
    tag = module._tag

    def noted(text: str, day: date | None) -> object:
        looked.append(text)
        return tag(text, day)

    monkeypatch.setattr(module, "_tag", noted)
    text = "They first came in March 2015, and shelled the mill on a Monday. Nobody says when that was written."
    published = publication_date(Article("a", text))
    assert published is not None
    assert published.end is None
    assert [span.text for span in find(text, published)] == ["March 2015", "Monday"]
    assert looked == [text]
