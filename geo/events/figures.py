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
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "several": 3, "a few": 3, "a handful": 3}
_NONE = ("no one", "nobody", "no-one", "no", "none")
_WORD = "|".join(sorted((*_UNITS, *_SCALES), key=len, reverse=True))
_ONE = rf"\b(?:\d[\d,]*|(?:an? |half a )?(?:{_WORD})(?:[- ](?:and )?(?:{_WORD}))*)"
_LEAD = (
    r"(?:at least|more than|over|no fewer than|no less than|upwards of|up to|as many as|fewer than|"
    r"less than|under|nearly|"
    r"almost|some|about|around|roughly|approximately|an estimated|only|just)"
)
_MANY = rf"(?:tens of )?(?:{'|'.join(_VAGUE)})(?: of)?"
NUMBER = (
    rf"(?:between {_ONE} and {_ONE}|(?:{_LEAD} )?(?:{_ONE} (?:or|to) {_ONE}|{_ONE}|{_MANY})|"
    r"no one|nobody|no-one|none|no|an?)"
)
_AT_LEAST = re.compile(r"(?:at least|no fewer than|no less than)\b", re.IGNORECASE)
_MORE = re.compile(r"(?:more than|over|upwards of)\b", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:up to|as many as|fewer than|less than|under|nearly|almost)\b", re.IGNORECASE)


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
    """
    said = re.sub(r"\s+", " ", words.strip().lower())
    if said in _NONE:
        return 0, 0
    both = re.search(rf"(?P<low>{_ONE}) (?:and|or|to) (?P<high>{_ONE})$", said)
    if both and (said.startswith("between") or " or " in said or " to " in said):
        low, high = number(both["low"]), number(both["high"])
        return (low, high) if low is not None and high is not None and low <= high else None
    for word, least in _VAGUE.items():
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
