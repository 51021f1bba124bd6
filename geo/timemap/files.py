"""The files that the browser needs: scripts, styles, Leaflet, fonts, the base map. Served, or inlined in one file."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from gazetteer.shipped import DATA
from geo.timemap import near, palette

ASSETS = Path(__file__).parent / "assets"
BASEMAP = DATA / "basemap"
SCRIPTS = (
    "palette",
    "folium",
    "days",
    "typed",
    "stepping",
    "packed",
    "counts",
    "placer",
    "layer",
    "basemap",
    "near",
    "areas",
    "mark",
    "badge",
    "scale",
    "cluster",
    "density",
    "names",
    "rings",
    "marks",
    "sight",
    "axis",
    "years",
    "bar",
    "dates",
    "transport",
    "vector",
    "tiles",
    "cards",
    "legend",
    "filter",
    "view",
    "choice",
    "gathered",
    "overlay",
    "control",
    "pointer",
    "walk",
    "picker",
    "renew",
    "grid",
    "post",
    "app",
    "start",
)
LAYERS = ("world", "water", "labels")
Links = tuple[tuple[str, str], ...]
_MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".png": "image/png",
    "": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to serve. `encoding` is ``gzip`` where the body is compressed already; `etag` changes with the content."""

    body: bytes
    media_type: str
    etag: str
    encoding: str | None = None


@functools.cache
def read(name: str) -> Asset:
    """Read one asset by its name under ``assets_url``.

    ``timemap.js`` is all our scripts in order, ``timemap.css`` our style with the palette's colours;
    ``basemap/world.json``, ``basemap/water.json`` and ``basemap/labels.json`` are the base map,
    ``basemap/near/30_40.json`` a square of what it shows near a town; ``leaflet/...`` and ``fonts/...`` are files of
    `ASSETS`.

    Raises
    ------
    FileNotFoundError
        There is no such asset (names that climb out of the folder included).
    """
    if name == "timemap.js":
        return _asset(script().encode(), ".js")
    if name.startswith("basemap/"):
        stem = name.removeprefix("basemap/").removesuffix(".json")
        if stem.startswith("near/"):
            return _asset(near.read(stem.removeprefix("near/")), ".json", "gzip")
        if stem not in LAYERS:
            raise FileNotFoundError(f"no such asset: {name}")
        return _asset((BASEMAP / f"{stem}.json.gz").read_bytes(), ".json", "gzip")
    if name == "timemap.css":
        return _asset(_style().encode(), ".css")
    path = _lying().get(name)
    if path is None:
        raise FileNotFoundError(f"no such asset: {name}")
    return _asset(path.read_bytes(), path.suffix)


@functools.cache
def _lying() -> dict[str, Path]:
    """Give the files by name: what a stranger asks for is looked up, and never made a path."""
    return {path.relative_to(ASSETS).as_posix(): path for path in ASSETS.rglob("*") if path.is_file()}


def _asset(body: bytes, suffix: str, encoding: str | None = None) -> Asset:
    media_type = _MEDIA.get(suffix, "application/octet-stream")
    return Asset(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:16]}"', encoding)


def script() -> str:
    """Give the palette and all our scripts, one after another."""
    parts = [(ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "\n".join([palette.script(), *parts])


def style() -> str:
    """Give our stylesheet with the fonts inlined."""

    def inlined(match: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{encoded((ASSETS / match[1]).read_bytes())})"

    return re.sub(r"url\((fonts/[^)]+)\)", inlined, _style())


def _style() -> str:
    colours = palette.style(".tm", '.tm[data-theme="dark"]')
    return colours + "\n" + (ASSETS / "timemap.css").read_text(encoding="utf-8")


def leaflet() -> tuple[str, str]:
    """Give Leaflet's script and its stylesheet, the latter without the images that this map does not show."""
    text = (ASSETS / "leaflet" / "leaflet.css").read_text(encoding="utf-8")
    return (ASSETS / "leaflet" / "leaflet.js").read_text(encoding="utf-8"), re.sub(r"url\([^)]*\)", "none", text)


@functools.cache
def links(assets_url: str | None, *, with_leaflet: bool) -> tuple[Links, Links]:
    """Give the scripts and the stylesheets of a page as folium names them: pairs of a name and an address.

    Without `assets_url` the address is the file itself (a ``data:`` URL): whoever puts a folium map on a page, into a
    figure, a notebook or `streamlit_folium`, loads scripts by their addresses, and loses
    one that stands in the page's head.
    """
    if assets_url is not None:
        scripts = [("leaflet", f"{assets_url}/leaflet/leaflet.js"), ("timemap", f"{assets_url}/timemap.js")]
        styles = [("leaflet_css", f"{assets_url}/leaflet/leaflet.css"), ("timemap_css", f"{assets_url}/timemap.css")]
    else:
        leaflet_script, leaflet_style = leaflet()
        scripts = [("leaflet", _address(leaflet_script, "javascript")), ("timemap", _address(script(), "javascript"))]
        styles = [("leaflet_css", _address(leaflet_style, "css")), ("timemap_css", _address(style(), "css"))]
    first = 0 if with_leaflet else 1
    return tuple(scripts[first:]), tuple(styles[first:])


def _address(text: str, kind: str) -> str:
    return f"data:text/{kind};charset=utf-8;base64,{encoded(text.encode())}"


def encoded(data: bytes) -> str:
    """Give base64, which has no letter that HTML or a script could stumble over."""
    return base64.b64encode(data).decode("ascii")
