"""Who did it and to whom: the phrases around a trigger, by voice, preposition and list."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import ActorKind
from geo.people.anchor import Anchor
from geo.people.lexicon import words
from geo.people.nouns import of_noun
from geo.people.phrases import Reading, reading
from geo.people.sides import Side
from geo.people.verbs import names_whom, of_verb


@dataclass(frozen=True, slots=True)
class Who:
    """The parties of an event, each with its words and its kind."""

    actor: str | None = None
    actor_kind: ActorKind | None = None
    target: str | None = None
    target_kind: ActorKind | None = None


def actors(text: str, anchor: Anchor) -> Who:
    """Read who acts and who suffers off the words around a trigger; where that is not plain, nobody is named.

    Actors are people, armed forces and states, never buildings or weapons; targets may be buildings too, but no places.
    """
    here = reading(text, anchor.sentence_start, anchor.sentence_end)
    first, last = here.index_at(anchor.trigger_start), here.index_at(anchor.trigger_end - 1) + 1
    verb = next((index for index in range(first, last) if here.words[index].tag in ("verb", "gerund")), None)
    if verb is None:
        actor, target = of_noun(here, first, last, anchor)
    else:
        actor, target = of_verb(here, verb, last, anchor)
    if anchor.place and target and target.kind == "other" and anchor.place[0] <= target.start < anchor.place[1]:
        target = None
    if target and not _fits(target, anchor, here, verb):
        target = None
    if actor and target and actor.start == target.start:
        target = None
    kind = actor.kind if actor else None
    if (kind in ("civilians", "other") and anchor.type == "protest") or (kind == "civilians" and anchor.type == "riot"):
        kind = "protesters"
    return Who(_words(text, actor), kind, _words(text, target), target.kind if target else None)


def _fits(target: Side, anchor: Anchor, here: Reading, verb: int | None) -> bool:
    """Tell a target that an event of its type can have: nobody signs a castle, and trenches that are dug are none."""
    if verb is not None and here.words[verb].lower in words("sends"):
        return False
    if anchor.type == "political" and verb is not None:
        return False
    if target.person or anchor.type not in ("political", "strategic_development"):
        return target.known or anchor.type != "protest"
    names = verb is not None and here.words[verb].lower in names_whom()
    return anchor.type == "strategic_development" and (verb is None or names)


def _words(text: str, party: Side | None) -> str | None:
    if party is None:
        return None
    said = " ".join(text[party.start : party.end].split()).strip(" ,'’")
    return said[4:] if said[:4].lower() == "the " else said
