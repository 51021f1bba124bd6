"""Who or what a noun phrase names: its kind, whether it is people, and whether it is a thing."""

from __future__ import annotations

from geo.model import ActorKind
from geo.people.lexicon import nations, parties, plurals, words
from geo.people.words import Word


def kind_of(found: tuple[Word, ...], first: int, last: int) -> tuple[ActorKind | None, bool, bool]:
    """Give the kind of a phrase by its head, the name or adjective before it; whether people, whether a thing."""
    known = parties()
    inner = [word for word in found[first:last] if word.tag in ("noun", "possessive")]
    if not inner:
        return None, False, False
    lowered = [word.lower for word in inner]
    name = _name_kind(inner)
    for length in range(min(known.longest, len(inner)), 0, -1):
        head = " ".join(lowered[-length:])
        if head in known.heads:
            thing = head in known.things
            return _adapted(head, lowered[:-length], name), not thing, thing
    if _ends_in_name(inner):
        return name, True, False
    if lowered[-1] in plurals("weapons") or lowered[-1] in plurals("measures"):
        return name, False, False
    if inner[-1].text in nations() and inner[-1].text.endswith(("s", "ish", "ese", "men")):
        return "civilians", True, False
    if _is_state(inner):
        return "state_forces", True, False
    if lowered[0] in words("titles") and inner[0].capital and len(inner) > 1:
        return "other", True, False
    return None, False, False


def _adapted(head: str, before: list[str], name: ActorKind | None) -> ActorKind:
    own = parties().heads[head]
    if name in ("rebel_group", "international", "militia"):
        return name
    for length in (2, 1):
        for index in range(len(before) - length, -1, -1):
            kind = parties().adjectives.get(" ".join(before[index : index + length]))
            if kind:
                return kind
    return own


def _name_kind(inner: list[Word]) -> ActorKind | None:
    """Give the kind of the last known name inside a phrase."""
    known = parties()
    plain = [word.text.rstrip("'’") for word in inner]
    for index in range(len(plain) - 1, -1, -1):
        for length in range(min(known.longest, len(plain) - index), 0, -1):
            kind = known.names.get(" ".join(plain[index : index + length]))
            if kind:
                return kind
    return None


def _ends_in_name(inner: list[Word]) -> bool:
    plain = [word.text.rstrip("'’") for word in inner]
    return any(
        " ".join(plain[-length:]) in parties().names for length in range(1, min(parties().longest, len(plain)) + 1)
    )


def _is_state(inner: list[Word]) -> bool:
    name = " ".join(word.lower for word in inner if word.tag == "noun")
    return inner[0].capital and (name in words("states") or name in words("capitals"))
