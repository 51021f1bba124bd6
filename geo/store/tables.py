"""The tables. Plain types and portable SQL, so that SQLite and PostgreSQL hold the same thing.

Days are ISO 8601 text: it sorts, it is readable in any tool, and it knows no time zone. Lists are JSON text.
Everything hangs on the article's digest. A correction made by hand lies in a table of its own, keyed by digest, trigger
span and place text and tied to no row, so that replacing or removing an article never touches it.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.sql.ddl import ExecutableDDLElement

from geo.store.beside import layer_events, layers, printings, retold, sketches, stories, story_scenes
from geo.store.schema import article, metadata, suit_postgresql

# Raised when a table changes; `migrating` brings stores of former versions up to date.
SCHEMA_VERSION = "5"
APPLICATION = "conflict-map"

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(16), nullable=False, unique=True),
    Column("id", Text, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("text_digest", String(16), nullable=False, index=True),
    Column("url", Text),
    Column("source", Text),
    Column("published_start", String(10)),
    Column("published_end", String(10)),
    Column("published_basis", String(10)),
    Column("published_text", Text),
    Column("pipeline", Text, nullable=False),
)


def _place_columns() -> tuple[Column[str], Column[str], Column[str], Column[str], Column[float], Column[float]]:
    return (
        Column("place_id", String(80)),
        Column("place_kind", String(20)),
        Column("place_precision", String(10)),
        Column("country_code", String(2)),
        Column("lat", Float(53)),
        Column("lon", Float(53)),
    )


data_sets = Table(
    "data_sets",
    metadata,
    Column("name", Text, nullable=False),
    article(),
    PrimaryKeyConstraint("name", "article"),
    Index("data_sets_article", "article"),
)

mentions = Table(
    "mentions",
    metadata,
    article(),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("usage", String(12), nullable=False),
    Column("place", Text),
    *_place_columns(),
    Column("admin1", Text),
    Column("score", Float(53), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("alternatives", Text, nullable=False),
    Column("lifted", Boolean, nullable=False),
    Column("offset_km", Float(53)),
    # A noun that stands for a place, or a side of a country: a mention that is no name.
    Column("nominal", Boolean, nullable=False),
    PrimaryKeyConstraint("article", "ordinal"),
)

times = Table(
    "times",
    metadata,
    article(),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("date_start", String(10)),
    Column("date_end", String(10)),
    Column("precision", String(10), nullable=False),
    Column("basis", String(12), nullable=False),
    Column("role", String(12), nullable=False),
    PrimaryKeyConstraint("article", "ordinal"),
)

events = Table(
    "events",
    metadata,
    article(),
    Column("ordinal", Integer, nullable=False),
    Column("id", String(80), nullable=False, index=True),
    Column("type", String(30), nullable=False),
    Column("sub_type", Text),
    Column("status", String(12), nullable=False),
    Column("speaker", Text),
    Column("tier", String(1), nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("place", Text),
    Column("place_text", Text, nullable=False),
    *_place_columns(),
    Column("admin1", Text),
    Column("date_start", String(10)),
    Column("date_end", String(10)),
    Column("date_precision", String(10)),
    Column("date_basis", String(12)),
    Column("date_text", Text),
    Column("trigger", Text, nullable=False),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("actor", Text),
    Column("actor_kind", String(20)),
    Column("target", Text),
    Column("target_kind", String(20)),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("wounded_low", Integer),
    Column("wounded_high", Integer),
    Column("casualties_text", Text),
    # Which reports tell of one thing; an event that no other tells of is an incident alone.
    Column("incident", String(16), nullable=False, index=True),
    # The sentence itself, so that a list of 100,000 events needs no text of an article.
    Column("snippet", Text, nullable=False),
    PrimaryKeyConstraint("article", "ordinal"),
    # What was reported near an event: joining asks for it.
    Index("events_near", "date_start", "lat", "lon"),
)

not_plotted = Table(
    "not_plotted",
    metadata,
    article(),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("article", "ordinal"),
    Index("not_plotted_reason", "reason"),
)

# The language of an article, where it is sure.
languages = Table(
    "languages",
    metadata,
    Column("article", String(16), ForeignKey("articles.digest", ondelete="CASCADE"), primary_key=True),
    Column("language", String(8), nullable=False),
)

# What is still to be joined: an article that came, or with its place and days an event that went.
unjoined = Table(
    "unjoined",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article", String(16), nullable=False, index=True),
    Column("event", String(80)),
    Column("incident", String(16)),
    Column("lon", Float(53)),
    Column("lat", Float(53)),
    Column("date_start", String(10)),
    Column("date_end", String(10)),
    Column("published", String(10)),
    sqlite_autoincrement=True,
)

# What a person did at one time, undone and done again as one.
correction_steps = Table(
    "correction_steps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("what", Text, nullable=False),
    # 0: it stands. 1: it was undone. 2: it was undone and something else done since, so that it cannot be done again.
    Column("undone", Integer, nullable=False),
    # Whose it is to undo, who that said to be, and when it was.
    Column("session", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", String(20), nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("step", Integer, ForeignKey("correction_steps.number", ondelete="CASCADE"), nullable=False),
    # The step that took it back, if any; it counts again when that step is undone.
    Column("withdrawn", Integer, ForeignKey("correction_steps.number", ondelete="SET NULL")),
    Column("article", String(16), nullable=False, index=True),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("place_text", Text, nullable=False),
    Column("action", String(12), nullable=False),
    Column("place", Text),
    *_place_columns(),
    Column("admin1", Text),
    Column("date_start", String(10)),
    Column("date_end", String(10)),
    Column("date_precision", String(10)),
    Column("type", String(30)),
    Column("note", Text, nullable=False),
    Column("other_article", String(16)),
    Column("other_trigger_start", Integer),
    Column("other_trigger_end", Integer),
    Column("other_place_text", Text),
    Column("by", Text, nullable=False),
    Column("made", String(20), nullable=False),
    # For people to read, where the article is gone.
    Column("trigger", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("title", Text),
)

# Every change, each entry with the digest of the one before: `geo.store.journal`.
journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("made", String(20), nullable=False),
    Column("session", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
for _change in ("UPDATE", "DELETE"):
    _refusal: ExecutableDDLElement = DDL(  # type: ignore[no-untyped-call]  # (SQLAlchemy leaves it untyped)
        f"CREATE TRIGGER journal_keeps_on_{_change.lower()} BEFORE {_change} ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END"
    )
    event.listen(journal, "after_create", _refusal.execute_if(dialect="sqlite"))

suit_postgresql()

__all__ = [
    "APPLICATION",
    "SCHEMA_VERSION",
    "articles",
    "correction_steps",
    "corrections",
    "data_sets",
    "events",
    "journal",
    "languages",
    "layer_events",
    "layers",
    "mentions",
    "meta",
    "metadata",
    "not_plotted",
    "printings",
    "retold",
    "sketches",
    "stories",
    "story_scenes",
    "times",
    "unjoined",
]
