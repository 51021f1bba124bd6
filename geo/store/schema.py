"""What all tables have in common: where they are gathered, and the column that hangs a row on its article."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Text

metadata = MetaData()


def article() -> Column[str]:
    """Give the column of the digest of the article that a row belongs to, and goes with."""
    return Column("article", String(16), ForeignKey("articles.digest", ondelete="CASCADE"), nullable=False)


def suit_postgresql() -> None:
    """Give every column a type on PostgreSQL that holds what SQLite does: texts and whole numbers of any length."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, String):
                column.type = column.type.with_variant(Text(), "postgresql")
            elif isinstance(column.type, Integer):
                column.type = column.type.with_variant(BigInteger(), "postgresql")
