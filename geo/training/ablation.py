"""What each rule and input is worth: the strict figures of articles read once more without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.events.rules import ABLATIONS, ALL, Ablation, Rules
from geo.model import Event
from geo.training import strict
from geo.training.gold import GoldDocument
from geo.training.reader import stories
from geo.training.scorecard import Scorecard, middle

_COLUMNS = {"F": "F, strict", "told": "told", "wrong": "wrong pins", "repeats": "repeated pins"}


@dataclass(frozen=True, slots=True)
class Ablations:
    """The figures of one corpus with all that is on, and without each rule.

    Attributes
    ----------
    whole : Scorecard
        With all of it.
    without : tuple of (Ablation, Scorecard)
    """

    whole: Scorecard
    without: tuple[tuple[Ablation, Scorecard], ...]

    def change(self, card: Scorecard, figure: str, *, draws: int = 500) -> tuple[float, float, float]:
        """Give by how much a figure changes, with the bounds of its 95 % interval over the same drawn stories."""
        made = self.whole.figures[figure]
        pairs = zip(self.whole.drawn(draws), card.drawn(draws), strict=True)
        low, high = middle([made.of(other) - made.of(one) for one, other in pairs])
        return card.value(figure) - self.whole.value(figure), low, high

    def report(self, *, draws: int = 500, verbose: bool = False) -> str:
        """Give the table, what costs most first.

        Parameters
        ----------
        verbose : bool
            With what each rule is for.
        """
        all_of_it = ", ".join(f"{name} {self.whole.value(figure):.3f}" for name, figure in _COLUMNS.items())
        lines = [
            f"{self.whole.corpus}, without one rule or input each: all of it {all_of_it}",
            f"  {'without':20} {'change of F [95 %]':26}" + "".join(f"{name:>9}" for name in list(_COLUMNS)[1:]),
        ]
        for one, card in sorted(self.without, key=lambda entry: entry[1].value("F, strict")):
            moved, low, high = self.change(card, "F, strict", draws=draws)
            rest = [self.change(card, figure, draws=1)[0] for figure in list(_COLUMNS.values())[1:]]
            line = f"  {one.name:20} {moved:+.3f} [{low:+.3f}, {high:+.3f}]   " + "".join(f"{x:+9.3f}" for x in rest)
            lines.append(f"{line}  {one.purpose}" if verbose else line)
        return "\n".join(lines)


def ablate(
    corpus: str,
    documents: Sequence[GoldDocument],
    read: Callable[[GoldDocument, Rules], Sequence[Event]],
    *,
    ablations: Sequence[Ablation] = ABLATIONS,
) -> Ablations:
    """Score articles with all that is on, and without each rule.

    Parameters
    ----------
    documents : sequence of GoldDocument
        With annotated events.
    read : callable
        Gives the events of an article by the rules that are on.
    """
    numbers = stories.numbers(documents)

    def card(rules: Rules) -> Scorecard:
        counted = tuple(strict.count(document, read(document, rules)) for document in documents)
        return Scorecard(corpus, "events, strict", counted, strict.FIGURES, numbers)

    return Ablations(card(ALL), tuple((one, card(one.without)) for one in ablations))
