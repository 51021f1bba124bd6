"""Tells exports of channels by their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup

from geo.ingest import encoding
from geo.ingest.channels import telegram, timelines, whatsapp
from geo.ingest.channels.post import Post, drafts
from geo.ingest.draft import Draft
from geo.ingest.problem import Problem

Found = Iterator[Draft | Problem]

_OF_JSON: tuple[tuple[str, Callable[[Any], Iterator[Post] | None]], ...] = (
    ("a Telegram export", telegram.of_json),
    ("an X archive", timelines.tweets),
    ("a Mastodon export", timelines.mastodon),
    ("a Bluesky export", timelines.bluesky),
)


def of_json(loaded: Any, *, where: str, stem: str) -> Found | None:
    """Give the articles of a JSON export; None where it is something else."""
    for form, posts in _OF_JSON:
        if (found := posts(loaded)) is not None:
            return drafts(found, where=where, stem=stem, form=form)
    return None


def of_page(data: bytes, *, where: str, stem: str) -> Found | None:
    """Give the articles of an HTML export; None where it is another page."""
    if not telegram.is_page(data):
        return None
    soup = BeautifulSoup(encoding.decode(data).text, "lxml")
    return drafts(telegram.of_page(soup), where=where, stem=stem, form="a Telegram export")


def of_text(draft: Draft) -> Found | None:
    """Give the articles of an exported chat; None where it is another text."""
    if not isinstance(draft.text, str) or draft.published:
        return None
    found = whatsapp.posts(draft.text)
    return None if found is None else drafts(found, where=draft.where, stem=str(draft.id), form="a WhatsApp chat")
