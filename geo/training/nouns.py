"""Teaches which of the places named before it a noun stands for, from nouns annotated in our own passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo.model import Mention
from geo.resolve.antecedents import COLUMNS, FEATURES, MODEL, Antecedents
from geo.resolve.nominal import fits, phrases
from geo.text import sentences
from geo.toponyms import toponyms
from geo.training.corpus import CorpusError
from geo.training.reader.marks import READING, texts
from geo.trees import Floats

NOUNS = READING / "nouns.tsv"
# So near the meant place another is as good an answer, in km.
NEAR_KM = 20.0
# Strength of the penalty on the squares of the weights, and when they count as settled.
_PENALTY, _STEPS, _SETTLED = 1.0, 60, 1e-6
_CELLS = 4


@dataclass(frozen=True, slots=True)
class Annotated:
    """A noun of a passage and the name of what it stands for.

    Attributes
    ----------
    line : int
        Where it stands in its file.
    passage : str
        Id of the passage, as `geo.training.reader.marks.texts` gives it.
    nth : int
        Which of the places where its words stand in the passage, from 1 on.
    """

    line: int
    passage: str
    words: str
    nth: int
    name: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The features of the places that a noun may stand for, and which are right."""

    passage: str
    rows: Floats
    right: NDArray[np.bool_]


def annotated(path: Path = NOUNS) -> Iterator[Annotated]:
    """Read the annotation: rows of passage, noun, which one, and name, parted by tabs.

    Raises
    ------
    CorpusError
        For a row that makes no sense; it names file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != _CELLS or not cells[2].isdigit():
            raise CorpusError(f"{path}:{number}: a row has a passage, a noun, its number and a name")
        yield Annotated(number, cells[0], cells[1], int(cells[2]), cells[3])


def lessons(gazetteer: Gazetteer, path: Path = NOUNS) -> Iterator[Meant]:
    """Lay out what is annotated, passage by passage.

    Raises
    ------
    CorpusError
        For a noun or a name that does not stand in its passage; it names file and line.
    """
    asked: dict[str, list[Annotated]] = {}
    for one in annotated(path):
        asked.setdefault(one.passage, []).append(one)
    files = sorted({name.partition(":")[0] for name in asked})
    bare = {name: text for file in files for name, text in texts(READING / f"{file}.txt")}
    for name, nouns in asked.items():
        if name not in bare:
            raise CorpusError(f"{path}:{nouns[0].line}: no passage {name!r}")
        found = toponyms(bare[name], gazetteer).sure
        for one in nouns:
            lesson = laid_out(one, bare[name], found, gazetteer, path=path)
            if lesson is not None:
                yield lesson


def laid_out(one: Annotated, text: str, found: Sequence[Mention], gazetteer: Gazetteer, *, path: Path) -> Meant | None:
    """Give the places that a noun may stand for; None where the right one is not among the names found.

    Raises
    ------
    CorpusError
        For a noun or a name that does not stand in its passage.
    """
    spots = [phrase for phrase in phrases(text, found) if phrase.text == one.words]
    if len(spots) < one.nth or one.name not in text:
        raise CorpusError(f"{path}:{one.line}: {one.words!r} or {one.name!r} does not stand in {one.passage}")
    phrase = spots[one.nth - 1]
    before = Antecedents(text, sentences(text), found, gazetteer)
    named = before.named(phrase.weighed(), [name for name in found if fits(name, phrase.kinds)])
    meant = next((each.place for each in named if any(name.text == one.name for name in each.mentions)), None)
    if meant is None:
        return None
    far = [great_circle_km(each.place.lon, each.place.lat, meant.lon, meant.lat) for each in named]
    rows = np.array(before.rows(phrase.weighed(), named), dtype=np.float32)
    return Meant(one.passage, rows, np.array(far) <= NEAR_KM)


def fit(given: Sequence[Meant], say: Callable[[str], None] = print) -> tuple[float, ...]:
    """Fit the weights of `FEATURES`: those under which the right places are likeliest among all (Newton's method).

    Deterministic: the same nouns give the same weights.
    """
    say(f"{len(given)} nouns, {sum(len(one.right) for one in given)} places weighed")
    weights = np.zeros(len(FEATURES))
    for _ in range(_STEPS):
        slope, bend = -_PENALTY * weights, -_PENALTY * np.eye(len(weights))
        for one in given:
            rows = one.rows.astype(np.float64)
            shares = _shares(rows @ weights)
            right = shares * one.right
            mean = shares @ rows
            slope += right / right.sum() @ rows - mean
            bend -= (rows.T * shares) @ rows - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < _SETTLED:
            break
    return tuple(float(weight) for weight in weights)


def share_right(given: Sequence[Meant], weights: Sequence[float]) -> float:
    """Give the share of nouns whose likeliest place is right."""
    each = np.array(weights)
    return sum(bool(one.right[int((one.rows @ each).argmax())]) for one in given) / max(1, len(given))


def write(weights: Sequence[float], path: Path = MODEL) -> Path:
    """Write the weights as the table that `geo.resolve.antecedents` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [",".join(COLUMNS), *(f"{name},{weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True))]
    path.write_text("# Made by: conflict-map train nouns\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def _shares(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(odds - odds.max())
    shares: NDArray[np.float64] = raised / raised.sum()
    return shares
