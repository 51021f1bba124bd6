"""All places that a text names: recognised and resolved, the doubtful ones apart, and the nouns that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.index import Gazetteer
from geo import recognise, resolve
from geo.model import Mention
from geo.resolve import nominal


@dataclass(frozen=True, slots=True)
class Toponyms:
    """The places of a text.

    Attributes
    ----------
    mentions : tuple of Mention
        Every name in reading order, the doubtful ones included.
    doubtful : frozenset of Mention
        Those that are more likely no names of places: they stand only where an event is told there.
    nominals : tuple of Mention
        Nouns that stand for a place, and sides of countries.
    """

    mentions: tuple[Mention, ...]
    doubtful: frozenset[Mention]
    nominals: tuple[Mention, ...]

    @property
    def sure(self) -> tuple[Mention, ...]:
        """The names that are more likely places than not."""
        return tuple(mention for mention in self.mentions if mention not in self.doubtful)


def toponyms(text: str, gazetteer: Gazetteer) -> Toponyms:
    """Find and resolve the places of a text.

    Raises
    ------
    geo.weights.ModelMissingError
        Where the weights that ship are absent.
    """
    spans = recognise.recognise(text, gazetteer, doubtful=True)
    sure_spans = [span for span in spans if recognise.is_sure(span)]
    sure = resolve.resolve(text, sure_spans, gazetteer)
    doubtful: frozenset[Mention] = frozenset()
    mentions = sure
    if len(sure_spans) < len(spans):
        pairs = zip(resolve.resolve(text, spans, gazetteer), spans, strict=True)
        doubtful = frozenset(mention for mention, span in pairs if not recognise.is_sure(span))
        mentions = tuple(sorted((*sure, *doubtful), key=lambda mention: mention.start))
    return Toponyms(mentions, doubtful, nominal.nominals(text, sure, gazetteer))
