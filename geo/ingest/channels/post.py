"""A post of a channel, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.ingest.draft import Draft
from geo.ingest.problem import Problem

_MOST_MEDIA = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One post; any value may be of any type, as its file gives it.

    Attributes
    ----------
    id
        Its number within the channel.
    when
        Its time as the export writes it: the day is the one of the zone that it was written in.
    forwarded
        Whose it was first; True where the export does not say.
    edited
        When it was changed; True where the export does not say.
    media
        The names or addresses of what it shows.
    """

    id: Any
    text: str
    when: Any
    author: Any = None
    link: str | None = None
    forwarded: Any = None
    edited: Any = None
    media: Sequence[Any] = ()


def drafts(posts: Iterable[Post], *, where: str, stem: str, form: str) -> Iterator[Draft | Problem]:
    """Give the articles of posts, and one note on what they came to; posts without text are left out and counted."""
    counts: Counter[str] = Counter()
    for number, post in enumerate(posts, start=1):
        if post.media:
            counts["with media"] += 1
        if not post.text.strip():
            counts["without text, left out"] += 1
            continue
        counts["read"] += 1
        counts["forwarded"] += bool(post.forwarded)
        counts["edited"] += bool(post.edited)
        name = post.id if isinstance(post.id, (str, int)) and str(post.id).strip() else number
        yield Draft(
            where=f"{where}: post {name}",
            id=f"{stem}-{name}",
            text=post.text.strip(),
            url=post.link,
            source=_source(post),
            published=post.when,
            evidence=_evidence(post),
        )
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    yield Problem(where, f"{form}: {told or 'no posts'}", severity="note" if counts["read"] else "skipped")


def _source(post: Post) -> str | None:
    author = " ".join(post.author.split()) if isinstance(post.author, str) else ""
    if isinstance(post.forwarded, str) and post.forwarded.strip():
        return f"{author}, forwarded from {post.forwarded.strip()}".lstrip(", ")
    return author or None


def _evidence(post: Post) -> str:
    """Say what the date is, and what else is known of the post."""
    said = ["the post's time"]
    if post.edited:
        said.append(f"edited {post.edited}" if isinstance(post.edited, str) else "edited")
    if post.forwarded:
        said.append("forwarded")
    if post.media:
        named = [one if isinstance(one, str) and one else "a file" for one in post.media]
        more = f" and {len(named) - _MOST_MEDIA} more" if len(named) > _MOST_MEDIA else ""
        said.append(f"shows {', '.join(one[:80] for one in named[:_MOST_MEDIA])}{more}")
    return "; ".join(said)
