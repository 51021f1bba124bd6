"""Tables beside those of articles and their events: who printed a story first, event data of others, saved views."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
)

from geo.store.schema import article, metadata

# Which article printed a story first, for each article; NULL until that is looked for, and again once that one is gone.
printings = Table(
    "printings",
    metadata,
    Column("article", String(16), ForeignKey("articles.digest", ondelete="CASCADE"), primary_key=True),
    Column("founder", String(16), ForeignKey("articles.digest", ondelete="SET NULL"), index=True),
)

# By what near-duplicates find each other: `geo.pipeline.sketch`.
sketches = Table(
    "sketches",
    metadata,
    Column("key", BigInteger, nullable=False),
    article(),
    PrimaryKeyConstraint("key", "article"),
    Index("sketches_article", "article"),
)

# The events of a copy that the article that printed the story first tells, too.
retold = Table(
    "retold",
    metadata,
    article(),
    Column("event", String(80), nullable=False),
    Column("founder", String(16), ForeignKey("articles.digest", ondelete="CASCADE"), nullable=False, index=True),
    Column("original", String(80), nullable=False, index=True),
    PrimaryKeyConstraint("article", "event"),
)

# Other people's event data. A layer that is being read is not ready and is shown to nobody.
layers = Table(
    "layers",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("added", String(20), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("first_day", String(10)),
    Column("last_day", String(10)),
    Column("ready", Boolean, nullable=False),
    # A number is given once: it names a layer's content for caches.
    sqlite_autoincrement=True,
)

layer_events = Table(
    "layer_events",
    metadata,
    Column("layer", Integer, ForeignKey("layers.number", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", String(30), nullable=False),
    Column("sub_type", Text),
    Column("place", Text),
    Column("admin1", Text),
    Column("country", Text),
    Column("lon", Float(53), nullable=False),
    Column("lat", Float(53), nullable=False),
    Column("place_precision", String(10), nullable=False),
    Column("radius_km", Float(53), nullable=False),
    Column("date_start", String(10), nullable=False),
    Column("date_end", String(10), nullable=False),
    Column("date_precision", String(10), nullable=False),
    Column("actor", Text),
    Column("target", Text),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("source", Text),
    Column("url", Text),
    Column("note", Text),
    Column("reports", Integer),
    PrimaryKeyConstraint("layer", "ordinal"),
)

# Saved views in an order, each with words of its own: `geo.store.stories`.
stories = Table(
    "stories",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", String(20), nullable=False),
)

story_scenes = Table(
    "story_scenes",
    metadata,
    Column("story", String(16), ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    # The view, as the parameters of a link.
    Column("link", Text, nullable=False),
    PrimaryKeyConstraint("story", "ordinal"),
)
