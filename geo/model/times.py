"""Dated expressions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import checks
from geo.model.kinds import DATE_BASES, DATE_PRECISIONS, TIME_ROLES, DateBasis, DatePrecision, TimeRole


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A dated expression: closed interval of days, None where the expression gives no interval ("every week").

    `role` is what the words around it show it to be for: the article's ``dateline``; the ``stamp`` at the head of a
    post or an entry; the day on which something was ``said``; the edge of a stretch, ``since`` or ``until``; a
    ``repeated`` time; a date that only gives an event its ``name`` ("the 2014 annexation"). Empty where nothing shows.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: DatePrecision
    basis: DateBasis
    role: TimeRole = ""

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)
        checks.one_of("precision", self.precision, DATE_PRECISIONS)
        checks.one_of("basis", self.basis, DATE_BASES)
        checks.one_of("role", self.role, TIME_ROLES)
        if self.date_start and self.date_end and self.date_start > self.date_end:
            raise ValueError(f"{self.text!r}: date_start {self.date_start} is after date_end {self.date_end}")

    def to_dict(self) -> dict[str, Any]:
        """Give the JSON object of the record."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "date_start": self.date_start.isoformat() if self.date_start else None,
            "date_end": self.date_end.isoformat() if self.date_end else None,
            "precision": self.precision,
            "basis": self.basis,
            "role": self.role,
        }
