"""Exports of X (Twitter), Mastodon and Bluesky."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from geo.ingest.channels.post import Post
from geo.ingest.main_text import text_of

_RETWEET = re.compile(r"RT @(\w{1,30}): ", re.ASCII)
_POST_AT = re.compile(r"at://([^/\s]+)/app\.bsky\.feed\.post/(\w+)", re.ASCII)
Posts = Iterator[Post]


def tweets(loaded: Any) -> Posts | None:
    """Give the posts of an X archive (``tweets.js``); None where it is something else."""
    if not isinstance(loaded, list) or not loaded:
        return None
    found = [one.get("tweet", one) for one in loaded if isinstance(one, dict)]
    if not found or not all(isinstance(one, dict) and {"full_text", "created_at"} <= one.keys() for one in found):
        return None
    return map(_tweet, found)


def _tweet(one: dict[str, Any]) -> Post:
    text = html.unescape(_string(one.get("full_text")))
    number = _string(one.get("id_str")) or _string(one.get("id"))
    user = _dict(one.get("user"))
    media = _dict(one.get("extended_entities") or one.get("entities")).get("media")
    retweet = _RETWEET.match(text)
    return Post(
        id=number,
        text=text,
        when=one.get("created_at"),
        author=user.get("name") or user.get("screen_name"),
        link=f"https://x.com/i/web/status/{number}" if number.isascii() and number.isdigit() else None,
        forwarded=f"@{retweet[1]}" if retweet else None,
        media=[_dict(item).get("media_url_https") for item in _list(media)],
    )


def mastodon(loaded: Any) -> Posts | None:
    """Give the posts of a Mastodon outbox, or of a list of statuses; None where it is something else."""
    if isinstance(loaded, dict) and isinstance(loaded.get("orderedItems"), list):
        # A boost is another's post, of which only the address is kept.
        items = map(_dict, loaded["orderedItems"])
        return (_note(item) for item in items if item.get("type") == "Create" and isinstance(item.get("object"), dict))
    statuses = loaded if isinstance(loaded, list) else []
    if not statuses or not all({"content", "created_at", "account"} <= _dict(one).keys() for one in statuses):
        return None
    return map(_status, statuses)


def _note(item: dict[str, Any]) -> Post:
    note = item["object"]
    address = _string(note.get("url")) or _string(note.get("id"))
    return Post(
        id=address.rstrip("/").rpartition("/")[2],
        text=_with_warning(note.get("summary"), note.get("content")),
        when=note.get("published") or item.get("published"),
        author=_actor(_string(note.get("attributedTo")) or _string(item.get("actor"))),
        link=address or None,
        edited=note.get("updated"),
        media=[_dict(one).get("url") for one in _list(note.get("attachment"))],
    )


def _status(one: dict[str, Any]) -> Post:
    boosted = _dict(one.get("reblog"))
    account = _dict(one.get("account"))
    shown = boosted or one
    return Post(
        id=one.get("id"),
        text=_with_warning(shown.get("spoiler_text"), shown.get("content")),
        when=one.get("created_at"),
        author=account.get("display_name") or account.get("acct"),
        link=_string(shown.get("url")) or None,
        forwarded=_dict(boosted.get("account")).get("acct") or bool(boosted),
        edited=shown.get("edited_at"),
        media=[_dict(item).get("url") for item in _list(shown.get("media_attachments"))],
    )


def bluesky(loaded: Any) -> Posts | None:
    """Give the posts of a Bluesky feed, or of a list of its records; None where it is something else."""
    listed = loaded
    if isinstance(loaded, dict):
        listed = next((loaded[key] for key in ("feed", "posts", "records") if isinstance(loaded.get(key), list)), None)
    found = [(one, _dict(one.get("post", one))) for one in _list(listed) if isinstance(one, dict)]
    records = [_dict(post.get("record") or post.get("value")) for _, post in found]
    if not found or not all({"text", "createdAt"} <= record.keys() for record in records):
        return None
    return (_record(outer, post, record) for (outer, post), record in zip(found, records, strict=True))


def _record(outer: dict[str, Any], post: dict[str, Any], record: dict[str, Any]) -> Post:
    author = _dict(post.get("author"))
    at = _POST_AT.fullmatch(_string(post.get("uri")))
    handle = _string(author.get("handle")) or (at[1] if at else "")
    images = _list(_dict(record.get("embed")).get("images"))
    reposted = bool(_dict(outer.get("reason")))
    return Post(
        id=at[2] if at else None,
        text=_string(record.get("text")),
        when=record.get("createdAt"),
        author=author.get("displayName") or handle or None,
        link=f"https://bsky.app/profile/{handle}/post/{at[2]}" if at and re.fullmatch(r"[\w.:-]+", handle) else None,
        forwarded=reposted,
        media=[_dict(image).get("alt") or "an image" for image in images],
    )


def _with_warning(warning: Any, content: Any) -> str:
    """Give a text with the line that is shown instead of it until one asks for it."""
    lines = (_string(warning).strip(), text_of(_string(content)))
    return "\n".join(line for line in lines if line)


def _actor(address: str) -> str | None:
    """Give ``@name@server`` of an account's address."""
    found = re.fullmatch(r"https://([\w.-]+)/(?:users/|@)([\w.-]+)/?", address)
    return f"@{found[2]}@{found[1]}" if found else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if type(value) is int else ""
