"""What other packages add, and the program's own additions, which are declared in the same way."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from gazetteer import own, plugins
from gazetteer.errors import OwnPlacesError
from gazetteer.shipped import ROOT
from geo import export
from geo.ingest import Problem, read
from geo.model import Article
from geo.store import Store
from tests.packages import declare, install_example, look_again, packages
from tests.store.specimens import record

__all__ = ["packages"]

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
 <head><title>Railway town</title>
  <docdata><doc-id id-string="x-17"/><date.issue norm="20150130T084000Z"/></docdata></head>
 <body>
  <body.head><hedline><hl1>Fighting for a railway town</hl1></hedline><distributor>Made-up Agency</distributor>
   <dateline><location>KYIV</location></dateline></body.head>
  <body.content><block><p>Shelling went on around <em>Debaltseve</em>.</p><p>&secret;</p>
   <media><media-caption>Not part of it</media-caption></media><p>Nobody was hurt.</p></block></body.content>
 </body>
</nitf>
"""

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
 <Placemark><name>Camp  Juniper</name><Point><coordinates>38.42,48.35,0</coordinates></Point></Placemark>
 <Placemark><name>A road</name><LineString><coordinates>38,48 39,49</coordinates></LineString></Placemark>
 <Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>
</Folder></Document></kml>
"""


def test_our_own_additions_are_those_that_the_document_names() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(declared) == set(plugins.POINTS)
    told = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    for group, added in declared.items():
        assert f"`{group}`" in told
        assert [name for name in added if f"`{name}`" not in told] == []
        assert set(added) <= set(plugins.added(group))
        # As another package's: importable by what is declared, and callable or of the kind that is asked for.
        for point in (points[0] for name, points in plugins.added(group).items() if name in added):
            assert point.load() is not None


def test_nitf_is_read_and_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "agency.nitf"
    file.write_text(NITF, encoding="utf-8")
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    assert (found.id, found.title, found.source) == ("x-17", "Fighting for a railway town", "Made-up Agency")
    assert found.text == "KYIV\n\nShelling went on around Debaltseve.\n\n&secret;\n\nNobody was hurt."
    assert found.published is not None
    assert found.published.start.isoformat() == "2015-01-30"


@pytest.mark.parametrize("text", ["no XML", "<rss><channel/></rss>", "<nitf><body/></nitf>"])
def test_what_is_no_nitf_costs_its_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.nitf").write_text(text)
    (tmp_path / "b.txt").write_text("Shelling near Kyiv.")
    found = list(read([tmp_path]))
    assert [type(item) for item in found] == [Problem, Article]
    assert "a.nitf" in str(found[0])


def test_points_of_a_kml_file_are_ones_own_places(tmp_path: Path) -> None:
    file = tmp_path / "places.kml"
    file.write_text(KML, encoding="utf-8")
    found = own.read(file)
    assert [(place.name, place.lon, place.lat) for place in found.by_id.values()] == [("Camp Juniper", 38.42, 48.35)]
    file.write_text("<gpx/>")
    with pytest.raises(OwnPlacesError, match=r"places\.kml: XML, but no KML"):
        own.read(file)
    file.write_text(KML.replace("38.42,48.35,0", "here"))
    with pytest.raises(OwnPlacesError, match="placemark 1: Camp Juniper: coordinates must be longitude,latitude"):
        own.read(file)


def test_events_are_written_as_json_lines(tmp_path: Path) -> None:
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(), pipeline="1")
        frame = store.events()
    lines = [json.loads(line) for line in export.encode(frame, "jsonl").splitlines()]
    assert [line["id"] for line in lines] == frame["id"].to_list()
    assert (lines[0]["date_start"], lines[1]["date_start"], lines[0]["killed_low"]) == ("2015-01-25", None, 2)
    assert lines[0]["reasons"] == frame["reasons"].iat[0]
    assert frame["date_start"].dtype.kind == "M"


def test_a_format_of_the_example_package_is_read_and_one_is_written(packages: Path, tmp_path: Path) -> None:
    install_example(packages)
    look_again()
    file = tmp_path / "front.diary"
    file.write_text("== 2015-01-30\nShelling near Kyiv.\n\n== 2015-01-31\nQuiet.\n")
    found = [item for item in read([file]) if isinstance(item, Article)]
    assert [article.id for article in found] == ["front-2015-01-30", "front-2015-01-31"]
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(hostile=" |x|"), pipeline="1")
        written = export.encode(store.events(), "markdown").decode()
    assert "| 2015-01-25 | Debaltsevo | explosion |" in written
    assert r"Vilne \|x\|" in written


def test_an_addition_that_does_not_work_costs_what_asked_for_it_and_is_named(packages: Path, tmp_path: Path) -> None:
    broken = {plugins.READERS: {"odd": "no_such_module:drafts"}, plugins.EXPORTERS: {"odd": "json:dumps"}}
    declare(packages, "broken", broken)
    look_again()
    (tmp_path / "a.odd").write_text("x")
    (tmp_path / "b.txt").write_text("Shelling near Kyiv.")
    problem, article = read([tmp_path / "a.odd", tmp_path / "b.txt"])
    assert isinstance(article, Article)
    assert "'odd' of broken 1.0 cannot be loaded: ModuleNotFoundError" in str(problem)
    with pytest.raises(plugins.PluginError, match=r"must be a geo\.export\.added\.Exporter"):
        export.format_of("odd")
    with pytest.raises(ValueError, match="format must be one of geojson, csv"):
        export.format_of("nothing")


FAILING = """
from geo.export.added import Exporter


def drafts(source, reading):
    raise RuntimeError("no diary today")


def unlike(source, reading):
    yield "a text"


def rows(path):
    yield {}["row"]


FAILS = Exporter(".x", "text/plain", True, lambda frame: frame["no such column"])
UNLIKE = Exporter(".x", "text/plain", True, lambda frame: "text")
"""


def test_an_addition_that_fails_as_it_runs_is_named_with_its_package(packages: Path, tmp_path: Path) -> None:
    (packages / "failing.py").write_text(FAILING)
    points = {
        plugins.READERS: {"odd": "failing:drafts", "unlike": "failing:unlike"},
        plugins.PLACES: {"odd": "failing:rows"},
        plugins.EXPORTERS: {"odd": "failing:FAILS", "unlike": "failing:UNLIKE"},
    }
    declare(packages, "failing", points)
    look_again()
    for name in ("a.odd", "b.unlike", "c.txt"):
        (tmp_path / name).write_text("Shelling near Kyiv.")
    first, second, article = read([tmp_path / "a.odd", tmp_path / "b.unlike", tmp_path / "c.txt"])
    assert isinstance(article, Article)
    assert "'odd' of failing 1.0 failed: RuntimeError: no diary today" in str(first)
    assert "it gave 'a text', neither a Draft nor a Problem" in str(second)
    with pytest.raises(OwnPlacesError, match=r"'odd' of failing 1\.0 failed: KeyError"):
        own.read(tmp_path / "a.odd")
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(), pipeline="1")
        frame = store.events()
    with pytest.raises(plugins.PluginError, match=r"'odd' of failing 1\.0 failed: KeyError"):
        export.encode(frame, "odd")
    with pytest.raises(plugins.PluginError, match=r"encode must give bytes; got str"):
        export.encode(frame, "unlike")
    assert export.encode(frame, "csv")


def test_an_own_format_is_not_taken_over(packages: Path) -> None:
    declare(packages, "grabby", {plugins.EXPORTERS: {"csv": "json:dumps", "jsonl": "json:dumps"}})
    look_again()
    assert (export.names().count("csv"), export.names().count("jsonl")) == (1, 1)
    assert export.format_of("csv") is export.FORMATS["csv"]
    assert export.format_of("jsonl").media_type == "application/x-ndjson"


def test_two_packages_of_one_name_cost_that_name_alone(packages: Path) -> None:
    declare(packages, "first", {plugins.EXPORTERS: {"odd": "json:dumps"}})
    declare(packages, "second", {plugins.EXPORTERS: {"odd": "json:loads"}})
    look_again()
    assert "odd" in export.names()
    with pytest.raises(plugins.PluginError, match=r"first 1\.0 and second 1\.0 both add 'odd'"):
        export.format_of("odd")
    assert export.format_of("jsonl").ending == ".jsonl"


def test_in_a_checkout_its_own_file_counts_whatever_was_installed_of_it(packages: Path) -> None:
    declare(packages, "conflict-map", {plugins.EXPORTERS: {"jsonl": "gone:EXPORTER", "gone": "gone:EXPORTER"}})
    look_again()
    assert "gone" not in export.names()
    assert export.format_of("jsonl").ending == ".jsonl"
