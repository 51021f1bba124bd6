"""The record that `conflict-map parse` writes, its schema, and the records of the model say the same thing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

import geo
from gazetteer.place import KINDS
from geo import model
from geo.model import Article, Record
from tests.store.specimens import record

SCHEMA = json.loads((Path(geo.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(validator: Draft202012Validator, given: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(given)]


def test_a_full_record_and_a_bare_one_are_valid(validator: Draft202012Validator) -> None:
    assert faults(validator, record().to_dict()) == []
    assert faults(validator, Record(Article(id="a", text="x"), None).to_dict()) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "type"), "war"),
        (("events", 0, "lat"), 91),
        (("events", 0, "lat"), None),
        (("events", 0, "date_start"), "2015"),
        (("events", 0, "extra"), 1),
        (("events", 0, "actor_kind"), "soldiers"),
        (("events", 0, "killed_low"), -1),
        (("events", 0, "wounded_high"), 1.5),
        (("mentions", 0, "start"), -1),
        (("mentions", 0, "usage"), "figurative"),
        (("published", "basis"), "guessed"),
        (("url",), "javascript:alert(1)"),
        (("not_plotted", 0, "reason"), ""),
    ],
)
def test_the_schema_refuses_nonsense(validator: Draft202012Validator, path: tuple[Any, ...], value: Any) -> None:
    given = record().to_dict()
    inner: Any = given
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert faults(validator, given)


@pytest.mark.parametrize("kind", ["published", "mention", "time", "event", "place", "alternative", "notPlotted"])
def test_every_field_is_required_and_no_other_is_allowed(kind: str) -> None:
    definition = SCHEMA["$defs"][kind]
    assert set(definition["required"]) == set(definition["properties"])
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize(
    ("definition", "field", "allowed"),
    [
        ("event", "type", model.EVENT_TYPES),
        ("event", "status", model.STATUSES),
        ("event", "tier", model.TIERS),
        ("mention", "usage", model.USAGES),
        ("published", "basis", model.PUBLISHED_BASES),
    ],
)
def test_the_schemas_words_are_the_models(definition: str, field: str, allowed: tuple[str, ...]) -> None:
    assert tuple(SCHEMA["$defs"][definition]["properties"][field]["enum"]) == allowed


def test_the_schemas_shared_words_are_the_models() -> None:
    named = SCHEMA["$defs"]
    assert tuple(named["datePrecision"]["enum"]) == get_args(model.DatePrecision)
    assert tuple(named["dateBasis"]["enum"]) == get_args(model.DateBasis)
    assert tuple(named["placePrecision"]["enum"]) == get_args(model.PlacePrecision)
    assert tuple(named["kind"]["enum"]) == KINDS
    assert tuple(named["actorKind"]["enum"]) == (*get_args(model.ActorKind), None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"actor_kind": "army"}, "actor_kind must be one of state_forces"),
        ({"target_kind": "army"}, "target_kind must be one of state_forces"),
        ({"killed_low": -1}, "killed needs 0 <= low <= high; got low=-1"),
        ({"killed_high": -1, "killed_low": None}, "killed needs"),
        ({"wounded_low": 9, "wounded_high": 3}, "wounded needs 0 <= low <= high; got low=9, high=3"),
    ],
)
def test_an_event_refuses_unknown_kinds_and_impossible_figures(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(record().events[0], **changes)


def test_a_record_keeps_the_order_of_the_design() -> None:
    assert list(record().to_dict()) == SCHEMA["required"]
    assert list(record().to_dict()["events"][0]) == SCHEMA["$defs"]["event"]["required"]


def test_an_unknown_publication_date_is_null(validator: Draft202012Validator) -> None:
    assert faults(validator, replace(record(), published=None).to_dict()) == []
