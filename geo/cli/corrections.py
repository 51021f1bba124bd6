"""List the corrections made by hand, write them to a CSV file, or take in those of such a file.

They outlive reading the articles anew; in a file they can be kept apart from the store, edited and passed on. Taking in
a file is one step, which `undo` takes back; what counts already is not taken in again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.cli import options as shared
from geo.cli.output import STANDARD_INPUT, opened, print_json, say
from geo.corrections import Standing
from geo.export.corrections import decode, encode
from geo.store import Store

EXAMPLES = """\
  conflict-map corrections list
  conflict-map corrections export corrections.csv
  conflict-map corrections import corrections.csv --store my.sqlite"""

# Whose steps its imports are.
_SESSION = "corrections"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="list | export | import | undo")
    listing = parts.add_parser("list", help="say what was corrected")
    out = parts.add_parser("export", help="write the corrections as CSV")
    out.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="default: standard output")
    into = parts.add_parser("import", help="take in the corrections of a CSV file")
    into.add_argument("file", type=Path, metavar="FILE.csv", help="'-' for standard input")
    back = parts.add_parser("undo", help="undo the last import that stands")
    for part in (listing, out, into, back):
        shared.add_store(part)
    for part in (listing, into):
        shared.add_json(part)
    shared.add_quiet(out)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    settings = shared.settings(options)
    if options.part == "undo":
        with Store(settings.store, read_only=settings.read_only, session=_SESSION) as store:
            what = store.undo()
        if what:
            print(f"Undone: {what}.")
        else:
            say("geo corrections: There is nothing to undo that this command did.")
        return int(what is None)
    if options.part == "import":
        given = decode(_content(options.file), name=str(options.file))
        with Store(settings.store, read_only=settings.read_only, session=_SESSION) as store:
            new = store.add_corrections(given, what=f"import of {options.file.name}")
            waiting = sum(standing.event is None for standing in store.corrections())
        if options.json:
            print_json({"given": len(given), "new": new, "waiting": waiting})
            return 0
        print(f"{new:,} of {len(given):,} corrections are new.")
        if waiting:
            print(f"{waiting:,} corrections have no event at present; they wait for theirs.")
        return 0
    with Store(settings.store, read_only=True) as store:
        found = store.corrections()
    if options.part == "list":
        if options.json:
            print_json([_as_json(standing) for standing in found])
        else:
            _tell(found)
        return 0
    with opened(options.file) as file:
        file.write(encode(found))
    if not options.quiet:
        say(f"{len(found):,} corrections" + (f" in {options.file}" if options.file else "") + ".")
    return 0


def _content(file: Path) -> bytes:
    return shared.standard_input().read() if str(file) == STANDARD_INPUT else file.read_bytes()


def _as_json(standing: Standing) -> dict[str, object]:
    """Give a correction with its article, what it changes in words, and its event, null where it waits for one."""
    made = standing.correction
    return {
        "article": standing.article_id or made.key.article,
        "title": standing.title,
        "trigger": standing.trigger,
        "place_text": made.key.place_text,
        "action": made.action,
        "change": _change(standing),
        "by": made.by,
        "made": made.made,
        "event": standing.event,
    }


def _tell(found: tuple[Standing, ...]) -> None:
    for standing in found:
        made = standing.correction
        where = (
            f"{standing.title or standing.article_id or made.key.article}: “{standing.trigger}”, {made.key.place_text}"
        )
        who = f" ({', '.join(part for part in (made.by, made.made[:10]) if part)})" if made.by or made.made else ""
        lost = "" if standing.event else " [no event at present]"
        print(f"{_printable(where)}: {_printable(_change(standing))}{_printable(who)}{lost}")
    print(f"{len(found):,} corrections.")


def _change(standing: Standing) -> str:
    made = standing.correction
    if made.action == "place" and made.place:
        return f"place is {made.place.name} ({made.place.lat:.4f}, {made.place.lon:.4f})"
    if made.action == "date":
        days = " to ".join(dict.fromkeys(str(day) for day in (made.date_start, made.date_end) if day))
        return f"date is {days or 'unknown'}"
    if made.action == "type":
        return f"type is {made.type}"
    if made.action == "note":
        return f"note: {made.note}" if made.note else "no note"
    if made.action == "same_event" and made.other:
        return f"the same event as {made.other.place_text} in {made.other.article}"
    return {"reject": "rejected", "other_event": "not the event of its other reports"}[made.action]


def _printable(text: str) -> str:
    """Keep what a terminal would obey out of what it is shown."""
    return "".join(character if character.isprintable() else " " for character in text)
