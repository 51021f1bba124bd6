"""What a map of counts asks for, as the query string has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from geo.query import Query
from geo.query.link import quoted
from geo.query.view import FILTERS
from geo.timemap.part import Part

_EPOCH = date(1970, 1, 1)
_TILES = re.compile(r"-?[0-9]{1,7}(,-?[0-9]{1,7}){3}")
_LEVEL = re.compile("[0-9]{1,2}")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}),([0-9]{4}-[0-9]{2}-[0-9]{2})")


def asked(params: Mapping[str, str]) -> tuple[Query, Part]:
    """Read what is asked for: the filters of a link, and ``level``, ``tiles``, ``axis``, ``window`` and ``mode``.

    Raises
    ------
    ValueError
        A value is not understood; the message names it and says what was expected.
    """
    query, notes = Query.from_params({name: params[name] for name in FILTERS if name in params})
    if notes:
        # A link goes on with the default, an answer to a program does not.
        raise ValueError("; ".join(note.partition("; using ")[0] for note in notes))
    given = {name: params[name] for name in ("axis", "mode") if name in params}
    level = _matched(params, "level", _LEVEL, "a zoom level such as 5")
    tiles = _matched(params, "tiles", _TILES, "four numbers: west,north,east,south")
    window = _matched(params, "window", _DAYS, "two days such as 2015-01-01,2015-01-31")
    part = Part(
        level=int(level[0]) if level else Part().level,
        tiles=_four(tiles[0]) if tiles else None,
        window=_days(window) if window else None,
        **given,  # type: ignore[arg-type]  # (untrusted: refused by Part where it is none)
    )
    return query, part


def _matched(params: Mapping[str, str], name: str, form: re.Pattern[str], expected: str) -> re.Match[str] | None:
    if name not in params:
        return None
    found = form.fullmatch(params[name])
    if found is None:
        raise ValueError(f"{name}: expected {expected}; got {quoted(params[name][:60])}")
    return found


def _four(text: str) -> tuple[int, int, int, int]:
    west, north, east, south = map(int, text.split(","))
    return west, north, east, south


def _days(found: re.Match[str]) -> tuple[int, int]:
    try:
        first, last = ((date.fromisoformat(text) - _EPOCH).days for text in found.groups())
    except ValueError:
        raise ValueError(f"window: {quoted(found[0])} is no stretch of days; write 2015-01-01,2015-01-31") from None
    return first, last
