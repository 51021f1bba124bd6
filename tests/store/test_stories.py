from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.store import Store, StoreReadOnly, rescue, stories
from geo.store.stories import Scene, Story
from tests.store.specimens import record

ONE = Scene("The railway town", "It began here.", "from=2015-01-01&to=2015-01-31")
TWO = Scene("“Quiet”", "<b>No markup</b>\nA second line.", "types=battle")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def test_a_story_is_kept_with_its_steps_in_order_and_its_link_stays(store: Store) -> None:
    story = stories.new("  January ").with_scene(ONE).with_scene(TWO)
    stories.save(store, story, by="Ann", session="page 1")
    assert stories.get(store, story.id) == Story(story.id, "January", (ONE, TWO))
    changed = story.moved(1, 0).with_scene_at(1, Scene("Later", "", ONE.link))
    stories.save(store, changed)
    assert stories.every(store) == (changed,)
    assert [scene.title for scene in changed.scenes] == ["“Quiet”", "Later"]
    stories.save(store, changed.without(0))
    found = stories.get(store, story.id)
    assert found is not None
    assert [scene.title for scene in found.scenes] == ["Later"]


def test_the_newest_story_stands_first_and_one_can_be_deleted(store: Store) -> None:
    one, two = stories.new("One"), stories.new("Two").with_scene(ONE)
    stories.save(store, one)
    stories.save(store, two)
    assert [story.title for story in stories.every(store)] == ["Two", "One"]
    stories.drop(store, two.id)
    assert [story.title for story in stories.every(store)] == ["One"]
    with pytest.raises(KeyError):
        stories.drop(store, two.id)


def test_the_journal_tells_of_stories_and_caches_of_events_stay(store: Store) -> None:
    store.save(record(), pipeline="1")
    before = store.version()
    story = stories.new("One")
    stories.save(store, story, by="Ann", session="page 1")
    stories.drop(store, story.id)
    assert store.version() == before
    told = list(store.journal())[-2:]
    assert [(entry.what, entry.by) for entry in told] == [("story", "Ann"), ("unstory", "")]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: stories.new(" "), "needs a title"),
        (lambda: stories.new("x" * 121), "120 characters"),
        (lambda: Scene("x", "y" * 2001, ""), "2,000 characters"),
        (lambda: Story("a", "b", (ONE,) * 61), "60 steps"),
    ],
)
def test_what_is_too_long_or_empty_says_so(make: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()  # type: ignore[operator]  # (a table of small functions)


def test_there_is_no_step_beyond_the_last(store: Store) -> None:
    story = stories.new("One").with_scene(ONE)
    for wrong in (lambda: story.without(1), lambda: story.moved(0, 1), lambda: story.with_scene_at(-1, TWO)):
        with pytest.raises(IndexError, match="1 steps"):
            wrong()


def test_a_store_that_is_only_read_keeps_no_story(store: Store, place: str) -> None:
    story = stories.new("One")
    stories.save(store, story)
    with Store(place, read_only=True) as reading:
        assert stories.get(reading, story.id) == story
        with pytest.raises(StoreReadOnly):
            stories.save(reading, story)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # it is about the file
def test_a_rescue_saves_stories_too(store: Store, tmp_path: Path) -> None:
    story = stories.new("One").with_scene(ONE)
    stories.save(store, story)
    saved = rescue.rescue(store.url, tmp_path / "saved.sqlite")
    assert saved["story_scenes"].rows == 1
    with Store(str(tmp_path / "saved.sqlite")) as rescued:
        assert stories.get(rescued, story.id) == story
