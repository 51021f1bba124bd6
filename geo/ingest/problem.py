"""What could not be read, or only with a remark: what, where, what next."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Literal

Severity = Literal["skipped", "note"]
About = Literal["", "columns", "layer"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one input.

    Attributes
    ----------
    where : str
        The file, or the file and its line: ``events.csv:17``.
    what : str
        What is wrong, as a sentence without its full stop.
    advice : str
        What to do next; empty where there is nothing to do.
    severity : str
        ``skipped``: no article came of it. ``note``: the article was read, with this remark.
    about : str
        ``columns``: saying what the columns of the table hold (`geo.ingest.read_map`) may mend it; ``layer``: it is
        event data, which stands as a layer; empty for the rest.
    """

    where: str
    what: str
    advice: str = ""
    severity: Severity = "skipped"
    about: About = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}." + (f" {self.advice}." if self.advice else "")


class UnreadableError(ValueError):
    """Stops the reading of one file; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


_LONGEST_MESSAGE = 200


def unexpected(where: str, error: Exception) -> Problem:
    """Give the problem of an input at which the program itself failed: what went wrong and at which line of it."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{at.filename.rpartition('/')[2]}:{at.lineno}"
    message = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    what = f"reading it failed ({type(error).__name__} at {place}{': ' if message else ''}{message})"
    return Problem(where, what, "This is a fault of the program; please report it with the article")
