"""The suite of kinds keeps to its form, covers what it promises, and is judged by incident, day and figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.model import Event, PlaceRef, TimeSpan
from tests.suites import items, kinds, scoring

HALVES: tuple[items.Half, items.Half] = ("dev", "held_out")
KINDS = {half: kinds.load(half) for half in HALVES}
KYIV = PlaceRef("g703448", "Kyiv", "town", 30.52, 50.45, "UA")
LVIV = PlaceRef("g702550", "Lviv", "town", 24.02, 49.84, "UA")
UKRAINE = PlaceRef("g690791", "Ukraine", "country", 31.4, 49.0, "UA", precision="country")
DAY = date(2024, 1, 2)


@pytest.mark.parametrize("half", HALVES)
def test_a_half_holds_150_texts_four_or_more_of_each_kind(half):
    assert len(KINDS[half]) == 150
    counted = Counter(item.kind for item in KINDS[half])
    assert len(counted) == 36
    assert min(counted.values()) >= 4
    assert sum(not item.told for item in KINDS[half]) >= 6


def test_the_halves_share_their_kinds_and_no_text():
    assert {item.kind for item in KINDS["dev"]} == {item.kind for item in KINDS["held_out"]}
    texts = [{item.text for item in KINDS[half]} for half in HALVES]
    assert not texts[0] & texts[1]


@pytest.mark.parametrize("half", HALVES)
def test_texts_are_short_and_of_many_wars_and_voices(half):
    assert max(len(item.text.split()) for item in KINDS[half]) <= 40
    assert len({item.voice for item in KINDS[half]}) >= 10


def _event(name: str = "e", place: PlaceRef | None = KYIV, day: date | None = DAY, **changes) -> Event:
    made = Event(
        id=name,
        type="explosion",
        sub_type=None,
        status="reported",
        speaker=None,
        tier="A",
        confidence=0.9,
        reasons=(),
        place=place,
        place_text="Kyiv",
        date_start=day,
        date_end=day,
        date_precision="day",
        date_basis="relative",
        date_text="Tuesday",
        trigger="hit",
        trigger_start=0,
        trigger_end=3,
        sentence_start=0,
        sentence_end=9,
    )
    return replace(made, **changes)


def _item(**changes) -> kinds.KindsItem:
    asked = items.ExpectedEvent(("explosion",), items.Point("Kyiv", 30.5, 50.4, 25), (DAY, DAY), ("reported",))
    told = kinds.Told(asked, ((DAY, DAY),), undated=False, killed=None)
    return kinds.KindsItem("k", "date: x", "agency", DAY, "...", (replace(told, **changes),), (), ())


def _steps(item: kinds.KindsItem, found: list[Event], incident_of: dict[str, str] | None = None) -> list[str]:
    alone = {event.id: event.id for event in found}
    return [fault.step for fault in kinds.faults(item, found, (), alone | (incident_of or {}))]


@pytest.mark.parametrize(
    ("found", "steps"),
    [
        ([_event()], []),
        ([], ["trigger or tie"]),
        ([_event(day=date(2024, 1, 1))], ["date"]),
        ([_event(date_start=date(2024, 1, 1))], ["date"]),
        ([_event(type="battle")], ["type"]),
        ([_event(status="planned")], ["status"]),
        ([_event(place=LVIV)], ["place"]),
        ([_event(), _event("f", place=LVIV)], ["pin elsewhere"]),
        ([_event(), _event("f", place=LVIV, status="planned")], []),
        ([_event(), _event("f", place=UKRAINE)], []),
        ([_event(), _event("f")], ["restatement"]),
        ([_event(), _event("f", type="battle")], ["second event"]),
    ],
)
def test_a_fault_names_the_step_that_went_wrong(found, steps):
    assert _steps(_item(), found) == steps


def test_a_second_report_of_one_incident_is_no_second_pin():
    found = [_event(), _event("f", day=date(2024, 1, 1))]
    assert _steps(_item(), found) == ["restatement"]
    assert _steps(_item(), found, {"f": "e"}) == []


def test_another_right_day_or_none_is_right_where_the_item_says_so():
    found = [_event(day=date(2024, 1, 1))]
    other = (date(2024, 1, 1), date(2024, 1, 1))
    assert _steps(_item(readings=((DAY, DAY), other)), found) == []
    assert _steps(_item(undated=True), [_event(day=None)]) == []
    assert _steps(_item(), [_event(day=None)]) == ["date"]


@pytest.mark.parametrize(
    ("killed", "low", "high", "steps"),
    [((2, 2), 2, 2, []), ((2, 2), None, None, ["dead"]), ((), None, None, []), ((), 2, 2, ["dead"]), (None, 2, 2, [])],
)
def test_the_dead_are_compared_where_they_are_asked_for(killed, low, high, steps):
    assert _steps(_item(killed=killed), [_event(killed_low=low, killed_high=high)]) == steps


def test_a_time_asked_for_must_be_read():
    text = "Talks were put off until Monday."
    time = items.TimesItem("k", DAY, "x", text, 25, 31, ((date(2024, 1, 8),) * 2,), "day")
    item = replace(_item(), told=(), times=(time,))
    wrong = TimeSpan(25, 31, "Monday", date(2024, 1, 1), date(2024, 1, 1), "day", "relative")
    right = replace(wrong, date_start=date(2024, 1, 8), date_end=date(2024, 1, 8))
    assert [fault.step for fault in kinds.faults(item, (), (wrong,), {})] == ["date"]
    assert kinds.faults(item, (), (right,), {}) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [("date_start: 2024-01-09, date_end: 2024-01-09", "by the day after"), ("killed: [1]", "a low and a high")],
)
def test_a_faulty_item_is_refused_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line, expected):
    days = "" if "date" in line else "date_start: 2024-01-02, date_end: 2024-01-02, "
    (tmp_path / "kinds_dev.yaml").write_text(
        "- {id: k1, war: w, voice: agency, published: 2024-01-02, phenomenon: x, text: In Rome., events: "
        f"[{{type: riot, place: {{name: Rome, lon: 12.5, lat: 41.9, km: 25}}, {days}{line}}}]}}\n"
    )
    monkeypatch.setattr(items, "HERE", tmp_path)
    with pytest.raises(items.SuiteError, match=rf"kinds_dev\.yaml: k1: .*{expected}"):
        kinds.load("dev")


def test_the_held_out_faults_are_not_printed(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        scoring.main(["kinds", "--held-out", "--verbose"])
    assert "development half" in capsys.readouterr().err
