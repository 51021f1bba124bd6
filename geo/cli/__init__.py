"""``conflict-map COMMAND`` (or ``python -m geo COMMAND``): everything the program does.

A command is a module of this package with ``arguments`` (what it takes), ``EXAMPLES`` and ``run``; it is imported only
when it is asked for, as some need a second for their libraries.

Exit codes: 0 done; 1 nothing could be read; 2 wrong use, or something that is needed is missing; 130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence

from gazetteer.errors import GazetteerError
from gazetteer.parser import Parser, meant
from geo import __version__
from geo.cli.output import say

COMMANDS = {
    "run": "open the dashboard in the browser",
    "parse": "read articles and write one JSON record a line",
    "resolve": "resolve mentions that a corpus already marks",
    "ingest": "read articles into the store that the map shows",
    "demo": "read the demo articles into the store",
    "export": "write events as GeoJSON, CSV, KML, GeoPackage, GeoParquet or one HTML file",
    "layer": "read other people's event data (ACLED, UCDP, VIINA, GDELT, any table) beside the articles",
    "compare": "compare a layer with what the articles say, or with another layer",
    "corrections": "list, export or import the corrections made by hand",
    "info": "say what the store holds",
    "backup": "write a whole copy of the store, in use or not",
    "restore": "put a backup in the store's place",
    "check": "say whether the store and the gazetteer are whole, and what waits",
    "log": "write the journal of all changes, or compare it with an earlier one",
    "copy": "copy the whole store into another database: a file into PostgreSQL with PostGIS, or back",
    "migrate": "bring a store of an earlier version up to date",
    "rescue": "save what can be read of a damaged store",
    "train": "train the models of place names, or the reader of events, on annotated text",
    "evaluate": "score places, events, dates and incidents on annotated corpora",
    "completion": "print what lets a shell complete the commands",
}
PROGRAM = "conflict-map"
# Set by the shell code of `conflict-map completion`.
_COMPLETING = "_ARGCOMPLETE"
_USAGE, _INTERRUPTED = 2, 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give the exit code. Faults of use and of files are told in a line, without a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _COMPLETING in os.environ:
        _complete()
    if given[:1] == ["help"]:
        given = [*given[1:2], "--help"]
    if not given or given[0] not in COMMANDS:
        return _overview(given)
    command = importlib.import_module(f"geo.cli.{given[0]}")
    parser = Parser(
        prog=f"{PROGRAM} {given[0]}", description=f"{command.__doc__}", epilog=f"examples:\n{command.EXAMPLES}"
    )
    command.arguments(parser)
    options = parser.parse_args(given[1:])
    try:
        return int(command.run(options))
    except KeyboardInterrupt:
        say("Interrupted.")
        return int(_INTERRUPTED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + int(signal.SIGPIPE)
    except (GazetteerError, RuntimeError, ValueError, OSError) as error:
        if not _is_ours(error):
            raise
        say(f"{PROGRAM} {given[0]}: {_in_words(error)}")
        return _USAGE


def _is_ours(error: Exception) -> bool:
    """Tell an error with a message for the user from a fault of the program, whose traceback is wanted."""
    return isinstance(error, (GazetteerError, OSError)) or type(error).__module__.startswith(("geo.", "gazetteer."))


def _in_words(error: Exception) -> str:
    """Give the message of an error; the system's own without its number."""
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _complete() -> None:
    """Answer a shell that completes a line; only the modules of the commands in it are imported."""
    import argcomplete  # noqa: PLC0415  (no other run needs it)

    line = os.environ.get("COMP_LINE", "").split()
    parser = Parser(prog=PROGRAM)
    parts = parser.add_subparsers()
    for name, text in COMMANDS.items():
        part = parts.add_parser(name, help=text)
        if name in line:
            importlib.import_module(f"geo.cli.{name}").arguments(part)
    parts.add_parser("help", help="say what a command takes").add_argument("command", choices=COMMANDS)
    argcomplete.autocomplete(parser)


def _overview(given: Sequence[str]) -> int:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} COMMAND ...",
        description="From a pile of news articles to a map of what was reported to have happened, where and when.",
        epilog=f"commands:\n{listed}\n\non each: {PROGRAM} help COMMAND",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    if not given:
        parser.print_help()
        return _USAGE
    if not given[0].startswith("-"):
        hint = meant(given[0], COMMANDS)
        parser.error(f"there is no command {given[0]!r}; there are {', '.join(COMMANDS)}{hint}")
    parser.parse_args(given)
    return 0
