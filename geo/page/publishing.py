"""What makes a view fit to be published: its title and note, and stories of several views kept in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from geo.page import steps
from geo.page.library import Library
from geo.page.session import Told, View
from geo.query import Query
from geo.store import stories
from geo.store.stories import Scene, Story
from geo.views import wording

GONE = "That story is not in the store any more."


def name(view: View, act: Mapping[str, Any], _: Library) -> View:
    """Give the view a title and a note, or take them away: ``title``, ``note``."""
    return replace(view, query=replace(view.query, title=_text(act, "title"), note=_text(act, "note")))


def noted(view: View, _: Mapping[str, Any], __: Library) -> View:
    """Take away the notes on the link."""
    return replace(view, notes=())


def opened(query: Query, shelf: Library) -> Query:
    """Give what a link shows that names nothing but a story: the view that its step was saved with."""
    alone = replace(query, story=None, step=None, embed=False, theme="auto") == Query()
    if not (query.story and alone):
        return query
    story = stories.get(shelf.store, query.story)
    return _at(story, (query.step or 1) - 1, query) if story else query


def go(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Show the step ``step`` (from 1) of the story ``story``; beyond an end, that end."""
    story = stories.get(shelf.store, str(act.get("story")))
    step = act.get("step")
    if story is None or not story.scenes or not isinstance(step, int):
        return replace(view, told=Told(GONE, fault=True)) if story is None else view
    at = min(max(step, 1), len(story.scenes)) - 1
    return steps.restored(view, View(_at(story, at, view.query)))


def close(view: View, _: Mapping[str, Any], __: Library) -> View:
    """Leave the story; the view stays."""
    return replace(view, query=replace(view.query, story=None, step=None))


def _at(story: Story, at: int, now: Query) -> Query:
    if not story.scenes:
        return now
    at = min(at, len(story.scenes) - 1)
    query, _ = Query.from_params(parse_qs(story.scenes[at].link))
    return replace(query, story=story.id, step=at + 1, embed=now.embed, theme=now.theme)


def scene_of(query: Query, title: str, text: str) -> Scene:
    """Save a view as a step of a story: what it shows, not how its sender's page looked."""
    shown = replace(query, title="", note="", story=None, step=None, embed=False, theme="auto")
    return Scene(title.strip(), text.strip(), urlencode(shown.to_params()))


def add(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Add this view at the end of the story ``story``, or of a new one with the title ``story_title``."""
    given = str(act.get("story") or "")
    story = _held(given, shelf) if given else stories.new(_text(act, "story_title"))
    scene = scene_of(view.query, _text(act, "title"), str(act.get("text") or ""))
    changed = _kept(story.with_scene(scene), view, shelf)
    told = Told(f"Step {len(changed.scenes)} of “{changed.title}” is saved.")
    return replace(view, query=replace(view.query, story=changed.id, step=len(changed.scenes)), told=told)


def change(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Write the step ``step`` of a story anew: ``title``, ``text``; with ``view`` true it shows the present view."""
    story, at = _held(str(act.get("story")), shelf), _place(act, "step")
    before = story.scenes[at] if at < len(story.scenes) else Scene("", "", "")
    title, text = _text(act, "title"), str(act.get("text") or "")
    scene = scene_of(view.query, title, text) if act.get("view") is True else replace(before, title=title, text=text)
    _kept(story.with_scene_at(at, scene), view, shelf)
    return replace(view, told=Told(f"Step {at + 1} of “{story.title}” is saved."))


def move(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Move the step ``step`` of a story to the place ``to``."""
    story, at, to = _held(str(act.get("story")), shelf), _place(act, "step"), _place(act, "to")
    _kept(story.moved(at, to), view, shelf)
    here = view.query.story == story.id and view.query.step == at + 1
    return replace(view, query=replace(view.query, step=to + 1)) if here else view


def drop_step(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Take the step ``step`` out of a story."""
    story, at = _held(str(act.get("story")), shelf), _place(act, "step")
    changed = _kept(story.without(at), view, shelf)
    told = Told(f"Taken out of “{story.title}”: {wording.count(len(changed.scenes), 'step')} left.")
    shown = view.query.step
    if view.query.story != story.id or shown is None:
        return replace(view, told=told)
    step = min(shown - (at + 1 < shown), len(changed.scenes)) or None
    return replace(view, query=replace(view.query, step=step), told=told)


def drop(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Delete a story."""
    story = _held(str(act.get("story")), shelf)
    stories.drop(shelf.store, story.id, by=view.name, session=view.label)
    left = close(view, act, shelf) if view.query.story == story.id else view
    return replace(left, told=Told(f"The story “{story.title}” was deleted."))


def _held(story: str, shelf: Library) -> Story:
    found = stories.get(shelf.store, story)
    if found is None:
        raise ValueError(GONE)
    return found


def _kept(story: Story, view: View, shelf: Library) -> Story:
    stories.save(shelf.store, story, by=view.name, session=view.label)
    return story


def _text(act: Mapping[str, Any], key: str) -> str:
    return str(act.get(key) or "").strip()


def _place(act: Mapping[str, Any], key: str) -> int:
    """Read the number of a step as its place, from 0."""
    number = act.get(key)
    if not isinstance(number, int) or isinstance(number, bool):
        raise IndexError(f"there is no step {number!r}")
    return number - 1


def card(view: View, shelf: Library) -> dict[str, Any] | None:
    """Give what stands over the map of a view: the story's step, else its title and note; None for nothing."""
    query = view.query
    story = stories.get(shelf.store, query.story) if query.story else None
    if story and story.scenes:
        at = min(query.step or 1, len(story.scenes)) - 1
        return {
            "title": story.scenes[at].title,
            "text": story.scenes[at].text,
            "story": {"id": story.id, "title": story.title, "step": at + 1, "steps": len(story.scenes)},
        }
    if query.note or (query.title and not query.embed):
        return {"title": "" if query.embed else query.title, "text": query.note, "story": None}
    return None


def listed(shelf: Library) -> list[dict[str, Any]]:
    """Give all stories with the words of their steps."""
    return [
        {
            "id": story.id,
            "title": story.title,
            "scenes": [{"title": scene.title, "text": scene.text} for scene in story.scenes],
        }
        for story in stories.every(shelf.store)
    ]
