from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gazetteer import build, cache
from gazetteer.errors import (
    GazetteerCorrupt,
    GazetteerError,
    GazetteerForeign,
    GazetteerMissing,
    GazetteerOutdated,
    SourceError,
)
from gazetteer.index import Gazetteer
from gazetteer.shipped import ROOT
from tests import waiting
from tests.gazetteer import specimens


def _truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _foreign_database(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE other (x)")
    db.close()


def _set_version(path: Path, version: int) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write(version.to_bytes(4, "big"))


@pytest.mark.parametrize(
    ("harm", "kind", "says"),
    [
        (lambda path: path.unlink(), GazetteerMissing, "no gazetteer here"),
        (lambda path: path.write_bytes(b""), GazetteerCorrupt, "empty"),
        (lambda path: path.write_bytes(b"SQLite format 3\0short"), GazetteerCorrupt, "cut off"),
        (_truncate, GazetteerCorrupt, "cut off"),
        (lambda path: path.write_text("a letter home"), GazetteerForeign, "not a gazetteer"),
        (_foreign_database, GazetteerForeign, "not a gazetteer"),
        (lambda path: _set_version(path, 0), GazetteerOutdated, "older"),
        (lambda path: _set_version(path, 999), GazetteerOutdated, "newer"),
    ],
)
def test_every_kind_of_bad_file_is_told_apart(
    small_file: Path, tmp_path: Path, harm: object, kind: type[GazetteerError], says: str
) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    harm(path)  # type: ignore[operator]  # (a function of the table)
    with pytest.raises(kind, match=says) as caught:
        Gazetteer.open(path)
    assert caught.value.path == path
    assert str(path) in str(caught.value)


def test_an_overwritten_middle_is_corrupt_or_harmless(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096 * 8))
    with pytest.raises(GazetteerCorrupt):
        Gazetteer.open(path)


def test_a_folder_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match="cannot be read"):
        Gazetteer.open(tmp_path)


def test_somebody_elses_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "diary.txt"
    path.write_text("dear diary, " * 20)
    with pytest.raises(GazetteerForeign):
        build.ensure(path, quiet=True)
    assert path.read_text().startswith("dear diary")


def test_a_corrupt_file_is_rebuilt(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    _truncate(path)
    dump, data = specimens.write_dump(tmp_path / "dump"), specimens.write_data(tmp_path / "data")
    build.ensure(path, geonames=dump, data=data, quiet=True)
    with Gazetteer.open(path) as rebuilt:
        assert rebuilt.by_name("Kharkiv")


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: _set_version(path, 1),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:4096]),
    ],
    ids=["older", "empty", "first page only"],
)
def test_what_is_ours_but_useless_is_rebuilt_in_place(small_file: Path, tmp_path: Path, harm: object) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    harm(path)  # type: ignore[operator]  # (a function of the table)
    dump, data = specimens.write_dump(tmp_path / "dump"), specimens.write_data(tmp_path / "data")
    build.ensure(path, geonames=dump, data=data, quiet=True)
    with Gazetteer.open(path) as rebuilt:
        assert rebuilt.by_name("Kharkiv")


def test_a_file_of_an_unfinished_build_is_corrupt(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DELETE FROM meta WHERE key = 'complete'")
    with pytest.raises(GazetteerCorrupt, match="not finished"):
        Gazetteer.open(path)


def test_a_failed_build_leaves_the_old_file_and_no_draft(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    before = path.read_bytes()
    bad = specimens.write_dump(tmp_path / "dump", places=specimens.PLACES.replace("48.594", "x"))
    with pytest.raises(SourceError, match=r"allCountries.txt:9: not a place"):
        build.write(path, fingerprint="new", geonames=bad, data=specimens.write_data(tmp_path / "data"), quiet=True)
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"copy.sqlite", "dump", "data"}


_BUILD = """
import sys
from pathlib import Path
from gazetteer import build
build.ensure(Path(sys.argv[1]), geonames=Path(sys.argv[2]), data=Path(sys.argv[3]), quiet=True)
"""


@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.5, 1.0, 1.5])
def test_a_build_killed_at_any_moment_leaves_the_old_file_in_use(
    small_file: Path, tmp_path: Path, seconds: float
) -> None:
    """Killed as soon as its draft appears, or while it reads airports, ranks names, writes indexes."""
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    before = path.read_bytes()
    dump, data = specimens.write_dump(tmp_path / "dump"), specimens.write_data(tmp_path / "data")
    draft = tmp_path / "copy.sqlite.building"
    with subprocess.Popen([sys.executable, "-c", _BUILD, str(path), str(dump), str(data)], cwd=ROOT) as process:
        waiting.until(draft.exists, lambda: process.poll() is None)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    if process.returncode == -signal.SIGKILL:
        assert path.read_bytes() == before
    with Gazetteer.open(path) as opened:
        assert opened.by_name("Bakhmut")
    # The next build clears up after the dead one.
    build.ensure(path, geonames=dump, data=data, quiet=True)
    assert not draft.exists()


def test_a_reader_keeps_its_file_while_another_takes_its_place(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    dump = specimens.write_dump(tmp_path / "dump", places=specimens.PLACES.replace("Kharkiv", "Charkow"))
    with Gazetteer.open(path) as reader:
        build.ensure(path, geonames=dump, data=specimens.write_data(tmp_path / "data"), quiet=True)
        assert reader.by_name("Kharkiv")[0].place.name == "Kharkiv"
    with Gazetteer.open(path) as after:
        assert after.get("g706483").name == "Charkow"  # type: ignore[union-attr]  # (the place is there)


def test_two_processes_may_build_at_once(tmp_path: Path) -> None:
    path = tmp_path / "both.sqlite"
    dump, data = specimens.write_dump(tmp_path / "dump"), specimens.write_data(tmp_path / "data")
    command = [sys.executable, "-c", _BUILD, str(path), str(dump), str(data)]
    with (
        subprocess.Popen(command, cwd=ROOT) as one,
        subprocess.Popen(command, cwd=ROOT) as other,
    ):
        assert one.wait(waiting.GIVE_UP) == 0
        assert other.wait(waiting.GIVE_UP) == 0
    with Gazetteer.open(path) as opened:
        assert opened.by_name("Bakhmut")


def test_the_same_input_gives_the_same_file(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite"
    dump = specimens.write_dump(tmp_path / "dump")
    build.write(path, fingerprint="small", geonames=dump, data=specimens.write_data(tmp_path / "data"), quiet=True)
    assert path.read_bytes() == small_file.read_bytes()


def test_the_fingerprint_follows_the_curated_files(tmp_path: Path) -> None:
    data = specimens.write_data(tmp_path / "data")
    before = cache.fingerprint(data)
    assert cache.fingerprint(data) == before
    with (data / "gazetteer" / "seas.csv").open("a") as file:
        file.write("c:red-sea,Red Sea,sea,38,20,,,,,,,,,,test\n")
    assert cache.fingerprint(data) != before


def test_the_fingerprint_follows_the_rules() -> None:
    """A changed prior makes another gazetteer of the same tables: every rule must find its files."""
    package = Path(cache.__file__).parent
    assert all(list(package.glob(pattern)) for pattern in cache._RULES)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(GazetteerMissing, match="CONFLICT_MAP_GAZETTEER"):
        build.ensure(blocked / "sub" / "g.sqlite", quiet=True)


def test_a_dump_folder_without_a_dump_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="allCountries"):
        build.ensure(tmp_path / "g.sqlite", geonames=tmp_path, quiet=True)
    with pytest.raises(SourceError, match="no such folder"):
        build.ensure(tmp_path / "g.sqlite", geonames=tmp_path / "nowhere", quiet=True)


def test_a_file_carries_its_checksum_wherever_it_goes(small_file: Path, tmp_path: Path) -> None:
    assert cache.verify(small_file)
    moved = tmp_path / "elsewhere" / "moved.sqlite"
    moved.parent.mkdir()
    shutil.copy(small_file, moved)
    assert cache.verify(moved)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_one_changed_byte_is_found_by_the_checksum(small_file: Path, tmp_path: Path, share: float) -> None:
    """A letter of a word, early, in the middle or late in the file: SQLite itself notices nothing."""
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    content = path.read_bytes()
    word = re.compile(rb"[a-z]{6}").search(content, int(len(content) * share))
    assert word
    at = word.start()
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(GazetteerCorrupt, match=r"not those that were built. Run: conflict-gazetteer build --force"):
        cache.verify(path)


def test_a_checksum_is_found_over_the_border_of_two_reads(tmp_path: Path) -> None:
    path = tmp_path / "big"
    for before in range((1 << 20) - 70, (1 << 20) + 2, 7):
        path.write_bytes(b"x" * before + cache.UNSEALED.encode() + b"y" * 100)
        assert cache._digest(path, cache.UNSEALED)[1] == [before]


def test_a_file_of_an_earlier_build_carries_none(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(small_file, path)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DELETE FROM meta WHERE key = 'checksum'")
    assert not cache.verify(path)
