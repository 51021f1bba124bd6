"""Factiva: articles by two-letter fields (HD, PD, SN, LP, TD), or as it prints them."""

from __future__ import annotations

import re

from geo.ingest.dumps.piece import Piece, day_of, joined

_CODES = (
    *(
        "SE",
        "HD",
        "BY",
        "CR",
        "WC",
        "PD",
        "ET",
        "SN",
        "SC",
        "ED",
        "PG",
        "VOL",
        "LA",
        "CY",
        "LP",
        "TD",
        "CT",
        "RF",
        "CO",
    ),
    *("IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "ART", "CLM", "DLN"),
)
_CODE = re.compile(rf"[ \t]*({'|'.join(_CODES)})(?:[ \t]+(.*))?$")
_NEEDED = {"HD", "PD", "SN"}
# The number under which an article is kept: its source's code, its day, five to twelve more signs.
_KEPT_AS = re.compile(r"^[ \t]*Document [A-Z0-9]{2,10}0{2,4}(?:19|20)\d{6}[a-z0-9]{4,14}[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"[\d,.]{1,9} words$", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(c\)|©|copyright)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?: ?[AP]M)?(?: [A-Z]{2,4})?$", re.IGNORECASE)


def tagged(text: str) -> list[Piece]:
    """Give the articles of a download with fields; none where it is of another form."""
    articles: list[dict[str, list[str]]] = []
    current: list[str] = []
    for line in text.split("\n"):
        found = _CODE.match(line)
        if found:
            code = found[1]
            if not articles or code in articles[-1]:
                articles.append({})
            current = articles[-1].setdefault(code, [])
            current.append((found[2] or "").strip())
        elif _KEPT_AS.match(line):
            current = []
        else:
            current.append(line.strip())
    return [_of_fields(one) for one in articles if one.keys() >= _NEEDED and one.keys() & {"LP", "TD"}]


def _of_fields(article: dict[str, list[str]]) -> Piece:
    line = {code: " ".join(" ".join(values).split()) for code, values in article.items()}
    body = "\n\n".join(joined(article[code]) for code in ("LP", "TD") if code in article)
    return Piece(body, line["HD"], line["SN"], line["PD"])


def printed(text: str) -> list[Piece]:
    """Give the articles of a download as it is printed; none where it is of another form."""
    pieces = []
    start = 0
    for mark in _KEPT_AS.finditer(text):
        pieces.append(_of_lines(text[start : mark.start()].split("\n")))
        start = mark.end()
    return [piece for piece in pieces if piece]


def _of_lines(lines: list[str]) -> Piece | None:
    lines = [line.strip() for line in lines]
    words = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    rights = next((number for number, line in enumerate(lines) if _RIGHTS.match(line)), None)
    if words is None or rights is None or rights < words:
        return None
    between = [line for line in lines[words + 1 : rights] if line and not _CLOCK.match(line)]
    at = next((number for number, line in enumerate(between) if day_of(line)), None)
    above = [line for line in lines[:words] if line]
    body = joined(lines[rights + 1 :])
    if at is None or not above or not body:
        return None
    # Above stand a section, the headline and an author, none of them always; the headline is the longest.
    source = between[at + 1] if at + 1 < len(between) else None
    return Piece(body, max(above, key=len), source, between[at])
