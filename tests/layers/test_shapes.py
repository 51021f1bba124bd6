"""Known event data in the shapes that people hold them in: cut down, saved again by a spreadsheet, packed, in parts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks import event_data
from geo import layouts
from geo.layers import adding
from geo.layers.adding import Report
from geo.model import LayerEvent
from geo.store import Store, layers
from tests.ingest.making import inline, xlsx, zipped
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

File = tuple[str, str | bytes]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.sqlite"), create=True) as made:
        yield made


def added(store: Store, folder: Path, *files: File, mapping: str = "") -> tuple[Report, list[LayerEvent]]:
    paths = []
    for name, content in files:
        paths.append(folder / name)
        paths[-1].write_bytes(content.encode() if isinstance(content, str) else content)
    chosen = layouts.parse(mapping.encode(), "map") if mapping else None
    report = adding.add(paths, store, layout=chosen)
    if report.layer is None:
        return report, []
    return report, [event for n in range(report.layer.rows) if (event := layers.event(store, report.layer, n))]


FEW = ["longitude", "latitude", "notes", "event_type", "event_date", "event_id_cnty"]
SAVED = CLASH | {"event_date": "15-Apr-23", "latitude": "15,55", "longitude": "32,53"}
ACLED: dict[str, File] = {
    "to 2023": ("a.csv", text(ACLED_OLD, CLASH)),
    "since 2024": ("a.csv", text(ACLED_NEW, CLASH)),
    "by semicolons, with a mark": ("a.csv", "\ufeff" + text(ACLED_NEW, SAVED, separator=";")),
    "in capitals": ("a.csv", text([name.upper() for name in ACLED_NEW], {k.upper(): v for k, v in CLASH.items()})),
    "a few columns in another order": ("mine.csv", text(FEW, CLASH)),
    "UTF-16 by tabs": ("a.txt", text(ACLED_NEW, CLASH, separator="\t").encode("utf-16")),
    "Windows' line ends": ("a.csv", text(ACLED_NEW, CLASH | {"event_date": "2023-04-15"}).replace("\n", "\r\n")),
    "a workbook": ("a.xlsx", xlsx(("A", inline(*FEW) + inline(*(CLASH[name] for name in FEW))))),
}


@pytest.mark.parametrize("name", ACLED)
def test_acled_keeps_its_terms_in_every_shape(store: Store, tmp_path: Path, name: str) -> None:
    report, (event,) = added(store, tmp_path, ACLED[name])
    assert report.layer and (report.layer.kind, report.layer.restricted) == ("acled", True)
    assert (event.id, event.type, event.lat, event.lon) == ("XLD1", "battle", 15.55, 32.53)
    assert (event.date_start, event.date_end) == (date(2023, 4, 15), date(2023, 4, 15))


FREE = "date_start: event_date\nlat: latitude\nlon: longitude\ntype: {value: riot}\nlicence: free for all\n"


@pytest.mark.parametrize("mapping", [FREE, FREE + "restricted: false\n"])
def test_a_mapping_of_ones_own_does_not_take_the_terms_off(store: Store, tmp_path: Path, mapping: str) -> None:
    own = ("own.csv", text(["event_date", "latitude", "longitude"], CLASH))
    report, events = added(store, tmp_path, own, ACLED["to 2023"], mapping=mapping)
    assert [event.type for event in events] == ["riot", "riot"]
    assert report.layer and report.layer.restricted
    assert report.layer.licence == layout("acled").licence


GED_COLUMNS = layout("ucdp").columns.header
CUT = ["id", "type_of_violence", "side_a", "side_b", "where_prec", "date_prec", "date_start", "date_end", "best"]
UCDP: dict[str, File] = {
    "GED": ("GEDEvent.csv", text(GED_COLUMNS, GED)),
    "Candidate without a header": ("c.csv", text(GED_COLUMNS, GED, named=False)),
    "a text in lines and quotation marks": ("g.csv", text(GED_COLUMNS, GED | {"source_article": 'a "b"\nc'})),
    "cut down": ("g.csv", text([*CUT, "low", "high", "latitude", "longitude"], GED)),
    "packed": ("ged.zip", zipped({"GEDEvent.csv": text(GED_COLUMNS, GED)})),
    "saved by a spreadsheet": (
        "g.csv",
        text(
            GED_COLUMNS, GED | {"date_start": "01/03/2014", "date_end": "20/03/2014"},
            GED | {"id": "2", "date_start": "20/03/2014", "date_end": "21/03/2014"}, separator=";",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UCDP)
def test_ucdp_is_known_in_every_shape(store: Store, tmp_path: Path, name: str) -> None:
    report, (event, *_) = added(store, tmp_path, UCDP[name])
    assert report.layer and (report.layer.kind, report.layer.restricted, report.left_out) == ("ucdp", False, 0)
    assert (event.id, event.type, event.place_precision) == ("900001", "violence_against_civilians", "region")
    assert (event.date_start, event.date_end) == (date(2014, 3, 1), date(2014, 3, 20))
    assert (event.killed_low, event.killed_high) == (4, 14)


COLUMNS = layout("gdelt").columns.header
ASKED = ["SQLDATE", "GlobalEventID", "EventCode", "EventBaseCode", "EventRootCode", "ActionGeo_Type", "ActionGeo_Lat"]
EVENTS: dict[str, tuple[File, ...]] = {
    "as published": (("1.export.CSV", tabbed(COLUMNS, GDELT)),),
    "as published, packed": (("1.export.CSV.zip", zipped({"1.export.CSV": tabbed(COLUMNS, GDELT)})),),
    "with a header": (("bq.csv", text(COLUMNS, GDELT)),),
    "what a query gave": (("bq.csv", text([*ASKED, "ActionGeo_Long", "SOURCEURL"], GDELT)),),
    "two quarters of an hour": (
        ("1.export.CSV", tabbed(COLUMNS, GDELT)),
        ("2.export.CSV", tabbed(COLUMNS, GDELT | {"GlobalEventID": "2"})),
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_gdelt_is_known_in_every_shape(store: Store, tmp_path: Path, name: str) -> None:
    report, (event, *rest) = added(store, tmp_path, *EVENTS[name])
    assert report.layer and (report.layer.kind, report.problems, len(rest)) == ("gdelt", [], len(EVENTS[name]) - 1)
    assert (event.id, event.type, event.date_start) == ("1091234567", "explosion", date(2023, 3, 14))
    assert (event.lat, event.lon, event.url) == (47.82, 35.18, GDELT["SOURCEURL"])


INFO = {
    "viina_version": "2.0", "event_id": "7", "date": "20230314", "asciiname": "Alba", "ADM1_NAME": "North",
    "longitude": "35.1", "latitude": "47.8", "GEO_PRECISION": "ADM3", "source": "desk", "text": "Shelling in Alba",
}  # fmt: skip
LABEL = {"viina_version": "2.0", "event_id": "7", "t_mil_pred": "0.99", "t_mil_b": "1", "t_artillery_b": "1"}
TABLES = text(VIINA_INFO, INFO), text(VIINA_LABELS, LABEL)
VIINA: dict[str, tuple[File, ...]] = {
    "as published": (("event_info_2023.csv", TABLES[0]), ("event_labels_2023.csv", TABLES[1])),
    "the labels first": (("event_labels_2023.csv", TABLES[1]), ("event_info_2023.csv", TABLES[0])),
    "packed": (
        ("event_info_2023.zip", zipped({"event_info_2023.csv": TABLES[0]})),
        ("event_labels_2023.zip", zipped({"event_labels_2023.csv": TABLES[1]})),
    ),
    "both in one archive": (("viina.zip", zipped({"info.csv": TABLES[0], "labels.csv": TABLES[1]})),),
    "saved by a spreadsheet": (
        ("info.csv", text(VIINA_INFO, INFO, separator=";")),
        ("labels.csv", text(VIINA_LABELS, LABEL, separator=";")),
    ),
}


@pytest.mark.parametrize("name", VIINA)
def test_viina_is_known_in_every_shape(store: Store, tmp_path: Path, name: str) -> None:
    report, (event,) = added(store, tmp_path, *VIINA[name])
    assert report.layer and (report.layer.kind, report.problems) == ("viina", [])
    assert (event.id, event.type, event.sub_type, event.place) == ("7", "explosion", "artillery", "Alba")


INCIDENT = dict(
    zip(DTM, ("7", "14/03/2023", "X", "N", "Alba", "48.5", "37.9", "Shelling", "2", "A market"), strict=True)
)
HEADERS = {
    "displacement tracking": DTM,
    "tags": HXL,
    "a ministry": [
        "Ref",
        "Incident date",
        "ADM0_EN",
        "Governorate",
        "Village",
        "Y",
        "X",
        "Category",
        "Deaths",
        "Summary",
    ],
    "aid workers": ["ID", "Date", "Country", "Region", "City", "Lat", "Long", "Weapon", "Total killed", "Details"],
    "a survey": [
        "code",
        "event_date",
        "country",
        "admin1",
        "admin2",
        "lat",
        "lng",
        "event type",
        "fatalities",
        "notes",
    ],
}


@pytest.mark.parametrize("name", HEADERS)
def test_an_incident_table_is_read_by_its_names(store: Store, tmp_path: Path, name: str) -> None:
    made = text(HEADERS[name], dict(zip(HEADERS[name], INCIDENT.values(), strict=True)))
    report, (event,) = added(store, tmp_path, ("i.csv", made))
    assert report.layer and (report.layer.kind, report.left_out) == ("table", 0)
    assert (event.id, event.date_start, event.country, event.admin1) == ("7", date(2023, 3, 14), "X", "N")
    assert (event.place, event.lat, event.lon, event.type) == ("Alba", 48.5, 37.9, "explosion")
    assert (event.killed_low, event.killed_high, event.note) == (2, 2, "A market")


def test_a_type_of_which_no_word_is_known_is_remarked(store: Store, tmp_path: Path) -> None:
    rows = [INCIDENT, INCIDENT | {"Incident type": "Autre"}, INCIDENT | {"Incident type": ""}]
    report, events = added(store, tmp_path, ("i.csv", text(DTM, *rows)))
    assert [event.type for event in events] == ["explosion", "strategic_development", "strategic_development"]
    told = "no word of its type is known; taken as strategic development (2 times)"
    assert told in [problem.what for problem in report.problems]


@pytest.mark.parametrize("kind", event_data.KINDS)
def test_many_rows_are_all_accounted_for_and_progress_is_told(store: Store, tmp_path: Path, kind: str) -> None:
    """What ``python -m benchmarks.event_data`` does with 500,000."""
    paths = event_data.write(kind, tmp_path, 12_000)
    seen: list[int] = []
    report = adding.add(paths, store, progress=lambda so_far: seen.append(so_far.read))
    assert report.layer and (report.read, report.layer.rows, report.left_out) == (12_000, 11_988, 12)
    assert report.faults == {"no latitude in degrees": 12}
    first = next(problem for problem in report.problems if problem.severity == "skipped")
    assert first.where == f"{paths[0]}:{1000 if kind == 'gdelt' else 1001}"
    assert len(seen) == 3
    assert seen == sorted(seen)
    column = {"acled": "location", "ucdp": "where_coordinates", "table": "Location"}.get(kind)
    if column:
        given = list(csv.DictReader(io.StringIO(paths[0].read_text(encoding="utf-8"))))
        event = layers.event(store, report.layer, 5000)  # five rows were left out before it
        assert event and event.place == given[5005][column]
