"""Writes docs/surface.md: everything that a user may rely on, in one list. ``python -m docs.hooks.surface`` renews it.

A change of that list in a review is a change of the public surface (docs/release.md).
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from gazetteer import cli as gazetteer_cli
from gazetteer import own, plugins
from gazetteer.parser import Parser
from geo import export, settings
from geo.cli import COMMANDS
from geo.ingest.kinds import KINDS
from geo.page import routes
from geo.page.api import asking
from geo.store.frames import COLUMNS

DOCS = Path(__file__).resolve().parents[1]
PAGE = DOCS / "surface.md"
_HEAD = """\
# Public surface

What may be relied on, in one list; the rest is the inside. What a change of it means for the version stands in
[Releasing](release.md). This page is made by `python -m docs.hooks.surface`, and a test compares it with the program.
"""


def text() -> str:
    """Give the page."""
    sections = (
        (
            "Commands and options",
            "What each means: [Command line](command-line.md), `conflict-map help COMMAND`.",
            _cli(),
        ),
        ("Settings", "What each means: [Settings](settings.md).", [_code(*variables())]),
        ("Parameters of a link", "What each means: [The link](link.md).", [_code(*asking.of_the_link())]),
        ("Routes", "Those under `/api/v1` are [the read API](api.md); the others serve the page.", _routes()),
        ("Columns of an event", "What each holds: [Data dictionary](data-dictionary.md).", [_code(*COLUMNS)]),
        ("Formats", "Read, by a file's ending, and written. Packages may [add to both](extending.md).", _formats()),
        ("Extension points", "What each takes: [Extension points](extending.md).", [_code(*plugins.POINTS)]),
        ("Python", "Descriptions are in the reference. A method belongs to its class.", _python()),
    )
    parts = [f"\n## {title}\n\n{about}\n\n" + "\n".join(lines) + "\n" for title, about, lines in sections]
    return _HEAD + "".join(parts)


def variables() -> list[str]:
    """Give the environment variables that are read."""
    found = {value for name, value in vars(settings).items() if name.endswith("_VARIABLE")}
    return sorted(found | {own.VARIABLE})


def parser(command: str) -> argparse.ArgumentParser:
    """Give the parser of a command of ``conflict-map``."""
    made = Parser(prog=f"conflict-map {command}")
    importlib.import_module(f"geo.cli.{command}").arguments(made)
    return made


def modules() -> list[str]:
    """Give the modules that the reference is about."""
    pages = sorted((DOCS / "reference").glob("*.md"))
    return [name for page in pages for name in re.findall(r"^::: (\S+)$", page.read_text("utf-8"), re.MULTILINE)]


def names(module: str) -> list[str]:
    """Give what a module exports: its ``__all__``, else what it defines without an underscore."""
    held = importlib.import_module(module)
    listed = getattr(held, "__all__", None)
    if listed is not None:
        return sorted(listed)
    return sorted(
        name for name, thing in vars(held).items() if name[0] != "_" and getattr(thing, "__module__", None) == module
    )


def _cli() -> Iterator[str]:
    yield "| command | options |"
    yield "| --- | --- |"
    for command in COMMANDS:
        yield from _options(f"conflict-map {command}", parser(command))
    yield from _options("conflict-gazetteer", gazetteer_cli._parser())


def _options(name: str, of: argparse.ArgumentParser) -> Iterator[str]:
    parts = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    for part in parts:
        for word, inner in part.choices.items():
            yield from _options(f"{name} {word}", inner)
    if not parts:
        given = [action for action in of._actions if action.dest != "help"]
        words = [_shown(action) for action in sorted(given, key=lambda action: bool(action.option_strings))]
        yield f"| `{name}` | {', '.join(words)} |"


def _shown(action: argparse.Action) -> str:
    if not action.option_strings:
        return _code(str(action.metavar or action.dest).upper())
    return " ".join(_code(option) for option in action.option_strings)


def _routes() -> Iterator[str]:
    yield "| route | method |"
    yield "| --- | --- |"
    for route in routes.routes(settings.Settings()):
        methods = sorted(set(getattr(route, "methods", ())) - {"HEAD"})
        yield f"| `{getattr(route, 'path', '')}` | {', '.join(methods)} |"


def _formats() -> Iterator[str]:
    yield f"Read: {_code(*KINDS)}, and added {_code(*(f'.{name}' for name in plugins.added(plugins.READERS)))}."
    yield ""
    yield f"Written: {_code(*export.names(), 'html')}."
    yield ""
    places = _code(*(f".{name}" for name in plugins.added(plugins.PLACES)))
    yield f"Own places: {_code('.csv', '.geojson', '.json')}, and added {places}."


def _python() -> Iterator[str]:
    yield "| module | names |"
    yield "| --- | --- |"
    for module in modules():
        yield f"| `{module}` | {_code(*names(module))} |"


def _code(*words: str) -> str:
    return ", ".join(f"`{word}`" for word in words)


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
