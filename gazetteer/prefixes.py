"""The likeliest places behind short, crowded prefixes, found while the names pass by in order."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

from gazetteer.schema import Ref

# A prefix with more names than this is ranked at build time; a range scan ranks the others while somebody types.
CROWDED = 400
LONGEST = 5
# References kept for a prefix, and names looked at for them: one place has several names with one beginning.
_REFS = 40
_NAMES = 80


class Prefixes:
    """Rank crowded prefixes in one pass over the names; memory does not grow with the names of a prefix.

    `add` takes names in order of their text; `ranked` gives the references of every crowded prefix, best first.
    """

    def __init__(self) -> None:
        self._done: list[tuple[str, list[Ref]]] = []
        self._open = [_Prefix("") for _ in range(LONGEST)]

    def add(self, folded: str, refs: Sequence[Ref]) -> None:
        """Count a name, and remember its references where they are among the likeliest."""
        for length in range(1, min(len(folded), LONGEST) + 1):
            held = self._open[length - 1]
            if held.text != folded[:length]:
                self._close(length - 1)
                held = self._open[length - 1] = _Prefix(folded[:length])
            held.names += 1
            top = refs[0].prior
            if len(held.best) < _NAMES:
                heapq.heappush(held.best, (top, held.names, refs))
            elif top > held.best[0][0]:
                heapq.heapreplace(held.best, (top, held.names, refs))

    def ranked(self) -> Iterator[tuple[str, list[Ref]]]:
        """Yield every crowded prefix with its references, likeliest first, in order of the prefixes."""
        for number in range(LONGEST):
            self._close(number)
        yield from sorted(self._done)

    def _close(self, number: int) -> None:
        held = self._open[number]
        if held.names <= CROWDED:
            return
        best: dict[int, Ref] = {}
        for _, _, refs in held.best:
            for ref in refs:
                if ref.key not in best or best[ref.key].prior < ref.prior:
                    best[ref.key] = ref
        self._done.append((held.text, sorted(best.values(), key=lambda ref: (-ref.prior, -ref.key))[:_REFS]))
        held.names = 0


class _Prefix:
    __slots__ = ("best", "names", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.names = 0
        self.best: list[tuple[int, int, Sequence[Ref]]] = []
