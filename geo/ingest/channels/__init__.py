"""Channels and timelines as services export them: one post, one article, with its own time, author and link."""

from geo.ingest.channels.exports import of_json, of_page, of_text

__all__ = ["of_json", "of_page", "of_text"]
