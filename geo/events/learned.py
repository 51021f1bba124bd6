"""The reader of events that ships, as the point for readers takes one: it reads what no other reader takes.

One of the program's own additions (``conflict_map.events``).
"""

from __future__ import annotations

from geo.events.added import Answer, Given
from geo.events.extract import extract


def told(given: Given) -> Answer:
    """Find the events that an article reports; see `geo.events.extract.extract`."""
    return extract(given.article, given.published, given.mentions, given.nominals, given.times, given.doubtful)
