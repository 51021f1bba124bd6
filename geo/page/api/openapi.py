"""The OpenAPI description of the read API, made of what the routes themselves go by."""

from __future__ import annotations

from typing import Any

from gazetteer.shipped import DATA
from geo import __version__
from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.page.api import asking
from geo.query import AXES, MODES, WIDEST_DAYS
from geo.tables import read_table
from geo.views import paging

_DAY = "a day, a month or a year: 2015-01-26, 2015-01, 2015"
_LIST = "joined by commas; a comma or a per cent sign inside a name is written %2C or %25"
# What a link's parameters hold; the rest is as docs/link.md says.
_PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "from": (f"First day of the window, {_DAY}", {"type": "string"}),
    "to": (f"Last day of the window, included, {_DAY}", {"type": "string"}),
    "axis": ("Which days the window is about: the events', or the articles'", {"enum": list(AXES)}),
    "mode": ("Within the window, all up to its end, or its days in every year", {"enum": list(MODES)}),
    "types": (f"Types of events, {_LIST}: {', '.join(EVENT_TYPES)}", {"type": "string"}),
    "status": (f"Statuses, {_LIST}: {', '.join(STATUSES)}; default reported,claimed", {"type": "string"}),
    "tiers": (f"Tiers, {_LIST}: {', '.join(TIERS)}", {"type": "string"}),
    "places": (f"Gazetteer ids, countries (UA) or their units (UA/Donetsk), {_LIST}", {"type": "string"}),
    "q": ("Words, all of which must be found", {"type": "string", "maxLength": 200}),
    "sources": (f"Sources, {_LIST}", {"type": "string"}),
    "actors": (f"Kinds or names of actors, {_LIST}", {"type": "string"}),
    "changed": (
        "Only events that are new or told otherwise since a state of the store, as a link writes it",
        {"type": "string", "pattern": r"^\d{1,12}\.[0-9a-f]{8}$"},
    ),
    "longest": ("Only dates narrower than so many days", {"type": "integer", "minimum": 1, "maximum": WIDEST_DAYS}),
    "at": (f"Gazetteer ids of a clicked mark, {_LIST}", {"type": "string"}),
}
_VIEW = "Part of a link that says how its view looks; taken and without an effect"
_LIMIT = {"type": "integer", "minimum": 1, "maximum": asking.MOST, "default": asking.USUAL}
_KINDS = {"text": "string", "date": "string", "number": "number", "integer": "integer", "list": "array"}
_NUMBERS = {"events": "integer", "lat": "number", "lon": "number"}


def document() -> dict[str, Any]:
    """Give the description, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "What was reported: read API",
            "version": __version__,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
            "description": "Events that articles report, with places and dates, as a link of the map chooses them.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{}, {"token": []}],
        "paths": {
            "/events": {"get": _listing("Events, newest first", "Events", "Event", "the key that 'next' gives")},
            "/places": {"get": _listing("Places of events, by id", "Places", "Place", "the id of the last place")},
            "/articles/{id}": {"get": _article()},
            "/changes": {"get": _changes()},
            "/openapi.json": {"get": _answered("This description", {"type": "object"}, [])},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _listing(summary: str, collection: str, one: str, key: str) -> dict[str, Any]:
    ways = [_parameter(name, *_PARAMETERS[name]) for name in asking.filters()]
    ways += [_parameter(name, _VIEW, {"type": "string"}) for name in asking.OF_THE_VIEW]
    ways += [
        _parameter(asking.DATA_SET, "Only of this data set", {"type": "string"}),
        _parameter("limit", "How many at most", _LIMIT),
        _parameter("after", f"Begin after this: {key}", {"type": "string"}),
        _parameter("format", "Counts before the header Accept", {"enum": list(asking.FORMATS)}),
    ]
    made = _answered(summary, {"$ref": f"#/components/schemas/{collection}"}, ways)
    made["responses"]["200"]["content"] = {
        "application/geo+json": {"schema": {"$ref": f"#/components/schemas/{collection}"}},
        "text/csv": {"schema": {"type": "string"}},
        "application/x-ndjson": {"schema": {"$ref": f"#/components/schemas/{one}"}},
    }
    return made


def _article() -> dict[str, Any]:
    ways = [_parameter("id", "The digest that an event's 'article' names", {"type": "string"}, where="path")]
    made = _answered("An article with everything read out of it", {"$ref": "#/components/schemas/Article"}, ways)
    made["responses"]["404"] = _problem("There is no such article")
    return made


def _changes() -> dict[str, Any]:
    ways = [
        _parameter("since", "Number of the last change that is known", {"type": "integer", "minimum": 0, "default": 0}),
        _parameter("limit", "How many at most", _LIMIT),
    ]
    return _answered("What changed since, first first", {"$ref": "#/components/schemas/Changes"}, ways)


def _answered(summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    headers = {"ETag": {"schema": {"type": "string"}}, "Link": {"schema": {"type": "string"}}}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": summary, "headers": headers, "content": {"application/json": {"schema": schema}}},
            "304": {"description": "As it was: the tag of If-None-Match still holds"},
            "400": _problem("A parameter that makes no sense, or names what is not in this store"),
            "401": _problem("The token is missing or wrong"),
            "403": _problem("The API is off here, or not for whoever asks"),
        },
    }


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


def _parameter(name: str, text: str, schema: dict[str, Any], *, where: str = "query") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "description": text, "schema": schema}


def _schemas() -> dict[str, Any]:
    columns = read_table(DATA / "exports" / "columns.csv", ("name", "kind", "unit", "what"))
    event = {row["name"]: _property(_KINDS[row["kind"]], row["what"]) for _, row in columns}
    place = {name: _property(_NUMBERS.get(name, "string"), "") for name in paging.PLACE_COLUMNS}
    return {
        "Event": {"type": "object", "required": ["id", "type", "status", "article"], "properties": event},
        "Events": _collection("Event"),
        "Place": {"type": "object", "required": list(paging.PLACE_COLUMNS), "properties": place},
        "Places": _collection("Place"),
        "Article": {
            "type": "object",
            "description": "The record that 'conflict-map parse' writes, with the text and the article's digest",
            "required": ["article", "text", "id", "published", "mentions", "times", "events", "not_plotted"],
            "properties": {"article": {"type": "string"}, "text": {"type": "string"}},
        },
        "Changes": {
            "type": "object",
            "required": ["changes", "last", "next"],
            "properties": {
                "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
                "last": {"type": "integer", "description": "What to ask the next time for, as 'since'"},
                "next": _property("string", "Where the next stretch is"),
            },
        },
        "Change": {
            "type": "object",
            "required": ["number", "made", "by", "what", "digest", "detail"],
            "properties": {
                "number": {"type": "integer"},
                "made": {"type": "string", "format": "date-time"},
                "what": {"type": "string"},
                "detail": {"type": "object"},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["status", "detail"],
            "properties": {"status": {"type": "integer"}, "detail": {"type": "string"}, "faults": {"type": "array"}},
        },
    }


def _property(kind: str, text: str) -> dict[str, Any]:
    return {"type": [kind, "null"]} | ({"description": text} if text else {})


def _collection(one: str) -> dict[str, Any]:
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"type": ["object", "null"]},
            "properties": {"$ref": f"#/components/schemas/{one}"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "features", "numberMatched", "numberReturned", "links"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
            "numberMatched": {"type": "integer"},
            "numberReturned": {"type": "integer"},
            "links": {"type": "array", "items": {"type": "object", "required": ["rel", "href"]}},
        },
    }
