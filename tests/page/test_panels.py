"""Panels beside the map: our own, the example package's, and such as do not work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import plugins
from geo.page import deeds, panels
from geo.page.library import Library
from geo.page.session import View
from geo.query import Query
from geo.settings import Settings
from geo.views.added import Bars, Note, checked
from tests.browser import stories
from tests.packages import add, install_example, look_again, packages

__all__ = ["packages"]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    library = Library(Settings(store=stories.make_store(tmp_path / "store.sqlite")))
    yield library
    library.store.close()


def shown(name: str, shelf: Library, view: View | None = None) -> dict[str, object]:
    view = view or View(Query(tab=name))
    return panels.shown(name, view, shelf, shelf.selection(view.query))


def test_our_own_panel_shows_what_was_not_plotted_and_narrows_to_a_reason(shelf: Library) -> None:
    assert plugins.own(plugins.PANELS) == ("not_plotted",)
    view = View(Query(tab="not_plotted"))
    counts = dict(shelf.unplotted_reasons(Query()))
    made = shown("not_plotted", shelf)
    note, choices, passages = made["blocks"]  # type: ignore[misc]  # (three blocks are what is tested)
    assert made["fault"] is None and "did not become a mark" in note["text"]
    assert [(one["key"], one["count"], one["pressed"]) for one in choices["options"]] == [
        ("all", sum(counts.values()), True),
        *((key, n, False) for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    ]
    assert passages["total"] == sum(counts.values()) == len(passages["items"])
    key = choices["options"][-1]["key"]
    chosen = deeds.done(view, {"kind": "choose", "key": key}, shelf)
    _, choices, passages = shown("not_plotted", shelf, chosen)["blocks"]  # type: ignore[misc]  # (as above)
    assert (choices["options"][-1]["pressed"], passages["total"]) == (True, counts[key])
    assert deeds.done(chosen, {"kind": "choose", "key": "all"}, shelf).choices == {}
    assert deeds.done(chosen, {"kind": "choose", "key": key}, shelf).choices == {}


def test_the_panel_of_the_example_package_has_a_tab_a_link_and_its_blocks(packages: Path, shelf: Library) -> None:
    assert Query.from_params({"tab": "months"})[0].tab == "events"
    install_example(packages)
    look_again()
    query, notes = Query.from_params({"tab": "months"})
    assert (query.tab, notes, query.to_params()) == ("months", (), {"tab": "months"})
    assert panels.tabs(View(query), shelf) == [{"key": "months", "label": "Months", "count": None}]
    note, bars, events = shown("months", shelf)["blocks"]  # type: ignore[misc]  # (three blocks are what is tested)
    assert note["kind"] == "note"
    dated = shelf.events()["date_start"].notna().sum()
    assert sum(row["number"] for row in bars["rows"]) == dated
    assert [row["id"] for row in events["rows"]] == list(shelf.events()["id"].iloc[shelf.listed(query)])


BROKEN = """
from geo.views.added import Bars, Choices, Note, Panel, Passage, Passages


def count(sight):
    raise ValueError("nobody counts")


RAISES = Panel("Raises", lambda sight: [sight.events()["no such column"]])
COUNT = Panel("Counts", lambda sight: [], count)
MARKUP = Panel("Markup", lambda sight: ["<script>"])
ENDLESS = Panel("Endless", lambda sight: [Bars([("a", float("inf"))])])
SPAN = Panel("Span", lambda sight: [Passages([Passage("a", 5, 2)], 1)])
HALF = Panel("Half", lambda sight: [Note(chr(0xD800))])
PLAIN = "a text"
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("RAISES", "KeyError"),
        ("MARKUP", "a panel shows Note, Choices, Bars"),
        ("ENDLESS", "must be finite"),
        ("SPAN", "start=5, end=2"),
        ("HALF", "UnicodeEncodeError"),
        ("PLAIN", "must be a geo.views.added.Panel"),
        ("GONE", "cannot be loaded"),
    ],
)
def test_a_panel_that_fails_says_so_in_its_own_place(packages: Path, shelf: Library, name: str, said: str) -> None:
    add(packages, "broken", {plugins.PANELS: {"odd": f"broken:{name}"}}, BROKEN)
    (tab,) = panels.tabs(View(Query()), shelf)
    assert (tab["key"], tab["count"]) == ("odd", None)
    made = shown("odd", shelf)
    assert made["blocks"] == []
    assert "This panel cannot be shown." in str(made["fault"])
    assert "'odd' of broken 1.0" in str(made["fault"])
    assert said in str(made["fault"])


def test_a_panel_whose_number_fails_keeps_its_tab(packages: Path, shelf: Library) -> None:
    add(packages, "broken", {plugins.PANELS: {"odd": "broken:COUNT"}}, BROKEN)
    assert panels.tabs(View(Query()), shelf) == [{"key": "odd", "label": "odd", "count": None}]
    assert shown("odd", shelf)["fault"] is None


def test_a_panel_of_our_own_is_not_taken_over(packages: Path, shelf: Library) -> None:
    names = {"not_plotted": "broken:RAISES", "events": "broken:RAISES", "layers": "broken:RAISES"}
    add(packages, "broken", {plugins.PANELS: names}, BROKEN)
    assert panels.tabs(View(Query()), shelf) == []
    assert shown("not_plotted", shelf)["fault"] is None


def test_what_is_too_long_for_a_panel_is_cut_off() -> None:
    (cut,) = checked([Bars([(str(n), n) for n in range(1000)])])
    assert isinstance(cut, Bars) and len(cut.rows) == 200
    assert checked([Note("x")]) == (Note("x"),)
