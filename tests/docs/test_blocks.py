"""What the documents tell people to type works: blocks are run page by page, other commands are parsed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from docs.hooks import surface
from gazetteer import cli as gazetteer_cli
from gazetteer.index import Gazetteer
from gazetteer.shipped import ROOT
from geo.cli import COMMANDS
from geo.ingest import read
from geo.page import routes
from geo.pipeline import ingest
from geo.settings import ARTICLES, Settings
from geo.store import Store
from tests import waiting
from tests.browser.dashboard import free_port
from tests.commands import typed
from tests.docs.pages import DOCS, Block, blocks, label, pages

RUN = [page for page in pages() if any(one.language in ("python", "bash") for one in blocks(page))]
NEWS = (
    "2014-02-28-simferopol-parliament",
    "2015-01-25-mariupol-rockets",
    "2015-01-30-debaltseve-vuhlehirsk",
    "2015-02-11-kramatorsk-rockets",
)
STORE = "sqlite:///store/conflict-map.sqlite"
_OPTIONAL = re.compile(r"\[[^\]]*\]|\.\.\.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A reader's folder: articles, as files and as lines, a store that holds them, the examples."""
    made = tmp_path_factory.mktemp("reader")
    (made / "news").mkdir()
    (made / "store").mkdir()
    for name in NEWS:
        shutil.copy(ARTICLES / f"{name}.txt", made / "news")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((made / "news").iterdir())}
    lines = [json.dumps({"id": name, "text": text, "source": "The Courier"}) for name, text in texts.items()]
    (made / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    shutil.copytree(ROOT / "examples", made / "examples")
    with Store(str(made / "store" / "conflict-map.sqlite"), create=True) as store, Gazetteer.open() as gazetteer:
        ingest(read([made / "news"]), store, gazetteer, data_set="week", jobs=1)
    (made / "bin").mkdir()
    (made / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (made / "bin" / "python").chmod(0o755)
    with typed(made / "bin"):
        yield made


@pytest.fixture
def here(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's folder, a copy for each test, as the working directory."""
    mine = tmp_path / "reader"
    shutil.copytree(folder, mine, symlinks=True)
    monkeypatch.chdir(mine)
    monkeypatch.setenv("CONFLICT_MAP_STORE", STORE)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PATH", f"{mine / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with Gazetteer.open() as gazetteer:
        monkeypatch.setenv("CONFLICT_MAP_GAZETTEER", str(gazetteer.path))
    return mine


@contextmanager
def served() -> Iterator[str]:
    """The routes of a dashboard over the reader's store; gives its address."""
    port = free_port()
    app = Starlette(routes=routes.routes(Settings(store=STORE)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waiting.until(lambda: server.started, thread.is_alive)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to run the documents' commands")
@pytest.mark.parametrize("page", RUN, ids=label)
def test_the_blocks_of_a_page_run_one_after_another(page: Path, here: Path) -> None:
    known: dict[str, object] = {}
    with served() as address:
        known["SERVER"] = address
        for block in blocks(page):
            if block.language == "bash":
                script = ["bash", "-euo", "pipefail", "-c", block.text]
                done = subprocess.run(script, capture_output=True, text=True, check=False)
                assert done.returncode == 0, f"{label(page)}:{block.line}\n{done.stdout}{done.stderr}"
            elif block.language == "python":
                # The lines before it let a traceback name the document's own.
                code = "\n" * (block.line - 1) + block.text
                exec(compile(code, label(page), "exec"), known)  # noqa: S102  (our own documents)


def test_the_tutorials_run_and_leave_what_they_say() -> None:
    """A tutorial whose blocks are of another language than those that run would be run by nobody."""
    assert {DOCS / "tutorials" / name for name in ("newsroom.md", "corpus.md", "places.md", "embedding.md")} <= set(RUN)
    for page in RUN:
        if page.parent.name == "tutorials":
            assert sum(one.language == "bash" for one in blocks(page)) >= 1


def test_the_example_of_a_table_makes_a_map_that_asks_nobody(here: Path) -> None:
    subprocess.run([sys.executable, "examples/map_of_a_table.py"], check=True)
    assert 'src="http' not in (here / "map.html").read_text(encoding="utf-8")


def test_the_example_of_the_api_reads_every_page(here: Path) -> None:
    script = [sys.executable, "examples/read_the_api.py"]
    with served() as address:
        asked = subprocess.run(
            [*script, address, "status=reported,claimed,planned,hypothetical,denied&limit=3"],
            check=True,
            capture_output=True,
            text=True,
        )
    with Store(STORE, read_only=True) as store:
        assert len(asked.stdout.splitlines()) == len(store.events()) > 3


def commands(block: Block) -> Iterator[tuple[int, list[str]]]:
    """Give the commands of ours that stand in a block, each with its line."""
    for at, line in enumerate(block.text.splitlines()):
        for part in re.split(r"\s(?:\||&&|;)\s|\s#\s", _OPTIONAL.sub("", line)):
            command = part.strip().removeprefix(".venv/bin/")
            if command.startswith(("conflict-map ", "conflict-gazetteer ")):
                yield block.line + at, shlex.split(re.split(r"\s>\s", command)[0])


SHOWN = [
    (f"{label(page)}:{line}", words)
    for page in pages()
    for block in blocks(page)
    if block.language == ""
    for line, words in commands(block)
]


@pytest.mark.parametrize("words", [words for _, words in SHOWN], ids=[where for where, _ in SHOWN])
def test_a_command_that_is_shown_is_one_that_there_is(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dates.json").write_text("{}")
    Path("columns.yaml").write_text("text: Text\n")
    Path("incidents.yaml").write_text("title: T\ndate_start: day\nlat: lat\nlon: lon\ntype: {value: battle}\n")
    program, *given = words
    if program == "conflict-gazetteer":
        gazetteer_cli._parser().parse_args(given)
    elif given[:1] not in (["--version"], ["help"], []):
        assert given[0] in COMMANDS
        surface.parser(given[0]).parse_args(given[1:])


def test_commands_are_found_in_the_documents() -> None:
    assert len(SHOWN) > 25
