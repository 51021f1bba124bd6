"""What a request of the read API asks for. Unlike a link, it is answered in full or refused: no value is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gazetteer.parser import meant
from geo.page.library import Library
from geo.query import Query
from geo.query.link import quoted
from geo.query.origin import KEY, absent
from geo.views import paging

FORMATS = {"geojson": "application/geo+json", "csv": "text/csv", "ndjson": "application/x-ndjson"}
# How a view looks: taken, so that a copied link can be asked as it is, and without an effect.
OF_THE_VIEW = (
    "lat", "lng", "z", "event", "tab", "view", "sort", "theme", "draw", "control", "title", "note", "story", "step",
    "embed", KEY,
)  # fmt: skip
PAGING = ("limit", "after", "format")
DATA_SET = "data_set"
USUAL, MOST = 1_000, 10_000


class Refused(ValueError):  # noqa: N818  (said of a request, not of the program)
    """A request that makes no sense; `faults` say why, one each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: of which events, from which key on, how many, in which format."""

    query: Query
    data_set: str | None
    after: str | None
    limit: int
    format: str


def of_the_link() -> tuple[str, ...]:
    """Give the parameters of a link, as the Query asks for them."""
    asked: dict[str, None] = {}

    class Listening(dict[str, str]):
        def get(self, key: str, default: Any = None) -> Any:
            asked[key] = None
            return default

    Query.from_params(Listening())
    return (*asked, KEY)


def filters() -> tuple[str, ...]:
    """Give the parameters of a link that choose events."""
    return tuple(name for name in of_the_link() if name not in OF_THE_VIEW)


def asked(request: Request, shelf: Library) -> Asked:
    """Read a request for events or places.

    Raises
    ------
    Refused
        If a parameter is unknown, a value makes no sense, or what it names is not in this store.
    """
    given = dict(request.query_params)
    known = (*of_the_link(), DATA_SET, *PAGING)
    faults = _unknown(given, known)
    query, notes = Query.from_params({name: value for name, value in given.items() if name not in OF_THE_VIEW})
    faults += notes
    if given.get("story") and not given.get("step"):
        faults.append("story: a story is not asked for whole; open its link, and copy the link of a step.")
    faults += (*absent(query, shelf.events()), *shelf.unknown(query))
    sets = [one["name"] for one in shelf.data_sets()]
    data_set = given.get(DATA_SET) or None
    if data_set is not None and data_set not in sets:
        faults.append(f"{DATA_SET}: {quoted(data_set)} is not in this store{meant(data_set, sets)}")
    limit = _limit(given, faults)
    form = _format(request, given, faults)
    if faults:
        raise Refused(faults)
    return Asked(replace(query, sort="-date"), data_set, given.get("after") or None, limit, form)


def number(request: Request, name: str, faults: list[str]) -> int:
    """Read a whole number from 0 up; 0 where it is left out."""
    raw = request.query_params.get(name, "")
    if raw and not (raw.isascii() and raw.isdecimal() and len(raw) <= 12):
        faults.append(f"{name}: {quoted(raw)} is not a whole number from 0 up.")
        return 0
    return int(raw or 0)


def only(given: Mapping[str, str], *known: str) -> list[str]:
    """Give a fault for each parameter that is not among `known`."""
    return _unknown(given, known)


def limit_of(request: Request, faults: list[str]) -> int:
    """Read how many are asked for."""
    return _limit(dict(request.query_params), faults)


def problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None, faults: Any = ()) -> Response:
    """Give an error as a program reads it (RFC 9457)."""
    told: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    if faults:
        told["faults"] = list(faults)
    return JSONResponse(told, status_code=status, headers=headers, media_type="application/problem+json")


def _unknown(given: Mapping[str, str], known: Iterable[str]) -> list[str]:
    known = tuple(known)
    return [
        f"{quoted(name)} is no parameter{meant(name, known) or '; there are ' + ', '.join(known)}"
        for name in given
        if name not in known
    ]


def _limit(given: Mapping[str, str], faults: list[str]) -> int:
    raw = given.get("limit", "") or str(USUAL)
    if raw.isascii() and raw.isdecimal() and len(raw) <= 9 and 1 <= int(raw) <= MOST:
        return int(raw)
    faults.append(f"limit: {quoted(raw)} is not a whole number from 1 to {MOST:,}.")
    return USUAL


def _format(request: Request, given: Mapping[str, str], faults: list[str]) -> str:
    name = given.get("format", "")
    if name in FORMATS:
        return name
    if name:
        faults.append(f"format: {quoted(name)} is none of {', '.join(FORMATS)}{meant(name, FORMATS)}")
    accepted = request.headers.get("accept", "")
    return next((name for name, media_type in FORMATS.items() if media_type in accepted), "geojson")


def check_key(asked: Asked) -> None:
    """Refuse what is no key of a stretch of events.

    Raises
    ------
    Refused
        If it is none.
    """
    if asked.after is not None and not paging.is_key(asked.after):
        raise Refused([f"after: {quoted(asked.after)} is not the key of a stretch. Take it from the link 'next'."])
