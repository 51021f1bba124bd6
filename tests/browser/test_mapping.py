"""A table whose columns nobody knows: said in a form, seen before it is read, the same as YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.cli import main
from geo.store import Store
from tests.browser import stories
from tests.browser.access import everywhere
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, PHONE, Visit, serving

pytestmark = pytest.mark.browser

TABLE = (
    "nr;seen;brief;by\n"
    "1;03/02/2015;Clashes were reported in Luhansk on 1 March 2015.;Evening wire\n"
    "2;03/20/2015;Shelling hit Bakhmut on 19 March 2015 and wounded two people.;Evening wire\n"
)


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []
    with serving(stories.make_store(tmp_path / "store.sqlite"), tmp_path / "log") as address:

        def go(size: dict[str, int], scheme: str) -> Visit:
            visits.append(Visit(browser, address + "?tab=articles", size=size, scheme=scheme))
            return visits[-1]

        yield go
        for each in visits:
            each.close()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_columns_are_said_seen_and_read(
    visit: Callable[..., Visit], tmp_path: Path, size: dict[str, int], scheme: str
) -> None:
    here = visit(size, scheme)
    here.drawn()
    page = here.page
    page.get_by_text("Add articles", exact=True).first.click()
    file = tmp_path / "briefs.csv"
    file.write_text(TABLE, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Say what its columns hold").first.click()
    form = page.locator(".mapping")
    expect(form.locator(".first-rows th")).to_have_count(4)
    expect(form.get_by_role("button", name="Read the table")).to_be_disabled()
    for label, column in (("Text", "brief"), ("Published", "seen"), ("Source", "by")):
        form.get_by_label(label, exact=True).select_option(column)
        expect(form.locator(".first-rows th", has_text=column).locator("small")).to_have_text(label)
    expect(form.locator(".read-as > div")).to_have_count(2)
    expect(form.locator(".read-as")).to_contain_text("2 Mar 2015 · Evening wire", use_inner_text=True)
    for part in (form.locator(".grid").first, form.get_by_role("button", name="Read the table")):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]
    assert everywhere(page) == {}
    with page.expect_download() as given:
        form.get_by_role("link", name="Save as YAML").click()
    given.value.save_as(tmp_path / "columns.yaml")
    form.get_by_role("button", name="Read the table").click()
    page.get_by_text("2 articles, ").wait_for()
    by_command = f"sqlite:///{tmp_path / 'command.sqlite'}"
    arguments = ["ingest", str(file), "--map", str(tmp_path / "columns.yaml"), "--store", by_command, "--quiet"]
    assert main(arguments) == 0
    with Store(by_command) as told, Store(f"sqlite:///{tmp_path / 'store.sqlite'}") as shown:
        assert set(told.pipelines()) <= set(shown.pipelines())
        assert len(told.pipelines()) == 2
