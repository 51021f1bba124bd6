"""What a unit says of names that stand farther from it: "In Sumy region, they shelled A, B and C"; a heading.

A frame is weaker than a relation between neighbours: it picks among the places of a name, and refuses small ones that
lie elsewhere, but only where nothing nearer speaks of that name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geo import distances
from geo import unit_words as units
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, Span
from geo.resolve.relations import HOLDING, Relation
from geo.text import Sentence, sentences

_LISTS = read_lists(DIRECTORY / "places" / "relations.txt")
_FRAMING, _CARRYING = _LISTS["framing"], _LISTS["carrying"]
_FRONTS, _FRONTED = _LISTS["fronts"], _LISTS["fronted"]
_GOVERNING, _OFFICES = _LISTS["governing"], _LISTS["offices"]
_CALENDAR = read_lists(DIRECTORY / "places" / "words.txt")["months and days"]
_BULLET = re.compile(r"^[\s•*▪◦·–—-]*")
# What parts a dateline from its sentence: "KYIV:", "KYIV, June 3 (Agency) -".
_DATELINE = re.compile(r":\s|\s[-–—]+\s")
_UNIT_KINDS = frozenset(("province", "district"))
_SETTLED = frozenset(("settlement", "quarter"))
# After these a name is where somebody came from or went to, not where the sentence takes place.
_ELSEWHERE = frozenset(("from", "to", "toward", "towards", "with", "between", "than", "like", "into"))
# Words of a heading, its names left out; and names of a list.
_MOST_HEADING, _MOST_LISTED = 4, 20
# Characters before a name, and after it, that are read.
_BEFORE = 40
# What may stand between a unit and "where", or its governor; words among which the governor stands.
_AFTER, _OFFICE_WORDS = frozenset((",", "'s", "’s")), 3


def read(text: str, spans: Sequence[Span], said: Sequence[Relation]) -> tuple[Relation, ...]:
    """Read the frames of a text: the later name of each pair lies in the unit that frames it, or near its front.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        In order.
    said : sequence of Relation
        As `geo.resolve.relations.read` gives them; a name that they hold is left to them.
    """
    # A chain may turn out to be a list.
    held = {one.inner for one in said if one.kind in HOLDING - {"chain"} or one.kind == "near"}
    found = {one.inner: one for one in (*_listed(text, spans, said), *_opened(text, spans)) if one.inner not in held}
    return tuple(found[at] for at in sorted(found))


def _opened(text: str, spans: Sequence[Span]) -> Iterator[Relation]:
    """Read sentences that open with a unit or a front, and those that go on with "Among them are"."""
    starts = [span.start for span in spans]
    before: int | None = None
    for sentence in sentences(text):
        first, stop = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        front = _front(text, spans, sentence, first, stop)
        if front is not None:
            yield from (Relation("near", at, front) for at in range(front + 1, stop) if _is_there(text, spans[at]))
        frame = _opening(text, spans, sentence, first, stop)
        if frame is None and before is not None and _carries(text, sentence):
            yield from (Relation("frame", at, before) for at in range(first, stop) if _is_there(text, spans[at]))
        elif frame is not None:
            yield from (Relation("frame", at, frame) for at in range(frame + 1, stop) if _is_there(text, spans[at]))
        else:
            yield from _governed(text, spans, first, stop)
        yield from _where(text, spans, first, stop)
        named = [at for at in range(first, stop) if _is_unit(text, spans[at])]
        before = named[-1] if named else None


def _where(text: str, spans: Sequence[Span], first: int, stop: int) -> Iterator[Relation]:
    """Read "came to Ayadaw township, where mines went off in A and B"."""
    for unit in range(first, stop):
        if _is_unit(text, spans[unit], anywhere=True) and _after_type_word(text, spans[unit])[:1] == ["where"]:
            yield from (Relation("frame", at, unit) for at in range(unit + 1, stop) if _is_there(text, spans[at]))


def _governed(text: str, spans: Sequence[Span], first: int, stop: int) -> Iterator[Relation]:
    """Read "a barn burned in A, Sumy regional police said": who governs one unit speaks of what lies in it."""
    offices = [at for at in range(first, stop) if _names_office(text, spans[at])]
    if len({spans[at].text for at in offices}) == 1:
        others = (at for at in range(first, stop) if at not in offices and _is_there(text, spans[at]))
        yield from (Relation("frame", at, offices[0], office=True) for at in others)


def _names_office(text: str, span: Span) -> bool:
    """Tell "Sumy regional police" and "the Kursk region's acting governor"."""
    following = distances.words(text[span.end : span.end + _BEFORE])
    called = following[:1] and following[0] in _GOVERNING
    rest = following[1:] if called else _after_type_word(text, span)
    typed = called or len(rest) < len(following) or bool(units.trailing(span.text.lower().split())[1] & _UNIT_KINDS)
    return bool(typed) and any(word in _OFFICES for word in rest[:_OFFICE_WORDS])


def _after_type_word(text: str, span: Span) -> list[str]:
    """Give the words after a name, but for its type word, a comma and what makes it a possessive."""
    following = distances.words(text[span.end : span.end + _BEFORE])
    length, kinds = units.leading(following)
    rest = following[length:] if kinds & _UNIT_KINDS else following
    return rest[1:] if rest[:1] and rest[0] in _AFTER else rest


def openings(text: str, spans: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Give the names of each sentence that opens with a place, whatever that is: "In Yala, a man was shot in Raman".

    Yields
    ------
    (int, int)
        Positions of the name and of the place that its sentence opens with.
    """
    starts = [span.start for span in spans]
    for sentence in sentences(text):
        first, stop = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if first < stop and _opener(text, sentence.start, spans[first].start) in _FRAMING:
            yield from ((at, first) for at in range(first + 1, stop))


def _opener(text: str, start: int, end: int) -> str:
    return _BULLET.sub("", text[start:end]).lower().strip()


def _opening(text: str, spans: Sequence[Span], sentence: Sentence, first: int, stop: int) -> int | None:
    """Give the unit that a sentence opens with, perhaps behind a dateline: "KYIV - In Sumy region, ..."."""
    start = sentence.start
    for at in range(first, min(stop, first + 2)):
        if at > first:
            parted = _DATELINE.search(text, spans[first].end, spans[at].start)
            if parted is None:
                return None
            start = parted.end()
        if _opener(text, start, spans[at].start) in _FRAMING and _is_unit(text, spans[at], anywhere=True):
            return at
    return None


def _front(text: str, spans: Sequence[Span], sentence: Sentence, first: int, stop: int) -> int | None:
    """Give the town that the front is called after with which a sentence opens: "On the Vavuniya front, ..."."""
    if first >= stop:
        return None
    following = distances.words(text[spans[first].end : spans[first].end + _BEFORE])
    fronted = _opener(text, sentence.start, spans[first].start) in _FRONTED
    return first if fronted and following[:1] and following[0] in _FRONTS else None


def _carries(text: str, sentence: Sentence) -> bool:
    opener = _BULLET.sub("", text[sentence.start : sentence.start + _BEFORE]).lower()
    return any(opener.startswith(f"{words} ") for words in _CARRYING)


def _listed(text: str, spans: Sequence[Span], said: Sequence[Relation]) -> Iterator[Relation]:
    """Read "the settlements of A, B and C of the Sumy region": what holds the last of a list of villages holds all."""
    before = {max(one.inner, one.outer): min(one.inner, one.outer) for one in said if one.kind in ("chain", "list")}
    for one in said:
        if one.kind != "in" or not _is_unit(text, spans[one.outer]):
            continue
        members, at = [one.inner], one.inner
        while at in before and len(members) < _MOST_LISTED:
            at = before[at]
            members.append(at)
        of = distances.words(text[spans[one.inner].end : spans[one.outer].start])[:1] == ["of"]
        if len(members) > 1 and (of or _heads(text, spans[at])):
            yield from (Relation("frame", member, one.outer) for member in members[1:])


def _heads(text: str, span: Span) -> bool:
    """Tell whether "the villages of" stands before a name."""
    words = distances.words(text[max(0, span.start - _BEFORE) : span.start])
    if len(words) < 2 or words[-1] not in ("of", ":"):
        return False
    length, kinds = units.trailing(words[:-1])
    return bool(length) and words[-2].endswith("s") and bool(kinds & _SETTLED)


def _is_unit(text: str, span: Span | Mention, *, anywhere: bool = False) -> bool:
    """Tell whether a name is called a district or a province; `anywhere`, also whether a comma follows it."""
    if span.usage != "literal":
        return False
    following = distances.words(text[span.end : span.end + _BEFORE])
    kinds = units.trailing(span.text.lower().split())[1] | units.leading(following)[1]
    return bool(kinds & _UNIT_KINDS) or (anywhere and following[:1] == [","])


def _is_there(text: str, span: Span) -> bool:
    words = distances.words(text[max(0, span.start - _BEFORE) : span.start])
    return span.usage == "literal" and not (words and words[-1] in _ELSEWHERE)


def _lines(text: str, spans: Sequence[Mention]) -> Iterator[tuple[re.Match[str], int, int]]:
    """Give each line with the half-open range of the names that it holds."""
    starts = [span.start for span in spans]
    for line in re.finditer(r"[^\n]+", text):
        yield line, bisect_left(starts, line.start()), bisect_left(starts, line.end())


def headings(text: str, spans: Sequence[Mention]) -> dict[int, int]:
    """Give for each name under a heading that names a unit alone that unit: "Luthaw township, Papun district:".

    Returns
    -------
    dict of int to int
        Positions of the names, and of the narrowest unit of the heading above each.
    """
    under: int | None = None
    found: dict[int, int] = {}
    for line, first, stop in _lines(text, spans):
        rest = _BULLET.sub("", line[0]).rstrip()
        if _is_heading(text, spans, line.start(), rest, first, stop):
            named = [at for at in range(first, stop) if spans[at].usage == "literal"]
            under = next((at for at in named if _is_unit(text, spans[at])), named[0] if named else None)
        elif under is not None:
            found.update(dict.fromkeys(range(first, stop), under))
    return found


def _is_heading(text: str, spans: Sequence[Mention], start: int, line: str, first: int, stop: int) -> bool:
    """Tell a line that is a heading of places: names, type words and little else, no full stop."""
    if first >= stop or line[-1:] in (".", "!", "?", ",", ";", "…") or not line:
        return False
    if line[-1:] != ":" and not _is_unit(text, spans[first]):
        return False
    named = sum(len(span.text.split()) for span in spans[first:stop])
    words = [word for word in distances.words(text[start : start + len(line)]) if word[0].isalnum()]
    # "Imphal, Aug 30:" says where and when somebody writes.
    dated = not _is_unit(text, spans[first]) and not _CALENDAR.isdisjoint(words)
    return len(words) - named <= _MOST_HEADING and not dated
