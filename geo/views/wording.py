"""The words of the page: dates at the precision they were reported, types, states, reasons."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TYPE_LABELS = {
    "battle": "Battle",
    "explosion": "Explosion",
    "violence_against_civilians": "Violence against civilians",
    "protest": "Protest",
    "riot": "Riot",
    "strategic_development": "Strategic development",
    "political": "Political",
}

ACTOR_LABELS = {
    "state_forces": "State forces",
    "rebel_group": "Rebel group",
    "militia": "Militia",
    "police": "Police",
    "civilians": "Civilians",
    "protesters": "Protesters",
    "international": "International forces",
    "other": "Others",
}

PRECISION_TEXT = {
    "point": "",
    "town": "",
    "region": "area",
    "sea": "sea",
    "country": "country only",
}

REASONS = {
    "metonym": ("Speaks for a government", "A government or an army speaking, not the place"),
    "adjectival": ("Adjective", "Says whose, not where"),
    "organisation": ("Part of a name", "Inside the name of an organisation"),
    "background": ("No event at it", "Named, but no event is tied to it"),
    "no place": ("No place", "Something happened, but the text ties it to no place"),
    "no date": ("No date", "Something happened, but nothing says when"),
    "planned": ("Planned", "Has not been reported to have happened"),
    "hypothetical": ("Hypothetical", "Only if, not reported to have happened"),
    "denied": ("Denied", "Denied in the article"),
    "rejected by hand": ("Rejected by hand", "Rejected by hand: not shown on the map"),
    "told once": ("Told already", "Tells again of an event that stands on the map"),
    "unsure": ("Not sure enough", "Something may be told to have happened there; the reader is not sure enough"),
    "reference": ("Measures a distance", "Only says where another place lies"),
    "part of another event": ("Part of another event", "Belongs to an event that stands on the map"),
    "another language": ("Another language", "The article is in a language that is not read; it is kept as it is"),
    "not read": ("Not read", "From here on the article was left out: reading it would have taken too long"),
    "unresolved": ("Place unknown", "No place in the gazetteer fits the name"),
}


def day(when: date) -> str:
    """Write one day: ``26 Jan 2015``."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def _ends_month(when: date) -> bool:
    return when.day == calendar.monthrange(when.year, when.month)[1]


def _whole_months(start: date, end: date) -> str | None:
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if start.day != 1 or not _ends_month(end):
        return None
    if (start.month, end.month) == (1, 12):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.year != end.year:
        return None
    return f"{first} {start.year}" if start.month == end.month else f"{first}–{last} {start.year}"


def _days(start: date, end: date) -> str:
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    # Beyond a year or so the days are no longer what was reported, only the ends of an interval.
    if end - start > timedelta(days=400):
        return f"{first} {start.year} – {last} {end.year}"
    if start.year != end.year:
        return f"{day(start)} – {day(end)}"
    return f"{start.day}–{day(end)}" if start.month == end.month else f"{start.day} {first} – {day(end)}"


def interval(start: date, end: date) -> str:
    """Write a closed interval of days at the precision it was reported, never finer.

    Examples
    --------
    >>> interval(date(2015, 1, 1), date(2015, 1, 31))
    'Jan 2015'
    >>> interval(date(2015, 1, 25), date(2015, 1, 26))
    '25–26 Jan 2015'
    >>> interval(date(2014, 1, 1), date(2014, 12, 31))
    '2014'
    """
    if start == end:
        return day(start)
    return _whole_months(start, end) or _days(start, end)


def month(when: date) -> str:
    """Write the month a day lies in, as a heading of the list."""
    return f"{calendar.month_name[when.month]} {when.year}"


def status(value: str, speaker: str | None) -> str:
    """Say how sure the article is of an event: ``Reported``, ``Claimed by Kyiv`` ..."""
    if value == "claimed":
        return f"Claimed by {speaker}" if speaker else "Claimed by someone"
    return value.capitalize()


def reason(key: str) -> tuple[str, str]:
    """Give the short and the long wording of a not-plotted reason; an unknown one speaks for itself."""
    return REASONS.get(key, (key.capitalize(), key.capitalize()))


def figure(low: int | None, high: int | None) -> str:
    """Write a figure as the article gives it, empty where it gives none.

    Examples
    --------
    >>> figure(12, 12), figure(12, None), figure(None, 5), figure(10, 12)
    ('12', '12 or more', 'up to 5', '10–12')
    """
    if low is None:
        return "" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def short_figure(low: int | None, high: int | None) -> str:
    """Write a figure for a narrow column: ``12``, ``12+``, ``≤5``, ``10–12``."""
    if low is None:
        return "" if high is None else f"≤{high:,}"
    return f"{low:,}+" if high is None else figure(low, high)


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun: ``1 article``, ``1,204 articles``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
