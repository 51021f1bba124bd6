"""What is printed of news that each reader had not learned: strict figures, confidence, errors, rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from geo.events.extract import Weighed, weigh
from geo.events.model import Decision
from geo.events.rules import ABLATIONS, ALL, Rules
from geo.model import Event
from geo.reader.judgement import Judgement
from geo.training import reliability, strict
from geo.training.ablation import ablate
from geo.training.faults import faults
from geo.training.gold import GoldDocument
from geo.training.reader import stories
from geo.training.reader.lesson import Seen
from geo.training.reader.scenes import event_of
from geo.training.scorecard import Scorecard


def report(
    seen: Mapping[str, Seen],
    gold: Mapping[str, GoldDocument],
    judged: Mapping[str, Judgement],
    models: Mapping[str, Decision],
    say: Callable[[str], None] = print,
) -> Scorecard:
    """Print the evaluation of articles, and give the strict figures.

    Rules that change what may be a place are left to `conflict-map evaluate`: readers would have to judge anew.

    Parameters
    ----------
    seen, gold, judged, models : mapping
        By id, the articles as the program sees them, their annotation, and the judgement and the decision of those that
        had not learned their story.
    """

    def read(name: str, rules: Rules = ALL) -> tuple[Weighed, list[Event]]:
        one = seen[name]
        weighed = weigh(
            one.text,
            one.sentences,
            one.candidates,
            one.times,
            one.published,
            judged[name],
            model=models[name],
            rules=rules,
        )
        return weighed, [event_of(one, kept.scene, weighed.right[kept.at]) for kept in weighed.kept]

    documents = [gold[name] for name in models]
    numbers = stories.numbers(documents)
    counted, sure = [], []
    for document in documents:
        weighed, events = read(document.id)
        pins = strict.pinned(events)
        judgements = strict.verdicts(document, pins)
        counted.append(replace(strict.count(document, events), errors=faults(document, weighed, events)))
        sure.append(reliability.count((one.confidence, v.right) for one, v in zip(pins, judgements, strict=True)))
    card = Scorecard("news, none learned by its reader", "events, strict", tuple(counted), strict.FIGURES, numbers)
    say(card.report())
    say(Scorecard("the same", "confidence of shown events", tuple(sure), reliability.FIGURES, numbers).report())
    known = [one for one in ABLATIONS if one.without.same_candidates]
    say(ablate("the same", documents, lambda one, rules: read(one.id, rules)[1], ablations=known).report(verbose=True))
    return card
