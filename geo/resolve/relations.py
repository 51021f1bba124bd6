"""What a text says of where its names lie: "X in Y", "X, Y district", "the Y village of X", "15 km west of Y".

Relations are data: they are read once from the words between names, and everything that judges places reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geo import unit_words as units
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Span

# in: "X in Y". chain: "X, Y". of: "the Y village of X". owner: "Y's X". near: "X, near Y". list: "X and Y".
# alias: "X/Y".
Kind = Literal["in", "chain", "of", "owner", "near", "list", "alias"]
HOLDING: frozenset[Kind] = frozenset(("in", "chain", "of", "owner"))

_LISTS = read_lists(DIRECTORY / "places" / "relations.txt")
_AREAS = frozenset(("area", "areas", "part", "parts", "side", "outskirts"))
_INSIDE, _NEAR, _PARTS, _DIRECTIONS = (_LISTS[name] for name in ("inside", "near", "parts", "directions"))
_BETWEEN, _JOINTS, _DISTANCES = (_LISTS[name] for name in ("between", "joints", "distances"))
_WORD = re.compile(r"['’]s?(?!\w)|\w+(?:-\w+|['’](?!s\b)\w+)*|\S")
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
# Characters and words that may stand between two names that speak of each other.
_REACH, _MOST_WORDS = 90, 12
_ALSO = frozenset(("also", "formerly", "or", "aka", "called", "known as"))
_SETTLED = frozenset(("settlement", "quarter"))
_KM_OF = {"m": 0.001, "mile": 1.609, "mi": 1.609}
_FEW = {"a": 1.0, "few": 5.0, "several": 5.0, "dozen": 12.0, "dozens": 30.0}
_FARTHEST_KM = 500.0

# Words from a holder to what it holds: "Russian-occupied", "Turkish-controlled northern".
_HOLDER_WORDS = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """What the text says of one name and another.

    Attributes
    ----------
    kind : str
        One of `Kind`. In an ``alias`` both are names of one place.
    inner, outer : int
        Positions of the mentions: `inner` lies in, or near, `outer`. In a list `outer` comes just before `inner`.
    km : float or None
        How far from `outer`, for ``near``; None where no number is given.
    side : str or None
        On which side of `outer`, for ``near``: "northwest".
    joined : bool
        For ``list``: whether "and" or the like joins them, not a comma alone.
    """

    kind: Kind
    inner: int
    outer: int
    km: float | None = None
    side: str | None = None
    joined: bool = False


def read(text: str, spans: Sequence[Span]) -> tuple[Relation, ...]:
    """Read the relations between the names of a text, in order of the second name of each pair.

    A comma alone gives ``chain``, whether it parts a place from what holds it or the members of a list: that depends on
    what the names can mean (`geo.resolve.containment`).
    """
    return tuple(_read(text, spans))


def _read(text: str, spans: Sequence[Span]) -> Iterator[Relation]:
    for index in range(len(spans) - 1):
        one, other = spans[index], spans[index + 1]
        if not 0 < other.start - one.end <= _REACH:
            continue
        gap = text[one.end : other.start]
        if "\n" in gap:
            continue
        words = _WORD.findall(gap.lower())
        if len(words) > _MOST_WORDS:
            continue
        found = _between(words, index, typed=_is_typed(one))
        if found:
            yield _past_holder(text, spans, index + 1, found)


def _past_holder(text: str, spans: Sequence[Span], at: int, found: Relation) -> Relation:
    """Read "in Russian-occupied Crimea" as "in Crimea": who holds a place does not hold what lies in it."""
    one, other = spans[at], spans[at + 1] if at + 1 < len(spans) else None
    if one.usage != "adjectival" or other is None or not text.startswith("-", one.end):
        return found
    if len(text[one.end : other.start].split()) > _HOLDER_WORDS:
        return found
    places = {at: at + 1}
    return replace(found, inner=places.get(found.inner, found.inner), outer=places.get(found.outer, found.outer))


def _is_typed(span: Span) -> bool:
    return units.trailing(span.text.lower().split())[0] > 0


def _between(words: list[str], index: int, *, typed: bool) -> Relation | None:
    """Read the words between the names at `index` and after it; `typed`: the first ends with its type word."""
    after = index + 1
    if not words:
        return Relation("chain", index, after)
    if words[0] in _POSSESSIVES:
        return Relation("owner", after, index) if _describes(_without_of(words[1:])) else None
    start, kinds = units.leading(words)
    if words[start : start + 1] and words[start] in _POSSESSIVES:
        return Relation("owner", after, index) if _describes(_without_of(words[start + 1 :])) else None
    if not start and words[0] in _AREAS and words[1:2] == ["of"]:
        start, kinds = 1, frozenset(("district",))
    if words == ["/"] or (words[0] == "(" and words[-1] in _ALSO):
        return Relation("alias", after, index)
    own = words[start:]
    if (start or typed) and own in (["of"], ["of", "the"]):
        # "the Hajjah village of Bani Qubaysh", but "Kajuru Local Government Area of Kaduna State".
        settled = bool(start) and kinds <= _SETTLED
        if settled:
            return Relation("of", after, index)
        return Relation("in", index, after) if start else Relation("of", index, after)
    if own[:1] in ([","], ["("]) and all(word in _BETWEEN for word in own[1:]):
        return Relation("chain", index, after)
    rest, km = _before_of(own)
    if rest and rest[-1] in _INSIDE and _describes(rest[:-1]):
        return Relation("in", index, after)
    if rest and _is_near(rest, km) and _describes(_without_distance(rest)):
        return Relation("near", index, after, km, side=_side(rest))
    if rest == [","] and len(own) > 1:
        return Relation("in", index, after)
    if own and all(word in ",/&()" or word in _JOINTS or _is_light(word) for word in own) and _joins(own):
        return Relation("list", after, index, joined=any(word in _JOINTS - {"the", "both"} for word in own))
    return None


def _joins(words: Sequence[str]) -> bool:
    return any(word in (",", "/", "&") or word in ("and", "or", "plus") for word in words)


def _is_light(word: str) -> bool:
    """Tell a word that may stand between the names of a list: "and the nearby town of", "in", "near"."""
    return word in _BETWEEN or word in units.kinds_of_words() or word in _INSIDE or word in ("of", "near", "at", "from")


def _describes(words: Sequence[str]) -> bool:
    """Tell whether all words only describe: ", a small village located"."""
    at = 0
    while at < len(words):
        length, _ = units.leading(words[at:])
        if length:
            at += length
        elif words[at] in (",", "(") or words[at] in _BETWEEN:
            at += 1
        else:
            return False
    return True


def _without_of(words: list[str]) -> list[str]:
    """Drop the "of" that ends "besieged town of"."""
    return words[:-1] if len(words) > 1 and words[-1] == "of" else words


def _before_of(words: list[str]) -> tuple[list[str], float | None]:
    """Drop what stands between the preposition and the name: "in | the south of the district of"; read a distance."""
    rest = list(words)
    for _ in range(3):
        while rest and rest[-1] in _BETWEEN and rest[-1] not in _DIRECTIONS | {"around"}:
            rest.pop()
        while len(rest) > 1 and rest[-1] in _BETWEEN and (rest[-2] in _INSIDE or rest[-2] in _BETWEEN):
            rest.pop()
        if not rest or rest[-1] not in ("of", "from", "to"):
            break
        head = rest[:-1]
        length, _ = units.trailing(head)
        if rest[-1] == "of" and length:
            rest = head[:-length]
        elif rest[-1] == "of" and head and head[-1] in _PARTS and _has(head, _INSIDE):
            rest = head[:-1]
        else:
            break
    return rest, _km(rest)


def _has(words: Sequence[str], among: frozenset[str]) -> bool:
    return any(word in among for word in words)


def _is_near(rest: Sequence[str], km: float | None) -> bool:
    last = rest[-1]
    if last == "from":
        return km is not None
    if last in ("of", "to"):
        return len(rest) > 1 and rest[-2] in _DIRECTIONS | {"close", "next", "outskirts", "edge"}
    return last in _NEAR


def _side(words: Sequence[str]) -> str | None:
    """Give the side that "45 km north-west of" speaks of."""
    found = [word.replace("-", "").removesuffix("ern") for word in words if word in _DIRECTIONS]
    return found[0] if len(found) == 1 and found[0] in _SIDES else None


_SIDES = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"))


def _without_distance(words: Sequence[str]) -> list[str]:
    """Drop "about 15 km (9 miles) south-west of": what is left must only describe."""
    return [
        word
        for word in words
        if not (
            word in _DIRECTIONS
            or word in _NEAR
            or word in _DISTANCES
            or word in _FEW
            or word in ("of", "to", "close", "next", "on", "away", ")", "-", "some", "edge", "outskirts", "not", "far")
            or _number(word) is not None
        )
    ]


def _number(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return _FEW.get(word) if word != "a" else None


def _km(words: Sequence[str]) -> float | None:
    """Read the first distance among some words, in kilometres."""
    for at, word in enumerate(words[1:], start=1):
        whole = word
        number = _number(words[at - 1])
        if word not in _DISTANCES or number is None:
            continue
        factor = _KM_OF.get(whole.rstrip("s") if whole != "ms" else whole, 1.0)
        if whole in ("metres", "meters"):
            factor = 0.001
        km = number * factor
        return km if 0.0 < km <= _FARTHEST_KM else None
    return None


def offset_before(text: str, start: int) -> float | None:
    """Give how far from the name at `start` the words before it speak of: "15 km west of X"; None where they do not.

    A direction without a distance ("north of X") counts as 10 km.
    """
    line = text.rfind("\n", 0, start) + 1
    words = _WORD.findall(text[max(line, start - _REACH) : start].lower())[-_MOST_WORDS:]
    while words and (words[-1] == "the" or words[-1] in _SETTLEMENTS or words[-2:] in _OF_SETTLEMENTS):
        words.pop()
    if len(words) < 2 or words[-1] not in ("of", "from"):
        return None
    km = _km(words[-_TAIL:])
    directed = words[-2] in _DIRECTIONS and not words[-2].endswith("ern")
    if km is not None and (directed or words[-1] == "from" or words[-2] == ")"):
        return km
    # "in the north of X" is a part of X.
    bare = directed and words[-1] == "of" and (len(words) < 3 or words[-3] not in ("the", "in"))
    return _SOME_KM if bare else None


_SETTLEMENTS = frozenset(("city", "town", "village"))
_OF_SETTLEMENTS = tuple([word, "of"] for word in sorted(_SETTLEMENTS))
# Words before a name among which its distance is told, and what a direction alone counts as.
_TAIL, _SOME_KM = 8, 10.0
