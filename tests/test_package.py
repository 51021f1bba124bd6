"""The wheel, in an environment of its own and an empty folder: everything is inside, and the main job runs from it.

Its dependencies are taken from this environment (they are the pinned ones, and a path file lends them out); nothing of
the checkout is: neither its packages nor its data are on the path.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tomllib
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
import yaml

from gazetteer import cache, shipped
from gazetteer.index import Gazetteer
from geo import __version__
from geo.pipeline.version import version
from geo.settings import ARTICLES
from geo.store import Store
from tests import waiting

ARTICLE = ARTICLES / "2015-01-30-debaltseve-vuhlehirsk.txt"
# What a checkout has that the wheel lacks: what is about developing it.
_NOT_SHIPPED = ("tests/", "benchmarks/", "docs/", "examples/", ".ci/")


class Installed:
    """The wheel, installed apart."""

    def __init__(self, folder: Path) -> None:
        build = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            str(shipped.ROOT),
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
        ]
        subprocess.run([*build, "--wheel-dir", str(folder)], check=True)
        (self.wheel,) = folder.glob("*.whl")
        venv.create(folder / "venv", with_pip=False)
        self.commands = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.python = str(self.commands / "python")
        packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
        install = [sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", "--no-deps"]
        subprocess.run([*install, str(self.wheel)], check=True)
        (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
        self.home, self.here = folder / "home", folder / "empty"
        self.home.mkdir()
        self.here.mkdir()
        outside = {
            key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "PYTHON", "CONFLICT_"))
        }
        # The gazetteer's build takes a minute; that the wheel would build the very same one is a test of its own.
        with Gazetteer.open() as gazetteer:
            self.environment = {**outside, "HOME": str(self.home), "CONFLICT_MAP_GAZETTEER": str(gazetteer.path)}

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands where nothing is, as a user of this machine without a past."""
        return subprocess.run(
            [str(self.commands / command), *arguments],
            cwd=self.here,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def ask(self, code: str) -> str:
        """Give what a line of Python prints there."""
        done = self.run("python", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    cited = yaml.safe_load((shipped.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["version"], cited["license"], cited["cff-version"]) == (__version__, "Apache-2.0", "1.2.0")
    changes = (shipped.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in changes or "## [Unreleased]" in changes


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel of this checkout, installed."""
    return Installed(tmp_path_factory.mktemp("package"))


def test_every_file_that_the_program_needs_is_inside_and_nothing_else(installed: Installed) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=shipped.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout of git: what belongs to the program is not known")
    tracked = [name for name in listed.stdout.splitlines() if "/" in name and not name.startswith(_NOT_SHIPPED)]
    beside = ("data/", ".streamlit/")
    wanted = {f"conflict_map/{name}" if name.startswith(beside) else name for name in tracked}
    inside = {name for name in zipfile.ZipFile(installed.wheel).namelist() if ".dist-info/" not in name}
    assert inside == wanted | {"conflict_map/dashboard.py"}


def test_it_runs_from_itself_and_would_build_the_same_gazetteer_and_read_the_same(installed: Installed) -> None:
    found = json.loads(
        installed.ask(
            "import json, geo; from gazetteer.cache import default_path, fingerprint;"
            "from gazetteer.index import Gazetteer; from gazetteer.shipped import ROOT;"
            "from geo.pipeline.version import version; gazetteer = Gazetteer.open(default_path());"
            "print(json.dumps([geo.__file__, str(ROOT), fingerprint(), version(gazetteer)]))"
        )
    )
    assert not Path(found[0]).is_relative_to(shipped.ROOT)
    assert Path(found[1]).name == "conflict_map"
    assert found[2] == cache.fingerprint()
    with Gazetteer.open(Path(installed.environment["CONFLICT_MAP_GAZETTEER"])) as gazetteer:
        assert found[3] == version(gazetteer)


def test_what_it_adds_to_itself_is_found_without_the_file_that_declares_it(installed: Installed) -> None:
    code = (
        "import json; from gazetteer import plugins;"
        "print(json.dumps({one: plugins.own(one) for one in plugins.POINTS}))"
    )
    declared = tomllib.loads((shipped.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert json.loads(installed.ask(code)) == {group: sorted(names) for group, names in declared.items()}


def test_its_commands_say_their_version(installed: Installed) -> None:
    assert installed.run("conflict-map", "--version").stdout == f"conflict-map {__version__}\n"
    assert installed.run("conflict-gazetteer", "search", "Bakhmut", "--country", "UA").returncode == 0


def test_what_it_keeps_goes_to_the_folders_of_the_user(installed: Installed) -> None:
    code = "from gazetteer.shipped import cache_folder, store_folder; print(cache_folder(), store_folder(), sep='\\n')"
    folders = installed.ask(code).splitlines()
    assert all(Path(folder).is_relative_to(installed.home) for folder in folders)
    assert len(set(folders)) == 2


def test_a_folder_of_articles_becomes_a_store_a_table_and_a_page(installed: Installed) -> None:
    shutil.copy(ARTICLE, installed.here / ARTICLE.name)
    read = installed.run("conflict-map", "ingest", ".", "--jobs", "1")
    assert read.returncode == 0, read.stderr
    assert "Articles: 1 new; skipped: 0." in read.stdout
    (store,) = installed.home.rglob("conflict-map.sqlite")
    with Store(str(store), read_only=True) as kept:
        assert kept.counts().events > 0
    written = installed.run("conflict-map", "export", "geojson", "-o", "events.geojson")
    assert written.returncode == 0, written.stderr
    assert json.loads((installed.here / "events.geojson").read_text(encoding="utf-8"))["features"]
    page = installed.run("conflict-map", "export", "html", "-o", "map.html")
    assert page.returncode == 0, page.stderr
    assert sorted(path.name for path in installed.here.iterdir()) == [ARTICLE.name, "events.geojson", "map.html"]


def test_the_dashboard_starts_without_a_checkout(installed: Installed, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(installed.commands / "conflict-map"), "run", "--port", str(port), "--no-browser", "--no-demo"]
    environment = installed.environment | {"CONFLICT_MAP_STORE": str(tmp_path / "s.sqlite")}
    with Store(environment["CONFLICT_MAP_STORE"], create=True):
        pass
    log = tmp_path / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=installed.here, env=environment, stdout=output, stderr=output)
    try:
        base = f"http://localhost:{port}"
        waiting.until(lambda: _answer(f"{base}/_stcore/health"), lambda: server.poll() is None)
        assert _answer(f"{base}/assets/basemap/world.json")
        assert _answer(f"{base}/api/places?q=Bakhmut")
    finally:
        server.terminate()
        server.wait(waiting.GIVE_UP)
    # The configuration beside the script counts: nothing is told to anybody, no address but this machine's is printed.
    assert "External URL" not in log.read_text(encoding="utf-8")


def _answer(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=waiting.GIVE_UP) as answer:  # noqa: S310 (our own server)
            return bytes(answer.read())
    except urllib.error.HTTPError:
        raise
    except OSError:
        return None
