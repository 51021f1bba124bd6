"""What is dropped on the page or pasted into it: read with progress and a list of errors, and removed again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo.ingest import read_uploads
from geo.pipeline import Report, ingest, remove
from geo.store import Store

TEXT = "Shelling killed two people in Debaltseve on 26 January 2015, the town's hospital said."
PAGE = f"<html><head><title>News</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><item><title>News</title>
<link>https://example.org/a</link><pubDate>Tue, 27 Jan 2015 08:00:00 GMT</pubDate>
<description>{TEXT}</description></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title><entry><id>e1</id>
<title>News</title><updated>2015-01-27T08:00:00Z</updated><content type="text">{TEXT}</content></entry></feed>"""
RECORD = {"id": "r", "title": "News", "published": "2015-01-27", "text": TEXT}
TABLE = f'id\ttext\tpublished\nr\t"{TEXT}"\t2015-01-27\n'
FILES = {
    "a.txt": TEXT,
    "a.md": f"---\ntitle: News\ndate: 2015-01-27\n---\n{TEXT}",
    "a.html": PAGE,
    "a.htm": PAGE,
    "a.json": json.dumps(RECORD),
    "list.json": json.dumps([RECORD]),
    "a.jsonl": json.dumps(RECORD) + "\n",
    "a.csv": TABLE.replace("\t", ","),
    "a.tsv": TABLE,
    "a.xml": FEED,
    "a.rss": FEED,
    "a.atom": ATOM,
}


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(str(tmp_path / "s.sqlite"), create=True) as opened:
        yield opened


@pytest.mark.parametrize("name", FILES)
def test_a_dropped_file_of_every_kind_becomes_an_event_on_its_day(
    gazetteer: Gazetteer, store: Store, name: str
) -> None:
    given = read_uploads([(name, FILES[name].encode())])
    report = ingest(given, store, gazetteer, data_set="mine", jobs=1)
    assert (report.added, report.problems) == (1, ())
    events = store.events()
    assert "Debaltseve" in set(events["place"])
    assert {str(day)[:10] for day in events["date_start"]} == {"2015-01-26"}


def test_a_pile_with_faults_is_read_with_progress_and_every_fault_is_named(gazetteer: Gazetteer, store: Store) -> None:
    seen: list[Report] = []
    pile = [("a.txt", FILES["a.txt"].encode()), ("b.pdf", b"%PDF-1.4"), ("c.txt", b""), ("d.json", b"{"), ("e", b"\0")]
    report = ingest(read_uploads(pile), store, gazetteer, data_set="mine", jobs=1, progress=seen.append)
    assert len(seen) == len(pile)
    assert [one.added for one in seen] == [1] * len(pile)
    assert [problem.where for problem in report.skipped] == ["b.pdf", "c.txt", "d.json", "e"]
    assert all(problem.what for problem in report.problems)


def test_a_pasted_text_keeps_its_title_and_its_date(gazetteer: Gazetteer, store: Store) -> None:
    pasted = {
        "title": "Pasted",
        "published": "27 January 2015",
        "source": "Me",
        "text": "Shells fell on Debaltseve today.",
    }
    given = list(read_uploads([("pasted.json", json.dumps(pasted).encode())]))
    report = ingest(given, store, gazetteer, data_set="mine", jobs=1)
    assert report.added == 1
    row = store.events().iloc[0]
    assert (row["title"], row["source"], str(row["date_start"])[:10]) == ("Pasted", "Me", "2015-01-27")


def test_what_was_brought_is_removed_again_and_the_rest_stays(gazetteer: Gazetteer, store: Store) -> None:
    ingest(read_uploads([("a.txt", TEXT.encode())]), store, gazetteer, data_set="demo", jobs=1)
    before = store.events()
    ingest(read_uploads([("b.md", FILES["a.md"].encode())]), store, gazetteer, data_set="mine", jobs=1)
    assert len(store.events()) > len(before)
    assert remove(store, "mine") == 1
    assert store.events().equals(before)
    assert store.data_sets() == {"demo": 1}
