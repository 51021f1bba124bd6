"""The records that pass between the parts: Article -> Mention, TimeSpan -> Event -> Record.

Every record is frozen and refuses nonsense when it is made. ``Record.to_dict`` is the JSON object that
``conflict-map parse`` writes; ``geo/record.schema.json`` is its schema.
"""

from geo.model.articles import Article, Published
from geo.model.checks import content_id
from geo.model.events import Event, NotPlotted
from geo.model.kinds import (
    ACTOR_KINDS,
    DATE_BASES,
    DATE_PRECISIONS,
    EVENT_TYPES,
    PLACE_PRECISIONS,
    PUBLISHED_BASES,
    STATUSES,
    TIERS,
    TIME_ROLES,
    USAGES,
    ActorKind,
    DateBasis,
    DatePrecision,
    EventType,
    PlacePrecision,
    PublishedBasis,
    Status,
    Tier,
    TimeRole,
    Usage,
)
from geo.model.layers import Layer, LayerEvent
from geo.model.places import Alternative, Mention, PlaceRef, Span
from geo.model.records import Record
from geo.model.times import TimeSpan

__all__ = [
    "ACTOR_KINDS",
    "DATE_BASES",
    "DATE_PRECISIONS",
    "EVENT_TYPES",
    "PLACE_PRECISIONS",
    "PUBLISHED_BASES",
    "STATUSES",
    "TIERS",
    "TIME_ROLES",
    "USAGES",
    "ActorKind",
    "Alternative",
    "Article",
    "DateBasis",
    "DatePrecision",
    "Event",
    "EventType",
    "Layer",
    "LayerEvent",
    "Mention",
    "NotPlotted",
    "PlacePrecision",
    "PlaceRef",
    "Published",
    "PublishedBasis",
    "Record",
    "Span",
    "Status",
    "Tier",
    "TimeRole",
    "TimeSpan",
    "Usage",
    "content_id",
]
