"""The first paint: the page's frame stands before Streamlit's scripts are read, and what they will ask for is fetched.

Streamlit serves one fixed page, an empty root and a script of a megabyte that draws into it. This middleware adds to it
a frame in our own colours, which goes when the page itself is drawn, hints for what is needed later, and what the link
shows in words, for the tab and for programs that show a link before it is opened.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.page import shipped
from geo.query import Query
from geo.views import telling

_ASSETS = Path(__file__).parent / "assets"
# Chunks that Streamlit loads only when the page's elements arrive: each would cost a round trip then, and what it
# imports another one.
_LATER = (
    "Html.",
    "purify.es.",
    "BidiComponent.",
    "serialization.",
    "recordbatch.",
    "ComponentInstance.",
    "IFrameUtil.",
)
_FONTS = ("sans-latin-400", "sans-latin-500", "sans-latin-600", "serif-latin-400", "serif-latin-600")
# The document of the map's frame, and what its script loads only when it knows what to draw, one after the other.
_FRAME = "/component/streamlit_folium.st_folium/index.html"
_IN_FRAME = (
    ("script", "leaflet/leaflet.js"),
    ("script", "timemap.js"),
    ("style", "leaflet/leaflet.css"),
    ("style", "timemap.css"),
)
_DROPPED = (b"content-length", b"etag", b"last-modified")
_LARGEST = 1_000_000
_IMPORT = re.compile(r"""\b(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
_MOST_LINK = 8000  # characters


class Shell:
    """Adds frame and hints to the page that Streamlit serves, hints to that of the map; all else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        http = scope["type"] == "http" and scope["method"] == "GET"
        in_frame = http and str(scope["path"]).endswith(_FRAME)
        if not in_frame and not (http and str(scope["path"]).endswith("/")):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                if not _is_page(message):
                    await send(message)
                return
            if message["type"] != "http.response.body" or not _is_page(start):
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            link = scope.get("query_string", b"").decode("latin-1")
            changed = hinted(body) if in_frame else told(framed(body), link)
            kept = [pair for pair in start["headers"] if pair[0].lower() not in _DROPPED]
            length = (b"content-length", str(len(changed)).encode())
            await send({**start, "headers": [*kept, length]})
            await send({"type": "http.response.body", "body": changed})

        await self.app(scope, receive, collect)


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start.get("headers", [])}
    small = int(headers.get(b"content-length", b"0")) < _LARGEST
    plain = b"content-encoding" not in headers
    return start.get("status") == 200 and headers.get(b"content-type", b"").startswith(b"text/html") and small and plain


def framed(page: bytes) -> bytes:
    """Give Streamlit's page with our frame and hints; one without a head and a body stays as it is."""
    if page.count(b"</head>") != 1 or page.count(b"<body>") != 1:
        return page
    hints, frame = _parts()
    return page.replace(b"</head>", hints + b"</head>").replace(b"<body>", b"<body>" + frame)


def hinted(frame: bytes) -> bytes:
    """Give the document of the map's frame with hints; one without a head stays as it is."""
    lies = f"../../{shipped.address()}"
    links = "".join(f'<link rel="preload" as="{kind}" href="{lies}/{name}">' for kind, name in _IN_FRAME)
    return frame.replace(b"</head>", links.encode() + b"</head>", 1)


def told(page: bytes, link: str) -> bytes:
    """Give the page with what its link shows as its title and as Open Graph properties.

    Parameters
    ----------
    link
        The parameters of the link, untrusted: their words are text wherever they stand.
    """
    if page.count(b"</head>") != 1:
        return page
    query, _ = Query.from_params(parse_qs(link[:_MOST_LINK]))
    given = {
        "og:type": "website",
        "og:site_name": telling.SITE,
        "og:title": telling.title(query),
        "og:description": telling.description(query),
    }
    tags = [f'<meta property="{name}" content="{escape(text)}">' for name, text in given.items()]
    tags += [
        f'<meta name="description" content="{escape(given["og:description"])}">',
        '<meta name="twitter:card" content="summary">',
        f"<title>{escape(telling.tab(query))}</title>",
    ]
    head, end, rest = page.partition(b"</head>")
    return _TITLE.sub(b"", head, count=1) + "".join(tags).encode() + end + rest


@lru_cache(maxsize=1)
def _parts() -> tuple[bytes, bytes]:
    static = Path(streamlit.__file__).parent / "static"
    links = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in later(static)]
    font = '<link rel="preload" as="font" type="font/woff2" crossorigin href="./{}/fonts/ibm-plex-{}-normal.woff2">'
    links += [font.format(shipped.address(), name) for name in _FONTS]
    # The frame asks for these only when it is there, half a second later; by then the browser has them.
    inside = [("script", path) for path in _of_frame()] + [
        (kind, f"{shipped.address()}/{name}") for kind, name in _IN_FRAME
    ]
    links += [f'<link rel="prefetch" as="{kind}" href="./{path}">' for kind, path in inside]
    style = (_ASSETS / "shell.css").read_text(encoding="utf-8").replace("url(assets/", f"url({shipped.address()}/")
    frame = (_ASSETS / "shell.html").read_text(encoding="utf-8")
    return f"{''.join(links)}<style>{style}</style>".encode(), frame.encode()


def _of_frame() -> list[str]:
    """Give the script of the map's frame, found without importing the package, which would declare its component."""
    found = find_spec("streamlit_folium")
    folders = [Path(place) / "frontend" / "build" for place in (found and found.submodule_search_locations) or ()]
    scripts = [(folder, path) for folder in folders for path in folder.glob("static/js/main.*.js")]
    return [f"{_FRAME.rpartition('/')[0][1:]}/{path.relative_to(folder).as_posix()}" for folder, path in scripts]


def later(static: Path) -> list[str]:
    """Give the scripts that are wanted later, with all that these import and the page does not load itself.

    Parameters
    ----------
    static
        Streamlit's folder of the page and its scripts.
    """
    page = (static / "index.html").read_text(encoding="utf-8")
    scripts = {path.name: path for path in (static / "static" / "js").glob("*.js")}
    waiting = sorted(name for name in scripts if name.startswith(_LATER))
    found: list[str] = []
    while waiting:
        name = waiting.pop()
        if name in scripts and name not in found and name not in page:
            found.append(name)
            waiting += _IMPORT.findall(scripts[name].read_text(encoding="utf-8"))
    return sorted(found)
