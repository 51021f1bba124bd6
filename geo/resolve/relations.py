"""What a text says of where its names lie: "X in Y", "X, Y district", "the Y village of X", "15 km west of Y".

Relations are data: they are read once from the words between names, and everything that judges places reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geo import distances
from geo import unit_words as units
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Span

# in: "X in Y". chain: "X, Y". of: "the Y village of X". owner: "Y's X". near: "X, near Y". list: "X and Y".
# alias: "X/Y". frame: "In Y region, they shelled X" (`geo.resolve.frames`).
Kind = Literal["in", "chain", "of", "owner", "near", "list", "alias", "frame"]
HOLDING: frozenset[Kind] = frozenset(("in", "chain", "of", "owner"))
# Those in which a word says where a name lies: a comma alone may part the members of a list.
SAYING: frozenset[Kind] = HOLDING - {"chain"} | {"near"}

_LISTS = read_lists(DIRECTORY / "places" / "relations.txt")
_AREAS = frozenset(("area", "areas", "part", "parts", "section", "sections", "side", "outskirts"))
_INSIDE, _NEAR, _PARTS, _DIRECTIONS = (_LISTS[name] for name in ("inside", "near", "parts", "directions"))
# "The Basel roundabout in Aleppo": what a venue is called stands between as well.
_VENUES = frozenset(
    word for name in ("capitals", "anyhow") for word in read_lists(DIRECTORY / "places" / "venues.txt")[name]
)
_BETWEEN, _JOINTS = _LISTS["between"], _LISTS["joints"]
_BELONGS = tuple(tuple(phrase.split()) for phrase in sorted(_LISTS["belongs"]))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
# Characters after a name among which its type word stands.
_TYPE_WORD = 30
_ALSO = frozenset(("also", "formerly", "or", "aka", "called", "known as"))
_SETTLED = frozenset(("settlement", "quarter"))
_PARTS_OF_TOWNS = frozenset(("quarter", "facility"))

# Words from a holder to what it holds: "Russian-occupied", "Turkish-controlled northern".
_HOLDER_WORDS = 3
# Words between "a" and a type word that say what a settlement is like.
_LIKE = 3


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
    toward : int or None
        For ``near``: the mention on whose way `inner` lies, seen from `outer`; without a distance half of the way.
    again : bool
        For ``list``: whether the second name has a preposition of its own, "in A and in B".
    office : bool
        For ``frame``: whether `outer` is named only as what those who speak govern, "Sumy regional police". Such a
        frame picks among the bearers of a name; it says nothing of a name that no place bears.
    """

    kind: Kind
    inner: int
    outer: int
    km: float | None = None
    side: str | None = None
    joined: bool = False
    toward: int | None = None
    again: bool = False
    office: bool = False


def read(text: str, spans: Sequence[Span]) -> tuple[Relation, ...]:
    """Read the relations between the names of a text, in order of the second name of each pair.

    A comma alone gives ``chain``, whether it parts a place from what holds it or the members of a list: that depends on
    what the names can mean (`geo.resolve.containment`).
    """
    return tuple(_read(text, spans))


def _read(text: str, spans: Sequence[Span]) -> Iterator[Relation]:
    for index in range(len(spans) - 1):
        one, other = spans[index], spans[index + 1]
        if not 0 < other.start - one.end <= distances.REACH:
            continue
        gap = text[one.end : other.start]
        if "\n" in gap:
            continue
        words = distances.words(gap)
        if len(words) > distances.MOST_WORDS:
            continue
        if words in (["of"], ["of", "the"]) and _is_unit(text, other):
            # "... and Sadky of the Sumy Region".
            found: Relation | None = Relation("in", index, index + 1)
        else:
            found = _between(words, index, typed=_is_typed(one), unit=_is_unit(text, other), part=_is_part(text, other))
        if found is None or (found.kind == "chain" and words and other.usage == "adjectival"):
            # "in Donetsk, the Russian media said".
            continue
        yield _past_holder(text, spans, index + 1, _onward(text, spans, found))


def _is_unit(text: str, span: Span) -> bool:
    """Tell whether a name is called a district or a province: "Sumy Region", "the Swat valley district"."""
    following = distances.words(text[span.end : span.end + _TYPE_WORD])
    kinds = units.trailing(span.text.lower().split())[1] | units.leading(following)[1]
    return bool(kinds & {"province", "district"}) and "settlement" not in kinds


def _is_part(text: str, span: Span) -> bool:
    """Tell whether a name is called what stands in a town: "the Hamra quarter", "Wadi Sayyid air base"."""
    following = distances.words(text[span.end : span.end + _TYPE_WORD])
    kinds = units.trailing(span.text.lower().split())[1] | units.leading(following)[1] | units.leading(following[1:])[1]
    return bool(kinds & _PARTS_OF_TOWNS)


def _onward(text: str, spans: Sequence[Span], found: Relation) -> Relation:
    """Read the way that a name lies on: "45 km from Bocaranga toward Bozoum", "between Popasna and Bakhmut"."""
    after = found.outer + 1
    if found.kind != "near" or found.side or after >= len(spans) or found.outer < found.inner:
        return found
    gap = " ".join(distances.words(text[spans[found.outer].end : spans[after].start]))
    before = text[spans[found.inner].end : spans[found.outer].start].split()[-1:]
    told = gap in _LISTS["onward"] if found.km is not None else (before == ["between"] and gap == "and")
    return replace(found, toward=after) if told else found


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


def _between(words: list[str], index: int, *, typed: bool, unit: bool, part: bool) -> Relation | None:
    """Read the words between the names at `index` and after it.

    Parameters
    ----------
    typed : bool
        Whether the first ends with its type word.
    unit : bool
        Whether the second is called a district or a province.
    part : bool
        Whether it is called a quarter or a facility: "Mekelle's bustling Adi Haki market".
    """
    after = index + 1
    if not words:
        return Relation("chain", index, after)
    start, kinds = (0, frozenset()) if words[0] in _POSSESSIVES else units.leading(words)
    if words[start : start + 1] and words[start] in _POSSESSIVES:
        own = words[start + 1 :]
        like = part and len(own) <= _LIKE and all(word.replace("-", "").isalpha() for word in own)
        return Relation("owner", after, index) if like or _describes(_without_of(own)) else None
    if not start and words[0] in _AREAS and words[1:2] == ["of"]:
        start, kinds = 1, frozenset(("district",))
    if words == ["/"] or (words[0] == "(" and words[-1] in _ALSO):
        return Relation("alias", after, index)
    own = words[start:]
    if (start or typed) and own in (["of"], ["of", "the"]):
        # "the Hajjah village of Bani Qubaysh", but "Kajuru Local Government Area of Kaduna State" and "Dawa town of
        # Gesha Tiro district".
        # "the Hamra quarter of Beirut"; the rarer "the Karachi quarter of Lyari" is told by what bears the names.
        if not start or kinds == {"quarter"}:
            return Relation("of", index, after)
        settled = kinds <= _SETTLED and not unit
        return Relation("of", after, index) if settled else Relation("in", index, after)
    if own[:1] in ([","], ["("]) and all(word in _BETWEEN for word in own[1:]):
        return Relation("chain", index, after)
    if _names_settlements(own):
        # "the village of Ras Ali, the towns of Sheran and Jandaris".
        return Relation("list", after, index)
    own = _without_part(own)
    rest, km = _before_of(own)
    if rest and rest[-1] in _INSIDE and _describes(rest[:-1]):
        return Relation("in", index, after)
    if rest and _is_near(rest, km) and _describes(distances.without_distance(rest)):
        return Relation("near", index, after, km, side=distances.side(rest))
    if rest == [","] and len(own) > 1:
        return Relation("in", index, after)
    if own and all(word in ",/&()" or word in _JOINTS or _is_light(word) for word in own) and _joins(own):
        joined = any(word in _JOINTS - {"the", "both"} for word in own)
        return Relation("list", after, index, joined=joined, again=any(word in _INSIDE for word in own))
    return None


def _names_settlements(words: Sequence[str]) -> bool:
    """Tell ", the towns of", which goes on to the next member of a list."""
    if len(words) < 3 or words[0] != "," or words[-1] != "of":
        return False
    start = 2 if words[1] in ("the", "a", "another") else 1
    length, kinds = units.leading(words[start:])
    return length == len(words) - start - 1 and kinds <= _SETTLED and bool(kinds)


def _without_part(words: list[str]) -> list[str]:
    """Read "which is part of the municipality of" and "which belongs to" as "in the municipality of"."""
    for phrase in _BELONGS:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return [*words[:at], "in", *words[at + len(phrase) :]]
    return words


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
        elif words[at] in ("a", "an") and (named := _called(words[at + 1 :])):
            at += 1 + named
        elif words[at] in (",", "(") or words[at] in _BETWEEN or words[at] in _VENUES:
            at += 1
        else:
            return False
    return True


def _called(words: Sequence[str]) -> int:
    """Give how many words lead from "a" to the type word of a settlement, whatever it is like: "quiet village"."""
    for skipped in range(1, _LIKE + 1):
        if not all(word.replace("-", "").isalpha() for word in words[:skipped]):
            return 0
        length, kinds = units.leading(words[skipped:])
        if length and kinds <= _SETTLED:
            return skipped + length
    return 0


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
    return rest, distances.kilometres(rest)


def _has(words: Sequence[str], among: frozenset[str]) -> bool:
    return any(word in among for word in words)


def _is_near(rest: Sequence[str], km: float | None) -> bool:
    last = rest[-1]
    if last == "from":
        return km is not None
    if last in ("of", "to"):
        return len(rest) > 1 and rest[-2] in _DIRECTIONS | {"close", "next", "outskirts", "edge"}
    return last in _NEAR
