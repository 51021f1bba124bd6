"""What is told as meant, not done, in words that stand beside it: "were planning patrols", "reports of ... are false".

The reader judges whether something is told as done; where such a word governs what tells it, its answer gives way.
"""

from __future__ import annotations

import re

from geo.lexicon import DIRECTORY, read_lists
from geo.model import Status

_LISTS = read_lists(DIRECTORY / "meant.txt")
# Words that may part what governs from what it governs: "planning a large armed march".
_BETWEEN = (
    r"(?:(?!(?:and|but|after|before|when|while|which|who|that|as|is|are|was|were|has|have|had|will)\b)[\w'’-]+ ){0,3}"
)
# Characters behind a word in which its verdict stands: "attacks on markets in A, B, C and D must be expected".
_FAR = 160


def _either(name: str) -> str:
    return "|".join(sorted(map(re.escape, _LISTS[name]), key=len, reverse=True))


_AIMED = re.compile(rf"\b(?:{_either('aims')}) {_BETWEEN}$", re.IGNORECASE)
# Such words say it of a noun: "attacks on ... must be expected", not "seized it, and flights were cancelled".
_EXPECTED = re.compile(
    r" (?=(?:on|in|at|of|against|by|over|near|from|between|must|should|is|are|was|were|can)\b)"
    rf"[^.;:!?\n]{{0,{_FAR}}}?\b(?:{_either('expected')})\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    rf"\W*(?:(?:the|these|those|such|any|online|all) )*(?:{_either('hearsay')})\b[^.;!?\n]*?"
    rf"\b(?:is|are|was|were)(?: [a-z]+ly)? (?:{_either('false')})\b",
    re.IGNORECASE,
)

_WAY = re.compile(
    rf"\b(?:(?P<direction>(?:from|in) the direction of)|(?:{_either('ways')}))"
    r" (?:the )?(?:(?:town|city|village|border) (?:of )?)?$",
    re.IGNORECASE,
)
# "the Mandalay-Lashio road": what joins its ends.
_JOINING = frozenset("-–—")
_LINE_NAMED = re.compile(rf" (?:main |old |new )?(?:{_either('lines')})\b", re.IGNORECASE)
# "reinforcements arrived from Sanaa and Dhamar", "the wounded were taken to a hospital in Kharkiv".
_LIST = r"(?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*(?:, | and |, and ))*"
_ORIGIN = re.compile(rf"\b(?i:{_either('arriving')})(?: [a-z]+)? from (?:the )?(?:[a-z]+ )?{_LIST}$")
_HOSPITAL = re.compile(
    rf"\b(?:{_either('carried')})\b[^.;:!?\n]{{0,50}}?\b(?:{_either('hospitals')}) (?:in|at|of|near) (?:the )?$",
    re.IGNORECASE,
)
_NEAR = 90
# "The deadliest bombing since": what follows only says by what the bombing is measured.
BUT_SINCE = (
    r"\b(?:worst|first|most|least|last|[a-z]{3,}iest|(?:larg|great|high|bigg|strong|long|grav)est|\d+(?:st|nd|rd|th))\b"
    r"[^.!?;\n]{0,70}?\b(?P<since>since)\b"
)
_MEASURED = re.compile(
    BUT_SINCE + r" (?:the|a|an|its|his|their) [^,.;:!?\n]{0,50}?\b(?:of|in|on|at) (?:the )?$", re.IGNORECASE
)
# "have held it ever since": a whole phrase, not "since Monday".
_EVER_SINCE = re.compile(r"(?: [\w'’-]+){0,3}? since\b(?=\s*(?:[,.;:!?\n]|$))")
# What follows is why something was done, and has days of its own: "in revenge for a raid on 20 January".
REASON = re.compile(rf"\b(?:{_either('reasons')})\b")


def meant(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> Status | None:
    """Give the status of what a word tells where the words around it say that it is no fact; None where none does.

    Parameters
    ----------
    sentence, trigger : (int, int)
        Offsets in the text.

    Examples
    --------
    >>> line = "Residents of Gressier were planning patrols of their own."
    >>> meant(line, (0, len(line)), (line.index("patrols"), line.index("patrols") + 7))
    'planned'
    """
    start, end = sentence
    if _FALSE.match(text, start, end):
        return "denied"
    if _AIMED.search(text, max(start, trigger[0] - _FAR), trigger[0]) or _EXPECTED.match(text, trigger[1], end):
        return "planned"
    return None


def is_elsewhere(text: str, trigger: tuple[int, int], place: tuple[int, int]) -> bool:
    """Tell whether a place is only where a way leads, or where one came from: "fled towards Mir Ali"."""
    low = max(0, place[0] - _NEAR)
    if _ORIGIN.search(text, low, place[0]) or _HOSPITAL.search(text, low, place[0]):
        return True
    way = _WAY.search(text, low, place[0])
    return way is not None and (way["direction"] is not None or text[slice(*trigger)].lower() in _LISTS["leaving"])


def is_far_end(text: str, place: tuple[int, int]) -> bool:
    """Tell whether a place is only the far end of a road or the like: where on it something was, that does not say.

    Examples
    --------
    >>> line = "They cut the Mandalay-Lashio road."
    >>> [is_far_end(line, (line.index(name), line.index(name) + len(name))) for name in ("Mandalay", "Lashio")]
    [False, True]
    """
    start, end = place
    joined = start > 1 and text[start - 1] in _JOINING and text[start - 2].isalnum()
    return joined and _LINE_NAMED.match(text, end) is not None


def is_measure(text: str, trigger: tuple[int, int], place: tuple[int, int]) -> bool:
    """Tell whether a place is only that of what another thing is measured by.

    Examples
    --------
    >>> line = "It was the largest massing of troops since the annexation of Crimea in 2014."
    >>> is_measure(line, (19, 26), (line.index("Crimea"), line.index("Crimea") + 6))
    True
    """
    since = _MEASURED.search(text, max(0, place[0] - _FAR), place[0])
    return since is not None and trigger[1] <= since.end("since")


def is_state(text: str, trigger: tuple[int, int]) -> bool:
    """Tell a word that says how things stand, and nothing that happened: "Vitez was quiet", "a town still held by".

    Examples
    --------
    >>> line = "Rebels took the town in June and have held it ever since."
    >>> [is_state(line, (line.index(word), line.index(word) + len(word))) for word in ("took", "held")]
    [False, True]
    """
    word = text[slice(*trigger)].lower()
    if word not in _LISTS["going on"]:
        return word in _LISTS["states"]
    return text.startswith("still ", max(0, trigger[0] - 6)) or _EVER_SINCE.match(text, trigger[1]) is not None
