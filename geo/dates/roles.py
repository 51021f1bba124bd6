"""Roles: what a dated expression is for, as far as the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.dates.names import known_event, words
from geo.dates.rule import Hit
from geo.dates.stamps import Stamp
from geo.dates.story import heads_line
from geo.model import TimeRole

_REACH = 90  # characters on either side in which the words that give a role stand
_CLAUSE = re.compile(r"[.!?;\n]\s?")
_SINCE = re.compile(r"\b(?:[Ss]ince) (?:[\w'’-]+ ){0,8}$", re.IGNORECASE)
_FROM = re.compile(r"(?:ever )?since\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|by|before|up to|ahead of|no later than)\s+(?:(?:the|late|early|at least|around) )*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(?:(?:late |early |also )?on |by )?(?:the )?$", re.IGNORECASE)
_TOKEN = re.compile(r"[\w'’-]+|[,:()“”\"–—]")
_BULLETS, _CLOSING = " \t•*▪◦·–—-", " \t:–—-."
# How many words may part a word of telling from its day.
_APART = 9
# Who is told, or who says, may stand by name after these.
_WITH_NAMES = frozenset({"told", "said", "says"})


def headings(text: str, hits: Sequence[Hit]) -> frozenset[int]:
    """Give where the expressions begin that stand alone on a line and head what follows: "12th June", "• 23 March:".

    One alone is no chronology.
    """
    dated = (hit for hit in hits if hit.reading is not None and hit.reading.interval is not None)
    found = frozenset(hit.start for hit in dated if _alone(text, hit))
    return found if len(found) > 1 else frozenset()


def _alone(text: str, hit: Hit) -> bool:
    line, end = text.rfind("\n", 0, hit.start) + 1, text.find("\n", hit.end)
    after = text[hit.end : end if end != -1 else len(text)]
    return not text[line : hit.start].strip(_BULLETS) and not after.strip(_CLOSING)


def role_of(text: str, hit: Hit, heads: tuple[Stamp, ...], under: frozenset[int] = frozenset()) -> TimeRole:
    """Give the role of an expression that was read; empty for one that may well date what its sentence tells.

    Parameters
    ----------
    under : frozenset of int
        Where the expressions begin that head what follows: see `headings`.
    """
    for head in heads:
        if head.start < hit.end and hit.start < head.end:
            return head.kind
    if hit.start in under or heads_line(text, hit) is not None:
        return "stamp"
    if hit.rule.name.startswith("every"):
        return "repeated"
    before = _CLAUSE.split(text[max(0, hit.start - _REACH) : hit.start])[-1]
    if _SINCE.search(before) or _FROM.match(text, hit.start, hit.end):
        return "since"
    if _UNTIL.search(before):
        return "until"
    calendar = hit.reading is not None and (hit.reading.basis == "explicit" or hit.reading.yearless)
    if calendar and known_event(text, hit.start, hit.end):
        return "name"
    after = _CLAUSE.split(text[hit.end : hit.end + _REACH])[0]
    return "said" if _told_before(before) or (_OPENING.match(before) and _told_after(after)) else ""


def _told_before(before: str) -> bool:
    """Tell whether a word of telling leads up to the day: "told reporters in Kyiv on"."""
    lists = words()
    tokens = _TOKEN.findall(before)[-_APART:]
    named = announced = False
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        word = token.lower()
        if word in lists["telling"]:
            passive = any(other.lower() in lists["passive"] for other in tokens[max(0, index - 2) : index])
            return not passive and (not named or word in _WITH_NAMES)
        announced = announced or word in lists["announcements"]
        if word in lists["announcements"] or word in lists["means"] or word in lists["between"]:
            continue
        if not token[0].isupper():
            return announced
        named = True
    return announced


def _told_after(after: str) -> bool:
    """Tell whether the day opens a sentence that tells of a saying: "On Friday, the army said"."""
    lists = words()
    tokens = _TOKEN.findall(after)
    if tokens and tokens[0] == ",":
        tokens = tokens[1:]
    for index, token in enumerate(tokens[:_APART]):
        word = token.lower()
        if index and word in lists["telling"]:
            return tokens[index - 1].lower() not in lists["passive"]
        if not token[0].isalnum() or word in lists["subjects break"]:
            return False
    return False
