"""What comes in beside articles: links, requests, corrections, event data, own places, dates, mappings."""

from __future__ import annotations

import asyncio
import functools
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from starlette.applications import Starlette

from benchmarks.fuzz.target import FaultError, Target, storable
from benchmarks.store import fill
from gazetteer import own
from gazetteer.errors import OwnPlacesError
from geo import layouts
from geo.export import corrections
from geo.ingest import supplied, table_columns
from geo.layers import adding
from geo.page import intake, routes
from geo.query import Query
from geo.query.origin import Origin
from geo.settings import Settings
from geo.store import Store
from tests.layers import specimens

_METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")
_EVENTS = 200


@functools.cache
def _folder() -> Path:
    """A folder that goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    _KEPT.append(folder)
    return Path(folder.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _written(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


def _link(data: bytes) -> None:
    """A link is understood or its faults are noted; the link of what was understood means the same."""
    params = dict(parse_qsl(data.decode("utf-8", "surrogateescape"), keep_blank_values=True, errors="replace"))
    query, notes = Query.from_params(params)
    storable(*notes, *query.to_params().values())
    again, further = Query.from_params(dict(parse_qsl(urlencode(query.to_params()), keep_blank_values=True)))
    if again != query or further:
        raise FaultError(f"{query.to_params()} is read back as {again.to_params()} {further}")
    Origin.from_params(params)


@functools.cache
def _app() -> Starlette:
    settings = Settings(store=str(_folder() / "map.sqlite"))
    with Store(settings.store, create=True) as store:
        fill(store, _EVENTS)
    handlers: dict[Any, Any] = dict(routes.faults())
    return Starlette(
        routes=routes.routes(settings), middleware=routes.middleware(settings), exception_handlers=handlers
    )


def _request(data: bytes) -> None:
    """A request is answered, and not by an error of the server.

    An input is a digit for the method, path and query; lines of headers; after an empty line the body.
    """
    head, _, body = data.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    path, _, query = first[1:].partition(b"?")
    headers = [(b"host", b"localhost"), (b"x-page-token", intake.TOKEN.encode())]
    headers += [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines)]
    headers += [(b"content-length", str(len(body)).encode())] * bool(body)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
        "method": _METHODS[first[0] % len(_METHODS)] if first else "GET", "raw_path": b"/" + path,
        "path": "/" + unquote(path.decode("latin-1")), "query_string": query, "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8501), "state": {},
    }  # fmt: skip
    status: list[int] = []
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        message = {"type": "http.disconnect"} if sent else {"type": "http.request", "body": body, "more_body": False}
        sent = True
        return message

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    asyncio.run(_app()(scope, receive, send))
    # An upload goes on when its reader has left; after it no place may be taken, or the next one is refused.
    for thread in threading.enumerate():
        if thread.name == "intake":
            thread.join()
    if not status or status[0] >= 500:
        raise FaultError(f"{path[:80]!r} is answered with {status}")


def _corrections(data: bytes) -> None:
    """What is read is written, and read back the same."""
    try:
        found = corrections.decode(data, name="corrections.csv")
    except corrections.CorrectionsFileError:
        return
    if corrections.decode(corrections.encode(found), name="again.csv") != found:
        raise FaultError("corrections that are read back as others")


def _event_data(ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = _written(f"events{ending}", data)
        with Store(str(_folder() / "layers.sqlite"), create=True) as store:
            adding.add([path], store, name="fuzz")

    return run


def _own_places(ending: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        try:
            found = own.read(_written(f"places{ending}", data))
        except OwnPlacesError:
            return
        storable(*(place.name for place in found.by_id.values()))

    return run


def _dates(data: bytes) -> None:
    try:
        supplied.read_published(str(_written("dates.json", data)))
    except ValueError:
        return


def _mapping(data: bytes) -> None:
    path = _written("mapping.yaml", data)
    with suppress(ValueError):
        table_columns.read_map(path)
    with suppress(ValueError):
        layouts.read(path)


_LINKS = (
    b"from=2015-01-01&to=2015-02-01&types=battle,riot&status=reported&q=bridge&countries=UA&lat=48.1&lng=37.2&z=6",
    b"axis=published&mode=within&event=0123456789abcdef&views=table&sort=date&title=a&note=b&story=x&embed=true",
)
_CORRECTIONS = (
    ",".join(corrections.COLUMNS).encode() + b"\n",
    b"action,article,trigger_start,trigger_end,place_text,note,by\nnote,0123456789abcdef,1,5,Homs,'=1+1,Ann\n",
    b"action,article,trigger_start,trigger_end,place_text,place,place_id,lat,lon,date_start,date_end\n"
    b"place,0123456789abcdef,1,5,Homs,Homs,g1,34.7,36.7,,\ndate,0123456789abcdef,1,5,Homs,,,,,2015-01-26,2015-01-27\n",
)
_FEATURES = (
    b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[37.5,48.1]},'
    b'"properties":{"name":"Hill 5","date":"2015-01-26","type":"battle","kind":"village","aliases":"H5;H 5"}}]}'
)
_KML = (
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Hill 5</name><Point><coordinates>37.5,48.1'
    b"</coordinates></Point></Placemark></Document></kml>"
)
_FORM = b"\ncontent-type: multipart/form-data; boundary=x\n\n--x\r\nContent-Disposition: form-data; name="

TARGETS = {
    "link": Target(_link, _LINKS, (*(f"{name}=" for name in Query().__dataclass_fields__), "%", "&", "1e999", "..")),
    "request": Target(
        _request,
        (
            b"0api/events?limit=5&from=2015-01-01",
            b"0api/rows?offset=1&n=2",
            b"0export/events.csv?from=2015",
            b"0api/v1/events?format=geojson",
            b"0assets/map.js\nif-none-match: x",
            b"0healthz",
            b"0api/places?q=Hom",
            b"1api/layers/look" + _FORM + b'"file"; filename="a.csv"\r\n\r\nDate,Lat,Lon\r\n--x--\r\n',
            b"1api/columns" + _FORM + b'"file"; filename="a.csv"\r\n\r\ntext,date\r\n--x--\r\n',
            b"1api/articles" + _FORM + b'"text"\r\n\r\n\r\n--x--\r\n',
        ),
        (
            "../",
            "%2e%2e/",
            "%00",
            "origin: http://localhost",
            "accept: ",
            "range: bytes=0-",
            "?",
            "&",
            "api/",
            "format=",
        ),
    ),
    "corrections": Target(
        _corrections, _CORRECTIONS, ("'=", '"', "same_event", "reject", "1e999", "nan", "\x00", ";", "\t")
    ),
    "event table": Target(
        _event_data(".csv"),
        (
            specimens.text(specimens.ACLED_NEW, specimens.CLASH).encode(),
            specimens.text(list(specimens.GED), specimens.GED).encode(),
            b"Date,Lat,Lon,Type\n26/01/2015,48.1,37.2,battle\n#date,#geo+lat,#geo+lon,#event\n",
        ),
        ("#date", "1e999", "nan", '"', ";", "\t", "\x00", "99999999999999999999", "-", "."),
    ),
    "event features": Target(_event_data(".geojson"), (_FEATURES,), ("\\ud800", "1e999", "null", "[", '"MultiPoint"')),
    "own places": Target(
        _own_places(".csv"),
        (b"name,lat,lon,kind,country,aliases\nHill 5,48.1,37.5,village,UA,H5;H 5\n",),
        ("nan", '"', "\x00", ";"),
    ),
    "own features": Target(_own_places(".geojson"), (_FEATURES,), ("\\ud800", "1e999", "null", "[", "1" * 400)),
    "own KML": Target(_own_places(".kml"), (_KML,), ("<!ENTITY", "<![CDATA[", "xmlns", "nan", "1e999", "&#0;")),
    "dates": Target(
        _dates, (b'{"a": "2015-01-26", "b": {"start": 2015, "end": "2016-02"}}',), ("null", "[", "1e9", '"start"')
    ),
    "mapping": Target(
        _mapping,
        (
            b"text: Texte\ndate_order: day\nseparator: ';'\nencoding: cp1251\n",
            b"lat: Y\nlon: X\ndate: Day\ntype: {column: T, battle: [a]}\n",
        ),
        ("!!", "&a", "*a", "<<:", "[", "{", "? "),
    ),
}
