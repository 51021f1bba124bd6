"""What other packages add, and the program's own additions, which are declared in the same way."""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import own, plugins
from gazetteer.errors import OwnPlacesError
from gazetteer.shipped import ROOT
from geo import export
from geo.ingest import Problem, read
from geo.model import Article
from geo.store import Store
from tests.store.specimens import record

EXAMPLE = ROOT / "examples" / "plugin"

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


def declare(folder: Path, name: str, points: dict[str, dict[str, str]]) -> None:
    """Lay down the metadata that an installed package has."""
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    for group, added in points.items():
        with (about / "entry_points.txt").open("a") as out:
            out.write(f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in added.items()))


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which packages can be put; they are gone after the test."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    plugins.added.cache_clear()
    yield folder
    plugins.added.cache_clear()
    importlib.invalidate_caches()


def test_our_own_additions_are_those_that_the_document_names() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(declared) == set(plugins.POINTS)
    told = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    for group, added in declared.items():
        assert f"`{group}`" in told
        assert [name for name in added if f"`{name}`" not in told] == []
        assert set(added) <= set(plugins.added(group)), "install the program anew: make does it"


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


def test_the_example_package_works_where_it_is_installed(packages: Path, tmp_path: Path) -> None:
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declare(packages, declared["name"], declared["entry-points"])
    module = "conflict_map_diary"
    (packages / f"{module}.py").write_text((EXAMPLE / f"{module}.py").read_text(encoding="utf-8"))
    file = tmp_path / "front.diary"
    file.write_text("== 2015-01-30\nShelling near Kyiv.\n\n== 2015-01-31\nQuiet.\n")
    found = [item for item in read([file]) if isinstance(item, Article)]
    assert [article.id for article in found] == ["front-2015-01-30", "front-2015-01-31"]
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(hostile=" |x|"), pipeline="1")
        written = export.encode(store.events(), "markdown").decode()
    assert "| 2015-01-25 | Debaltsevo | explosion |" in written
    assert r"Vilne \|x\|" in written
    del sys.modules[module]


def test_an_addition_that_does_not_work_costs_what_asked_for_it_and_is_named(packages: Path, tmp_path: Path) -> None:
    broken = {plugins.READERS: {"odd": "no_such_module:drafts"}, plugins.EXPORTERS: {"odd": "json:dumps"}}
    declare(packages, "broken", broken)
    (tmp_path / "a.odd").write_text("x")
    (tmp_path / "b.txt").write_text("Shelling near Kyiv.")
    problem, article = read([tmp_path / "a.odd", tmp_path / "b.txt"])
    assert isinstance(article, Article)
    assert "'odd' of broken 1.0 cannot be loaded: ModuleNotFoundError" in str(problem)
    with pytest.raises(plugins.PluginError, match=r"must be a geo\.export\.added\.Exporter"):
        export.format_of("odd")
    with pytest.raises(ValueError, match="format must be one of geojson, csv"):
        export.format_of("nothing")


def test_an_own_format_is_not_taken_over_and_two_packages_of_one_name_are_refused(packages: Path) -> None:
    declare(packages, "grabby", {plugins.EXPORTERS: {"csv": "json:dumps"}})
    assert export.names().count("csv") == 1
    assert export.format_of("csv") is export.FORMATS["csv"]
    declare(packages, "second", {plugins.EXPORTERS: {"csv": "json:loads"}})
    plugins.added.cache_clear()
    with pytest.raises(plugins.PluginError, match=r"grabby 1\.0 and second 1\.0 both add 'csv'"):
        plugins.added(plugins.EXPORTERS)
