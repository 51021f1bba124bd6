"""Score the real pipeline on a suite: ``python -m tests.suites.scoring SUITE``.

``--held-out`` takes the half that no rule was tuned to; ``--verbose`` prints every fault with its passage.
The exit status is 0 whatever the score: the gate is in the tests.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.incidents import join
from geo.model import Article, Event, Mention, Published, Record
from geo.reader.candidates import Candidate
from geo.training import offsets, strict
from geo.training.gold import read_folder
from geo.training.scorecard import Scorecard
from tests.suites import briefs, items, judge, kinds, nouns, reports
from tests.suites.items import Half


@dataclass(frozen=True, slots=True)
class Verdict:
    """One item judged: the rows of the table it counts in, its faults, and the steps of reading they point at."""

    id: str
    rows: tuple[str, ...]
    text: str
    faults: tuple[str, ...]
    false_pins: int = 0
    steps: tuple[str, ...] = ()


def score_places(half: Half, gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Recognise and resolve the passages of the places suite."""
    return _score_places(items.load_places(half), gazetteer)


def score_containers(half: Half, gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Recognise and resolve the passages that tell where a name lies."""
    return _score_places(items.load_containers(half), gazetteer)


def _score_places(passages: Iterable[items.PlacesItem], gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(
            item.id,
            (f"phenomenon {item.phenomenon}", f"war {item.war}"),
            item.text,
            judge.places_faults(item, read_places(item.text, gazetteer)),
        )
        for item in passages
    )


def score_nouns(half: Half, gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Lay the nouns of the passages at the places they stand for, as the reader of events is given them."""
    return tuple(
        Verdict(
            item.id,
            (f"phenomenon {item.phenomenon}",),
            item.text,
            nouns.faults(item, read_candidates(item.text, gazetteer)),
        )
        for item in nouns.load(half)
    )


def score_events(half: Half, gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Read the events out of the passages of the events suite."""
    verdicts = []
    for item in items.load_events(half):
        verdict = judge.judge_events(item, read_events(item.id, item.text, item.published, gazetteer))
        kind = "kind distractor" if not item.events else "kind with events"
        rows = (kind, f"phenomenon {item.phenomenon}", f"voice {item.voice}", f"war {item.war}")
        verdicts.append(Verdict(item.id, rows, item.text, verdict.faults, len(verdict.false_pins)))
    return tuple(verdicts)


def score_articles(half: Half, gazetteer: Gazetteer) -> tuple[judge.EventCounts, tuple[Verdict, ...]]:
    """Read the events out of whole articles: the counts over all of them, and each with its faults."""
    total = judge.EventCounts(0, 0, (0, 0, 0, 0))
    verdicts = []
    for item in items.load_articles(half):
        found = read_events(item.id, item.text, item.published, gazetteer)
        total += judge.count_events(item, found)
        verdict = judge.judge_events(item, found)
        verdicts.append(Verdict(item.id, (f"war {item.war}",), item.text, verdict.faults, len(verdict.false_pins)))
    return total, tuple(verdicts)


def score_briefs(half: Half, gazetteer: Gazetteer) -> Scorecard:
    """Read the demo articles and count strictly: what is told of what is annotated, and what is shown wrongly."""
    documents = briefs.load(half)
    counted = [
        strict.count(one, read_events(one.id, one.text, one.published, gazetteer)) for one in documents if one.published
    ]
    return Scorecard("briefs", f"events, strict, {half}", tuple(counted), strict.FIGURES)


def score_strangers(half: Half, gazetteer: Gazetteer) -> Scorecard:
    """Read the articles that others wrote for the measure, strictly as well."""
    documents = read_folder(items.HERE / "strangers" / half)
    counted = [
        strict.count(one, read_events(one.id, one.text, one.published, gazetteer)) for one in documents if one.published
    ]
    return Scorecard("strangers", f"events, strict, {half}", tuple(counted), strict.FIGURES)


def score_quiet(half: Half, gazetteer: Gazetteer) -> Scorecard:
    """Read the news of towns at peace, and of the world, and count strictly; their texts lie beside this project.

    Raises
    ------
    FileNotFoundError
        Where they do not: see `items.QUIET`.
    """
    annotation = offsets.PEACEFUL if half == "dev" else items.HERE / "quiet_held_out.jsonl"
    return _by_offsets("quiet", half, items.QUIET, annotation, gazetteer)


def score_news(half: Half, gazetteer: Gazetteer) -> Scorecard:
    """Read news of the world as nine houses and a broadcaster printed it, and count strictly.

    Raises
    ------
    FileNotFoundError
        Where its texts are not laid out: see `benchmarks.real_news`.
    """
    annotation = offsets.WORLD if half == "dev" else items.HERE / "news_held_out.jsonl"
    return _by_offsets("news", half, [items.NEWS], annotation, gazetteer)


def _by_offsets(name: str, half: Half, corpora: Sequence[Path], annotation: Path, gazetteer: Gazetteer) -> Scorecard:
    counted = [
        strict.count(one, read_record(one.id, one.text, one.published, gazetteer).events)
        for one in offsets.documents(corpora, annotation)
    ]
    return Scorecard(name, f"events, strict, {half}", tuple(counted), strict.FIGURES)


def report_counts(total: judge.EventCounts) -> str:
    """Write precision, recall and F1 at each level."""
    lines = [f"{total.asked} events asked for, {total.pins} pins that count"]
    for level, right in zip(judge.LEVELS, total.right, strict=True):
        precision, recall = right / max(1, total.pins), right / max(1, total.asked)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        lines.append(f"  {level:9} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    return "\n".join(lines)


def score_times(half: Half, _gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Tag the time expressions of the table."""
    from geo import dates

    return tuple(
        Verdict(
            item.id,
            (f"phenomenon {item.phenomenon}", f"kind {'dated' if item.readings else 'negative'}"),
            item.text,
            judge.times_faults(item, dates.find(item.text, supplied(item.published))),
        )
        for item in items.load_times(half)
    )


def score_publication(half: Half, _gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Find when the articles of the publication suite were published."""
    from geo import dates

    verdicts = []
    for item in items.load_publication(half):
        known = supplied(item.supplied) if item.supplied else None
        said = dates.publication_date(Article(item.id, item.text, published=known), file_name=item.file_name)
        rows = (f"phenomenon {item.phenomenon}",)
        verdicts.append(Verdict(item.id, rows, item.text, judge.publication_faults(item, said)))
    return tuple(verdicts)


def score_kinds(half: Half, gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    """Read the short texts of the kinds suite; what is told and what is not is judged by incident."""
    verdicts = []
    for item in kinds.load(half):
        record = read_record(item.id, item.text, item.published, gazetteer)
        incident_of = {event.id: incident.id for incident in join([record]) for event in incident.events}
        wrong = kinds.faults(item, record.events, record.times, incident_of)
        family, _, _ = item.kind.partition(":")
        silent = () if item.told else ("kind distractor",)
        rows = (f"family {family}", f"phenomenon {item.kind}", f"voice {item.voice}", *silent)
        said = tuple(f"{fault.step}: {fault.said}" for fault in wrong)
        pins = sum(fault.pin for fault in wrong)
        verdicts.append(Verdict(item.id, rows, item.text, said, pins, tuple(fault.step for fault in wrong)))
    return tuple(verdicts)


def read_mentions(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Recognise and resolve the names of places in a text."""
    from geo import recognise, resolve

    return resolve.resolve(text, recognise.recognise(text, gazetteer), gazetteer)


def read_places(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Give the names of places in a text, and the nouns and sides of countries that stand for some."""
    from geo.resolve.nominal import nominals

    named = read_mentions(text, gazetteer)
    return (*named, *nominals(text, named, gazetteer))


def read_candidates(text: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Give the spans of a text at which the reader of events may see one told."""
    from geo.reader.candidates import candidates
    from geo.text import sentences
    from geo.toponyms import toponyms

    found = toponyms(text, gazetteer)
    return candidates(sentences(text), found.mentions, found.nominals, doubtful=found.doubtful)


def read_events(name: str, text: str, published: date, gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Read the events of a text whose day of publication is known."""
    return read_record(name, text, published, gazetteer).events


def read_record(name: str, text: str, published: date | None, gazetteer: Gazetteer) -> Record:
    """Read a text, whose day of publication may be known."""
    from geo.pipeline.article import parse

    return parse(Article(name, text, published=supplied(published) if published else None), gazetteer)


def supplied(day: date) -> Published:
    """Give a publication date that somebody vouches for."""
    return Published(day, day, "supplied")


def wilson(right: int, total: int) -> tuple[float, float]:
    """Give the 95 % confidence interval of a share (Wilson, 1927)."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return middle - half, middle + half


def report(verdicts: Iterable[Verdict], *, verbose: bool) -> str:
    """Write the table: everything, then a line a row, the worst first; the faults where asked for."""
    verdicts = tuple(verdicts)
    lines = []
    if verbose:
        for verdict in verdicts:
            if verdict.faults:
                lines += ["", f"{verdict.id}  [{verdict.rows[-1]}; {verdict.rows[0]}]", f"  {verdict.text}"]
                lines += [f"  - {fault}" for fault in verdict.faults]
        lines.append("")
    right = sum(not verdict.faults for verdict in verdicts)
    low, high = wilson(right, len(verdicts))
    share = right / max(1, len(verdicts))
    lines.append(f"fully right: {share:.3f} ({right}/{len(verdicts)}), 95 % {low:.3f}-{high:.3f}")
    distractors = [verdict for verdict in verdicts if "kind distractor" in verdict.rows]
    if distractors:
        wrong = sum(verdict.false_pins > 0 for verdict in distractors)
        lines.append(f"distractors with a false pin: {wrong / len(distractors):.3f} ({wrong}/{len(distractors)})")
    table: dict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        for row in verdict.rows:
            table[row].append(not verdict.faults)
    for row, marks in sorted(
        table.items(), key=lambda entry: (entry[0].split()[0], sum(entry[1]) / len(entry[1]), entry)
    ):
        lines.append(f"  {sum(marks) / len(marks):.2f}  {sum(marks):3d}/{len(marks):<3d}  {row}")
    steps = Counter(step for verdict in verdicts for step in verdict.steps)
    if steps:
        lines.append("faults by step: " + ", ".join(f"{step} {count}" for step, count in steps.most_common()))
    return "\n".join(lines)


def score_reports(half: Half, gazetteer: Gazetteer) -> reports.ReportsScore:
    """Read the reports, join those that tell of the same event, and score the pairs."""
    return reports.score(items.load_reports(half), lambda *told: read_events(*told, gazetteer))


SCORERS: dict[str, Callable[[Half, Gazetteer], tuple[Verdict, ...]]] = {
    "places": score_places,
    "containers": score_containers,
    "nouns": score_nouns,
    "events": score_events,
    "times": score_times,
    "publication": score_publication,
    "kinds": score_kinds,
}


# Whole articles, scored strictly.
_WHOLE: dict[str, Callable[[Half, Gazetteer], Scorecard]] = {
    "briefs": score_briefs,
    "strangers": score_strangers,
    "quiet": score_quiet,
    "news": score_news,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one suite and print its table."""
    parser = argparse.ArgumentParser(prog="python -m tests.suites.scoring", description=__doc__)
    parser.add_argument("suite", choices=sorted((*SCORERS, "articles", "reports", *_WHOLE)))
    parser.add_argument("--held-out", action="store_true", help="the half that nothing was tuned to")
    parser.add_argument("--verbose", action="store_true", help="print every fault with its passage")
    options = parser.parse_args(arguments)
    if options.held_out and options.verbose:
        parser.error("--verbose is for the development half: who reads the held-out faults tunes to them")
    half: Half = "held_out" if options.held_out else "dev"
    with Gazetteer.open() as gazetteer:
        if options.suite == "reports":
            print(f"reports {half}\n{reports.table(score_reports(half, gazetteer), verbose=options.verbose)}")
            return 0
        if options.suite in _WHOLE:
            print(_WHOLE[options.suite](half, gazetteer).report())
            return 0
        if options.suite == "articles":
            total, verdicts = score_articles(half, gazetteer)
            print(f"articles {half}\n{report_counts(total)}")
            print(report(verdicts, verbose=options.verbose))
            return 0
        verdicts = SCORERS[options.suite](half, gazetteer)
    print(f"{options.suite} {half}")
    print(report(verdicts, verbose=options.verbose))
    return 0


if __name__ == "__main__":
    sys.exit(main())
