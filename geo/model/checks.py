"""What records are named and refused by."""

from __future__ import annotations

import hashlib


def content_id(*parts: object) -> str:
    """Give a 16-digit hexadecimal id that depends on nothing but `parts`."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that is none of a closed set."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")


def span(start: int, end: int) -> None:
    """Refuse offsets that hold nothing."""
    if not 0 <= start < end:
        raise ValueError(f"a span needs 0 <= start < end; got start={start}, end={end}")


def figures(name: str, low: int | None, high: int | None) -> None:
    """Refuse bounds that are negative or the wrong way round."""
    if min(low or 0, high or 0) < 0 or (low is not None and high is not None and low > high):
        raise ValueError(f"{name} needs 0 <= low <= high; got low={low}, high={high}")
