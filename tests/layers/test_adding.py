"""Event data in the layouts that people hold become layers: own places, days and types; what was wrong by its line."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import geopandas
import pandas
import pytest
import shapely

from geo import layouts
from geo.ingest import Limits, read
from geo.ingest.problem import UnreadableError
from geo.layers import adding, features
from geo.layers.adding import Report
from geo.model import LayerEvent
from geo.store import Store, layers
from tests.ingest.making import inline, ods, ods_cell, ods_row, xlsx
from tests.layers.specimens import (
    ACLED_NEW,
    ACLED_OLD,
    CLASH,
    DTM,
    GDELT,
    GED,
    HXL,
    VIINA_INFO,
    VIINA_LABELS,
    layout,
    tabbed,
    text,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.sqlite"), create=True) as made:
        yield made


def added(store: Store, *paths: Path, **how: object) -> tuple[Report, list[LayerEvent]]:
    report = adding.add(paths, store, **how)  # type: ignore[arg-type]  # (options as the tests give them)
    if report.layer is None:
        return report, []
    return report, [event for n in range(report.layer.rows) if (event := layers.event(store, report.layer, n))]


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("header", [ACLED_OLD, ACLED_NEW], ids=["to 2023", "since 2024"])
def test_acled_is_known_by_its_columns_and_its_codes_are_ours(store: Store, tmp_path: Path, header: list[str]) -> None:
    vague = CLASH | {"event_id_cnty": "XLD2", "time_precision": "2", "geo_precision": "2", "fatalities": ""}
    month = CLASH | {"event_id_cnty": "XLD3", "time_precision": "3", "geo_precision": "3", "event_type": "Riots"}
    report, (clash, week, riot) = added(store, written(tmp_path, "acled.csv", text(header, CLASH, vague, month)))
    assert report.layer and (report.layer.name, report.layer.restricted, report.layer.rows) == ("ACLED", True, 3)
    assert "not passed on" in report.layer.licence
    assert "ACLED" in report.layer.citation
    assert (report.layer.first_day, report.layer.last_day) == (date(2023, 4, 1), date(2023, 4, 30))
    assert (clash.type, clash.sub_type, clash.actor, clash.target) == (
        "battle", "Armed clash", "Military Forces of Xland", "Northern Front",
    )  # fmt: skip
    assert (clash.lon, clash.lat, clash.place, clash.place_precision, clash.radius_km) == (
        32.53,
        15.55,
        "Alba",
        "town",
        0,
    )
    assert clash.date_start == clash.date_end == date(2023, 4, 15)
    assert (clash.killed_low, clash.killed_high, clash.note) == (12, 12, CLASH["notes"])
    assert (week.date_start, week.date_end, week.date_precision) == (date(2023, 4, 12), date(2023, 4, 18), "week")
    assert (week.place_precision, week.radius_km, week.killed_low) == ("region", 25, None)
    assert (riot.type, riot.date_start, riot.date_end) == ("riot", date(2023, 4, 1), date(2023, 4, 30))


@pytest.mark.parametrize("named", [True, False], ids=["GED with a header", "Candidate without one"])
def test_ucdp_is_read_with_and_without_a_header(store: Store, tmp_path: Path, named: bool) -> None:
    header = layout("ucdp").columns.header
    at_sea = GED | {
        "id": "900002",
        "where_prec": "7",
        "date_prec": "1",
        "type_of_violence": "1",
        "high": "3",
        "low": "5",
    }
    report, (attack, battle) = added(store, written(tmp_path, "ged.csv", text(header, GED, at_sea, named=named)))
    assert report.layer and (report.layer.kind, report.layer.licence) == ("ucdp", "CC BY 4.0")
    assert (attack.id, attack.line, attack.type) == ("900001", 1 + named, "violence_against_civilians")
    assert (attack.date_start, attack.date_end, attack.date_precision) == (date(2014, 3, 1), date(2014, 3, 20), "month")
    assert (attack.place_precision, attack.radius_km, attack.killed_low, attack.killed_high) == ("region", 100, 4, 14)
    assert (attack.note, attack.reports) == ("Fighters kill villagers, in Belo", 2)
    assert (battle.type, battle.place_precision, battle.killed_low, battle.killed_high) == ("battle", "sea", 3, 5)


def test_gdelt_takes_its_reports_from_the_mentions_beside_it(store: Store, tmp_path: Path) -> None:
    companion = layout("gdelt").companion
    assert companion
    talks = GDELT | {"GlobalEventID": "1091234568", "EventCode": "036", "EventBaseCode": "036", "EventRootCode": "03"}
    nowhere = GDELT | {"GlobalEventID": "1091234569", "ActionGeo_Lat": "", "ActionGeo_Long": ""}
    events = written(
        tmp_path, "20230314081500.export.CSV", tabbed(layout("gdelt").columns.header, GDELT, talks, nowhere)
    )
    mention = {
        "GlobalEventID": "1091234567",
        "EventTimeDate": "20230314081500",
        "MentionTimeDate": "20230314081500",
        "MentionType": "1",
        "MentionSourceName": "meridianpost.example",
    }
    others = [mention | {"MentionSourceName": f"{n}.example"} for n in range(9)]
    stray = mention | {"GlobalEventID": "7"}
    mentions = written(
        tmp_path, "20230314081500.mentions.CSV", tabbed(companion.columns.header[:14], mention, mention, *others, stray)
    )
    report, (strike, meeting) = added(store, mentions, events)
    assert (strike.type, strike.actor, strike.place, strike.admin1) == (
        "explosion", 'THE "ARMY', "Alba, North, Xland", "XL01",
    )  # fmt: skip
    assert (strike.reports, strike.source) == (11, "meridianpost.example; 0.example; 1.example; 2.example; 3.example")
    assert (meeting.type, meeting.reports, meeting.source) == ("political", 7, None)
    assert [str(problem) for problem in report.problems] == [
        f"{events}:3: it has no longitude.",
        f"{mentions}: 1 events that it tells more of are not in the files given.",
    ]
    alone, none = added(store, mentions)
    assert not none
    assert "Give the file of the events with it" in alone.problems[0].advice


def test_viina_takes_its_kinds_from_the_labels_beside_it(store: Store, tmp_path: Path) -> None:
    report_row = {
        "viina_version": "2.0", "event_id": "5", "date": "20230314", "asciiname": "Alba", "ADM1_NAME": "North",
        "longitude": "35.1", "latitude": "47.8", "GEO_PRECISION": "ADM3", "source": "owndesk",
        "url": "https://example.org/5", "text": "Вибухи в місті", "lang": "ua",
    }  # fmt: skip
    region = report_row | {"event_id": "6", "GEO_PRECISION": "ADM1"}
    info = written(tmp_path, "event_info.csv", text(VIINA_INFO, report_row, region))
    label = {"viina_version": "2.0", "event_id": "5", "t_mil_b": "1", "t_artillery_b": "1", "a_rus_b": "1"}
    labels = written(tmp_path, "event_labels.csv", text(VIINA_LABELS, label))
    report, (shelling, other) = added(store, info, labels)
    assert report.problems == []
    assert (shelling.type, shelling.sub_type, shelling.actor) == ("explosion", "artillery", "Russian forces")
    assert (shelling.note, shelling.country, shelling.place_precision) == ("Вибухи в місті", "Ukraine", "town")
    assert (other.type, other.sub_type, other.place_precision, other.radius_km) == ("battle", None, "region", 75)


def test_an_incident_table_is_read_by_usual_names_and_hxl_tags(store: Store, tmp_path: Path) -> None:
    rows = [
        ["i1", "26/01/2015", "Xland", "North", "Alba", "48,34", "38.45", "Shelling", "3", "Shells fell"],
        ["i2", "02/03/2015", "Xland", "North", "Belo", "48.02", "37.80", "Weather", "many", "=cmd|x"],
    ]
    header = [DTM, ["Ref", "When", "Land", "Prov.", "Spot", "B", "L", "What", "Dead", "Text"]]
    for names, tags in ((header[0], []), (header[1], HXL)):
        table = "\n".join(";".join(row) for row in ([names, tags] if tags else [names]) + rows) + "\n"
        report, (first, second) = added(store, written(tmp_path, f"{names[0]}.csv", table))
        assert report.layer and report.layer.name == names[0]
        assert (first.id, first.type, first.killed_high, first.lat) == ("i1", "explosion", 3, 48.34)
        assert (first.place, first.admin1, first.country, first.note) == ("Alba", "North", "Xland", "Shells fell")
        # The order of the whole column holds for each date in it.
        assert (second.date_start, second.type, second.killed_high) == (date(2015, 3, 2), "strategic_development", None)
        told = "\n".join(map(str, report.problems))
        assert "day first, as '26/01/2015' shows" in told
        assert "'killed' was left out where it is no figure, such as 'many'" in told


MAP = """
title: Hospital records
type: {columns: cause, values: {gsw: battle, blast: explosion}, default: violence_against_civilians}
date_start: seen
lat: {value: "47.5"}
lon: {value: "36.5"}
killed: dead
licence: for the desk only
restricted: true
"""


def test_a_mapping_reads_any_table_and_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    mapping = layouts.read(written(tmp_path, "map.yaml", MAP))
    table = written(tmp_path, "own.csv", "seen,cause,dead\n2023-02-01,GSW,1\n2023-02-01,Blast,2\n2023-02-02,?,\n")
    report, events = added(store, table, layout=mapping, name="Hospitals", citation="Own, 2023")
    assert report.layer
    assert (report.layer.name, report.layer.title, report.layer.restricted) == ("Hospitals", "Hospital records", True)
    assert (report.layer.licence, report.layer.citation) == ("for the desk only", "Own, 2023")
    assert [event.type for event in events] == ["battle", "explosion", "violence_against_civilians"]
    for wrong, told in (
        ("lat: x\nlon: y\ntype: t\n", "'date_start' must be given"),
        (MAP.replace("explosion", "boom"), "'type' means 'boom', which is none of battle"),
        (MAP + "colour: red\n", "'colour' is no key of a mapping"),
        (MAP + "killed_low: {col: x}\n", "'killed_low' must be a column's name"),
        (MAP + "separator: ';;'\n", "'separator' must be one character"),
        (MAP + "radius_km: {value: far}\n", "'radius_km' must be kilometres"),
        ("[1, 2]", "expected lines such as"),
        ("a: [", "not valid YAML"),
    ):
        with pytest.raises(layouts.LayoutError, match=r"map\.yaml") as raised:
            layouts.read(written(tmp_path, "map.yaml", wrong))
        assert told in str(raised.value)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".parquet"])
def test_features_are_placed_by_their_geometry(store: Store, tmp_path: Path, ending: str) -> None:
    shapes = [shapely.Point(36.5, 47.5), shapely.box(30, 50, 31, 51), None]
    data = {"date": ["2023-02-01", "2023-02-03", "2023-02-04"], "type": ["Drone strike", "Protest", "Clash"]}
    frame = geopandas.GeoDataFrame(data, geometry=shapes, crs=4326)
    path = tmp_path / f"own{ending}"
    if ending == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    report, (strike, protest) = added(store, path)
    assert (strike.lon, strike.lat, strike.type, strike.line) == (36.5, 47.5, "explosion", 1)
    assert (protest.lon, protest.lat, protest.date_start) == (30.5, 50.5, date(2023, 2, 3))
    assert [str(problem) for problem in report.problems] == [f"{path}:3: it has no longitude."]


@pytest.mark.parametrize("ending", [".zip", ".gz"])
def test_packed_tables_are_read_as_they_are_published(store: Store, tmp_path: Path, ending: str) -> None:
    content, path = text(ACLED_NEW, CLASH), tmp_path / f"acled.csv{ending}"
    if ending == ".gz":
        path.write_bytes(gzip.compress(content.encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("../../acled.csv", content)
            archive.writestr("readme.pdf", "no table")
    report, (event,) = added(store, path)
    assert (report.problems, event.id) == ([], "XLD1")


def test_faulty_rows_cost_only_themselves_and_are_told_by_line(store: Store, tmp_path: Path) -> None:
    faulty = [
        CLASH | {"event_id_cnty": "a", "notes": "in two\nlines", "latitude": "95"},
        CLASH | {"event_id_cnty": "b", "event_date": "soon"},
        CLASH | {"event_id_cnty": "c", "event_type": "Picnics"},
        CLASH | {"event_id_cnty": "XLD1"},
        {},
        CLASH | {"event_id_cnty": "d", "longitude": "nan"},
    ]
    path = written(tmp_path, "acled.csv", text(ACLED_NEW, CLASH, *faulty))
    report, events = added(store, path)
    assert [event.id for event in events] == ["XLD1"]
    assert (report.read, report.left_out) == (6, 5)
    assert [str(problem).removeprefix(f"{path}:") for problem in report.problems] == [
        "3: no latitude in degrees: '95'.",
        "5: no date that is understood in 'date_start': 'soon'.",
        "6: its type is none that the mapping knows: 'Picnics'.",
        "7: an event of this number stands there already (acled.csv:2).",
        "9: no longitude in degrees: 'nan'.",
    ]
    assert report.faults["no latitude in degrees"] == 1


def test_what_is_no_event_data_is_told_and_leaves_no_layer(store: Store, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "other.gpkg").write_bytes(b"nothing")
    (tmp_path / "broken.gpkg").write_bytes(b"SQLite format 3\0 and no more")
    given = [
        written(tmp_path, "articles.csv", "title,text\nA,B\n"),
        written(tmp_path, "empty.csv", ""),
        tmp_path / "missing.csv",
        tmp_path / "broken.zip",
        tmp_path / "broken.gpkg",
        tmp_path / "other.gpkg",
        written(tmp_path, "a.docx", "x"),
    ]
    report, events = added(store, *given)
    assert events == []
    assert layers.listed(store) == ()
    told = [problem.what for problem in report.problems]
    assert told[0] == "no column for the day of an event; found 'title', 'text'"
    assert told[1] == "the table is empty"
    assert "cannot be opened" in told[2]
    assert "damaged archive" in told[3]
    assert "cannot be read" in told[4]
    assert told[5] == "its name ends in .gpkg, but it is none"
    assert "no table of events" in told[6]


def test_files_of_two_kinds_make_no_common_layer(store: Store, tmp_path: Path) -> None:
    acled = written(tmp_path, "acled.csv", text(ACLED_NEW, CLASH))
    ged = written(tmp_path, "ged.csv", text(layout("ucdp").columns.header, GED))
    report, events = added(store, acled, ged)
    assert [event.id for event in events] == ["XLD1"]
    assert [problem.what for problem in report.problems] == ["this is UCDP, the first file ACLED"]


def test_event_data_among_articles_are_offered_as_a_layer(tmp_path: Path) -> None:
    for name, content in (
        ("acled.csv", text(ACLED_NEW, CLASH)),
        ("20230314081500.export.CSV", tabbed(layout("gdelt").columns.header, GDELT)),
    ):
        (problem,) = read([written(tmp_path, name, content)])
        assert "event data" in str(problem)
        assert "conflict-map layer add" in str(problem)


def test_a_workbook_is_read_a_sheet_a_table_and_its_rows_told_by_number(store: Store, tmp_path: Path) -> None:
    columns = ("Date", "Latitude", "Longitude", "Incident type")
    sheet = inline(*columns) + inline("44999", "48.5", "37.9", "Shelling") + inline("never", "48.5", "37.9", "Shelling")
    (tmp_path / "a.xlsx").write_bytes(xlsx(("Notes", inline("About", "these rows")), ("Data", sheet)))
    report, (event,) = added(store, tmp_path / "a.xlsx")
    assert (event.date_start, event.type, event.lat) == (date(2023, 3, 14), "explosion", 48.5)
    wheres = [problem.where.removeprefix(f"{tmp_path}/") for problem in report.problems]
    assert wheres == ["a.xlsx/Notes", "a.xlsx/Data:3"]
    (tmp_path / "b.ods").write_bytes(
        ods(ods_row(*columns) + ods_row(ods_cell("2023-03-14", "date"), ods_cell("48.5", "float"), "37,9", "Shelling"))
    )
    _, (same,) = added(store, tmp_path / "b.ods")
    assert (same.date_start, same.type, same.lat, same.lon) == (date(2023, 3, 14), "explosion", 48.5, 37.9)


def test_acled_in_a_workbook_keeps_its_terms(store: Store, tmp_path: Path) -> None:
    rows = [inline(*ACLED_NEW), inline(*(CLASH.get(name, "") for name in ACLED_NEW))]
    (tmp_path / "a.xlsx").write_bytes(xlsx(("ACLED", "".join(rows))))
    report, (event,) = added(store, tmp_path / "a.xlsx")
    assert report.layer and (report.layer.kind, report.layer.restricted) == ("acled", True)
    assert event.type == "battle"


@pytest.mark.parametrize("ending", ["geojson", "json", "gpkg", "parquet"])
def test_a_file_that_leads_elsewhere_is_not_opened_whatever_it_is_called(
    store: Store, tmp_path: Path, ending: str
) -> None:
    """GDAL reads by content: a file of XML would let its author read other files, and ask other machines."""
    elsewhere = written(tmp_path, "private.csv", "date,lat,lon\n2023-03-14,1,2\n")
    source = f"<OGRVRTLayer name='a'><SrcDataSource>{elsewhere}</SrcDataSource></OGRVRTLayer>"
    lead = f"<OGRVRTDataSource>{source}</OGRVRTDataSource>"
    report, events = added(store, written(tmp_path, f"lead.{ending}", lead))
    assert events == []
    assert [problem.what for problem in report.problems] == [f"its name ends in .{ending}, but it is none"]


def test_a_parquet_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    pandas.DataFrame({"a": ["x" * 1000] * 20_000}).to_parquet(path)
    with pytest.raises(UnreadableError, match="it unpacks to more than 10"):
        features.read(path, Limits(unpacked=10_000))


def test_of_a_file_of_several_layers_the_first_is_read_and_that_is_said(store: Store, tmp_path: Path) -> None:
    """Our own GeoPackage has two, events and areas; another program's warning on it was all that one saw."""
    path = tmp_path / "own.gpkg"
    for number, layer in enumerate(("seen", "heard")):
        data = {"date": ["2023-02-01"], "type": ["Clash"], "id": [layer]}
        frame = geopandas.GeoDataFrame(data, geometry=[shapely.Point(36.5, 47.5)], crs=4326)
        frame.to_file(path, layer=layer, mode="a" if number else "w")
    report, (event,) = added(store, path)
    assert event.id == "seen"
    assert [str(problem) for problem in report.problems] == [
        f"{path}: of its layers 'seen' was read, not heard. Save another one as a file of its own."
    ]
