"""An event as others hand it over: where its trigger, its sentence and its place stand."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model import EventType
from geo.text import Sentence


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event to be told of; half-open offsets into the article's text.

    Attributes
    ----------
    trigger_start, trigger_end : int
        The words that tell of it.
    sentence_start, sentence_end : int
        The sentence they stand in.
    type : str
        One of `geo.model.EVENT_TYPES`.
    place : (int, int) or None
        The words that say where, if any. They may stand in another sentence.
    """

    trigger_start: int
    trigger_end: int
    sentence_start: int
    sentence_end: int
    type: EventType
    place: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not self.sentence_start <= self.trigger_start < self.trigger_end <= self.sentence_end:
            raise ValueError(
                f"the trigger must lie in its sentence; got {self.trigger_start}-{self.trigger_end} in "
                f"{self.sentence_start}-{self.sentence_end}"
            )

    @classmethod
    def of(
        cls, sentence: Sentence, start: int, end: int, *, type: EventType, place: tuple[int, int] | None = None
    ) -> Anchor:
        """Make the anchor of a trigger at `start` to `end` in a sentence."""
        return cls(start, end, sentence.start, sentence.end, type, place)
