"""Documents of our own against incident keys, and joined reports against groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.training import incident_scores
from geo.training.gold import GoldDocument, GoldIncident, GoldReports
from geo.training.scorecard import Counted, Scorecard, Share
from tests.training.test_event_scores import FIRST, KHARKIV, MONDAY, SLOVIANSK, event

KEY = GoldIncident(("BOMBING",), "UKRAINE: SLOVIANSK (CITY)", ((MONDAY, MONDAY),), optional=False)
DOCUMENT = GoldDocument("a", "...", MONDAY, incidents=(KEY,))
RIGHT = event(SLOVIANSK, FIRST)


def figures(*counted: Counted) -> tuple[float, ...]:
    card = Scorecard("c", "incidents", counted, incident_scores.FIGURES)
    return tuple(card.value(name) for name in ("relevance F1", "type F1", "place F1", "date"))


def test_a_bombing_is_met_by_an_explosion_there_and_then() -> None:
    assert figures(incident_scores.count(DOCUMENT, [RIGHT])) == (1, 1, 1, 1)


def test_errors_are_told_by_class() -> None:
    elsewhere = incident_scores.count(DOCUMENT, [event(KHARKIV, FIRST)])
    assert [kind for kind, _ in elsewhere.errors] == ["place of no incident", "place of an incident missed"]
    late = replace(RIGHT, date_start=date(2014, 7, 1), date_end=date(2014, 7, 1))
    assert [kind for kind, _ in incident_scores.count(DOCUMENT, [late]).errors] == ["wrong date"]
    nothing = incident_scores.count(DOCUMENT, [])
    assert [kind for kind, _ in nothing.errors] == ["no event in a relevant document", "place of an incident missed"]
    quiet = replace(DOCUMENT, incidents=())
    assert [kind for kind, _ in incident_scores.count(quiet, [RIGHT]).errors] == ["event in a document without any"]


def test_what_is_planned_or_peaceful_does_not_count() -> None:
    planned, rally = replace(RIGHT, status="planned"), replace(RIGHT, type="protest")
    assert figures(incident_scores.count(DOCUMENT, [planned, rally])) == (0, 0, 0, 0)


def test_an_interval_longer_than_a_month_and_a_half_dates_nothing() -> None:
    vague = replace(RIGHT, date_start=date(2014, 4, 1), date_end=date(2014, 6, 30))
    assert figures(incident_scores.count(DOCUMENT, [vague]))[3] == 0


def test_a_document_with_only_optional_incidents_counts_neither_way() -> None:
    optional = replace(DOCUMENT, incidents=(replace(KEY, optional=True),))
    assert incident_scores.count(optional, [RIGHT]).counts["relevant said"] == 0


def test_accents_and_notes_in_a_location_do_not_matter() -> None:
    key = replace(KEY, location="PERU: SAN MARTIN (DEPARTMENT): JUANJUI (TOWN)")
    place = replace(SLOVIANSK, name="Juanjuí")
    document = replace(DOCUMENT, incidents=(key,))
    assert figures(incident_scores.count(document, [replace(RIGHT, place=place, place_text="Juanjui")]))[2] == 1


def test_pairs_of_reports_are_counted_over_a_group() -> None:
    reports = tuple(replace(DOCUMENT, id=name) for name in "abc")
    group = GoldReports("g", reports, frozenset({frozenset((0, 1)), frozenset((1, 2))}))
    counted = incident_scores.count_pairs(group, {"a": "x", "b": "x", "c": None})
    card = Scorecard("c", "reports", (counted,), incident_scores.PAIRS)
    assert (card.value("pairwise precision"), card.value("pairwise recall")) == (1.0, 0.5)
    assert counted.errors == (("not joined", "b, c"),)
    apart = incident_scores.count_pairs(group, {"a": "x", "b": "y", "c": "x"})
    assert ("joined for nothing", "a, c") in apart.errors


def test_an_interval_of_a_figure_holds_it_and_is_the_same_every_time() -> None:
    counted = tuple(Counted({"part": n % 2, "whole": 1}) for n in range(40))
    card = Scorecard("c", "w", counted, {"half": Share("part", "whole")})
    low, high = card.interval("half", draws=200)
    assert low < card.value("half") == 0.5 < high
    assert (low, high) == card.interval("half", draws=200)
    assert "half" in card.report(draws=20)
