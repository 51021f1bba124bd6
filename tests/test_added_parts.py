"""Layers and readers of events that packages add, the program's own among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import own, plugins
from gazetteer.index import Gazetteer
from geo import layouts
from geo.events import added as readers
from geo.ingest import Problem, read
from geo.layers import adding
from geo.layouts.reading import DIRECTORY
from geo.model import Article, Record
from geo.pipeline import explain, parse, records, version
from geo.store import Store
from tests.packages import add, install_example, look_again, packages

__all__ = ["packages"]

DIARY = """== 2015-01-30
* explosion, Debaltseve: a shell hit the depot, and the windows of the school are gone.
* protest, Kyiv: some forty people stood before the ministry.

== 2015-01-31
Troops attacked Debaltseve at dawn on Saturday.
"""
PATROLS = "patrol,seen_on,north,east,what\nB2,2015-01-30,48.34,38.44,shots\nB2,2015-01-31,48.36,38.41,smoke\n"


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


# Layers.


def test_every_kind_of_event_data_that_ships_is_declared_as_another_packages_is() -> None:
    shipped, faults = layouts.kinds()
    assert (tuple(one.kind for one in shipped), faults) == (plugins.own(plugins.LAYERS), ())
    assert layouts.any_table().kind == "table"
    assert {path.stem for path in DIRECTORY.glob("*.yaml")} == {*plugins.own(plugins.LAYERS), "table"}


def test_a_layer_of_the_example_package_is_known_by_its_columns(packages: Path, tmp_path: Path) -> None:
    install_example(packages)
    look_again()
    file = tmp_path / "log.csv"
    file.write_text(PATROLS)
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        report = adding.add([file], store)
    assert report.layer is not None
    told = (report.layer.name, report.layer.kind, report.layer.rows, report.layer.restricted, report.problems)
    assert told == ("Patrol logs", "patrols", 2, True, [])
    (refused,) = read([file])
    assert "Patrol logs's event data" in str(refused)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("kind: odd\ndate_start: a\nlat: b\n", "LayoutError"),
        ("kind: other\nrecognise: [a]\ndate_start: a\nlat: b\nlon: c\ntype: {value: battle}\n", "kind must be 'odd'"),
        ("kind: odd\ndate_start: a\nlat: b\nlon: c\ntype: {value: battle}\n", "by which columns"),
        (None, "FileNotFoundError"),
    ],
)
def test_a_layer_that_cannot_be_read_is_named_and_the_others_are_known(
    packages: Path, tmp_path: Path, mapping: str | None, said: str
) -> None:
    if mapping is not None:
        (packages / "odd.yaml").write_text(mapping)
    code = "from pathlib import Path\n\n\ndef odd():\n    return Path(__file__).with_name('odd.yaml')\n"
    add(packages, "oddlayers", {plugins.LAYERS: {"odd": "oddlayers:odd"}}, code)
    file = tmp_path / "incidents.csv"
    file.write_text("date,latitude,longitude,type\n2015-01-30,48.3,38.4,battle\n")
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        report = adding.add([file], store)
    assert report.layer is not None and report.layer.rows == 1
    (problem,) = report.problems
    assert problem.severity == "note"
    assert "'odd' of oddlayers 1.0 failed" in problem.what
    assert said in problem.what


# Readers of events.


def diary(tmp_path: Path) -> list[Article]:
    file = tmp_path / "front.diary"
    file.write_text(DIARY, encoding="utf-8")
    return [item for item in read([file]) if isinstance(item, Article)]


def test_our_own_reader_is_declared_as_another_packages_is_and_reads_what_no_other_takes() -> None:
    assert plugins.own(plugins.EVENTS) == (readers.LEARNED,)
    given = readers.Given(Article("a", "Nothing of note."))
    assert readers.read(given) == plugins.load(plugins.EVENTS, readers.LEARNED)(given)
    assert readers.taken_by(given) is None


def test_the_reader_of_the_example_package_takes_its_own_articles_and_no_others(
    packages: Path, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    before = version(gazetteer)
    install_example(packages)
    look_again()
    assert version(gazetteer) != before
    marked, plain = diary(tmp_path)
    told = parse(marked, gazetteer)
    assert [(one.type, one.place.name if one.place else None) for one in told.events] == [
        ("explosion", "Debaltseve"),
        ("protest", "Kyiv"),
    ]
    first = told.events[0]
    assert first.date_start is not None
    assert (first.date_start.isoformat(), first.trigger, first.tier) == ("2015-01-30", "explosion", "A")
    assert first.reasons == ("read by diary (conflict-map-diary 1.0)",)
    assert "'diary' of conflict-map-diary 1.0" in explain(marked, gazetteer)
    look = parse(plain, gazetteer)
    assert look.events
    assert not any("diary" in reason for one in look.events for reason in one.reasons)


BAD = """
import dataclasses

from geo.events.added import event


def raises(given):
    raise RuntimeError("out of ink")


def forever(given):
    while True:
        pass


def one(given, **changes):
    made = event(given, type="battle", place=given.mentions[0], trigger=(0, 4), days=given.published)
    return [dataclasses.replace(made, **changes)], ()


def outside(given):
    return one(given, trigger_end=10_000)


def no_text(given):
    return one(given, place_text=None)


def half(given):
    return one(given, speaker=chr(0xD800))


def no_events(given):
    return "ab"


def same_ids(given):
    (made,), _ = one(given)
    return [made, made], ()
"""


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        ("raises", "RuntimeError: out of ink"),
        ("forever", "TimeoutError: it took more than"),
        ("outside", "trigger_end must lie within"),
        ("no_text", "place_text must be a text; got None"),
        ("half", "UnicodeEncodeError"),
        ("no_events", "expected NotPlotted; got 'b'"),
    ],
)
def test_a_reader_that_fails_costs_its_own_answer_and_the_article_is_read_by_the_next(
    packages: Path, tmp_path: Path, gazetteer: Gazetteer, reader: str, said: str
) -> None:
    article = Article("a", "Troops attacked Debaltseve at dawn on Saturday.")
    expected = parse(article, gazetteer)
    assert expected.events
    add(packages, "badreaders", {plugins.EVENTS: {"bad": f"badreaders:{reader}"}}, BAD)
    note, record = records([article], gazetteer, jobs=1)
    assert isinstance(note, Problem) and isinstance(record, Record)
    assert note.severity == "note"
    assert "'bad' of badreaders 1.0 failed" in note.what
    assert said in note.what
    assert record.events == expected.events


def test_a_reader_that_cannot_be_loaded_is_told_once_for_all_articles(packages: Path, gazetteer: Gazetteer) -> None:
    add(packages, "gone", {plugins.EVENTS: {"gone": "no_such_module:told"}}, "")
    articles = [Article(name, f"Shelling near Kyiv, {name}.") for name in "abc"]
    note, *rest = records(articles, gazetteer, jobs=1)
    assert isinstance(note, Problem)
    assert "'gone' of gone 1.0 cannot be loaded" in note.what
    assert [type(item) for item in rest] == [Record] * 3


def test_events_get_ids_of_their_own_whatever_a_reader_calls_them(packages: Path, gazetteer: Gazetteer) -> None:
    add(packages, "twice", {plugins.EVENTS: {"twice": "twice:same_ids"}}, BAD)
    record = parse(Article("a", "Troops attacked Debaltseve at dawn on Saturday."), gazetteer)
    assert len({one.id for one in record.events}) == 2


def test_a_new_version_of_a_reader_is_a_reason_to_read_anew(packages: Path, gazetteer: Gazetteer) -> None:
    seen = {version(gazetteer)}
    for number in ("1.0", "1.1"):
        add(packages, "changing", {plugins.EVENTS: {"changing": "changing:raises"}}, BAD, version=number)
        seen.add(version(gazetteer))
        (packages / f"changing-{number}.dist-info").rename(packages / "away")
        (packages / "away" / "entry_points.txt").unlink()
        (packages / "away" / "METADATA").unlink()
        (packages / "away").rmdir()
    assert len(seen) == 3


def test_places_of_the_example_package_are_ones_own(packages: Path, tmp_path: Path) -> None:
    install_example(packages)
    look_again()
    file = tmp_path / "camps.waypoints"
    file.write_text("48.35 38.42 Camp Juniper\n")
    assert [place.name for place in own.read(file).by_id.values()] == ["Camp Juniper"]
