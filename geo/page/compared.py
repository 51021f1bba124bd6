"""What a session compares: two sides, tolerances, and what of the answer is looked at. Untrusted: read as a link is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geo.layers.comparison import BOTH, BY, KINDS
from geo.layers.matching import TYPES, Tolerance
from geo.layers.sides import ARTICLES
from geo.query.link import printable

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison that was asked for.

    Attributes
    ----------
    a, b
        Names of layers; `a` may be ``articles``.
    by, kind
        By what the table counts, and which rows are listed.
    opened
        The position of the opened row in that list; None for none.
    mapped
        The map shows what both tell and what only one does, in place of the layers.
    fault
        Why the last answer stands still: what was asked since makes no sense.
    """

    a: str
    b: str
    tolerance: Tolerance = field(default_factory=Tolerance)
    by: str = "month"
    kind: str = BOTH
    opened: int | None = None
    mapped: bool = False
    fault: str = ""

    def params(self) -> dict[str, str]:
        """Give what an address needs to ask for the same pairs."""
        tolerance = self.tolerance
        figures = {"km": f"{tolerance.km:g}", "days": str(tolerance.days), "types": tolerance.types}
        return {"a": self.a, "b": self.b, **figures}


def read(given: Mapping[str, Any], before: Compared | None = None) -> Compared | None:
    """Read what was asked, over what was asked before; None where no layer is named.

    A number that is none, or one outside its bounds, leaves the comparison as it was and is told in its `fault`.
    """
    names = [printable(str(given.get(key) or getattr(before, key, ""))).strip()[:_LONGEST_NAME] for key in ("a", "b")]
    if not names[1]:
        return None
    usual = before.tolerance if before else Tolerance()
    try:
        tolerance = Tolerance(
            km=float(given.get("km", usual.km)),
            days=int(given.get("days", usual.days)),
            types=next((one for one in TYPES if one == given.get("types")), usual.types),
        )
    except (TypeError, ValueError, OverflowError) as error:
        shown = str(error) if str(error).startswith(("km must", "days must")) else "km and days must be numbers"
        return replace(before or Compared(names[0] or ARTICLES, names[1]), fault=f"{shown}.")
    by, kind = str(given.get("by")), str(given.get("show"))
    opened, mapped = given.get("opened"), given.get("map")
    return Compared(
        a=names[0] or ARTICLES,
        b=names[1],
        tolerance=tolerance,
        by=by if by in BY else before.by if before else BY[0],
        kind=kind if kind in KINDS else before.kind if before else BOTH,
        opened=opened if isinstance(opened, int) and not isinstance(opened, bool) and opened >= 0 else None,
        mapped=mapped if isinstance(mapped, bool) else bool(before and before.mapped),
    )
