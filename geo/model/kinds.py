"""The closed sets of words that records use."""

from __future__ import annotations

from typing import Literal, get_args

Usage = Literal["literal", "metonym", "adjectival", "organisation"]
EventType = Literal[
    "battle",
    "explosion",
    "violence_against_civilians",
    "protest",
    "riot",
    "strategic_development",
    "political",
]
Status = Literal["reported", "claimed", "planned", "hypothetical", "denied"]
Tier = Literal["A", "B"]
DatePrecision = Literal["day", "week", "month", "season", "year", "decade"]
DateBasis = Literal["explicit", "relative", "named", "inherited", "publication"]
TimeRole = Literal["", "dateline", "stamp", "said", "since", "until", "repeated", "name"]
PlacePrecision = Literal["point", "town", "region", "country", "sea"]
PublishedBasis = Literal["supplied", "explicit", "inferred", "unknown"]
ActorKind = Literal[
    "state_forces", "rebel_group", "militia", "police", "civilians", "protesters", "international", "other"
]

USAGES: tuple[Usage, ...] = get_args(Usage)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
TIERS: tuple[Tier, ...] = get_args(Tier)
DATE_PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
DATE_BASES: tuple[DateBasis, ...] = get_args(DateBasis)
TIME_ROLES: tuple[TimeRole, ...] = get_args(TimeRole)
PLACE_PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)
PUBLISHED_BASES: tuple[PublishedBasis, ...] = get_args(PublishedBasis)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
