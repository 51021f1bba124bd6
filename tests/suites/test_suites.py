"""The suites keep to their form, cover what they promise, and are judged as their README says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo.model import Event, Mention, PlaceRef, Published, TimeSpan
from geo.reader.candidates import Candidate
from geo.settings import ARTICLES
from tests.suites import briefs, items, judge, nouns, scoring

HALVES: tuple[items.Half, items.Half] = ("dev", "held_out")
KYIV = PlaceRef("g703448", "Kyiv", "town", 30.52, 50.45, "UA")
LVIV = PlaceRef("g702550", "Lviv", "town", 24.02, 49.84, "UA")

PLACES = {half: items.load_places(half) for half in HALVES}
NOUNS = {half: nouns.load(half) for half in HALVES}
CONTAINERS = {half: items.load_containers(half) for half in HALVES}
EVENTS = {half: items.load_events(half) for half in HALVES}
TIMES = {half: items.load_times(half) for half in HALVES}
REPORTS = {half: items.load_reports(half) for half in HALVES}
PUBLICATION = {half: items.load_publication(half) for half in HALVES}


@pytest.mark.parametrize(
    ("suite", "at_least"),
    [(PLACES, 160), (CONTAINERS, 300), (NOUNS, 80), (EVENTS, 320), (TIMES, 260), (REPORTS, 44), (PUBLICATION, 30)],
    ids=["places", "containers", "nouns", "events", "times", "reports", "publication"],
)
def test_a_suite_is_large_and_its_halves_share_nothing(suite, at_least):
    # the development half may grow; the held-out half stays as it was written
    assert all(len(suite[half]) >= at_least / 2 for half in HALVES)
    ids = [item.id for half in HALVES for item in suite[half]]
    assert len(set(ids)) == len(ids)
    texts = [{getattr(item, "text", item.id) for item in suite[half]} for half in HALVES]
    assert not texts[0] & texts[1]


@pytest.mark.parametrize("suite", [PLACES, CONTAINERS, NOUNS, EVENTS, TIMES, REPORTS, PUBLICATION])
def test_every_phenomenon_of_one_half_stands_in_the_other(suite):
    dev, held_out = (Counter(item.phenomenon for item in suite[half]) for half in HALVES)
    assert set(dev) == set(held_out)
    assert all(dev[phenomenon] >= held_out[phenomenon] - 2 for phenomenon in held_out)


@pytest.mark.parametrize("half", HALVES)
def test_places_come_from_many_wars(half):
    assert len({item.war for item in PLACES[half]}) >= 12


@pytest.mark.parametrize("half", HALVES)
def test_events_come_from_many_wars_decades_and_voices(half):
    with_events = [item for item in EVENTS[half] if item.events]
    assert len({item.war for item in with_events}) >= 15
    decades = {event.dates[0].year // 10 for item in with_events for event in item.events if event.dates}
    assert len(decades) >= 7
    assert {item.voice for item in with_events} >= {
        "agency",
        "live blog",
        "NGO",
        "military briefing",
        "retrospective",
        "headline",
    }
    types = Counter(event.types[0] for item in with_events for event in item.events)
    assert len(types) == 7
    assert min(types.values()) >= 4


def test_whole_articles_tell_of_many_events_each_and_share_no_war_between_the_halves():
    halves = [items.load_articles(half) for half in HALVES]
    for articles in halves:
        assert sum(len(item.events) for item in articles) >= 50
        assert all(len(item.text.split()) >= 90 for item in articles)
    assert not {item.war for item in halves[0]} & {item.war for item in halves[1]}


def test_there_are_more_than_a_hundred_distractors():
    assert sum(not item.events for half in HALVES for item in EVENTS[half]) >= 110


@pytest.mark.parametrize("half", HALVES)
def test_the_table_of_times_holds_expressions_that_date_nothing(half):
    assert sum(not item.readings for item in TIMES[half]) >= 15


@pytest.mark.parametrize("half", HALVES)
def test_groups_of_reports_hold_pairs_of_both_kinds(half):
    pairs = [
        frozenset((one.id, other.id)) in group.same
        for group in REPORTS[half]
        for index, one in enumerate(group.reports)
        for other in group.reports[index + 1 :]
    ]
    assert pairs.count(True) >= 15
    assert pairs.count(False) >= 15


def test_a_faulty_file_is_refused_with_its_name_and_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "places_dev.yaml").write_text(
        "- {id: p1, war: w, phenomenon: list, text: In Rome., mentions: [{text: Oslo, usage: literal}]}\n"
    )
    monkeypatch.setattr(items, "HERE", tmp_path)
    with pytest.raises(items.SuiteError, match=r"places_dev\.yaml: p1: .*Oslo"):
        items.load_places("dev")


def test_the_distance_is_that_of_the_sphere():
    assert items.kilometres(0, 0, 0, 1) == pytest.approx(111.195, abs=0.01)
    assert items.kilometres(179.5, 0, -179.5, 0) == pytest.approx(111.195, abs=0.01)


def _places_item() -> items.PlacesItem:
    text = "Snow fell in Kyiv, wrote the Lviv Gazette."
    kyiv = items.ExpectedMention(13, 17, "Kyiv", "literal", items.Point("Kyiv", 30.5, 50.4, 25), placed=True)
    return items.PlacesItem("p", "w", "organisation", text, (kyiv,), items.spans(text, "Lviv"))


def _mention(start: int, end: int, usage: str, place: PlaceRef | None) -> Mention:
    return Mention(start, end, _places_item().text[start:end], usage, place, 0.9)


def test_a_passage_is_right_when_usage_and_place_are():
    assert judge.places_faults(_places_item(), [_mention(13, 17, "literal", KYIV)]) == ()


@pytest.mark.parametrize(
    "found",
    [
        [],
        [_mention(13, 17, "metonym", KYIV)],
        [_mention(13, 17, "literal", LVIV)],
        [_mention(13, 17, "literal", None)],
        [_mention(13, 17, "literal", KYIV), _mention(29, 33, "literal", LVIV)],
    ],
    ids=["missed", "usage", "place", "unresolved", "no place"],
)
def test_a_passage_is_wrong_when_anything_is(found):
    assert judge.places_faults(_places_item(), found)


def test_a_place_inside_an_organisation_may_be_marked_as_that():
    found = [_mention(13, 17, "literal", KYIV), _mention(29, 33, "organisation", LVIV)]
    assert judge.places_faults(_places_item(), found) == ()


def _event(place: PlaceRef | None = KYIV, start: str = "2024-01-02", end: str = "2024-01-02", **changes) -> Event:
    values = {
        "id": "e",
        "type": "explosion",
        "sub_type": None,
        "status": "reported",
        "speaker": None,
        "tier": "A",
        "confidence": 0.9,
        "reasons": (),
        "place": place,
        "place_text": "Kyiv",
        "date_start": date.fromisoformat(start),
        "date_end": date.fromisoformat(end),
        "date_precision": "day",
        "date_basis": "relative",
        "date_text": "Tuesday",
        "trigger": "hit",
        "trigger_start": 0,
        "trigger_end": 3,
        "sentence_start": 0,
        "sentence_end": 9,
    }
    return Event(**(values | changes))


def _events_item(*, allowed: bool = False) -> items.EventsItem:
    day = date(2024, 1, 2)
    kyiv = items.ExpectedEvent(("explosion",), items.Point("Kyiv", 30.5, 50.4, 25), (day, day), ("reported",))
    lviv = items.ExpectedEvent(("battle", "explosion"), items.Point("Lviv", 24.0, 49.8, 25), None, ("reported",))
    return items.EventsItem("e", "w", "agency", day, "weekday", "...", (kyiv,), (lviv,) if allowed else ())


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ([_event()], (1, 1, (1, 1, 1, 1))),
        ([_event(), _event(place=LVIV)], (1, 2, (1, 1, 1, 1))),
        ([_event(type="battle")], (1, 1, (1, 1, 0, 0))),
        ([_event(start="1980-01-01", end="1980-01-01")], (1, 1, (1, 0, 0, 0))),
        ([_event(status="denied")], (1, 0, (0, 0, 0, 0))),
        ([], (1, 0, (0, 0, 0, 0))),
    ],
)
def test_an_article_is_counted_level_by_level(found, counts):
    assert judge.count_events(_events_item(), found) == judge.EventCounts(*counts)


def test_an_allowed_pin_is_neither_right_nor_wrong():
    assert judge.count_events(_events_item(allowed=True), [_event(place=LVIV)]) == judge.EventCounts(1, 0, (0, 0, 0, 0))


def test_the_counts_of_articles_are_written_as_shares():
    assert "precision 1.000  recall 0.500" in scoring.report_counts(judge.EventCounts(2, 1, (1, 0, 0, 0)))


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        ([_event()], 0),
        ([_event(start="2023-12-31")], 0),
        ([_event(start="2023-12-20")], 2),
        ([_event(start="2024-01-03", end="2024-01-03")], 2),
        ([_event(type="battle")], 2),
        ([_event(place=LVIV)], 2),
        ([_event(place=None)], 1),
        ([_event(status="planned")], 1),
        ([_event(), _event()], 1),
        ([_event(), _event(place=LVIV)], 1),
        ([_event(), _event(place=LVIV, status="hypothetical")], 0),
        ([], 1),
    ],
)
def test_an_item_is_right_when_its_events_and_no_others_are_found(found, faults):
    assert len(judge.judge_events(_events_item(), found).faults) == faults


def test_an_allowed_event_is_not_held_against_a_reader():
    assert judge.judge_events(_events_item(allowed=True), [_event(), _event(place=LVIV)]).faults == ()


def test_events_are_matched_so_that_as_many_as_possible_fit():
    loose, tight = _event(start="2024-01-01"), _event()
    item = _events_item()
    second = items.ExpectedEvent(
        ("explosion",), item.events[0].place, (date(2024, 1, 1), date(2024, 1, 1)), ("reported",)
    )
    both = items.EventsItem("e", "w", "agency", item.published, "list", "...", (item.events[0], second), ())
    assert judge.judge_events(both, [loose, tight]).faults == ()


def _times_item(*readings: tuple[date, date]) -> items.TimesItem:
    return items.TimesItem("t", date(2024, 1, 2), "month", "It was in May.", 10, 13, readings, "month")


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [("2023-05-01", "2023-05-31", True), ("2023-05-10", "2023-05-31", True), ("2023-05-01", "2023-05-01", False)],
)
def test_an_interval_is_right_from_three_fifths_of_the_days_on(start, end, right):
    found = TimeSpan(7, 13, "in May", date.fromisoformat(start), date.fromisoformat(end), "month", "relative")
    assert (judge.times_faults(_times_item((date(2023, 5, 1), date(2023, 5, 31))), [found]) == ()) is right


def test_what_dates_nothing_may_be_found_without_dates_only():
    bare = TimeSpan(10, 13, "May", None, None, "month", "relative")
    dated = TimeSpan(10, 13, "May", date(2023, 5, 1), date(2023, 5, 31), "month", "relative")
    assert judge.times_faults(_times_item(), [bare]) == ()
    assert judge.times_faults(_times_item(), [dated])


def test_the_day_of_publication_is_right_with_its_basis():
    day = date(2024, 1, 2)
    item = items.PublicationItem("p", "dateline", "...", None, None, day, day, ("explicit",))
    assert judge.publication_faults(item, Published(day, day, "explicit")) == ()
    assert judge.publication_faults(item, Published(day, day, "inferred"))
    assert judge.publication_faults(item, None)


def test_a_street_named_after_a_place_is_wrong_only_where_it_is_placed():
    text = "A shell fell on Lviv Street."
    item = items.PlacesItem("p", "w", "street", text, (), items.spans(text, "Lviv"))
    street = Mention(16, 27, "Lviv Street", "literal", None, 0.5)
    assert judge.places_faults(item, [street]) == ()
    assert judge.places_faults(item, [Mention(16, 27, "Lviv Street", "literal", LVIV, 0.5)])
    assert judge.places_faults(item, [Mention(16, 20, "Lviv", "literal", None, 0.5)])


def test_a_report_stands_for_the_event_on_its_day_and_at_its_place():
    asked = _events_item().events[0]
    recalled, elsewhere, own = _event(start="2022-02-24", end="2022-02-24"), _event(place=LVIV), _event(type="battle")
    assert judge.own_event(asked, [recalled, elsewhere, own]) is own
    assert judge.own_event(asked, [recalled]) is None


def test_pairs_of_reports_are_scored_over_all_groups():
    def group(name: str, *same: str) -> items.ReportsGroup:
        event = _events_item().events[0]
        reports = tuple(items.Report(name + letter, date(2024, 1, 2), "...", event) for letter in "abc")
        return items.ReportsGroup(name, "w", "x", reports, frozenset(frozenset((name + a, name + b)) for a, b in same))

    groups = [group("p", "ab", "ac", "bc"), group("q", "ab")]
    said = {"pa": "1", "pb": "1", "pc": None, "qa": "1", "qb": "2", "qc": "3"}
    score = judge.pair_score(groups, said)
    assert (score.right, score.joined, score.together) == (1, 3, 4)
    assert score.precision == pytest.approx(1 / 3)
    assert score.recall == pytest.approx(1 / 4)


def test_the_table_names_the_share_and_its_confidence():
    verdicts = [
        scoring.Verdict("a", ("kind distractor",), "...", ()),
        scoring.Verdict("b", ("kind x",), "...", ("no",)),
    ]
    table = scoring.report(verdicts, verbose=True)
    assert "fully right: 0.500 (1/2), 95 % 0.095-0.905" in table
    assert "distractors with a false pin: 0.000 (0/1)" in table
    assert "  - no" in table


def test_the_demo_articles_are_annotated_whole_and_each_stands_in_one_half():
    halves = [briefs.load(half) for half in HALVES]
    names = [document.id for half in halves for document in half]
    assert sorted(names) == sorted(path.stem for path in ARTICLES.glob("*.txt"))
    assert all(document.events for half in halves for document in half)


def test_a_row_of_a_brief_that_makes_no_sense_names_file_and_line(tmp_path, monkeypatch):
    name = next(iter(sorted(path.stem for path in ARTICLES.glob("*.txt"))))
    (tmp_path / "briefs_dev.tsv").write_text(f"{name}\t-\n{name}\tflood\tX\t1,2\ttown\t-\tOn\tcame\n", encoding="utf-8")
    monkeypatch.setattr(briefs, "HERE", tmp_path)
    with pytest.raises(items.SuiteError, match=r"briefs_dev\.tsv:2: 'flood' is no type"):
        briefs.load("dev")


def _noun(start: int, end: int, place: PlaceRef | None) -> Candidate:
    return Candidate(Mention(start, end, "the city", "literal", place, 0.5), nominal=True, sentence=0)


def test_a_noun_is_right_at_its_place_and_one_that_stands_for_none_when_it_is_not_laid():
    asked = nouns.ExpectedNoun(10, 18, "the city", items.Point("Kyiv", 30.5, 50.4, 25))
    item = nouns.NounsItem("n", "w", "last_town", "Shells hit the city of nobody.", (asked,))
    assert nouns.faults(item, [_noun(10, 18, KYIV)]) == ()
    assert nouns.faults(item, [_noun(10, 18, LVIV)])
    assert nouns.faults(item, [_noun(0, 6, KYIV)])
    nowhere = nouns.NounsItem("n", "w", "none", item.text, (nouns.ExpectedNoun(10, 18, "the city", None),))
    assert nouns.faults(nowhere, []) == ()
    assert nouns.faults(nowhere, [_noun(10, 18, KYIV)])


@pytest.mark.parametrize(("half", "least"), [("dev", 36), ("held_out", 30)])
def test_nouns_stand_for_the_places_that_a_reader_takes_them_for(half: items.Half, least: int):
    with Gazetteer.open(quiet=True) as gazetteer:
        assert sum(not verdict.faults for verdict in scoring.score_nouns(half, gazetteer)) >= least


@pytest.mark.parametrize(("half", "articles", "least", "most_wrong"), [("held_out", 162, 0.66, 0.26)])
def test_articles_that_others_wrote_are_told(half: items.Half, articles: int, least: float, most_wrong: float):
    with Gazetteer.open(quiet=True) as gazetteer:
        card = scoring.score_strangers(half, gazetteer)
    assert len(card.documents) >= articles
    assert card.value("F, strict") >= least, card.report()
    assert card.value("wrong pins") <= most_wrong, card.report()
