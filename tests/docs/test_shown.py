"""What the documents show beside commands in blocks: data, settings, what contributors run, commands in a sentence."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from docs.hooks import surface
from gazetteer import cli as gazetteer_cli
from gazetteer.shipped import ROOT
from geo import layouts
from geo.cli import COMMANDS
from geo.model import EVENT_TYPES
from geo.page.api import asking
from geo.timemap import control
from tests.docs.pages import Block, blocks, label, pages

# Run by test_blocks; SQL by tests/store/test_postgresql, which makes such a database; names of calls by nobody.
ELSEWHERE = ("", "bash", "python", "sql", "text")
DATA = [(f"{label(page)}:{one.line}", one) for page in pages() for one in blocks(page) if one.language not in ELSEWHERE]


@pytest.mark.parametrize("block", [one for _, one in DATA], ids=[where for where, _ in DATA])
def test_a_block_of_data_is_what_it_says(block: Block, tmp_path: Path) -> None:
    if block.language == "json":
        found = json.loads(block.text)
        if found.get("type") == "FeatureCollection":
            path = tmp_path / "fronts.geojson"
            path.write_text(block.text, encoding="utf-8")
            assert control.read(path).areas
    elif block.language == "toml":
        assert tomllib.loads(block.text)
    elif block.language == "yaml":
        found = yaml.safe_load(block.text)
        if "date_start" in found:
            assert set(layouts.parse(block.text.encode(), "page").fields["type"].values.values()) <= set(EVENT_TYPES)  # type: ignore[union-attr]  # (the page's has codes)
    else:
        assert block.language == "html"
        assert re.fullmatch(r"<(\w+)( [\w-]+=\"[^\"]*\")*></\1>\n", block.text)


MODULE = re.compile(r"(?:^|`|\s)(?:\.venv/bin/)?python -m ((?:benchmarks|tests|docs|geo|gazetteer)[\w.]*)")
TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)


def test_every_module_that_is_shown_is_there_and_says_what_it_does() -> None:
    found = {name for page in pages() for name in MODULE.findall(page.read_text(encoding="utf-8"))}
    assert len(found) > 15
    for name in found:
        spec = importlib.util.find_spec(name)
        assert spec is not None, name
        if spec.submodule_search_locations is not None:
            assert importlib.util.find_spec(f"{name}.__main__") is not None, name


def test_every_target_of_make_that_is_shown_is_there() -> None:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = {name for page in pages() for name in TARGET.findall(page.read_text(encoding="utf-8"))}
    assert shown
    assert shown - there == set()


INLINE = re.compile(r"`(conflict-(?:map|gazetteer) [^`\n]+)`")
# What stands for something else, or for several things: such commands are only looked up.
_MEANT = re.compile(r"\.\.\.|[|\[\]<>…]|\bCOMMAND\b|\bFORMAT\b|\bSHELL\b")
LINES = sorted({words for page in pages() for words in INLINE.findall(page.read_text(encoding="utf-8"))})


@pytest.mark.parametrize("line", LINES)
def test_a_command_in_a_sentence_has_a_name_and_options_that_there_are(line: str) -> None:
    program, first, *rest = shlex.split(line.replace("\\|", "|"))
    options = [word.partition("=")[0] for word in rest if word.startswith("--")]
    if program == "conflict-gazetteer":
        assert first in ("search", "info", "build", "missing") or _MEANT.search(first)
        given: Any = gazetteer_cli._parser().format_help()
        assert first in given or _MEANT.search(first)
        return
    if first in ("--version", "help") or _MEANT.search(first):
        return
    assert first in COMMANDS
    parser = surface.parser(first)
    known = surface.text()
    for option in options:
        assert option in parser.format_help() or f"`{option}`" in known, line


def test_every_route_that_is_shown_as_an_address_is_one_of_the_api() -> None:
    shown = {name for page in pages() for name in re.findall(r"[?&]([a-z_]+)=", page.read_text(encoding="utf-8"))}
    own = {*asking.of_the_link(), asking.DATA_SET, *asking.PAGING, "since"}
    assert shown - own == set()
