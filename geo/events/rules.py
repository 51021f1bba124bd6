"""The rules that stand beside what was learned, and the inputs of the decision, each by name.

All are on. An evaluation switches them off one at a time and prints what each is worth; a rule that is worth nothing
goes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """What is on. `ABLATIONS` says what each is for.

    Attributes
    ----------
    merging, two, headline, locators : bool
        See `geo.events.decision.decide` and `geo.events.incident`.
    renown, not_later, standing, clauses : bool
        See `geo.events.days`.
    implied : bool
        See `geo.events.implied`.
    meant, lines, listed, setting : bool
        See `geo.events.meant`, `geo.events.lines`, `geo.events.listed` and `geo.events.setting`.
    lifting, nominals, doubtful : bool
        What may be proposed: see `geo.toponyms` and `geo.resolve.lifting`.
    unseen : tuple of str
        Columns of `geo.events.decision.FEATURES` that the decision does not get to see.
    """

    merging: bool = True
    two: bool = True
    headline: bool = True
    locators: bool = True
    renown: bool = True
    not_later: bool = True
    standing: bool = True
    clauses: bool = True
    implied: bool = True
    meant: bool = True
    lines: bool = True
    listed: bool = True
    setting: bool = True
    lifting: bool = True
    nominals: bool = True
    doubtful: bool = True
    unseen: tuple[str, ...] = ()

    @property
    def same_candidates(self) -> bool:
        """Whether what may be a place, and so what the reader judges, stays what it is by all rules."""
        return self.lifting and self.nominals and self.doubtful


ALL = Rules()


@dataclass(frozen=True, slots=True)
class Ablation:
    """A rule or input by name, what it is for, and the rules without it."""

    name: str
    purpose: str
    without: Rules


ABLATIONS: tuple[Ablation, ...] = (
    Ablation("merging", "scenes of one place and kind on touching days are one pin", Rules(merging=False)),
    Ablation("two incidents", "learned: two such scenes may be two incidents after all", Rules(two=False)),
    Ablation("headline", "an undated headline tells what its lead tells and dates", Rules(headline=False)),
    Ablation("locators", "what only says where a place lies is no place of the event", Rules(locators=False)),
    Ablation("renown", "much-cited events keep their own days", Rules(renown=False)),
    Ablation("not later", "what is past does not lie after publication", Rules(not_later=False)),
    Ablation("standing", "where a dated expression stands weighs beside the reader's opinion", Rules(standing=False)),
    Ablation("clauses", "a clause says whose days it gives: three days after troops left", Rules(clauses=False)),
    Ablation("implied", "what names no place of its own tells of the one told before", Rules(implied=False)),
    Ablation("meant", "what is meant, untrue or only on its way there is no fact of a place", Rules(meant=False)),
    Ablation("lines", "a byline tells nothing, a caption nothing of its own", Rules(lines=False)),
    Ablation("listed", "what one word tells of a list of places it tells of each", Rules(listed=False)),
    Ablation("setting", "learned: what an article tells as a whole, and in which words", Rules(setting=False)),
    Ablation("lifting", "a name that no place bears stands in the area the text puts it in", Rules(lifting=False)),
    Ablation("nominals", "nouns and sides of countries stand for places", Rules(nominals=False)),
    Ablation("doubtful", "names that are more likely none count where an event is told", Rules(doubtful=False)),
    Ablation(
        "input: required",
        "the reader's opinion whether an editor would map it",
        Rules(unseen=("required",)),
    ),
    Ablation(
        "input: tie",
        "what the trigger, asked by itself, says of its place",
        Rules(unseen=("trigger_p", "tie_said", "tie_here", "tie_rival", "tie_nowhere")),
    ),
    Ablation(
        "input: days",
        "how the days are known, and how surely",
        Rules(
            unseen=(
                "date_p", "date_days", "unstated", "basis_explicit", "basis_relative", "basis_named",
                "basis_inherited", "basis_publication", "basis_None",
            )
        ),
    ),
    Ablation(
        "input: place",
        "how sure the place is, and whether its name was laid in an area",
        Rules(unseen=("place_score", "runner_up", "lifted", "literal", "offset")),
    ),
    Ablation(
        "input: neighbours",
        "what else is told in the sentence",
        Rules(unseen=("best_other", "others", "rank", "inside_other", "narrower_here")),
    ),
    Ablation(
        "input: told before",
        "what the article tells of the place elsewhere",
        Rules(
            unseen=("told_before", "told_before_dated", "told_later", "told_later_dated", "same_place_before")
        ),
    ),
    Ablation(
        "input: position",
        "where in the article the sentence stands",
        Rules(unseen=("first_sentence", "sentence", "headline")),
    ),
)  # fmt: skip
