"""How likely two reports tell of the same event: small named features, weighed by a logistic regression.

Whether they may at all (place, days, kind) is decided in `geo.incidents`. Here their words are compared: what was hit,
with what, by whom, how many died, and whether one of them speaks of it as known. No weight depends on other articles.
The weights are `data/models/likeness.csv`, made by ``python -m geo train incidents``.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.lexicon import DIRECTORY, read_lists
from geo.model import Event
from geo.tables import read_table
from geo.weights import ModelMissingError, ModelOutdatedError

MODEL = Path(__file__).resolve().parent.parent / "data" / "models" / "likeness.csv"
COLUMNS = ("feature", "weight")
_BIAS = "bias"
_WORD = re.compile(r"[a-z]{4,}")
_TOKEN = re.compile(r"[a-z]+(?:'s)?")
_STEM = re.compile(r"(?:ings?|ed|es|s|ers?)$")
_COMMON_WEIGHT = 0.4
_FINE = ("point", "town")
_CROWD = ("protest", "riot")
# Two tolls of one event may differ by this factor; from so many dead on, a like toll is a mark of the event.
_TOLLS_DIFFER, _MANY_DEAD = 2.0, 8
_RISEN = 1.05
_MOST = 4.0
# How far before its noun an article or a possessive may stand: "the second, deadlier attack".
_LEAD = 3
# So much of what follows an event's sentence still tells of it, up to the next event's.
_FOLLOWING = 240
_FAMILIES = {
    "attack": "killing", "shooting": "killing", "mine": "bomb", "missile strike": "shelling",
    "drone strike": "air strike", "overthrow": "coup", "arrest": "coup",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one article tells it, with what its sentence says.

    Attributes
    ----------
    words : frozenset of str
        Stems, without the place's name and what says nothing of which event is meant.
    things, means : frozenset of str
        What was hit or where it happened, and with what, as kinds.
    recalls : bool
        Whether the sentence speaks of the event as known, or of the days after.
    another : bool
        Whether it tells it from others of that day.
    """

    event: Event
    article: str
    published: date
    words: frozenset[str]
    things: frozenset[str]
    means: frozenset[str]
    recalls: bool
    another: bool

    @classmethod
    def of(cls, event: Event, text: str, *, article: str, published: date, end: int) -> Report:
        """Read what is said of an event; `text` is the article's, to be read to `end` at the most."""
        stop = max(event.sentence_end, min(end, event.sentence_end + _FOLLOWING))
        said = text[event.sentence_start : stop].lower()
        lists = _lists()
        # The place is compared as such: its name shows only that both are there.
        place = f"{event.place_text} {event.place.name if event.place else ''}".lower()
        named = set(_TOKEN.findall(place))
        tokens = _TOKEN.findall(said)
        # What is hit may be the place itself ("the Al-Quds hospital"), but no town is ("Port-au-Prince").
        town = event.place.name.lower() if event.place and event.place.precision != "point" else ""
        free = [token for token in tokens if token not in _TOKEN.findall(town)]
        words = {
            _STEM.sub("", word) for word in _WORD.findall(said) if word not in named and word not in lists["empty"]
        }
        return cls(
            event,
            article,
            published,
            frozenset(words - lists["empty"]),
            frozenset(
                kind
                for token in free
                for kind in (_targets().get(token), _targets().get(token.removesuffix("s")))
                if kind
            ),
            frozenset(_means()[token] for token in free if token in _means()),
            _recalls(tokens),
            not lists["another"].isdisjoint(tokens),
        )

    @property
    def dead(self) -> int:
        """How many died, at the least; 0 where nothing is said."""
        return self.event.killed_low or self.event.killed_high or 0


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return read_lists(DIRECTORY / "incidents.txt")


@functools.cache
def _targets() -> dict[str, str]:
    return _kinds("incident_targets.txt")


@functools.cache
def _means() -> dict[str, str]:
    return _kinds("incident_weapons.txt")


def _kinds(name: str) -> dict[str, str]:
    return {word: kind for kind, words in read_lists(DIRECTORY / name).items() for word in words}


def _recalls(tokens: list[str]) -> bool:
    lists = _lists()
    if not lists["afterwards"].isdisjoint(tokens):
        return True
    return any(
        token in lists["happening"]
        and any(lead in ("the", "that", "this") or lead.endswith("'s") for lead in tokens[max(0, at - _LEAD) : at])
        for at, token in enumerate(tokens)
    )


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
        return sum(_COMMON_WEIGHT if word in _lists()["common"] else 1.0 for word in words)

    either = weight(one.words) + weight(other.words)
    return 2 * weight(one.words & other.words) / either if either else 0.0


def _telling_words(one: Report, other: Report) -> float:
    """How many words they share that are not in most reports of violence."""
    return min(float(len((one.words & other.words) - _lists()["common"])), _MOST)


def _brevity(one: Report, other: Report) -> float:
    """Whether the shorter has few words of its own, so that little can be shared."""
    least = min(len(report.words - _lists()["common"]) for report in (one, other))
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
        {_STEM.sub("", word) for word in _WORD.findall(f"{report.event.actor} {report.event.target}".lower())}
        - {"none"}
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


@functools.cache
def weights(path: Path = MODEL) -> tuple[tuple[float, ...], float]:
    """Read the weights of `FEATURES`, in their order, and the bias.

    Raises
    ------
    ModelMissingError, ModelOutdatedError
        Where there are none, or where they are those of other features.
    geo.lexicon.LexiconError
        For a file that is no such table.
    """
    if not path.exists():
        raise ModelMissingError(f"{path}: there is no model. Make it again with: python -m geo train incidents")
    found = {entry["feature"]: float(entry["weight"]) for _, entry in read_table(path, COLUMNS)}
    if list(found) != [_BIAS, *(name for name, _ in FEATURES)]:
        fault = "the model was made for other features"
        raise ModelOutdatedError(f"{path}: {fault}. Make it again with: python -m geo train incidents")
    return tuple(found[name] for name, _ in FEATURES), found[_BIAS]


def probability(one: Report, other: Report) -> float:
    """Give the probability, 0 to 1, that two reports whose place, days and kind agree tell of the same event."""
    each, bias = weights()
    odds = bias + sum(weight * value for weight, value in zip(each, row(one, other), strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
