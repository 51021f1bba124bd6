"""A scorecard: what was counted in each document of a corpus, the figures made of it, and the errors by class."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

_MOST_EXAMPLES = 8
_LONGEST_EXAMPLE = 110


class Figure(Protocol):
    """What is made of counts."""

    def of(self, counts: Mapping[str, int]) -> float:
        """Give the figure."""
        ...

    def basis(self, counts: Mapping[str, int]) -> str:
        """Say what it is made of."""
        ...


@dataclass(frozen=True, slots=True)
class Share:
    """How much of `whole` is `part`."""

    part: str
    whole: str

    def of(self, counts: Mapping[str, int]) -> float:
        """Give the share; 0 where there is nothing to share."""
        whole = counts.get(self.whole, 0)
        return counts.get(self.part, 0) / whole if whole else 0.0

    def basis(self, counts: Mapping[str, int]) -> str:
        """Say what the share is made of."""
        return f"{counts.get(self.part, 0)}/{counts.get(self.whole, 0)}"


@dataclass(frozen=True, slots=True)
class F1:
    """The harmonic mean of precision and recall; what counts as right may differ between the two."""

    right: str
    said: str
    asked: str
    found: str = ""

    def of(self, counts: Mapping[str, int]) -> float:
        """Give F1; 0 where nothing is right."""
        precision, recall = self._both(counts)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def basis(self, counts: Mapping[str, int]) -> str:
        """Give precision and recall."""
        return "P {:.3f}, R {:.3f}".format(*self._both(counts))

    def _both(self, counts: Mapping[str, int]) -> tuple[float, float]:
        found = self.found or self.right
        return Share(self.right, self.said).of(counts), Share(found, self.asked).of(counts)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in one document, and its errors: class and example."""

    counts: Mapping[str, int]
    errors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of one corpus.

    Attributes
    ----------
    corpus, what
        The corpus' name and what was scored in it.
    documents
        What was counted, by document.
    figures
        What is made of the counts, by name.
    stories
        For each document the number of its story: what is drawn anew for an interval. Each its own where left out.
    """

    corpus: str
    what: str
    documents: tuple[Counted, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    stories: tuple[int, ...] = ()

    def value(self, figure: str) -> float:
        """Give a figure of the whole corpus."""
        return self.figures[figure].of(_total(self.documents))

    def interval(self, figure: str, *, draws: int = 500, seed: int = 0) -> tuple[float, float]:
        """Give the bounds of a figure's 95 % interval, by drawing stories anew (Efron's percentile bootstrap).

        Two articles on one story err alike, so that drawing articles would make the interval too narrow.
        """
        made = self.figures[figure]
        return middle([made.of(counts) for counts in self.drawn(draws, seed)])

    def drawn(self, draws: int, seed: int = 0) -> Iterator[Mapping[str, int]]:
        """Give the counts of so many corpora of as many stories, drawn from this one's; the same for a seed."""
        dice = random.Random(seed)  # noqa: S311  (a seeded bootstrap, not a secret)
        groups: dict[int, list[Counted]] = {}
        for story, one in zip(self.stories or range(len(self.documents)), self.documents, strict=True):
            groups.setdefault(story, []).append(one)
        counted = [_total(group) for group in groups.values()]
        for _ in range(draws):
            yield _added(dice.choices(counted, k=len(counted)))

    def report(self, *, draws: int = 500, verbose: bool = False) -> str:
        """Give the figures with their intervals, and the errors by class, as text.

        Parameters
        ----------
        verbose : bool
            With the first examples of each class.
        """
        total = _total(self.documents)
        stories = len(set(self.stories))
        grouped = f" on {stories} stories" if stories else ""
        lines = [f"{self.corpus}, {self.what}: {len(self.documents)} documents{grouped}"]
        for name, figure in self.figures.items():
            low, high = self.interval(name, draws=draws) if self.documents else (0.0, 0.0)
            lines.append(f"  {name:26} {self.value(name):.3f}  [{low:.3f}, {high:.3f}]  {figure.basis(total)}")
        classes: dict[str, list[str]] = {}
        for kind, example in (error for document in self.documents for error in document.errors):
            classes.setdefault(kind, []).append(example)
        for kind, examples in sorted(classes.items(), key=lambda entry: -len(entry[1])):
            lines.append(f"  {kind}: {len(examples)}")
            if verbose:
                lines += [f"    {example[:_LONGEST_EXAMPLE]}" for example in examples[:_MOST_EXAMPLES]]
        return "\n".join(lines)


def middle(drawn: Sequence[float]) -> tuple[float, float]:
    """Give the bounds of the middle 95 % of what was drawn."""
    ordered = sorted(drawn)
    return ordered[int(0.025 * (len(ordered) - 1))], ordered[int(0.975 * (len(ordered) - 1))]


def _total(documents: Sequence[Counted]) -> Counter[str]:
    return _added([document.counts for document in documents])


def _added(parts: Sequence[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in parts:
        for name, number in counts.items():
            total[name] += number
    return total
