"""Titles, notes and stories, as clicks make them in a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.page import deeds, publishing
from geo.page.library import Library
from geo.page.session import View
from geo.query import Query
from geo.settings import Settings
from geo.store import stories as kept
from tests.browser import stories

JANUARY = Query(start=date(2015, 1, 1), end=date(2015, 1, 31), types=("battle",), lat=48.3, lng=38.0, z=7.0)
SPRING = Query(start=date(2016, 3, 1), end=date(2016, 5, 31), view="table")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    library = Library(Settings(store=stories.make_store(tmp_path / "store.sqlite")))
    yield library
    library.store.close()


def done(shelf: Library, view: View, /, **act: Any) -> View:
    return deeds.done(view, act, shelf)


def told(view: View) -> str:
    assert view.told is not None
    return view.told.text


def two_steps(shelf: Library) -> View:
    named = View(replace(JANUARY, title="Mine", note="Not the story's"))
    view = done(shelf, named, kind="story_add", story="", story_title=" A town ", title="One", text="First.")
    return done(
        shelf, replace(view, query=replace(SPRING, story=view.query.story)), kind="story_add",
        story=view.query.story, title="Two", text="",
    )  # fmt: skip


def test_a_story_is_added_to_walked_and_each_step_shows_the_view_that_it_was_saved_with(shelf: Library) -> None:
    view = two_steps(shelf)
    story = view.query.story
    assert (view.query.step, told(view)) == (2, "Step 2 of “A town” is saved.")
    back = done(shelf, view, kind="story", story=story, step=1)
    assert back.query == replace(JANUARY, story=story, step=1)
    assert back.order is not None
    assert (back.order["from"], back.order["look"]) == ("2015-01-01", {"lat": 48.3, "lng": 38.0, "z": 7.0})
    assert done(shelf, back, kind="story", story=story, step=9).query == replace(SPRING, story=story, step=2)
    card = publishing.card(back, shelf)
    assert card is not None
    assert (card["title"], card["text"], card["story"]["steps"]) == ("One", "First.", 2)
    assert done(shelf, back, kind="story_close").query == JANUARY


def test_a_link_of_a_story_alone_opens_its_step_and_one_that_names_more_shows_that(shelf: Library) -> None:
    story = two_steps(shelf).query.story
    assert publishing.opened(Query(story=story), shelf) == replace(JANUARY, story=story, step=1)
    framed = Query(story=story, step=2, embed=True, theme="dark")
    assert publishing.opened(framed, shelf) == replace(SPRING, story=story, step=2, embed=True, theme="dark")
    own = Query(story=story, step=2, types=("riot",))
    assert publishing.opened(own, shelf) == own
    gone = Query(story="0" * 10)
    assert publishing.opened(gone, shelf) == gone
    assert shelf.remarks(gone, {}) == ("story: 0000000000 is not in this store.",)


def test_steps_are_written_anew_moved_and_taken_out_and_the_shown_one_stays_shown(shelf: Library) -> None:
    view = two_steps(shelf)
    story = view.query.story
    assert story is not None
    moved = done(shelf, view, kind="story_move", story=story, step=2, to=1)
    assert moved.query.step == 1
    changed = done(shelf, replace(moved, query=replace(SPRING, q="town", story=story, step=1)),
                   kind="story_change", story=story, step=1, title="Now", text="More.", view=True)  # fmt: skip
    found = kept.get(shelf.store, story)
    assert found is not None
    assert [(scene.title, "q=town" in scene.link) for scene in found.scenes] == [("Now", True), ("One", False)]
    left = done(
        shelf, replace(changed, query=replace(changed.query, step=2)), kind="story_drop_step", story=story, step=1
    )
    assert (left.query.step, told(left)) == (1, "Taken out of “A town”: 1 step left.")
    ended = done(shelf, left, kind="story_drop", story=story)
    assert (ended.query.story, ended.query.step, kept.every(shelf.store)) == (None, None, ())


@pytest.mark.parametrize(
    ("act", "says"),
    [
        ({"kind": "story_add", "story": "", "story_title": " "}, "A story needs a title."),
        ({"kind": "story_add", "story": "0" * 10}, "That story is not in the store any more."),
        ({"kind": "story_move", "step": 2, "to": 3}, "That step is not in the story any more."),
        ({"kind": "story_drop_step", "step": "x"}, "That step is not in the story any more."),
        ({"kind": "story_change", "step": 9, "title": "x"}, "That step is not in the story any more."),
        ({"kind": "story", "story": "../", "step": 1}, "That story is not in the store any more."),
    ],
)
def test_what_cannot_be_done_to_a_story_is_told_and_changes_nothing(
    shelf: Library, act: dict[str, Any], says: str
) -> None:
    view = two_steps(shelf)
    before = kept.every(shelf.store)
    after = done(shelf, view, **({"story": view.query.story} | act))
    assert says in told(after)
    assert kept.every(shelf.store) == before


def test_a_title_and_a_note_are_of_the_view_and_no_deed(shelf: Library) -> None:
    view = done(shelf, View(JANUARY), kind="name", title=" The town ", note="One\nweek")
    assert (view.query.title, view.query.note) == ("The town", "Oneweek")
    assert publishing.card(view, shelf) == {"title": "The town", "text": "Oneweek", "story": None}
    assert publishing.card(done(shelf, view, kind="name", title="", note=""), shelf) is None
