"""How many passages of each article did not become a mark, by their reason: what is counted without a look at them.

A view counts them for the articles that it is about, which are ten thousands of a large store; the passages themselves
are read for the few that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, func, select

from geo.corrections import REJECTED
from geo.store import tables
from geo.store.patching import ARTICLE, NUMBER, Kind
from geo.store.statements import chunks

Mask = npt.NDArray[np.bool_]

_DAYS = ("published_start", "published_end")
SCHEMA = pa.schema(
    [
        (NUMBER, pa.int64()),
        (ARTICLE, pa.large_string()),
        ("source", pa.large_string()),
        *((name, pa.int64()) for name in _DAYS),  # days since 1970, NumPy's NaT included
        ("reasons", pa.list_(pa.large_string())),
        ("counts", pa.list_(pa.int32())),
    ]
)
# Articles whose rows lie in memory as Python's own objects.
_PAGE = 8_000


def _whole(connection: Connection) -> Iterator[pa.Table]:
    number = tables.articles.c.number
    first, last = connection.execute(select(func.min(number), func.max(number))).one()
    for start in range(first or 0, (last or -1) + 1, _PAGE):
        yield _table(connection, [number.between(start, start + _PAGE - 1)])


def _some(connection: Connection, digests: Sequence[str]) -> pa.Table:
    return _table(connection, [tables.articles.c.digest.in_(part) for part in chunks(digests)])


def _table(connection: Connection, wheres: Sequence[ColumnElement[bool]]) -> pa.Table:
    """Read the rows of the articles that one of some conditions is true of, in the order of their numbers."""
    about, passage = tables.articles.c, tables.not_plotted.c
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    found: list[Any] = []
    for where in wheres:
        found += connection.execute(
            select(about.number, about.digest, about.source, about.published_start, about.published_end).where(where)
        )
        by_reason = (
            select(passage.article, passage.reason, func.count())
            .join(tables.articles, about.digest == passage.article)
            .where(where)
            .group_by(passage.article, passage.reason)
        )
        for digest, reason, n in connection.execute(by_reason):
            counted[digest][reason] = n
    found.sort(key=lambda row: int(row.number))
    columns = list(zip(*found, strict=True)) if found else [()] * 5
    days = [np.array(column, "datetime64[D]").view(np.int64) for column in columns[3:]]
    reasons = [sorted(counted[row.digest].items()) for row in found]
    return pa.table(
        [
            *columns[:3], *days,
            [[reason for reason, _ in each] for each in reasons], [[n for _, n in each] for each in reasons],
        ],
        schema=SCHEMA,
    )  # fmt: skip


LEFT_OUT = Kind("left-out", SCHEMA, _whole, _some)


def rejected(connection: Connection, events: Sequence[str]) -> dict[str, int]:
    """Count events that were rejected by hand, by the digests of their articles."""
    about = tables.events.c
    found: dict[str, int] = defaultdict(int)
    for part in chunks(events):
        query = select(about.article, func.count()).where(about.id.in_(part)).group_by(about.article)
        for digest, n in connection.execute(query):
            found[digest] += int(n)
    return dict(found)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The counts of all articles, in the order in which they came.

    Attributes
    ----------
    digests, sources
        Of the articles, a row each.
    first, last
        The days between which each was published (``datetime64[D]``; NaT where that is unknown).
    rows, reasons, counts
        One element for each reason of each article: the article's row, the reason as a position in `names`, how often.
    names
        The reasons, `REJECTED` for what was rejected by hand among them.
    """

    digests: pa.Array
    sources: pa.Array
    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]
    rows: npt.NDArray[np.int32]
    reasons: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    names: tuple[str, ...]

    @classmethod
    def of(cls, table: pa.Table, by_hand: Mapping[str, int]) -> LeftOut:
        """Make it of a table of `LEFT_OUT`, and of the number of events rejected by hand in some articles."""
        table = table.combine_chunks()
        digests, lists = _one(table[ARTICLE]), _one(table["reasons"])
        coded = lists.flatten().dictionary_encode()
        names = [*coded.dictionary.to_pylist(), REJECTED]
        more = pc.index_in(pa.array(list(by_hand), pa.large_string()), value_set=digests)
        known = more.is_valid().to_numpy(zero_copy_only=False)
        rows = np.repeat(np.arange(len(table), dtype=np.int32), lists.value_lengths().to_numpy(zero_copy_only=False))
        start, end = (table[name].to_numpy().view("datetime64[D]") for name in _DAYS)
        return cls(
            digests,
            _one(table["source"]),
            start,
            np.where(np.isnat(end), start, end),
            np.concatenate([rows, more.drop_null().to_numpy().astype(np.int32)]),
            np.concatenate([coded.indices.to_numpy().astype(np.int32), np.full(known.sum(), len(names) - 1, np.int32)]),
            np.concatenate(
                [
                    _one(table["counts"]).flatten().to_numpy().astype(np.int32),
                    np.array(list(by_hand.values()), np.int32)[known],
                ]
            ),
            tuple(names),
        )

    def rows_of(self, digests: Any) -> npt.NDArray[np.int64]:
        """Give the row of each of many articles, by their digests (anything Arrow reads); -1 where it is not there."""
        rows = pc.index_in(pa.array(digests, pa.large_string()), value_set=self.digests)
        return np.asarray(pc.fill_null(rows, -1), np.int64)

    def published(self, start: date | None, end: date | None, *, sources: Collection[str] = ()) -> Mask:
        """Tell which articles were published between two days, both included, by one of `sources`.

        None is no bound; no source is any. Of an article that was published within a span of days, one of them counts.
        """
        found = np.ones(len(self.digests), dtype=bool)
        if start or end:
            found &= ~np.isnat(self.first)
        if start:
            found &= self.last >= np.datetime64(start)
        if end:
            found &= self.first <= np.datetime64(end)
        if sources:
            named = pc.is_in(self.sources, pa.array(list(sources), pa.large_string()))
            found &= named.to_numpy(zero_copy_only=False)
        return found

    def among(self, rows: npt.NDArray[np.int64]) -> Mask:
        """Tell which articles are those with some rows, of which -1 is none."""
        found = np.zeros(len(self.digests), dtype=bool)
        found[rows[rows >= 0]] = True
        return found

    def those(self, digests: Collection[str]) -> Mask:
        """Tell which articles are those with some digests."""
        return self.among(self.rows_of(list(digests)))

    def by_reason(self, articles: Mask | None = None) -> dict[str, int]:
        """Count the passages by their reason, the most first; of some articles only, or of all."""
        weights = self.counts if articles is None else self.counts * articles[self.rows]
        counted = np.bincount(self.reasons, weights=weights, minlength=len(self.names)).astype(np.int64)
        found: dict[str, int] = defaultdict(int)
        for name, n in zip(self.names, counted.tolist(), strict=True):
            found[name] += n
        return dict(sorted(((name, n) for name, n in found.items() if n), key=lambda pair: (-pair[1], pair[0])))

    def leading(self, articles: Mask | None, *, reason: str | None, length: int) -> list[str]:
        """Give the digests of the first articles that have so many passages together, for one reason or for any.

        Those with an event that was rejected by hand are always among them: they are few.
        """
        asked = np.array([reason in (None, name) for name in self.names])[self.reasons]
        if articles is not None:
            asked &= articles[self.rows]
        by_hand = asked & (self.reasons == len(self.names) - 1)
        rows, counts = self.rows[asked & ~by_hand], self.counts[asked & ~by_hand]
        enough = int(np.searchsorted(np.cumsum(counts), length)) + 1
        found = np.union1d(rows[:enough], self.rows[by_hand])
        return [str(digest) for digest in self.digests.take(pa.array(found)).to_pylist()]


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
