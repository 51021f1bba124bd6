"""What the resolution model sees of a candidate: what it is, what stands beside the name, and what else is near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gazetteer.place import KINDS, Candidate
from geo.resolve.groups import Name
from geo.surfaces import HOW
from geo.trees import Floats
from geo.unit_words import KINDS_OF

NAMES = (
    "population", "kind", "match", "primary", "seat", "capital", "government", "curated",
    "prior", "prior_gap", "rank", "prior_share", "weight", "candidates", "how", "occurrences", "names",
    "unit_after", "country_after", "unit_after_other", "any_unit_after", "unit_before", "unit_of",
    "kind_asked", "kinds_asked", "dateline", "first", "short",
    "unit_here", "unit_near", "country_here", "country_near",
    "country_share", "admin1_share", "admin2_share", "country_top", "admin1_top", "country_gap", "admin1_gap",
    "country_named", "admin1_named", "within_50", "within_161", "within_500", "within_161_gap", "nearest",
    "countries", "domestic", "admin2_named", "beside_161", "beside_country",
)  # fmt: skip

EARTH_KM = 6371.0
_NEAR = tuple(math.cos(km / EARTH_KM) for km in (50, 161, 500))
# Places of these kinds have a point that says something about distance.
_POINTED = frozenset(KINDS) - {"continent", "country", "sea"}
# Candidates lighter than this say nothing about their document; the heaviest are kept where there are very many.
_LIGHT, _MOST_POINTS = 0.02, 600
_KIND = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Table:
    """The candidates of all names of a document, name after name, as columns.

    Attributes
    ----------
    static : numpy.ndarray of float32, shape (candidates, len(NAMES))
        The features that do not depend on the other names; the others are zero.
    name : numpy.ndarray of intp
        Position of each candidate's name.
    starts : numpy.ndarray of intp
        Where each name with candidates begins.
    share : numpy.ndarray of float64
        The weight of each candidate among its name's before any context; sums to 1 by name.
    unit : numpy.ndarray of float64, shape (candidates, 3)
        Points on the unit sphere.
    countries, admin1s, admin2s : numpy.ndarray of intp
        Numbers of the codes, -1 for none.
    beside : numpy.ndarray of bool, shape (names, names)
        Whether two names stand in one sentence somewhere; no name is beside itself.
    """

    static: Floats
    name: NDArray[np.intp]
    starts: NDArray[np.intp]
    share: NDArray[np.float64]
    mass: NDArray[np.float64]
    unit: NDArray[np.float64]
    pointed: NDArray[np.bool_]
    country: NDArray[np.intp]
    admin1: NDArray[np.intp]
    admin2: NDArray[np.intp]
    is_country: NDArray[np.bool_]
    is_admin1: NDArray[np.bool_]
    is_admin2: NDArray[np.bool_]
    beside: NDArray[np.bool_]


def table(found: Sequence[Name]) -> Table | None:
    """Lay out the candidates of a document; None where no name has any."""
    rows: list[list[float]] = []
    name: list[int] = []
    starts: list[int] = []
    share: list[float] = []
    mass: list[float] = []
    points: list[tuple[float, float]] = []
    pointed: list[bool] = []
    codes: tuple[list[int], list[int], list[int]] = ([], [], [])
    numbers: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
    for position, one in enumerate(found):
        if not one.candidates:
            continue
        starts.append(len(rows))
        priors = [candidate.prior for candidate in one.candidates]
        # 1.6: how steeply the likelihood of a namesake falls with its prior, from the training corpora.
        likelihood = [math.exp(1.6 * (prior - priors[0])) for prior in priors]
        total = sum(likelihood)
        weight = 1.0 + math.log(len(one.mentions))
        for rank, candidate in enumerate(one.candidates):
            place = candidate.place
            rows.append(_static(one, candidate, rank, likelihood[rank] / total, len(found)))
            name.append(position)
            share.append(likelihood[rank] / total)
            mass.append(weight)
            points.append((math.radians(place.lon), math.radians(place.lat)))
            pointed.append(place.kind in _POINTED)
            for column, known, code in zip(
                codes, numbers, (place.country_code, place.admin1_code, place.admin2_code), strict=True
            ):
                column.append(known.setdefault(code, len(known)) if code else -1)
    if not rows:
        return None
    lon, lat = np.array(points).T
    static = np.array(rows, dtype=np.float32)
    kind = static[:, _KIND_COLUMN]
    return Table(
        static=static,
        name=np.array(name, dtype=np.intp),
        starts=np.array(starts, dtype=np.intp),
        share=np.array(share),
        mass=np.array(mass),
        unit=np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1),
        pointed=np.array(pointed),
        country=np.array(codes[0], dtype=np.intp),
        admin1=np.array(codes[1], dtype=np.intp),
        admin2=np.array(codes[2], dtype=np.intp),
        is_country=kind == _KIND["country"],
        is_admin1=kind == _KIND["admin1"],
        is_admin2=kind == _KIND["admin2"],
        beside=_beside(found),
    )


def _beside(found: Sequence[Name]) -> NDArray[np.bool_]:
    """Tell for every pair of names whether a sentence holds both."""
    numbers = {number: at for at, number in enumerate(sorted(set().union(*(one.cues.sentences for one in found))))}
    held = np.zeros((len(found), max(len(numbers), 1)), dtype=np.float32)
    for position, one in enumerate(found):
        held[position, [numbers[number] for number in one.cues.sentences]] = 1.0
    together = held @ held.T > 0
    np.fill_diagonal(together, False)
    return together


def _static(one: Name, candidate: Candidate, rank: int, share: float, names: int) -> list[float]:
    place, cues, priors = candidate.place, one.cues, one.candidates
    own = {code for code in (place.admin1_code, place.admin2_code, place.country_code) if code}
    units = own - {place.country_code} if place.country_code else own
    if place.kind in ("admin1", "admin2"):
        # A unit says nothing of where a unit of the same name lies.
        units = units - {place.admin1_code if place.kind == "admin1" else place.admin2_code or ""}
    within = bool(own & cues.units_after)
    country = place.country_code in cues.countries_after
    any_unit = bool(cues.units_after or cues.countries_after)
    asked = any(place.kind in KINDS_OF[kind] for kind in cues.kinds)
    row = [0.0] * len(NAMES)
    row[:_FIRST_CONTEXTUAL] = [
        math.log10(place.population + 1),
        _KIND[place.kind],
        HOW.get(candidate.match, 1) + (candidate.match == "alternate") * 0.5,
        candidate.primary,
        place.feature_code == "PPLA",
        place.feature_code == "PPLC",
        place.government,
        place.id[:1] == "c",
        candidate.prior,
        priors[0].prior - candidate.prior,
        rank,
        share,
        share,
        math.log1p(len(priors)),
        one.surface.how,
        min(len(one.mentions), 10),
        math.log1p(names),
        within,
        country,
        any_unit and not within and not country,
        any_unit,
        bool(own & cues.units_before),
        bool(own & cues.units_of),
        asked if cues.kinds else -1.0,
        len(cues.kinds),
        cues.dateline,
        one.mentions[0] == 0,
        len(one.surface.key) <= 3,
        bool(units & cues.units_here),
        bool(units & cues.units_near),
        place.country_code in cues.units_here,
        place.country_code in cues.units_near,
    ]
    return row


def rows(table: Table, weight: NDArray[np.float64]) -> Floats:
    """Give the features of every candidate, given how likely each is thought to be.

    Parameters
    ----------
    table : Table
    weight : numpy.ndarray of float64, shape (candidates,)
        Sums to at most 1 by name: before any context `table.share`, after a first round that round's opinion.

    Returns
    -------
    numpy.ndarray of float32, shape (candidates, len(NAMES))
    """
    out = table.static.copy()
    heavy = np.where(weight >= _LIGHT, weight, 0.0) * table.mass
    columns: dict[str, NDArray[np.float64]] = {}
    for label, code in (("country", table.country), ("admin1", table.admin1), ("admin2", table.admin2)):
        share, top = _shares(table, code, heavy)
        columns[f"{label}_share"] = share
        if label != "admin2":
            columns[f"{label}_top"] = top
            columns[f"{label}_gap"] = np.maximum.reduceat(share, table.starts)[_group(table)] - share
    sure = np.where(weight > 0.5, table.mass, 0.0)
    columns["country_named"] = np.where(table.is_country, 0.0, _named(table.country, sure * table.is_country))
    columns["admin1_named"] = np.where(
        table.is_admin1 | table.is_country, 0.0, _named(table.admin1, sure * table.is_admin1)
    )
    columns["admin2_named"] = np.where(
        table.is_admin2 | table.is_admin1 | table.is_country, 0.0, _named(table.admin2, sure * table.is_admin2)
    )
    columns["beside_country"] = _beside_country(table, heavy)
    columns |= _distances(table, weight)
    columns["weight"] = weight
    for label, column in columns.items():
        out[:, NAMES.index(label)] = column
    totals = (
        np.bincount(table.country[table.country >= 0], heavy[table.country >= 0])
        if (table.country >= 0).any()
        else np.zeros(1)
    )
    out[:, NAMES.index("countries")] = np.log1p((totals > 0.5).sum())
    out[:, NAMES.index("domestic")] = totals.max() / max(totals.sum(), 0.5)
    return out


def _group(table: Table) -> NDArray[np.intp]:
    """Give for every candidate the position of its name among the names with candidates."""
    sizes = np.diff(np.append(table.starts, len(table.name)))
    return np.repeat(np.arange(len(table.starts)), sizes)


def _shares(
    table: Table, code: NDArray[np.intp], heavy: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give each candidate's unit its share of the document's weight, the candidate's own name left out."""
    known = code >= 0
    share = np.zeros(len(code))
    top = np.zeros(len(code))
    if not known.any():
        return share, top
    size = int(code.max()) + 1
    totals = np.bincount(code[known], heavy[known], minlength=size)
    pair = _group(table) * size + np.where(known, code, 0)
    _, where = np.unique(pair, return_inverse=True)
    own = np.bincount(where, np.where(known, heavy, 0.0))[where]
    rest = np.maximum(totals.sum() - table.mass, 0.5)
    share[known] = ((totals[code] - own) / rest)[known]
    top[known] = code[known] == int(totals.argmax())
    return share, top


def _named(code: NDArray[np.intp], mass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how much the document names the candidate's unit by its own name."""
    known = code >= 0
    out = np.zeros(len(code))
    if known.any():
        totals = np.bincount(code[known], mass[known], minlength=int(code.max()) + 1)
        out[known] = totals[code[known]]
    return out


def _beside_country(table: Table, heavy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the share of what the names of its sentences speak of that lies in the candidate's country."""
    known = table.country >= 0
    if not known.any():
        return np.zeros(len(table.name))
    size = int(table.country.max()) + 1
    by_name = np.zeros((len(table.beside), size))
    np.add.at(by_name, (table.name[known], table.country[known]), heavy[known])
    around = table.beside.astype(np.float64) @ by_name
    share = around / np.maximum(around.sum(axis=1, keepdims=True), 0.5)
    return np.where(known, share[table.name, np.where(known, table.country, 0)], 0.0)


def _distances(table: Table, weight: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Count the other names with a candidate near, by how likely that candidate is, and find the nearest likely one."""
    count = len(table.name)
    out = {label: np.zeros(count) for label in ("within_50", "within_161", "within_500")}
    beside = np.zeros(count)
    closest = np.full(count, -1.0)
    points = np.flatnonzero((weight >= _LIGHT) & table.pointed)
    if len(points) > _MOST_POINTS:
        points = np.sort(points[np.argsort(-weight[points], kind="stable")[:_MOST_POINTS]])
    if len(points):
        owner = table.name[points]
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        for begin in range(0, count, _CHUNK):
            part = slice(begin, begin + _CHUNK)
            cosine = table.unit[part] @ table.unit[points].T
            cosine[table.name[part, None] == owner] = -2.0
            for label, near in zip(out, _NEAR, strict=True):
                hit = np.where(cosine >= near, weight[points], 0.0)
                nearest = np.maximum.reduceat(hit, starts, axis=1)
                out[label][part] = nearest.sum(axis=1)
                if label == "within_161":
                    beside[part] = (nearest * table.beside[table.name[part, None], owner[starts]]).sum(axis=1)
            closest[part] = np.where(weight[points] > 0.3, cosine, -1.0).max(axis=1)
    out["within_161_gap"] = np.maximum.reduceat(out["within_161"], table.starts)[_group(table)] - out["within_161"]
    out["beside_161"] = beside
    out["nearest"] = np.log10(np.arccos(np.clip(closest, -1.0, 1.0)) * EARTH_KM + 1.0)
    return out


_CHUNK = 1024
_KIND_COLUMN = NAMES.index("kind")
_FIRST_CONTEXTUAL = NAMES.index("country_share")
