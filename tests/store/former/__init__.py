"""Stores as former versions of the program made them: one article with a correction, from the code of that time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def make(path: Path, version: int) -> Path:
    """Make the store of a former version, with the write-ahead log and the full-text index that it had."""
    script = Path(__file__).with_name(f"version-{version}.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(script)
        db.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')"
        )
        db.execute("INSERT INTO article_search (rowid, title, text) SELECT number, title, text FROM articles")
        db.commit()
    return path
