from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from geo.page import shell
from geo.timemap import files

FRAME = "/component/streamlit_folium.st_folium/index.html"
PAGE = "<html><head><title>t</title></head><body><div id='root'></div></body></html>"


async def page(_: Request) -> Response:
    return HTMLResponse(PAGE, headers={"ETag": '"old"'})


async def other(_: Request) -> Response:
    return JSONResponse({"html": PAGE})


def get(path: str, link: str = "") -> tuple[dict[str, str], str]:
    """Ask the app as a server would; gives the headers and the body."""
    routes = [Route("/", page), Route("/api/x/", other), Route(FRAME, page)]
    app = Starlette(routes=routes, middleware=[Middleware(shell.Shell)])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": link.encode(), "headers": []}
    asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_the_page_gets_its_frame_before_its_scripts() -> None:
    headers, text = get("/")
    assert text.index("What was reported") < text.index("id='root'")
    assert 'rel="modulepreload"' in text.partition("</head>")[0]
    assert int(headers["content-length"]) == len(text.encode())
    assert "etag" not in headers


def test_what_is_wanted_later_comes_with_all_that_it_imports(tmp_path: Path) -> None:
    """Each script that a later one imported came a tenth of a second after it, when the server had more to do."""
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script src="./static/js/index.a.js"></script>', encoding="utf-8")
    scripts = {
        "index.a.js": 'import("./BidiComponent.b.js")',
        "BidiComponent.b.js": 'import{g}from"./index.a.js";import{t as l}from"./_arrayReduce.c.js";',
        "_arrayReduce.c.js": 'import"./deep.d.js";import{x}from"./BidiComponent.b.js";',
        "deep.d.js": 'import("./asked-for.e.js")',
        "asked-for.e.js": "",
    }
    for name, text in scripts.items():
        (tmp_path / "static" / "js" / name).write_text(text, encoding="utf-8")
    assert shell.later(tmp_path) == ["BidiComponent.b.js", "_arrayReduce.c.js", "deep.d.js"]


def test_the_maps_frame_asks_for_its_scripts_as_it_opens() -> None:
    """They came one after the other, and only when the frame had been told what to draw."""
    headers, text = get(FRAME)
    hints = re.findall(
        r'<link rel="preload" as="(\w+)" href="../../assets/v-[0-9a-f]{16}/([^"]+)">', text.partition("</head>")[0]
    )
    assert [name for _, name in hints] == ["leaflet/leaflet.js", "timemap.js", "leaflet/leaflet.css", "timemap.css"]
    assert all(files.read(name).media_type.startswith(("text/javascript", "text/css")) for _, name in hints)
    assert text.endswith(PAGE.partition("</head>")[2])
    assert int(headers["content-length"]) == len(text.encode())


def test_what_is_no_page_passes_as_it_is() -> None:
    assert json.loads(get("/api/x/")[1]) == {"html": PAGE}


@pytest.mark.parametrize("body", [b"", b"<p>no head</p>", b"<head></head><head></head><body>"])
def test_a_page_of_another_build_is_left_alone(body: bytes) -> None:
    assert shell.framed(body) == body


def test_a_link_says_what_it_shows_before_it_is_opened() -> None:
    text = get("/", "from=2015-01-01&to=2015-01-31&types=battle&places=g709932")[1]
    assert "<title>Battle, Jan 2015 · What was reported</title>" in text
    assert '<meta property="og:title" content="Battle, Jan 2015">' in text
    assert "(Jan 2015)" in text
    assert text.count("<title>") == 1
    text = get("/", "title=The+railway+town&note=Three+weeks+in+January")[1]
    assert '<meta property="og:title" content="The railway town">' in text
    assert '<meta property="og:description" content="Three weeks in January">' in text


def test_the_words_of_a_link_are_text_in_the_page() -> None:
    evil = "%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E%3Cimg+src=x%3E"
    text = get("/", f"title={evil}&note={evil}&q={evil}&from=x")[1]
    assert text.count("<script") == get("/")[1].count("<script")
    assert "<img" not in text
    assert "&lt;/title&gt;&lt;script&gt;" in text
