"""What one sentence leaves for the next: the places so far, where and when the last event was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.events.dating import Dating
from geo.events.sites import Site

# An event's place and date carry over to at most this many sentences on.
REACH = 2
# "The town" may mean it from further off.
_NOMINAL_REACH = 6
# Nouns such as "the town" and sides such as "the east" look back over this many places.
_MEMORY = 120


@dataclass(frozen=True, slots=True)
class Discourse:
    """The state of a text after some sentences; `sentence` numbers count from 0."""

    sites: tuple[Site, ...] = ()
    last_site: Site | None = None
    last_sentence: int = -99
    last_dating: Dating | None = None
    dated_sentence: int = -99
    dated_site: Site | None = None
    dated_paragraph: int = -1

    def site_near(self, number: int) -> Site | None:
        """Give the place of the last event, where it is near enough to carry over."""
        return self.last_site if number - self.last_sentence <= REACH else None

    def place_meant(self, number: int) -> Site | None:
        """Give the place of the last event, where it is near enough to be "the town"."""
        return self.last_site if number - self.last_sentence <= _NOMINAL_REACH else None

    def dating_near(self, number: int) -> Dating | None:
        """Give the last date read from the text itself, where it is near enough to carry over."""
        return self.last_dating if number - self.dated_sentence <= REACH else None

    def seen(self, sites: tuple[Site, ...]) -> Discourse:
        """Add the named sites of a sentence."""
        return replace(self, sites=(self.sites + sites)[-_MEMORY:]) if sites else self

    def at(self, site: Site, number: int) -> Discourse:
        """Note where the last event was."""
        return replace(self, last_site=site, last_sentence=number)

    def on(self, dating: Dating, site: Site | None, number: int, paragraph: int) -> Discourse:
        """Note when the last event was; `site` is None where it found no place."""
        return replace(self, last_dating=dating, dated_site=site, dated_sentence=number, dated_paragraph=paragraph)
