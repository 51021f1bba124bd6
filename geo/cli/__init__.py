"""``python -m geo COMMAND``: everything the program does without the page.

A command is a module of this package with ``arguments`` (what it takes), ``EXAMPLES`` and ``run``; it is imported only
when it is asked for, as some need a second for their libraries.

Exit codes: 0 done; 1 nothing could be read; 2 wrong use, or something that is needed is missing; 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence

from gazetteer.errors import GazetteerError
from geo import __version__
from geo.cli.output import say

COMMANDS = {
    "run": "open the dashboard in the browser",
    "parse": "read articles and write one JSON record a line",
    "resolve": "resolve mentions that a corpus already marks",
    "ingest": "read articles into the store that the map shows",
    "demo": "read the demo articles into the store",
    "export": "write events as GeoJSON, CSV, KML, GeoPackage, GeoParquet or one HTML file",
    "corrections": "list, export or import the corrections made by hand",
    "info": "say what the store holds",
    "train": "train the models of place names, or the reader of events, on annotated text",
    "evaluate": "score places, events, dates and incidents on annotated corpora",
}
_USAGE, _INTERRUPTED = 2, 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give the exit code. Faults of use and of files are told in a line, without a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in COMMANDS:
        return _overview(given)
    command = importlib.import_module(f"geo.cli.{given[0]}")
    parser = argparse.ArgumentParser(
        prog=f"python -m geo {given[0]}",
        description=f"{command.__doc__}",
        epilog=f"examples:\n{command.EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
        say(f"geo {given[0]}: {_in_words(error)}")
        return _USAGE


def _is_ours(error: Exception) -> bool:
    """Tell an error with a message for the user from a fault of the program, whose traceback is wanted."""
    return isinstance(error, (GazetteerError, OSError)) or type(error).__module__.startswith(("geo.", "gazetteer."))


def _in_words(error: Exception) -> str:
    """Give the message of an error; the system's own without its number."""
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _overview(given: Sequence[str]) -> int:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m geo",
        usage="python -m geo COMMAND ...",
        description="From a pile of news articles to a map of what was reported to have happened, where and when.",
        epilog=f"commands:\n{listed}\n\non each: python -m geo COMMAND --help\nthe map: streamlit run dashboard.py",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"conflict-map {__version__}")
    if not given:
        parser.print_help()
        return _USAGE
    if not given[0].startswith("-"):
        parser.error(f"there is no command {given[0]!r}; there are {', '.join(COMMANDS)}")
    parser.parse_args(given)
    return 0
