"""Events put aside in a file of their own while they are written out: in memory while they are few, then on the disk.

Whoever writes a file of a million events takes minutes. A store that is read that long would keep everybody from
changing it, and between two looks at it somebody may. So what is chosen is taken out at once, in one transaction, a
stretch at a time, and then read again as often as a format needs it, of which no more than a stretch lies in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

import geopandas
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.store import columns

STRETCH = 10_000  # rows at a time
_IN_MEMORY = 16 << 20  # bytes


class Spool:
    """Events in stretches of `STRETCH`, read as often as need be once all are in it; it ends with its context."""

    def __init__(self) -> None:
        # It has no name: nobody else reads it, and it is gone with the process.
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (closed by the context)
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        self._writer = pa.ipc.new_file(self._file, columns.PUT_ASIDE, options=options)
        self._waiting: list[pa.Table] = []
        self._length = 0
        self._complete = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._length

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns but the geometry."""
        return tuple(columns.PUT_ASIDE.names)

    def add(self, frame: geopandas.GeoDataFrame, digests: Sequence[str | None]) -> None:
        """Put events aside after those that are in it.

        Parameters
        ----------
        frame
            Rows of `geo.store.Store.events`.
        digests
            The SHA-256 of each row's article's text; None where it is not known.

        Raises
        ------
        ValueError
            If it was read from: what was read would not be all.
        """
        if self._complete:
            raise ValueError("events were read from this spool: nothing can be added to it any more")
        self._waiting.append(columns.put_aside(frame, digests))
        self._length += len(frame)
        if sum(map(len, self._waiting)) >= STRETCH:
            self._write(least=STRETCH)

    def stretches(self) -> Iterator[geopandas.GeoDataFrame]:
        """Give the events in the order in which they came, `STRETCH` at a time; at least one stretch, empty or not."""
        for table in self._tables():
            yield columns.frame(table)

    def light(self, *names: str) -> Iterator[pd.DataFrame]:
        """Give some columns of `stretches`, without reading the others."""
        for table in self._tables(names):
            yield pd.DataFrame(columns.some(table, names), copy=False)

    def take(self, positions: np.ndarray) -> geopandas.GeoDataFrame:
        """Give the events at some positions, in the order of these."""
        order = np.argsort(positions, kind="stable")
        within, rows = np.divmod(positions[order], STRETCH)
        found = [
            table.take(pa.array(rows[within == number]))
            for number, table in enumerate(self._tables())
            if (within == number).any()
        ]
        together = pa.concat_tables([columns.PUT_ASIDE.empty_table(), *found])
        return columns.frame(together.take(pa.array(np.argsort(order, kind="stable"))))

    def whole(self) -> geopandas.GeoDataFrame:
        """Give all events as one frame."""
        return columns.frame(pa.concat_tables(self._tables()).combine_chunks())

    def _tables(self, names: Sequence[str] = ()) -> Iterator[pa.Table]:
        if not self._complete:
            self._write(least=1)
            self._writer.close()
            self._complete = True
        schema = columns.PUT_ASIDE
        fields = [schema.get_field_index(name) for name in names]
        self._file.seek(0)
        reader = pa.ipc.open_file(self._file, options=pa.ipc.IpcReadOptions(included_fields=fields or None))
        if not reader.num_record_batches:
            yield (schema if not names else pa.schema([schema.field(name) for name in names])).empty_table()
        for number in range(reader.num_record_batches):
            yield pa.Table.from_batches([reader.get_batch(number)])

    def _write(self, *, least: int) -> None:
        """Write what waits, but for what is left over of whole stretches if it is fewer rows than `least`."""
        waiting = pa.concat_tables([columns.PUT_ASIDE.empty_table(), *self._waiting])
        at = 0
        while len(waiting) - at >= least:
            # Copied: a batch is one piece, and a slice would be written with all that it is a slice of.
            self._writer.write_table(waiting.slice(at, STRETCH).combine_chunks())
            at += STRETCH
        self._waiting = [waiting.slice(at).combine_chunks()] if at < len(waiting) else []


__all__ = ["STRETCH", "Spool"]
