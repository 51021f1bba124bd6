"""What all tables have in common: where they are gathered, and the column that hangs a row on its article."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData()


def article() -> Column[str]:
    """Give the column of the digest of the article that a row belongs to, and goes with."""
    return Column("article", String(16), ForeignKey("articles.digest", ondelete="CASCADE"), nullable=False)
