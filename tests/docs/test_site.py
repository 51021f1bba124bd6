"""The documents name everything that a user may rely on, and are built without a warning and without another host."""

from __future__ import annotations

import importlib.util
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gazetteer
import geo
from docs.hooks import surface
from gazetteer.shipped import DATA, ROOT
from geo.page import routes
from geo.page.api import asking
from geo.settings import Settings
from geo.store.frames import COLUMNS
from geo.tables import read_table
from tests.docs.pages import DOCS


def told(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_page_of_the_public_surface_is_what_the_program_has() -> None:
    assert told("surface.md") == surface.text(), "run: python -m docs.hooks.surface"


def test_every_setting_is_described() -> None:
    assert [name for name in surface.variables() if f"`{name}`" not in told("settings.md")] == []


def test_every_parameter_of_a_link_and_of_the_api_is_described() -> None:
    link, api = told("link.md"), told("api.md")
    assert [name for name in asking.of_the_link() if f"`{name}`" not in link] == []
    own = (*asking.of_the_link(), asking.DATA_SET, *asking.PAGING, "since")
    assert [name for name in own if f"`{name}`" not in api] == []


def test_every_route_of_the_api_is_described() -> None:
    paths = [getattr(route, "path", "") for route in routes.routes(Settings())]
    assert [path for path in paths if path.startswith("/api/v1/") and f"`{path}`" not in told("api.md")] == []


def test_every_column_of_an_event_is_in_the_data_dictionary() -> None:
    described = {
        row["name"] for _, row in read_table(DATA / "exports" / "columns.csv", ("name", "kind", "unit", "what"))
    }
    assert set(COLUMNS) <= described
    assert "<!-- table: data/exports/columns.csv -->" in told("data-dictionary.md")


def test_every_room_that_exports_names_is_in_the_reference() -> None:
    """A room whose ``__init__`` lists names is one that others are meant to use."""
    found = set()
    for package in (geo, gazetteer):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            listed = (
                "__all__" in Path(package.__path__[0], module.name.rpartition(".")[2], "__init__.py").read_text("utf-8")
                if module.ispkg
                else False
            )
            found |= {module.name} if listed else set()
    inside = {"geo.training"}  # teaching the models: for whoever changes the program
    assert found - inside <= set(surface.modules())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    if importlib.util.find_spec("mkdocs") is None:
        pytest.skip("MkDocs is not installed: make docs does it")
    made = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(made)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return made


def test_the_site_is_built_without_a_warning_and_has_every_page(site: Path) -> None:
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    missing = [str(page) for page in pages if not (site / page).is_file() and page.name != "README.html"]
    assert missing == []
    assert (site / "deploy" / "index.html").is_file()
    reference = (site / "reference" / "store.html").read_text(encoding="utf-8")
    assert 'id="geo.store.Store.events"' in reference


def test_the_site_asks_no_other_host(site: Path) -> None:
    loads = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^"' >]+""")
    known = re.compile(r"unpkg\.com|jsdelivr|googleapis|gstatic|cdnjs|google-analytics")
    assert list(site.rglob("*.html"))
    for page in site.rglob("*.html"):
        found = [hit for hit in loads.findall(page.read_text("utf-8")) if 'rel="canonical"' not in hit]
        assert found == [], page
    for script in (*site.rglob("*.js"), *site.rglob("*.css")):
        assert not known.search(script.read_text(encoding="utf-8")), script
