"""Stories: saved views in an order, each with a title and a text, to be walked through."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select

from geo.store import journal, tables
from geo.store.connection import Connected

LONGEST_TITLE = 120
LONGEST_TEXT = 2000
LONGEST_LINK = 4000
MOST_SCENES = 60
MOST_STORIES = 500


@dataclass(frozen=True, slots=True)
class Scene:
    """One step of a story: a title, a text, and the view as the parameters of a link (``from=2015&types=battle``)."""

    title: str
    text: str
    link: str

    def __post_init__(self) -> None:
        for name, most in (("title", LONGEST_TITLE), ("text", LONGEST_TEXT), ("link", LONGEST_LINK)):
            if len(getattr(self, name)) > most:
                raise ValueError(f"The {name} of a step may have {most:,} characters; this has more. Shorten it.")


@dataclass(frozen=True, slots=True)
class Story:
    """An ordered set of views. `id` is given by the store and stays; it stands in the story's link."""

    id: str
    title: str
    scenes: tuple[Scene, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A story needs a title.")
        if len(self.title) > LONGEST_TITLE:
            raise ValueError(f"The title of a story may have {LONGEST_TITLE} characters; this has more. Shorten it.")
        if len(self.scenes) > MOST_SCENES:
            raise ValueError(f"A story may have {MOST_SCENES} steps. Begin a second one.")

    def with_scene(self, scene: Scene) -> Story:
        """Give the story with one more step at its end."""
        return replace(self, scenes=(*self.scenes, scene))

    def with_scene_at(self, at: int, scene: Scene) -> Story:
        """Give the story with the step at `at` (from 0) in another form.

        Raises
        ------
        IndexError
            If there is no such step.
        """
        self._held(at)
        return replace(self, scenes=(*self.scenes[:at], scene, *self.scenes[at + 1 :]))

    def without(self, at: int) -> Story:
        """Give the story without the step at `at` (from 0); IndexError as `with_scene_at`."""
        self._held(at)
        return replace(self, scenes=(*self.scenes[:at], *self.scenes[at + 1 :]))

    def moved(self, at: int, to: int) -> Story:
        """Give the story with the step at `at` at the place `to`, both from 0; IndexError as `with_scene_at`."""
        self._held(at)
        self._held(to)
        rest = [*self.scenes[:at], *self.scenes[at + 1 :]]
        return replace(self, scenes=(*rest[:to], self.scenes[at], *rest[to:]))

    def _held(self, at: int) -> None:
        if not 0 <= at < len(self.scenes):
            raise IndexError(f"the story “{self.title}” has {len(self.scenes)} steps; there is none at {at}")


def new(title: str) -> Story:
    """Begin a story: it has an id that no other has, and no steps; `save` keeps it."""
    return Story(secrets.token_hex(5), title.strip())


def save(store: Connected, story: Story, *, by: str = "", session: str = "") -> None:
    """Keep a story in one transaction, in place of its former state.

    Raises
    ------
    ValueError
        If the store holds `MOST_STORIES` already.
    StoreError
        If it cannot be written to.
    """
    about = tables.stories.c
    with store.writing(counting="settled") as connection:
        who = store.who(session, by)
        held = set(connection.execute(select(about.id)).scalars())
        if story.id not in held:
            if len(held) >= MOST_STORIES:
                raise ValueError(f"The store holds {MOST_STORIES} stories. Delete one first.")
            new_row = {"id": story.id, "title": story.title, "by": who.by, "made": who.made}
            connection.execute(insert(tables.stories), new_row)
        connection.execute(tables.stories.update().where(about.id == story.id).values(title=story.title))
        connection.execute(delete(tables.story_scenes).where(tables.story_scenes.c.story == story.id))
        rows = [
            {"story": story.id, "ordinal": at, "title": scene.title, "text": scene.text, "link": scene.link}
            for at, scene in enumerate(story.scenes)
        ]
        if rows:
            connection.execute(insert(tables.story_scenes), rows)
        journal.add(connection, "story", {"story": story.id, "title": story.title, "steps": len(rows)}, who)


def drop(store: Connected, story: str, *, by: str = "", session: str = "") -> None:
    """Delete the story with this id.

    Raises
    ------
    KeyError
        If there is none.
    """
    with store.writing(counting="settled") as connection:
        found = _read(connection, story)
        if not found:
            raise KeyError(story)
        connection.execute(delete(tables.story_scenes).where(tables.story_scenes.c.story == story))
        connection.execute(delete(tables.stories).where(tables.stories.c.id == story))
        told = {"story": story, "title": found[0].title}
        journal.add(connection, "unstory", told, store.who(session, by))


def every(store: Connected) -> tuple[Story, ...]:
    """Give all stories, the one that was begun last first."""
    with store.reading() as connection:
        return _read(connection, None)


def get(store: Connected, story: str) -> Story | None:
    """Give the story with this id; None where there is none."""
    with store.reading() as connection:
        found = _read(connection, story)
    return found[0] if found else None


def _read(connection: Connection, only: str | None) -> tuple[Story, ...]:
    about, scene = tables.stories.c, tables.story_scenes.c
    heads = select(about.id, about.title).order_by(about.number.desc())
    parts = select(tables.story_scenes).order_by(scene.story, scene.ordinal)
    if only is not None:
        heads, parts = heads.where(about.id == only), parts.where(scene.story == only)
    scenes: dict[str, list[Scene]] = {}
    for row in connection.execute(parts):
        scenes.setdefault(row.story, []).append(Scene(row.title, row.text, row.link))
    return tuple(Story(row.id, row.title, tuple(scenes.get(row.id, ()))) for row in connection.execute(heads))
