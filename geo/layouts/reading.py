"""Layouts from YAML files: those in ``data/layers``, another package's, and a user's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gazetteer.shipped import DATA
from geo.layouts.layout import FIELDS, Columns, Companion, Field, Layout, LayoutError, Shape, fold
from geo.model import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS

DIRECTORY = DATA / "layers"
# The closed sets that a field's values must be of.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "type": EVENT_TYPES,
    "place_precision": PLACE_PRECISIONS,
    "date_precision": DATE_PRECISIONS,
}
_TEXTS = ("kind", "title", "licence", "citation", "separator")
_OTHERS = ("recognise", "header", "shape", "restricted", "date_order", "companion")
_OF_FIELD = ("columns", "values", "default", "flags", "value", "words", "before")
_OF_COMPANION = ("what", "recognise", "header", "shape", "id", "source", "fields")
_LONGEST = 100_000


def read(path: Path) -> Layout:
    """Read a layout.

    Raises
    ------
    LayoutError
        If it is none; the message says what was expected and where.
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        return parse(file.read(_LONGEST + 1), str(path))


def parse(raw: bytes, name: str) -> Layout:
    """Read a layout from the bytes of its file; `name` stands for it in what is raised.

    Raises
    ------
    LayoutError
        As of `read`.
    """
    return _Read(name, load(raw, name)).layout()


def load(raw: bytes, name: str) -> dict[str, Any]:
    """Give the keys of a layout as they are written, in texts, lists and mappings; nothing of it is checked yet.

    Raises
    ------
    LayoutError
        If it is too long, no YAML, or no mapping.
    """
    if len(raw) > _LONGEST:
        raise LayoutError(f"{name}: more than {_LONGEST:,} bytes is too long for a mapping")
    try:
        # The base loader builds nothing but texts, lists and mappings; codes such as 01 stay what they are.
        loaded = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506  (as said above, it runs nothing)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise LayoutError(f"{name}: not valid YAML ({' '.join(str(error).split())[:200]})") from error
    if not isinstance(loaded, dict):
        raise LayoutError(f"{name}: expected lines such as 'lat: Latitude'; fields are {', '.join(FIELDS)}")
    return loaded


def write(given: Mapping[str, Any]) -> str:
    """Give the file of a layout whose keys `load` gave."""
    return str(yaml.safe_dump(dict(given), sort_keys=False, allow_unicode=True, width=100))


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    given: Mapping[str, Any]

    def layout(self) -> Layout:
        known_keys = (*FIELDS, *_TEXTS, *_OTHERS)
        if unknown := [key for key in self.given if key not in known_keys]:
            raise self.fault(unknown[0], f"is no key of a mapping; there are {', '.join(known_keys)}")
        fields = {name: self.field(name) for name in FIELDS if name in self.given}
        if missing := [name for name in ("date_start", "lat", "lon", "type") if name not in fields]:
            raise self.fault(missing[0], "must be given: an event has a day, a place (lat, lon) and a type")
        texts = {name: self.text(name) for name in _TEXTS if name in self.given}
        order = self.text("date_order") if "date_order" in self.given else None
        if order not in (None, "day", "month"):
            raise self.fault("date_order", f"must be day or month; got {order!r}")
        separator = texts.get("separator")
        if separator is not None and len(separator) != 1:
            raise self.fault("separator", f"must be one character; got {separator!r}")
        restricted = self.given.get("restricted", "false")
        if restricted not in ("true", "false"):
            raise self.fault("restricted", f"must be true or false; got {restricted!r}")
        kind = texts.get("kind", "table")
        return Layout(
            kind=kind,
            title=texts.get("title", kind),
            columns=self.columns(self.given),
            fields=fields,
            licence=texts.get("licence", ""),
            citation=texts.get("citation", ""),
            restricted=restricted == "true",
            separator=separator,
            date_order=order,
            companion=self.companion() if "companion" in self.given else None,
        )

    def fault(self, key: str, what: str) -> LayoutError:
        return LayoutError(f"{self.name}: {key!r} {what}")

    def text(self, key: str) -> str:
        value = self.given[key]
        if not isinstance(value, str):
            raise self.fault(key, "must be a text")
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise self.fault(key, "must be the name of a column, or a list of names")
        return tuple(listed)

    def field(self, name: str) -> Field:
        given = self.given[name]
        if isinstance(given, (str, list)):
            return Field(columns=tuple(map(fold, self.texts(name, given))))
        if not isinstance(given, dict) or not given or any(key not in _OF_FIELD for key in given):
            raise self.fault(name, f"must be a column's name or have keys of {', '.join(_OF_FIELD)}")
        values = given.get("values")
        if values is not None and not (
            isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
        ):
            raise self.fault(name, "needs 'values' such as {Battles: battle}")
        found = Field(
            columns=tuple(map(fold, self.texts(name, given.get("columns", [])))),
            values={fold(code): value for code, value in values.items()} if values is not None else None,
            default=given.get("default"),
            flags=self.flags(name, given.get("flags", [])),
            value=given.get("value"),
            words=given.get("words") == "true",
            before=given.get("before", ""),
        )
        if not all(isinstance(text, str | None) for text in (found.default, found.value, found.before)):
            raise self.fault(name, "needs texts for 'default', 'value' and 'before'")
        if found.words and name != "type":
            raise self.fault(name, "cannot be told by words; only the type can")
        self.check(name, found)
        return found

    def flags(self, name: str, given: Any) -> tuple[tuple[str, str], ...]:
        if not isinstance(given, list):
            raise self.fault(name, "needs 'flags' such as [[t_raid_b, battle]]")
        pairs = [self.texts(name, one) for one in given]
        if any(len(pair) != 2 for pair in pairs):
            raise self.fault(name, "needs 'flags' that are pairs of a column and a word")
        return tuple((fold(pair[0]), pair[1]) for pair in pairs)

    def check(self, name: str, field: Field) -> None:
        for word in _meant(field):
            allowed = _WORDS.get(name)
            if allowed and word not in allowed:
                raise self.fault(name, f"means {word!r}, which is none of {', '.join(allowed)}")
            if name == "radius_km" and not re.fullmatch(r"\d{1,5}(?:\.\d+)?", word, re.ASCII):
                raise self.fault(name, f"must be kilometres; got {word!r}")

    def columns(self, given: Mapping[str, Any]) -> Columns:
        header = self.texts("header", given.get("header", []))
        shape = given.get("shape")
        return Columns(
            recognise=self.texts("recognise", given.get("recognise", [])),
            header=header,
            shape=self.shape(shape, header) if shape is not None else None,
        )

    def shape(self, given: Any, header: Sequence[str]) -> Shape:
        try:
            low, high = (int(number) for number in given["cells"])
            looks = {str(name): re.compile(look, re.ASCII) for name, look in given["looks"].items()}
        except (TypeError, KeyError, ValueError, AttributeError, re.error) as error:
            raise self.fault("shape", "needs 'cells: [least, most]' and 'looks: {column: pattern}'") from error
        places = [header.index(name) if name in header else len(header) for name in looks]
        if not looks or max(places) >= min(low, len(header)):
            raise self.fault("shape", "may only look at columns of 'header' that every row has")
        return Shape((low, high), looks)

    def companion(self) -> Companion:
        given = self.given["companion"]
        if not isinstance(given, dict) or any(key not in _OF_COMPANION for key in given):
            raise self.fault("companion", f"has keys of {', '.join(_OF_COMPANION)}")
        what, key, source = given.get("what"), given.get("id"), given.get("source")
        if not isinstance(what, str) or not isinstance(key, str) or not isinstance(source, str | None):
            raise self.fault("companion", "needs 'what' it is called and the column of its 'id'")
        fields = self.texts("companion", given.get("fields", []))
        if wrong := [name for name in fields if name not in self.given]:
            raise self.fault("companion", f"names {wrong[0]!r}, which is no field of this mapping")
        return Companion(what, self.columns(given), fold(key), fold(source) if source else None, fields)


def _meant(field: Field) -> Iterator[str]:
    yield from (field.values or {}).values()
    yield from (word for _, word in field.flags)
    yield from (word for word in (field.default, field.value) if word is not None)
