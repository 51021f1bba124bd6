"""What a target is, and what counts as its fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Far above what inputs of some kilobytes take, the first of which load word lists.
SECONDS = 5.0


class FaultError(AssertionError):
    """A promise that an input broke."""


@dataclass(frozen=True, slots=True)
class Target:
    """One way by which bytes come in.

    Attributes
    ----------
    run
        Reads an input; returns where all went as declared, refusals included, and raises where not.
    seeds
        Inputs to begin with.
    dictionary
        Words that stand in such inputs.
    seconds
        Processor time that one input may take.
    """

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    dictionary: tuple[str, ...] = ()
    seconds: float = SECONDS


def storable(*texts: str | None) -> None:
    """Fail where a text cannot be written anywhere: half of a surrogate pair."""
    for text in texts:
        if text is not None:
            try:
                text.encode()
            except UnicodeEncodeError as error:
                raise FaultError(f"{text[:80]!a} cannot be stored ({error.reason})") from None
