"""The tables are made for PostgreSQL as well: what it would be told is read here, without a server."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from geo.store import frames, tables


def test_every_table_and_the_frames_query_are_understood_by_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in tables.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith(f"CREATE TABLE {table.name}")
    assert "min(data_sets.name)" in str(frames.statement(data_set="x", article="y").compile(dialect=dialect))
