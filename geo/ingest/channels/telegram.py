"""Telegram Desktop's exports: ``result.json`` of a chat or of an account, and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from geo.ingest.channels.post import Post

_MEDIA = ("photo", "file", "media_type")
_OF_PAGE = re.compile(rb'class="page_wrap".{0,20000}?class="(?:history|page_body chat_page)"', re.DOTALL)
_NUMBER = re.compile(r"message(-?\d+)")
# A chat's number within the service; a channel's posts have addresses by it.
_CHANNELS = ("public_channel", "private_channel", "public_supergroup", "private_supergroup")


def of_json(loaded: Any) -> Iterator[Post] | None:
    """Give the posts of an export; None where it is something else."""
    if not isinstance(loaded, dict):
        return None
    listed = loaded.get("chats")
    chats = listed.get("list") if isinstance(listed, dict) else [loaded]
    chats = [chat for chat in chats if _is_chat(chat)] if isinstance(chats, list) else []
    return (post for chat in chats for post in _posts(chat)) if chats else None


def _is_chat(chat: Any) -> bool:
    return isinstance(chat, dict) and isinstance(chat.get("messages"), list) and "name" in chat and "type" in chat


def _posts(chat: dict[str, Any]) -> Iterator[Post]:
    for message in chat["messages"]:
        if not isinstance(message, dict) or message.get("type") != "message":
            continue
        yield Post(
            # Numbers are a chat's own; an account has many chats.
            id=f"{chat.get('id', '')}-{message.get('id')}".lstrip("-"),
            text=_text(message.get("text")),
            when=message.get("date"),
            author=message.get("from") or chat.get("name"),
            link=_link(chat, message.get("id")),
            forwarded=message.get("forwarded_from"),
            edited=message.get("edited"),
            media=[message[key] for key in _MEDIA if message.get(key)][:1],
        )


def _text(value: Any) -> str:
    """Put a text together from its pieces: words, and marked words as objects."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    words = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return "".join(word for word in words if isinstance(word, str))


def _link(chat: dict[str, Any], number: Any) -> str | None:
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    name, chat_id = chat.get("username"), chat.get("id")
    if isinstance(name, str) and re.fullmatch(r"\w{4,40}", name, re.ASCII):
        return f"https://t.me/{name}/{number}"
    of_channel = chat.get("type") in _CHANNELS and isinstance(chat_id, int)
    return f"https://t.me/c/{chat_id}/{number}" if of_channel else None


def is_page(data: bytes) -> bool:
    """Tell an export's HTML from another page by its frame."""
    return _OF_PAGE.search(data[:50_000]) is not None


def of_page(soup: BeautifulSoup) -> Iterator[Post]:
    """Give the posts of an HTML export. One that goes on with its author's last has no name of its own."""
    header = soup.select_one(".page_header .text")
    author = channel = _words(header)
    for message in soup.select(".history > .message"):
        classes: list[str] = list(message.get("class") or [])
        if "service" in classes:
            continue
        body = message.select_one(":scope > .body") or message
        author = _words(body.select_one(":scope > .from_name")) or author
        moment = body.select_one(":scope > .date")
        forwarded = body.select_one(":scope > .forwarded")
        text = (forwarded or body).select_one(":scope > .text")
        number = _NUMBER.fullmatch(str(message.get("id") or ""))
        yield Post(
            id=number[1] if number else None,
            text=_lines(text),
            when=str(moment.get("title") or "") if moment else None,
            author=author or channel,
            forwarded=(_first(forwarded.select_one(".from_name")) or True) if forwarded else None,
            media=[str(link.get("href") or "") for link in body.select(".media_wrap a[href]")],
        )


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""


def _first(tag: Tag | None) -> str:
    """Give a name without the time that stands inside it."""
    found = next((node for node in tag.children if isinstance(node, str) and node.strip()), "") if tag else ""
    return " ".join(found.split())


def _lines(tag: Tag | None) -> str:
    if tag is None:
        return ""
    for mark in tag.find_all("br"):
        mark.replace_with("\n")
    return "\n".join(" ".join(line.split()) for line in tag.get_text().split("\n")).strip()
