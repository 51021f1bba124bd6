"""The commands as a user gives them, on demo articles, with the real gazetteer and models."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import geo
from gazetteer.shipped import ROOT
from geo import cli
from geo.cli import COMMANDS, main
from geo.cli.output import opened
from geo.settings import ARTICLES
from geo.store import Store, StoreMissing, stories
from geo.store.stories import Scene
from tests import waiting
from tests.store.specimens import article, record

DEMO = [str(ARTICLES / f"{name}.txt") for name in ("2015-01-30-debaltseve-vuhlehirsk", "2023-05-21-bakhmut-claimed")]
SCHEMA = json.loads((Path(geo.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The path of a store with one article, whose title no export may run."""
    path = tmp_path / "made.sqlite"
    with Store(str(path), create=True) as made:
        made.save(record(article(title="=cmd|'/c calc'!A1")), pipeline="1")
    return str(path)


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "geo", *arguments], cwd=ROOT, capture_output=True, check=False)


def records(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().splitlines()]


def test_parse_writes_valid_records_in_input_order_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first = run("parse", *reversed(DEMO))
    assert (first.returncode, first.stderr) == (0, b"")
    found = records(first.stdout)
    assert [one["id"] for one in found] == [Path(name).stem for name in reversed(DEMO)]
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for one in found for error in validator.iter_errors(one)] == []
    assert all(one["events"] for one in found)
    out = tmp_path / "out.jsonl"
    assert main(["parse", *reversed(DEMO), "-o", str(out), "--jobs", "2", "--quiet"]) == 0
    assert out.read_bytes() == first.stdout


def test_parse_touches_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_MAP_STORE", str(tmp_path / "s.sqlite"))
    assert main(["parse", DEMO[0], "-o", str(tmp_path / "out.jsonl"), "--quiet"]) == 0
    assert not (tmp_path / "s.sqlite").exists()


def test_parse_takes_dates_from_the_command_line(tmp_path: Path, capfdbinary: Any) -> None:
    (tmp_path / "003.txt").write_text("Rebels shelled Debaltseve on Sunday.")
    (tmp_path / "dates.json").write_text('{"003": "2015-01-26"}')
    assert main(["parse", str(tmp_path / "003.txt"), "--published", str(tmp_path / "dates.json"), "--quiet"]) == 0
    (found,) = records(capfdbinary.readouterr().out)
    assert found["published"]["start"] == "2015-01-26"
    assert {event["date_start"] for event in found["events"]} == {"2015-01-25"}


def test_parse_explains_step_by_step_how_each_event_was_read(tmp_path: Path, capfdbinary: Any) -> None:
    (tmp_path / "003.txt").write_text("Rebels shelled Debaltseve on Sunday, 25 January 2015. Talks were held.")
    (tmp_path / "empty.txt").touch()
    given = [str(tmp_path / name) for name in ("003.txt", "empty.txt")]
    assert main(["parse", *given, "--explain", "--quiet"]) == 0
    out, err = capfdbinary.readouterr()
    lines = out.decode().splitlines()
    assert lines[0] == "003"
    assert lines[1] == "“shelled” at Debaltseve, sentence 1 (explosion): told"
    assert [line.split()[0] for line in lines[2:8]] == [
        "geo.reader.candidates", "geo.resolve", "geo.reader.judgement", "geo.events.proposals", "geo.events.days",
        "geo.events.decision",
    ]  # fmt: skip
    assert b"empty.txt: the file is empty." in err


def test_line_separators_inside_a_text_do_not_cut_a_record(tmp_path: Path, capfdbinary: Any) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "a", "title": "x\u2028y", "text": "Rain\u2028fell\x85in Kyiv."})
    )
    assert main(["parse", str(tmp_path / "a.jsonl"), "--quiet"]) == 0
    assert len(records(capfdbinary.readouterr().out)) == 1


def test_what_was_skipped_is_told_beside_the_output_and_the_rest_is_written(tmp_path: Path, capfdbinary: Any) -> None:
    (tmp_path / "empty.txt").touch()
    given = [str(tmp_path / "empty.txt"), DEMO[0], str(tmp_path / "missing.txt")]
    assert main(["parse", *given, "--quiet"]) == 0
    out, err = capfdbinary.readouterr()
    assert len(records(out)) == 1
    assert b"Skipped (2):\n" in err
    assert b"empty.txt: the file is empty." in err
    assert b"missing.txt: there is no such file or folder. Check the path." in err
    assert main(["parse", *given, "--quiet", "--strict"]) == 1
    assert main(["parse", given[0], "--quiet"]) == 1


def test_resolve_keeps_the_marked_spans_and_finds_their_places(tmp_path: Path, capfdbinary: Any) -> None:
    text = "Fighting went on in Bakhmut and near Kherson."
    mentions = [{"start": text.index(name), "end": text.index(name) + len(name)} for name in ("Kherson", "Bakhmut")]
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, "mentions": mentions}))
    assert main(["resolve", str(tmp_path / "a.jsonl"), "--quiet"]) == 0
    (found,) = records(capfdbinary.readouterr().out)
    assert [mention["text"] for mention in found["mentions"]] == ["Bakhmut", "Kherson"]
    assert found["mentions"][0]["place"]["country_code"] == "UA"
    assert (found["events"], found["times"]) == ([], [])


def test_a_users_own_places_are_laid_over_the_gazetteer(tmp_path: Path, capfdbinary: Any) -> None:
    text = "Shells fell on Zaryanivka Mala at dawn."
    start = text.index("Zaryanivka")
    mention = {"start": start, "end": start + len("Zaryanivka Mala")}
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": text, "mentions": [mention]}))
    (tmp_path / "mine.csv").write_text("name,lat,lon\nZaryanivka Mala,49.5,36.9\n")
    arguments = ["resolve", str(tmp_path / "a.jsonl"), "--quiet", "--places", str(tmp_path / "mine.csv")]
    assert main(arguments) == 0
    (found,) = records(capfdbinary.readouterr().out)
    place = found["mentions"][0]["place"]
    assert (place["lat"], place["lon"]) == (49.5, 36.9)


def test_a_fault_in_a_users_own_places_is_told_with_file_and_line(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "Kyiv", "mentions": []}))
    (tmp_path / "mine.csv").write_text("name,lat,lon\nZaryanivka,north,36.9\n")
    assert main(["resolve", str(tmp_path / "a.jsonl"), "--quiet", "--places", str(tmp_path / "mine.csv")]) == 2
    assert "mine.csv:2: Zaryanivka: lat and lon must be numbers" in capsys.readouterr().err


def test_ingest_reports_and_the_second_time_nothing_is_new(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.4")
    command = ["ingest", *DEMO, str(tmp_path / "bad.txt"), "--store", str(tmp_path / "s.sqlite"), "--quiet"]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert "Articles: 2 new; skipped: 1." in out
    assert "bad.txt: a damaged PDF (PdfStreamError). Print it to a new PDF, or save its text." in out
    assert "data set 'articles'." in out
    assert main(command) == 0
    assert "Articles: 2 unchanged; skipped: 1." in capsys.readouterr().out


def test_ctrl_c_keeps_what_is_stored_and_the_same_command_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    # Far more than a signal needs to arrive in time, however busy the machine.
    texts = [article.read_text(encoding="utf-8") for article in sorted(ARTICLES.glob("*.txt"))]
    many = tmp_path / "many.jsonl"
    lines = ({"id": f"{n}", "text": f"{texts[n % len(texts)]}\nThis is copy {n}."} for n in range(4000))
    many.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    # A shell starts what runs in its background deaf to Ctrl-C, and its children inherit that.
    listening = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from geo.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", listening, "ingest", str(many), "--store", str(path), "--jobs", "1"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def kept() -> int:
        try:
            with Store(str(path), read_only=True) as store:
                return store.counts().articles
        except StoreMissing:
            return 0

    waiting.until(lambda: kept() >= 3, lambda: running.poll() is None)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=waiting.GIVE_UP)
    assert running.returncode == 130, err.decode()
    assert b"Interrupted. What is counted above is stored; the same command goes on from there." in err
    assert b"Traceback" not in err
    stored = kept()
    assert 3 <= stored < 4000
    found = re.search(rb"Articles: (\d+) new", out)
    assert found, out
    # The signal may fall between an article's being stored and its being counted; never the other way round.
    assert stored - 1 <= int(found[1]) <= stored


def test_demo_fills_an_empty_store_follows_edits_and_leaves_articles_of_ones_own_alone(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, store: str
) -> None:
    from geo.cli import demo

    shelf = tmp_path / "articles"
    shelf.mkdir()
    for name in DEMO:
        (shelf / Path(name).name).write_text(Path(name).read_text())
    monkeypatch.setattr(demo, "ARTICLES", shelf)
    url = str(tmp_path / "demo.sqlite")
    assert main(["demo", "--store", url, "--quiet"]) == 0
    assert main(["demo", "--store", url]) == 0
    assert f"The 2 demo articles are in sqlite:///{url}." in capsys.readouterr().out
    edited = shelf / Path(DEMO[0]).name
    edited.write_text(edited.read_text() + "\nMore fighting was reported in Debaltseve.\n")
    assert main(["demo", "--store", url, "--quiet"]) == 0
    with Store(url) as opened_store:
        assert opened_store.data_sets() == {"demo": 2}
    assert main(["demo", "--store", store, "--quiet"]) == 0
    assert "holds articles of your own" in capsys.readouterr().err
    with Store(store) as opened_store:
        assert opened_store.data_sets() == {"articles": 1}


def test_info_says_what_the_store_holds(store: str, capsys: Any) -> None:
    assert main(["info", "--store", store]) == 0
    out = capsys.readouterr().out
    assert "events       2: 1 with a place, 1 with a date" in out
    assert "days         2015-01-25 to 2015-01-25" in out
    assert main(["info", "--store", store, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["data_sets"]) == (1, {"articles": 1})


@pytest.mark.parametrize("kind", ["geojson", "csv", "kml", "gpkg", "parquet", "atom", "lpf", "html"])
def test_export_writes_every_format(store: str, tmp_path: Path, kind: str, capsys: Any) -> None:
    path = tmp_path / f"events.{kind}"
    assert main(["export", kind, "--store", store, "-o", str(path)]) == 0
    assert path.stat().st_size > 500
    assert "2 events in " in capsys.readouterr().err


def test_an_exported_page_is_whole_and_runs_nothing_of_an_article(tmp_path: Path) -> None:
    url, hostile = str(tmp_path / "s.sqlite"), "<img src=x onerror=alert(1)></script> ${alert(1)}"
    with Store(url, create=True) as made:
        made.save(record(article(title=hostile), hostile=hostile), pipeline="1")
    path = tmp_path / "map.html"
    assert main(["export", "html", "--store", url, "-o", str(path)]) == 0
    page = path.read_text()
    assert "onerror=alert" not in page
    assert 'src="http' not in page
    assert '<link rel="stylesheet" href="http' not in page


def test_an_exported_page_of_a_story_holds_the_events_of_all_its_steps(tmp_path: Path, capsys: Any) -> None:
    url, path = str(tmp_path / "s.sqlite"), tmp_path / "story.html"
    story = stories.new("Two views").with_scene(Scene("One", "", "from=1990&to=1991"))
    with Store(url, create=True) as made:
        made.save(record(), pipeline="1")
        stories.save(made, story.with_scene(Scene("Two", "", "from=2015&to=2015")))
    assert main(["export", "html", "--store", url, "-o", str(path), "--link", f"?story={story.id}"]) == 0
    assert "1 events in " in capsys.readouterr().err
    assert "<title>Two views</title>" in path.read_text()
    told = re.search(r'<script type="application/json" id="about">(.*?)</script>', path.read_text())
    assert told
    assert json.loads(told[1])["title"] == "Two views"
    assert json.loads(told[1])["selection"] == ["all views of the story “Two views”"]
    for link, events in ((f"story={story.id}", 1), (f"story={story.id}&step=1&from=1990&to=1991", 0)):
        assert main(["export", "csv", "--store", url, "-o", str(tmp_path / "story.csv"), "--link", link]) == 0
        assert f"{events} events in " in capsys.readouterr().err
    assert main(["export", "html", "--store", url, "-o", str(path), "--link", "?story=0000000000"]) == 2
    assert "story: 0000000000 is not in this store." in capsys.readouterr().err


def test_export_follows_a_link_and_refuses_what_it_does_not_understand(store: str, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.geojson"

    def exported(link: str) -> int:
        assert main(["export", "geojson", "--store", store, "-o", str(path), "--link", link]) == 0
        return len(json.loads(path.read_text())["features"])

    assert exported("http://localhost:8501/?from=2015-01-01&to=2015-01-31") == 1
    assert exported("from=2016&to=2017") == 0
    assert exported("types=protest") == 0
    assert exported("q=shelling") == 2
    path.unlink()
    for link, words in (
        ("from=yesterday", "from: 'yesterday' is not a date"),
        ("typs=battle", "typs: there is no filter. Did you mean types?"),
        ("types=batle", "types: 'batle' not among battle,"),
        (
            "sources=Brief+written+for+this+projekt",
            "is not in this store. Did you mean Brief written for this project?",
        ),
        ("places=g1", "places: 'g1' is not in this store."),
    ):
        capsys.readouterr()
        assert main(["export", "geojson", "--store", store, "-o", str(path), "--link", link]) == 2
        assert words.replace("no filter", "no such filter") in capsys.readouterr().err
        assert not path.exists()
    assert main(["export", "csv", "--store", store, "--data-set", "articels"]) == 2
    assert "there is no set 'articels'. Did you mean articles?" in capsys.readouterr().err
    assert main(["export", "csv", "--store", store, "--outlines"]) == 2
    assert main(["export", "kml", "--store", store, "--excel"]) == 2


def test_an_export_says_what_was_asked_for_and_from_which_store(store: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert main(["export", "csv", "--store", store, "-o", str(path), "--excel", "--link", "types=explosion", "-q"]) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,type")
    told = json.loads((tmp_path / "a.csv-metadata.json").read_text(encoding="utf-8"))
    assert told["url"] == "a.csv"
    assert told["dc:coverage"] == "type: explosion; status: reported, claimed (the usual)"
    assert re.fullmatch(r"\?types=explosion&made=1\.[0-9a-f]{8}\.[0-9a-f]{8}", told["dc:source"])
    page = tmp_path / "a.html"
    assert main(["export", "html", "--store", store, "-o", str(page), "-q"]) == 0
    about = re.search(r'<script type="application/json" id="about">(.*?)</script>', page.read_text(encoding="utf-8"))
    assert about
    assert json.loads(about[1])["selection"] == ["all events of the store, of every status"]


def test_an_export_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")
    with pytest.raises(RuntimeError), opened(path) as out:
        out.write(b"half")
        raise RuntimeError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["info", "--store", "{tmp}/none.sqlite"], "there is no store here. Make one with: conflict-map ingest"),
        (["info", "--store", "{tmp}"], "this is a folder. Name a file in it"),
        (["info", "--store", "nodb://x"], "the driver of this database is missing"),
        (["parse", "x.txt", "--gazetteer", "{tmp}/none.sqlite"], "none.sqlite"),
        (["parse", DEMO[0], "-o", "{tmp}/no/where.jsonl"], "there is no such folder. Make it first"),
        (["parse", DEMO[0], "-o", "{tmp}"], "this is a folder. Name a file in it"),
        (["export", "csv", "--store", "{tmp}/notes.txt"], "this file is not a store of this program"),
    ],
)
def test_what_is_missing_is_told_in_a_line_with_exit_code_2(
    arguments: list[str], message: str, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "notes.txt").write_text("Notes on the war, not a database. " * 50)
    assert main([part.replace("{tmp}", str(tmp_path)) for part in arguments]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.startswith(f"conflict-map {arguments[0]}: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["parse"], "the following arguments are required: INPUT"),
        (["parse", "x", "--published", "soon"], "expected a date like 2015-01-26"),
        (["parse", "x", "--published", "none.json"], "No such file or directory"),
        (["parse", "x", "--jobs", "0"], "expected a number from 1 up; got '0'"),
        (["export", "shp"], "invalid choice: 'shp'"),
        (["conquer"], "there is no command 'conquer'; there are run, parse, resolve"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(arguments: list[str], message: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_a_map_in_a_file_says_what_the_columns_of_a_table_are(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.csv").write_text("words|when\nShelling went on around Debaltseve.|02/03/2015\n")
    (tmp_path / "map.yaml").write_text('text: words\npublished: when\ndate_order: day\nseparator: "|"\n')
    assert main(["parse", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.yaml"), "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["published"]["start"] == "2015-03-02"
    (tmp_path / "map.yaml").write_text("body: words\n")
    with pytest.raises(SystemExit):
        main(["parse", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.yaml")])
    assert "'body' is no field; known are text, id" in capsys.readouterr().err


def test_an_ingest_of_nothing_does_not_say_that_it_stored(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.txt").write_text(" ")
    assert main(["ingest", str(tmp_path / "a.txt"), "--store", str(tmp_path / "s.sqlite"), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert "Nothing was stored: no article could be read from what was given." in out
    assert "Stored in" not in out


def test_a_read_only_run_refuses_to_ingest(store: str, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICT_MAP_READ_ONLY", "1")
    assert main(["ingest", DEMO[0], "--store", store, "--quiet"]) == 2
    assert "the store is read-only. Nothing was changed." in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"examples:\n  conflict-map {command}" in capsys.readouterr().out


def test_the_overview_names_every_command(capsys: Any) -> None:
    assert main([]) == 2
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)
    with pytest.raises(SystemExit):
        main(["--version"])


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    from geo.cli import info

    def faulty(options: object) -> int:
        raise ValueError("a fault")

    monkeypatch.setattr(info, "run", faulty)
    with pytest.raises(ValueError, match="a fault"):
        main(["info", "--store", store])


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "geo", "parse", DEMO[0]],
            cwd=ROOT,
            stdout=write_end,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write_end)
    assert done.returncode == 128 + signal.SIGPIPE
    assert done.stderr == b""


def test_the_package_runs_as_a_module() -> None:
    assert cli.main is main
    assert run("--version").stdout.startswith(b"conflict-map ")
