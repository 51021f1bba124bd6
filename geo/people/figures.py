"""Numbers of people as ranges: "at least 12", "dozens", "between 20 and 25", "no one"."""

from __future__ import annotations

import re

Range = tuple[int | None, int | None]

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
# A vague plural is at least two of its kind; "several" and "a few" at least three.
_VAGUE = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3, "a few": 3, "a handful": 3,
    "several hundred": 300, "several thousand": 3000, "several dozen": 36, "a couple": 2,
}  # fmt: skip
_NONE = ("no one", "nobody", "no-one", "no", "none")
_WORD = "|".join(sorted((*_UNITS, *_SCALES), key=len, reverse=True))
# "three to four hundred": the scale stands once for both.
_SHORT_LOW = rf"(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_ONE = rf"\b(?:\d[\d,]*\d|\d|(?:an? |half a )?(?:{_WORD})(?:[- ](?:and )?(?:{_WORD}))*)(?![\w.,]*\d)(?!\w)"
_LEAD = (
    r"\b(?:at least|more than|well over|over|no fewer than|no less than|upwards of|up to|as many as|fewer than|"
    r"less than|under|nearly|close to|at most|"
    r"almost|some|about|around|roughly|approximately|an estimated|only|just|a reported|a total of|a further|another)"
)
_MANY = rf"(?:tens of )?\b(?:{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\b(?: of)?"
NUMBER = (
    rf"(?:between {_ONE} and {_ONE}|from {_ONE} to {_ONE}|(?:{_LEAD} )*(?:{_SHORT_LOW} (?:or|to) {_ONE}|"
    rf"{_ONE} (?:or|to) {_ONE}|{_MANY}|{_ONE})|"
    r"\b(?:no one|nobody|no-one|none|no)\b)"
)
_AT_LEAST = re.compile(r"(?:at least|no fewer than|no less than)\b", re.IGNORECASE)
_MORE = re.compile(r"(?:more than|well over|over|upwards of)\b", re.IGNORECASE)
_AT_MOST = re.compile(
    r"(?:up to|as many as|at most|fewer than|less than|under|nearly|almost|close to)\b", re.IGNORECASE
)


def number(words: str) -> int | None:
    """Read one number in digits or words; None where it is none."""
    words = words.lower().replace(",", "").strip()
    if words.isdigit():
        return int(words)
    if words == "half a dozen":
        return 6
    total = current = 0
    for word in re.split(r"[\s-]+", words):
        if word in ("a", "an"):
            current = 1
        elif word in _UNITS:
            current += _UNITS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] == 1000:
                total, current = total + current, 0
        elif word != "and":
            return None
    return total + current or None


def figure(words: str) -> Range | None:
    """Read a number of people as a range; an open end is None.

    Examples
    --------
    >>> figure("at least 12"), figure("more than thirty"), figure("up to 60")
    ((12, None), (31, None), (None, 60))
    >>> figure("dozens of"), figure("four or five"), figure("nobody")
    ((24, None), (4, 5), (0, 0))
    >>> figure("three to four hundred"), figure("about a dozen")
    ((300, 400), (12, 12))
    """
    said = re.sub(r"\s+", " ", words.strip().lower())
    if said in _NONE:
        return 0, 0
    both = re.search(rf"(?P<low>{_ONE}) (?:and|or|to) (?P<high>{_ONE})$", said)
    if both and (said.startswith("between") or " or " in said or " to " in said):
        low, high = number(both["low"]), number(both["high"])
        if low is None or high is None:
            return None
        scale = next((_SCALES[word] for word in both["high"].split() if word in _SCALES), 1)
        low = low * scale if low < 100 and low * scale <= high and both["low"] in _UNITS else low
        return (low, high) if low <= high else None
    for word, least in sorted(_VAGUE.items(), key=lambda entry: -len(entry[0])):
        if re.search(rf"\b{word}\b", said):
            return (least * 10 if said.startswith("tens of") else least), None
    stated = re.search(rf"{_ONE}$|\ban?$", said)
    count = number(stated[0]) if stated else None
    if count is None:
        return None
    if _AT_LEAST.match(said):
        return count, None
    if _MORE.match(said):
        return count + 1, None
    if _AT_MOST.match(said):
        return None, count
    return count, count


def added(one: Range, other: Range) -> Range:
    """Add two figures of one list: "twelve civilians and a soldier"; an open end stays open."""
    low = None if one[0] is None and other[0] is None else (one[0] or 0) + (other[0] or 0)
    high = None if one[1] is None or other[1] is None else one[1] + other[1]
    return low, high
