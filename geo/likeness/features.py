"""The features of two reports: small named functions; a pair's row is the same whichever comes first."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from geo.likeness.report import STEM, WORD, Report, lists

_COMMON_WEIGHT = 0.4
_FINE = ("point", "town")
_CROWD = ("protest", "riot")
# Two tolls of one event may differ by this factor; from so many dead on, a like toll is a mark of the event.
_TOLLS_DIFFER, _MANY_DEAD = 2.0, 8
_RISEN = 1.05
_MOST = 4.0
_FAMILIES = {
    "attack": "killing", "shooting": "killing", "mine": "bomb", "missile strike": "shelling",
    "drone strike": "air strike", "overthrow": "coup", "arrest": "coup",
}  # fmt: skip


def _same_place(one: Report, other: Report) -> float:
    """Whether both stand at one place of the gazetteer."""
    return float(
        one.event.place is not None and other.event.place is not None and one.event.place.id == other.event.place.id
    )


def _same_name(one: Report, other: Report) -> float:
    """Whether both call the place the same."""
    return float(one.event.place_text.lower() == other.event.place_text.lower())


def _wider(one: Report, other: Report) -> float:
    """Whether one is told of a whole area."""
    return float(any(report.event.place and report.event.place.precision not in _FINE for report in (one, other)))


def _one_day(report: Report) -> date | None:
    event = report.event
    return event.date_start if event.date_start == event.date_end else None


def _vague_days(one: Report, other: Report) -> float:
    """Whether they are not both of one and the same day."""
    return float(_one_day(one) is None or _one_day(one) != _one_day(other))


def _same_type(one: Report, other: Report) -> float:
    return float(one.event.type == other.event.type)


def _crowd_or_not(one: Report, other: Report) -> float:
    """Whether one tells of a crowd and the other of an armed deed."""
    return float((one.event.type in _CROWD) != (other.event.type in _CROWD))


def _families(one: Report, other: Report) -> tuple[str | None, str | None]:
    # A shelling is no car bomb, but a killing may be a shooting; what is only called a battle says no more.
    first, second = (
        "battle" if report.event.type == "battle" else _FAMILIES.get(report.event.sub_type or "", report.event.sub_type)
        for report in (one, other)
    )
    return first, second


def _same_family(one: Report, other: Report) -> float:
    """Whether both name one kind of deed."""
    first, second = _families(one, other)
    return float(first is not None and first == second)


def _other_family(one: Report, other: Report) -> float:
    """Whether they name different kinds of deed."""
    first, second = _families(one, other)
    return float(first is not None and second is not None and first != second)


def _alike(one: Report, other: Report) -> float:
    """The share of common words (Dice coefficient); words of most reports of violence weigh less."""

    def weight(words: frozenset[str]) -> float:
        # Counted, not summed word by word: a set's order must not decide the last digit, on which a group may hang.
        common = len(words & lists()["common"])
        return len(words) - common + _COMMON_WEIGHT * common

    either = weight(one.words) + weight(other.words)
    return 2 * weight(one.words & other.words) / either if either else 0.0


def _telling_words(one: Report, other: Report) -> float:
    """How many words they share that are not in most reports of violence."""
    return min(float(len((one.words & other.words) - lists()["common"])), _MOST)


def _brevity(one: Report, other: Report) -> float:
    """Whether the shorter has few words of its own, so that little can be shared."""
    least = min(len(report.words - lists()["common"]) for report in (one, other))
    return 1.0 / (1.0 + least)


def _same_thing(one: Report, other: Report) -> float:
    """Whether both name one kind of thing that was hit."""
    return float(bool(one.things & other.things))


def _other_thing(one: Report, other: Report) -> float:
    """Whether they name different things that were hit."""
    return float(bool(one.things and other.things) and not one.things & other.things)


def _same_means(one: Report, other: Report) -> float:
    return float(bool(one.means & other.means))


def _other_means(one: Report, other: Report) -> float:
    return float(bool(one.means and other.means) and not one.means & other.means)


def _told_apart(one: Report, other: Report) -> float:
    """Whether one is told from others of its day ("a second blast")."""
    return float(one.another or other.another)


def _recalled(one: Report, other: Report) -> float:
    """Whether one speaks of the event as known."""
    return float(one.recalls or other.recalls)


def _tolls_apart(one: Report, other: Report) -> float:
    """By how much two figures of dead differ, as a logarithm."""
    return min(abs(math.log(one.dead / other.dead)), _MOST) if one.dead and other.dead else 0.0


def _many_dead(one: Report, other: Report) -> float:
    """Whether both name many dead, and about as many."""
    few, many = sorted((one.dead, other.dead))
    return float(few >= _MANY_DEAD and many <= _TOLLS_DIFFER * few)


def _toll_falls(one: Report, other: Report) -> float:
    """Whether the later report names fewer dead."""
    early, late = sorted((one, other), key=lambda report: report.published)
    return float(early.published < late.published and bool(late.dead) and early.dead > _RISEN * late.dead)


def _only_wounded(one: Report, other: Report) -> float:
    """Whether one names dead, the other only wounded."""
    first, second = sorted((one, other), key=lambda report: report.dead)
    return float(not first.dead and bool(first.event.wounded_low) and bool(second.dead))


def _same_party(one: Report, other: Report) -> float:
    """Whether a word of those who did it or suffered it is shared."""
    first, second = (
        {STEM.sub("", word) for word in WORD.findall(f"{report.event.actor} {report.event.target}".lower())} - {"none"}
        for report in (one, other)
    )
    return float(bool(first & second))


def _days_between(one: Report, other: Report) -> float:
    """The days between the two articles, as a logarithm."""
    return math.log1p(min(abs((one.published - other.published).days), 365))


FEATURES: tuple[tuple[str, Callable[[Report, Report], float]], ...] = (
    ("same place", _same_place),
    ("same name", _same_name),
    ("wider place", _wider),
    ("vague days", _vague_days),
    ("same type", _same_type),
    ("crowd or not", _crowd_or_not),
    ("same family", _same_family),
    ("other family", _other_family),
    ("alike", _alike),
    ("telling words", _telling_words),
    ("brevity", _brevity),
    ("same thing", _same_thing),
    ("other thing", _other_thing),
    ("same means", _same_means),
    ("other means", _other_means),
    ("told apart", _told_apart),
    ("recalled", _recalled),
    ("tolls apart", _tolls_apart),
    ("many dead", _many_dead),
    ("toll falls", _toll_falls),
    ("only wounded", _only_wounded),
    ("same party", _same_party),
    ("days between", _days_between),
)


def row(one: Report, other: Report) -> list[float]:
    """Give the features of a pair, in the order of `FEATURES`; the order of the two does not matter."""
    return [feature(one, other) for _, feature in FEATURES]
