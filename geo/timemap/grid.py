r"""Counts instead of events: what a browser gets where the events are too many for it.

An answer is packed columns as `geo.timemap.packed` writes them, of which a row stands for ``count`` events of one cell,
type, status and tier, whose days begin in one stretch of time and end in one. In the tiles that are looked at cells are
places, or squares of `SQUARES` pixels where places are many; beyond them they are sixteenths of the world. Regions,
seas and countries are never put together. A row's days are the first of the stretch in which its events begin and the
last of that in which they end: a window that holds both holds all of them. Stretches are days, weeks, months, quarters
or years, as narrow as `MOST_ROWS` allow; the window that is looked at cuts them, so that at rest every number is exact.
Where few events lie in the tiles each is a row of its own, with its id.

Columns beside those of `packed`:

================ ==== ==============================================================================================
``count``        u4   events of the row
``width``        u1   of their dates: 0 a day; 1 up to a week; 2 more
``day``          i4   days on which events with a date of one day lie, a value each day and type
``day_type``     u1
``day_count``    u4   how many, wherever they are
================ ==== ==============================================================================================

``published_start`` and ``published_end`` are the same bytes as ``date_start`` and ``date_end``: an answer knows the
days of one axis. The table's ``grid`` holds ``level``, ``tiles``, ``axis``, ``window``, ``mode`` (what was asked),
``bin`` (the stretch), ``own`` (whether the events in the tiles are rows of their own), ``statuses`` (how many events
have each status, whatever is filtered), ``span`` (first and last day of each axis), ``years`` (in which something is
dated, by axis) and ``vague`` (dates too wide to say so, by axis: ``[first, last]``). ``places`` has ``more``, how many
other places a cell stands for, and the table ``members``: their ids by the cell's row, the busiest first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import model
from geo.query import AXES
from geo.query.view import Axis
from geo.timemap import coding, stretches
from geo.timemap.counting import COLUMNS, KINDS, WIDTHS, Rows, fits, passes, together
from geo.timemap.part import Part, mercator
from geo.timemap.stretches import Bin

MOST_ROWS = 400_000  # of counts; a browser goes through a million in a frame
MOST_OWN = 20_000  # events in the tiles that are rows of their own
MOST_PLACES = 600  # in the tiles that are cells of their own: the map draws as many marks (marks.js)
MOST_MEMBERS = 100  # ids of a cell: as many as a link of marked places holds
SQUARES = (16, 32, 64, 128)  # pixels of a cell's side at its level
_TILE = 256
_BEYOND = 16  # cells round the world beyond the tiles
_WEEK = 7  # days: a wider date says nothing of the same days in every year (counts.js)
_MOST_BASES = 3
# From fine to coarse: sides of squares and stretches of time. Of many events it begins in the middle, and goes on to
# what is finer while much less than the most comes of it.
_LADDER: tuple[tuple[int, Bin], ...] = (
    (16, "day"), (16, "week"), (16, "month"), (16, "quarter"),
    (32, "quarter"), (32, "year"), (64, "year"), (128, "year"),
)  # fmt: skip
_MIDDLE = 2
_FINER = {1: 4, 0: 6}  # so many times as many rows a finer step may have


@dataclass(frozen=True, slots=True)
class Chosen:
    """The events that pass the filters and have days on an axis, of whatever place.

    Attributes
    ----------
    kept
        A mask over the events.
    busy
        How many lie at each place; the last value those without one.
    days
        The columns ``day``, ``day_type`` and ``day_count``.
    axis
        Whose days count.
    filtered
        Whether a filter that the map does not know of keeps some out.
    bases
        What was counted of the last few parts of the world: another window costs what it cuts only.
    """

    kept: NDArray[np.bool_]
    busy: NDArray[np.int64]
    days: Mapping[str, NDArray[Any]]
    axis: Axis
    filtered: bool
    bases: dict[Any, _Base] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class _Cells:
    """What lies together: the cell of each place, and the places by cell, the busiest first."""

    of: NDArray[np.int64]
    leading: NDArray[np.int64]
    sizes: NDArray[np.int64]
    order: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Base:
    """What was counted of a part of the world, whatever the window, and the edges of the stretches."""

    rows: Rows
    cells: _Cells
    bin: Bin
    edges: NDArray[np.int64]


class Grid:
    """The columns of all events that counts are made of: 13 bytes an event, 8 more once the other axis is asked for.

    Parameters
    ----------
    frame
        As of `geo.timemap.packed.pack`. It is kept for the ids of single events, and not changed.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame
        order = np.arange(len(frame))
        place, self.places = coding.places(frame, order)
        self.count = len(self.places["id"])  # of places
        self._place = np.where(place == coding.NOWHERE, self.count, place).astype(np.int32)
        kinds = [
            coding.codes(frame, "type", model.EVENT_TYPES, None),
            coding.codes(frame, "status", model.STATUSES, "reported"),
            coding.codes(frame, "tier", model.TIERS, "A"),
        ]
        corrected = coding.corrected(frame, order).get("corrected", np.zeros(len(frame), np.uint8))
        self._kind = ((kinds[0] * len(model.STATUSES) + kinds[1]) * len(model.TIERS) + kinds[2]) * 2 + corrected
        self._statuses = np.bincount(kinds[1], minlength=len(model.STATUSES)).tolist()
        self._corrected = bool(corrected.any())
        self._days: dict[Axis, tuple[NDArray[np.int32], NDArray[np.int32]]] = {}
        self._told: dict[str, Any] = {name: {axis: of(*self._interval(axis)) for axis in AXES} for name, of in _AXES}
        del self._days["reported"]  # made anew where somebody looks at it
        lon, lat = (np.array(self.places[name], dtype=np.float64) for name in ("lon", "lat"))
        self._x, self._y = mercator(lon, lat)
        self._drawn = np.isin(np.array(self.places["precision"], dtype=object), ["town", "point"])
        self._facility = np.array(self.places["precision"], dtype=object) == "point"

    def __len__(self) -> int:
        return len(self._place)

    def _interval(self, axis: Axis) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        if axis not in self._days:
            start, end = coding.interval(self._frame, axis)
            self._days[axis] = start.astype(np.int32), end.astype(np.int32)
        return self._days[axis]

    def choose(
        self, kept: NDArray[np.bool_] | None = None, *, axis: Axis = "happened", filtered: bool = False
    ) -> Chosen:
        """Choose events.

        Parameters
        ----------
        kept
            A mask over the events; None chooses all.
        filtered
            See `Chosen`.
        """
        start, end = self._interval(axis)
        dated = start != coding.NO_DAY
        kept = dated if kept is None else kept & dated
        first = int(start[kept].min()) if kept.any() else 0
        busy = np.zeros(self.count + 1, dtype=np.int64)
        types = len(model.EVENT_TYPES)
        days, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for part in passes(len(kept)):
            rows = kept[part]
            busy += np.bincount(self._place[part][rows], minlength=self.count + 1)
            single = rows & (start[part] == end[part])
            type_ = (self._kind[part][single] // (KINDS // types)).astype(np.int64)
            told = np.unique((start[part][single].astype(np.int64) - first) * types + type_, return_counts=True)
            for parts, values in zip((days, numbers), told, strict=True):
                parts.append(values)
        found, where = np.unique(np.concatenate(days), return_inverse=True)
        counts = np.bincount(where, np.concatenate(numbers), minlength=len(found)).astype(np.int64)
        columns = {"day": found // types + first, "day_type": found % types, "day_count": counts}
        return Chosen(kept, busy, columns, axis, filtered)

    def pack(self, chosen: Chosen, part: Part) -> bytes:
        """Give the counts of what was chosen, for one part of world and time; not compressed.

        Raises
        ------
        ValueError
            `part` is about another axis than `chosen`.
        """
        if part.axis != chosen.axis:
            raise ValueError(f"events were chosen on the axis {chosen.axis!r}, not {part.axis!r}")
        inside = part.holds(self._x, self._y)
        town = np.append(self._drawn & inside, False)
        own = int(chosen.busy[town].sum()) <= MOST_OWN
        among = int((chosen.busy[town] > 0).sum()) <= MOST_PLACES
        counted = chosen.kept if not own else chosen.kept & ~town[self._place]
        key = (part.level, part.tiles)
        if key not in chosen.bases:
            chosen.bases[key] = self._counted(chosen, counted, part, inside=inside, apart=(own, among))
            for old in list(chosen.bases)[:-_MOST_BASES]:
                chosen.bases.pop(old, None)
        rows, cells, bin_ = self._cut(chosen.bases[key], counted, part)
        single = np.flatnonzero(chosen.kept & town[self._place]) if own else np.empty(0, np.intp)
        return self._written(chosen, part, cells, rows, single=single, bin_=bin_, own=own)

    def _counted(
        self,
        chosen: Chosen,
        kept: NDArray[np.bool_],
        part: Part,
        *,
        inside: NDArray[np.bool_],
        apart: tuple[bool, bool],
    ) -> _Base:
        """Count in cells as small and stretches as short as the most rows allow, whatever the window.

        `apart`: whether the places in the tiles are cells of their own, always and as long as that can be.
        """
        start, end = self._interval(part.axis)
        number = int(np.count_nonzero(kept))
        first, last = (int(start[kept].min()), int(end[kept].max())) if number else (0, 0)

        def cells_of(step: int) -> _Cells:
            side = _LADDER[step][0]
            alone = inside & (apart[0] or (apart[1] and side == SQUARES[0]))
            return self._cells(chosen, part, inside=inside, alone=alone, side=side)

        def counted(step: int, cells: _Cells) -> Rows | None:
            edges = stretches.edges(_LADDER[step][1], first, last)
            return self._merged(kept, cells, edges, part.axis) if fits(len(cells.leading), edges) else None

        step = 0 if number <= MOST_ROWS else _MIDDLE
        cells = cells_of(step)
        while (rows := counted(step, cells)) is None:  # too many days for numbers of 64 bits
            step += 1
        while len(rows.count) > MOST_ROWS and step + 1 < len(_LADDER):
            step += 1
            # Cells and stretches of a coarser step are made of whole ones of the finer.
            coarser = cells_of(step)
            edges = stretches.edges(_LADDER[step][1], first, last)
            rows, cells = together(coarser.of[cells.leading[rows.cell]], rows, edges), coarser
        while step in (1, 2) and number > MOST_ROWS and len(rows.count) * _FINER[step - 1] <= MOST_ROWS:
            finer = counted(step - 1, cells)
            if finer is None or len(finer.count) > MOST_ROWS:
                break
            rows, step = finer, step - 1
        bin_ = _LADDER[step][1]
        return _Base(rows, cells, bin_, stretches.edges(bin_, first, last))

    def _cut(self, base: _Base, kept: NDArray[np.bool_], part: Part) -> tuple[Rows, _Cells, Bin]:
        """Count anew what begins or ends in a stretch that the window begins or ends in: by the parts that it cuts."""
        edges, first, last = base.edges, int(base.edges[0]), int(base.edges[-1]) - 1
        cuts = np.unique([cut for cut in stretches.cuts(part, first, last) if first < cut <= last]).astype(np.int64)
        cuts = cuts[edges[np.searchsorted(edges, cuts)] != cuts]
        if not len(cuts) or not len(base.rows.count):
            return base.rows, base.cells, base.bin
        touched = np.zeros(len(edges) - 1, dtype=bool)
        touched[np.searchsorted(edges, cuts) - 1] = True
        by_day = np.repeat(touched, np.diff(edges))
        start, end = self._interval(part.axis)
        again = np.zeros(len(kept), dtype=bool)
        for stretch in passes(len(kept)):
            rows = np.flatnonzero(kept[stretch])
            again[stretch][rows] = by_day[start[stretch][rows] - first] | by_day[end[stretch][rows] - first]
        whole = ~(by_day[base.rows.start - first] | by_day[base.rows.end - first])
        counted = self._merged(again, base.cells, np.sort(np.concatenate([edges, cuts])), part.axis)
        every = (np.concatenate([getattr(base.rows, name)[whole], getattr(counted, name)]) for name in COLUMNS)
        return Rows(*every), base.cells, base.bin

    def _cells(
        self, chosen: Chosen, part: Part, *, inside: NDArray[np.bool_], alone: NDArray[np.bool_], side: int
    ) -> _Cells:
        """Put places together, those in the tiles by squares of `side` pixels; some stay alone."""
        numbers = np.arange(self.count)
        finest, coarse = 2**part.level * (_TILE // side), _BEYOND
        squares = np.where(inside, finest, coarse)
        across, down = ((value * squares).astype(np.int64) for value in (self._x % 1, self._y))
        key = ((across * 2**24 + down) * 2 + inside) * 2 + self._facility
        key = np.where(alone | ~self._drawn | (chosen.busy[: self.count] == 0), -1 - numbers, key)
        # The busiest first: it gives the cell its name and its point.
        order = np.lexsort((numbers, -chosen.busy[: self.count], key))
        heads = np.flatnonzero(np.diff(key[order], prepend=key[order][:1] - 1))
        of = np.empty(self.count + 1, dtype=np.int64)
        sizes = np.diff(np.append(heads, self.count))
        of[order] = np.repeat(np.arange(len(heads)), sizes)
        of[self.count] = len(heads)
        leading = np.append(order[heads], self.count)
        return _Cells(of, leading, np.append(sizes, 1), order)

    def _merged(self, kept: NDArray[np.bool_], cells: _Cells, edges: NDArray[np.int64], axis: Axis) -> Rows:
        start, end = self._interval(axis)
        parts = []
        for part in passes(len(kept)):
            rows = np.flatnonzero(kept[part])
            first, last = (days[part][rows].astype(np.int64) for days in (start, end))
            width = np.where(first == last, 0, np.where(last - first <= _WEEK, 1, 2))
            kind = self._kind[part][rows].astype(np.int64) * WIDTHS + width
            cell = cells.of[self._place[part][rows]]
            parts.append(together(cell, Rows(cell, kind, first, last, np.ones(0, np.int64)), edges))
        if len(parts) == 1:
            return parts[0]
        every = Rows(*(np.concatenate([getattr(one, name) for one in parts]) for name in COLUMNS))
        return together(every.cell, every, edges)

    def _written(
        self, chosen: Chosen, part: Part, cells: _Cells, rows: Rows, *, single: NDArray[np.intp], bin_: Bin, own: bool
    ) -> bytes:
        start, end = self._interval(part.axis)
        kinds = self._kind[single].astype(np.int64) * WIDTHS
        first, last = start[single].astype(np.int64), end[single].astype(np.int64)
        kinds += np.where(first == last, 0, np.where(last - first <= _WEEK, 1, 2))
        one = Rows(cells.of[self._place[single]], kinds, first, last, np.ones(len(single), np.int64))
        both = (np.concatenate([getattr(one, name), getattr(rows, name)]) for name in COLUMNS)
        cell, kind, first, last, count = both
        used, place = np.unique(cell, return_inverse=True)
        nowhere = len(cells.leading) - 1
        at = used[used != nowhere]
        order = np.argsort(first, kind="stable")
        kind, width = np.divmod(kind, WIDTHS)
        kind, corrected = np.divmod(kind, 2)
        kind, tier = np.divmod(kind, len(model.TIERS))
        type_, status = np.divmod(kind, len(model.STATUSES))
        columns: dict[str, NDArray[Any]] = {
            "date_start": first, "date_end": last, "type": type_, "status": status, "tier": tier, "count": count,
            "width": width, "place": np.where(cell == nowhere, coding.NOWHERE, place),
        }  # fmt: skip
        if self._corrected:
            columns["corrected"] = corrected
        columns = {name: values[order] for name, values in columns.items()}
        columns["article"] = np.full(len(order), coding.NOWHERE)
        halves = coding.halves(self._frame["id"].iloc[single]) if "id" in self._frame.columns and len(single) else None
        if halves is not None:
            ids = np.zeros((len(order), 2), dtype=np.uint32)
            ids[: len(single)] = halves
            columns |= {"id_high": ids[order, 0], "id_low": ids[order, 1]}
        table: dict[str, Any] = {
            "rows": len(order),
            "types": list(model.EVENT_TYPES),
            "statuses": list(model.STATUSES),
            "tiers": list(model.TIERS),
            "sources": [],
            "articles": 0,
            "places": self._named(cells, at),
            "members": self._members(chosen, cells, at),
            "grid": self._about(chosen, part, bin_=bin_, own=own),
        }
        same = {"published_start": "date_start", "published_end": "date_end"}
        return coding.write(table, columns | dict(chosen.days), same=same)

    def _named(self, cells: _Cells, at: NDArray[np.int64]) -> dict[str, list[Any]]:
        leading = cells.leading[at].tolist()
        named = {name: [values[place] for place in leading] for name, values in self.places.items()}
        return named | {"more": (cells.sizes[at] - 1).tolist()}

    def _members(self, chosen: Chosen, cells: _Cells, at: NDArray[np.int64]) -> dict[str, list[str]]:
        """Give the ids of the places of each cell that has several, by its row among the cells that are sent."""
        heads = np.cumsum(cells.sizes) - cells.sizes
        found = {}
        for row in np.flatnonzero(cells.sizes[at] > 1).tolist():
            head = int(heads[at[row]])
            places = cells.order[head : head + min(int(cells.sizes[at[row]]), MOST_MEMBERS)]
            found[str(row)] = [self.places["id"][place] for place in places.tolist() if chosen.busy[place]]
        return found

    def _about(self, chosen: Chosen, part: Part, *, bin_: Bin, own: bool) -> dict[str, Any]:
        return {
            "level": part.level, "tiles": part.tiles, "axis": part.axis, "window": part.window, "mode": part.mode,
            "bin": bin_, "own": own, "filtered": chosen.filtered, "statuses": self._statuses, **self._told,
        }  # fmt: skip


_AXES = (("span", stretches.span), ("years", stretches.years), ("vague", stretches.vague))
