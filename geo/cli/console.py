"""What the command line says: messages and reports in words, progress where someone watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from geo import languages
from geo.cli.output import say
from geo.ingest import Problem
from geo.pipeline import Report

_MOST_LISTED = 40


def tell_problems(problems: Sequence[Problem], write: Callable[[str], None] = say) -> None:
    """List what was skipped and why, then the notes; of very many only the first."""
    for heading, severity in (("Skipped", "skipped"), ("Notes", "note")):
        chosen = [problem for problem in problems if problem.severity == severity]
        if chosen:
            write(f"{heading} ({len(chosen)}):")
            for problem in chosen[:_MOST_LISTED]:
                write(f"  {problem}")
            if len(chosen) > _MOST_LISTED:
                write(f"  … and {len(chosen) - _MOST_LISTED:,} more")


def tell_report(report: Report) -> None:
    """Say what a reading into the store came to."""
    done = [f"{report.added:,} new"] if report.added or not report.articles else []
    done += [f"{report.replaced:,} read anew"] if report.replaced else []
    done += [f"{report.unchanged:,} unchanged"] if report.unchanged else []
    print(f"Articles: {', '.join(done)}; skipped: {len(report.skipped):,}.")
    if report.set_aside:
        print(languages.set_aside(report.set_aside))
    if report.added or report.replaced:
        print(f"Events: {report.events:,}, of them {report.located:,} with a place and {report.dated:,} with a date.")
    tell_problems(report.problems, write=print)
    speed = (report.added + report.replaced) / report.seconds if report.seconds else 0.0
    print(f"{report.seconds:,.1f} s" + (f", {speed:,.1f} articles a second" if speed else "") + ".")


def as_json(report: Report) -> dict[str, object]:
    """Give a report as what JSON can hold; every problem is in it."""
    counts = asdict(report) | {"seconds": round(report.seconds, 3)}
    problems = [asdict(problem) for problem in report.problems]
    return counts | {"articles": report.articles, "skipped": len(report.skipped), "problems": problems}


class Progress:
    """A progress bar on a terminal; nothing where the output goes to a file, or nobody wants it."""

    def __init__(self, what: str, *, total: int | None = None, quiet: bool = False, unit: str = "articles") -> None:
        hidden = True if quiet else None  # None: hidden unless a terminal watches
        self._bar: Any = tqdm(desc=what, total=total, unit=f" {unit}", disable=hidden, file=sys.stderr, leave=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.close()

    def one(self) -> None:
        """Count one article."""
        self._bar.update(1)

    def to(self, number: int) -> None:
        """Show that so many are done."""
        self._bar.update(number - self._bar.n)

    def tell(self, text: str) -> None:
        """Say something above the bar."""
        self._bar.write(text, file=sys.stderr)

    def report(self, report: Report) -> None:
        """Show a report so far."""
        self._bar.set_postfix_str(f"{report.events:,} events", refresh=False)
        self._bar.update(report.articles - self._bar.n)
