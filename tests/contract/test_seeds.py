"""The record's promises on real articles that are not part of the project; skipped where they are absent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import geo
from gazetteer.shipped import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
SCHEMA = json.loads((Path(geo.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the seed articles are not beside the repository ({SEEDS})"),
]


@pytest.fixture(scope="module")
def runs() -> tuple[bytes, bytes]:
    """The seeds parsed twice: in one process, and in two."""

    def parse(*options: str) -> bytes:
        paths = sorted(map(str, SEEDS.glob("*.txt")))
        command = [sys.executable, "-m", "geo", "parse", *paths, "--published", str(SEEDS / "published.json"), *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout

    return parse("--jobs", "1"), parse("--jobs", "2")


def records(runs: tuple[bytes, bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in runs[0].decode().splitlines()]


def test_two_runs_are_equal_byte_by_byte(runs: tuple[bytes, bytes]) -> None:
    assert runs[0] == runs[1]


def test_every_record_is_valid(runs: tuple[bytes, bytes]) -> None:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    faults = [
        f"{one['id']}{error.json_path}: {error.message}"
        for one in records(runs)
        for error in validator.iter_errors(one)
    ]
    assert faults == []
    assert len(records(runs)) == len(list(SEEDS.glob("*.txt")))


def test_every_offset_points_at_its_words(runs: tuple[bytes, bytes]) -> None:
    for one in records(runs):
        text = (SEEDS / f"{one['id']}.txt").read_text(encoding="utf-8")
        assert one["mentions"]
        for item in (*one["mentions"], *one["times"], *one["not_plotted"]):
            assert text[item["start"] : item["end"]] == item["text"]
        for event in one["events"]:
            assert text[event["trigger_start"] : event["trigger_end"]] == event["trigger"]
            assert event["sentence_start"] <= event["trigger_start"] < event["trigger_end"] <= event["sentence_end"]


def test_event_ids_differ(runs: tuple[bytes, bytes]) -> None:
    ids = [event["id"] for one in records(runs) for event in one["events"]]
    assert len(ids) == len(set(ids))
