"""Places from waypoints, patrol logs as a layer, events of marked lines, and a panel that counts by month."""

import re
from pathlib import Path

from gazetteer.errors import OwnPlacesError
from geo.events.added import event
from geo.views.added import Bars, Events, Note, Panel

MARKED = re.compile(r"^\* (battle|explosion|protest), ([^:\n]+): ", re.MULTILINE)


def places(path):
    """Give the places of a file with lines such as "48.35 38.42 Camp Juniper"."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        lat, _, rest = line.partition(" ")
        lon, _, name = rest.partition(" ")
        if not name:
            raise OwnPlacesError(f"{path}:{number}: write latitude, longitude and a name; got {line!r}")
        yield f"{path}:{number}", {"name": name, "lat": lat, "lon": lon}


def patrols():
    """Give the mapping of patrol logs."""
    return Path(__file__).with_name("patrols.yaml")


def told(given):
    """Read "* explosion, Debaltseve: ..." as it is meant; an article without such lines is another reader's."""
    lines = list(MARKED.finditer(given.article.text))
    if not lines:
        return None
    found = []
    for line in lines:
        named = [one for one in given.mentions if line.start(2) <= one.start < line.end(2)]
        if named:
            found.append(event(given, type=line[1], place=named[0], trigger=line.span(1), days=given.published))
    return found, ()


def months(sight):
    """Count the events of the view by the month in which they began, and list the first of them."""
    events = sight.events()
    by_month = events["date_start"].dropna().dt.strftime("%Y-%m").value_counts().sort_index()
    return [
        Note("The events of this view by the month in which they began."),
        Bars([(month, int(number)) for month, number in by_month.items()]),
        Events(list(events["id"][: sight.length]), len(events)),
    ]


PANEL = Panel("Months", months)
