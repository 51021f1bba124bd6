"""Documents of mixed kinds in one folder, some of them faulty: ``python -m benchmarks.documents [--count 1000]``.

Writes them, ingests the folder as ``conflict-map ingest`` does, and holds the report against what was written: each
article once, each faulty file named once. Ends with 1 where something is unaccounted for.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.ingest import read
from geo.pipeline import Report, ingest
from geo.store import Store
from tests.ingest.making import docx, inline, odt, pdf, tarred, xlsx, zipped

# Articles of each file are told apart by their number; towns and types vary, so that no two are near-duplicates.
_TOWNS = (
    "Zaporizhzhia",
    "Kherson",
    "Goma",
    "Kabul",
    "Aleppo",
    "Sumy",
    "Mekelle",
    "Jenin",
    "Odesa",
    "Bamako",
    "Poltava",
)
_TOLD = ("Two missiles struck {}", "Gunmen attacked {}", "Thousands marched through {}", "Fighters seized {}")
_HEAD = "From: Desk <desk@post.example>\nSubject: Report {0}\nDate: Tue, 14 Mar 2023 09:00:00 +0200\n\n{1}\n"
_FAULTY = 20  # one file in so many


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in a folder: how many articles, and the names of the files that cannot be read."""

    articles: int
    faulty: frozenset[str]


def _words(number: int) -> str:
    told = _TOLD[number % len(_TOLD)].format(_TOWNS[number % len(_TOWNS)])
    return (
        f"{told} on Monday, 13 March 2023, and {number + 2} people were hurt, the authorities said in report {number}."
    )


def _page(number: int) -> bytes:
    return f"<html><head><title>R</title></head><body><article><p>{_words(number)}</p></article></body></html>".encode()


_MAKERS: Mapping[str, tuple[int, Callable[[int], bytes]]] = {
    "txt": (1, lambda n: _words(n).encode()),
    "html": (1, _page),
    "docx": (1, lambda n: docx(f"<w:p><w:r><w:t>{_words(n)}</w:t></w:r></w:p>")),
    "odt": (1, lambda n: odt(f"<text:p>{_words(n)}</text:p>")),
    "pdf": (1, lambda n: pdf([_words(n)])),
    "rtf": (1, lambda n: rb"{\rtf1\ansi " + _words(n).encode() + b"}"),
    "eml": (1, lambda n: _HEAD.format(n, _words(n)).encode()),
    "mbox": (
        2,
        lambda n: "".join(f"From a@b Tue Mar 14\n{_HEAD.format(m, _words(m))}\n" for m in (n, -n - 2)).encode(),
    ),
    "csv": (2, lambda n: f'text,published\n"{_words(n)}",2023-03-14\n"{_words(-n - 2)}",2023-03-14\n'.encode()),
    "xlsx": (1, lambda n: xlsx(("A", inline("text", "published") + inline(_words(n), "2023-03-14")))),
    "jsonl": (2, lambda n: "".join(json.dumps({"text": _words(m)}) + "\n" for m in (n, -n - 2)).encode()),
    "zip": (1, lambda n: zipped({f"in/{n}.html": _page(n), "logo.png": b"\x89PNG"})),
    "tar": (1, lambda n: tarred({f"in/{n}.txt": _words(n).encode()})),
}


def write(folder: Path, count: int) -> Written:
    """Write so many files into a folder and its subfolders."""
    articles, faulty = 0, set()
    kinds = list(_MAKERS.items())
    for number in range(count):
        ending, (held, make) = kinds[number % len(kinds)]
        path = folder / f"{number % 7}" / f"{number}.{ending}"
        path.parent.mkdir(exist_ok=True)
        # Faulty files are cut off, empty, or something else than they are called.
        if number % _FAULTY == _FAULTY - 1:
            binary = ending in ("docx", "odt", "pdf", "xlsx", "zip", "tar", "rtf")
            path.write_bytes(b"no such thing" if binary else b"")
            faulty.add(path.name)
        else:
            path.write_bytes(make(number))
            articles += held
    return Written(articles, frozenset(faulty))


def unaccounted(written: Written, report: Report) -> list[str]:
    """Say what a report and a folder do not agree in; empty where the report is true."""
    named = [Path(problem.where).name for problem in report.skipped]
    found = []
    if report.added != written.articles:
        found.append(f"{written.articles} articles were written, {report.added} are stored")
    found += [f"{name} is faulty and not named" for name in sorted(written.faulty - set(named))]
    found += [f"{name} is named and not faulty" for name in sorted(set(named) - written.faulty)]
    if len(named) != len(set(named)):
        found.append("a file is named twice")
    return found


def main() -> int:
    """Print the report of one folder and what it leaves out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Gazetteer.open() as gazetteer:
        folder = Path(name) / "documents"
        folder.mkdir()
        written = write(folder, arguments.count)
        began = time.process_time()
        with Store(str(Path(name) / "store.sqlite"), create=True) as store:
            report = ingest(read([folder]), store, gazetteer, data_set="documents", jobs=1)
        seconds = time.process_time() - began
    print(
        f"{arguments.count:,} files: {report.added:,} articles, {len(report.skipped):,} files skipped by name, ", end=""
    )
    print(f"{report.events:,} events; {seconds:.1f} s of processor time, {report.seconds:.1f} s")
    wrong = unaccounted(written, report)
    print("\n".join(wrong) if wrong else "Every article and every faulty file is accounted for.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
