"""What the recognition model sees of a candidate: some sixty numbers, and words around it as hashed features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from geo.recognise import words
from geo.recognise.candidates import GAZETTEER, Candidate
from geo.recognise.reading import Reading
from geo.surfaces import Surfaces

# Lexical features are hashed into this many weights.
HASHED = 2**18

NAMES = (
    "words", "characters", "how", "population", "primary_population", "candidates",
    "countries", "admin1s", "settlements", "admin2s", "regions", "waters", "facilities", "admin3s",
    "zipf", "least_zipf", "run_length", "run_position", "run_start", "run_end", "capital_before", "capital_after",
    "run_organisation", "run_street", "run_feature", "run_title", "title_before", "saying_after", "preposition_before",
    "the_before", "unit_after_comma", "place_before_comma", "opens", "all_capitals", "headline_capitals",
    "last_feature", "last_street", "first_opener", "digit", "lowered_here", "lower_rate", "given_first", "given_before",
    "surname_here", "same_here", "same_share", "inside", "contains", "possessive_after", "opening_before",
    "number_after", "number_before", "hyphen_before", "hyphen_after", "function_word", "calendar", "feature_after",
    "organisation_after", "people_after", "joined_before", "joined_after", "dateline", "position", "in_address",
    "same_located", "same_titled", "same_extended", "type_word_before", "comma_after", "type_word_after",
    "prior", "capital", "curated", "government", "begins_elsewhere", "ends_elsewhere",
)  # fmt: skip

_SUBJECT = words.SAYING | {"said", "says"}
_ADDRESS = frozenset("@/.#")
_JOIN = frozenset(("and", ",", "or", "&"))
_OPENING = frozenset('("“—-')
_DATELINE = frozenset("(-—–:,")
# Words on either side within which candidates are compared for nesting.
_NEIGHBOURS = 12


def dense(
    reading: Reading, found: list[Candidate], surfaces: Surfaces, lower_rates: Mapping[str, float]
) -> NDArray[np.float32]:
    """Give the numbers of every candidate.

    Parameters
    ----------
    reading : Reading
    found : list of Candidate
        As `geo.recognise.candidates.candidates` gives them, in order.
    surfaces : Surfaces
    lower_rates : mapping of str to float
        How often a word is written in lower case, 0..1; words it lacks count as names.

    Returns
    -------
    numpy.ndarray of float32, shape (candidates, len(NAMES))
    """
    rows = np.zeros((len(found), len(NAMES)), dtype=np.float32)
    if not found:
        return rows
    lower = reading.lower
    same: Counter[str] = Counter()
    located: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    extended: Counter[str] = Counter()
    for candidate in found:
        key = candidate.surface.key
        before = lower[candidate.first - 1] if candidate.first else ""
        same[key] += 1
        located[key] += before in words.LOCATIVE
        titled[key] += before in words.TITLES or before in words.GIVEN_NAMES
        if candidate.sources & GAZETTEER and candidate.stop - candidate.first > 1:
            extended[lower[candidate.first]] += 1
    nested = _nesting(found)
    for index, candidate in enumerate(found):
        key = candidate.surface.key
        rows[index] = (
            *_own(reading, candidate, surfaces, lower_rates),
            min(same[key], 20),
            same[key] / len(found),
            *nested[index],
            *_around(reading, candidate),
            located[key],
            titled[key],
            extended[lower[candidate.first]],
            *_type_words(reading, candidate),
            candidate.surface.prior,
            candidate.surface.capital,
            candidate.surface.curated,
            candidate.surface.government,
            *_elsewhere(reading, candidate),
        )
    return rows


def _own(
    reading: Reading, candidate: Candidate, surfaces: Surfaces, lower_rates: Mapping[str, float]
) -> tuple[float, ...]:
    """Give the features of the span itself and of the run of capitalised words that it stands in."""
    first, stop, surface = candidate.first, candidate.stop, candidate.surface
    lower, capital, tokens, text = reading.lower, reading.capital, reading.tokens, reading.text
    start, end = tokens[first].start, tokens[stop - 1].end
    own = lower[first:stop]
    before = lower[first - 1] if first else ""
    after = lower[stop] if stop < len(lower) else ""
    run_begin, run_stop = reading.runs[first] if reading.runs[first][0] >= 0 else (first, stop)
    run_last = lower[run_stop - 1]
    rest = stop < run_stop
    all_capitals = end - start > 1 and text[start:end].isupper()
    shouting = all_capitals and (
        (stop < len(tokens) and len(after) > 1 and tokens[stop].word.isupper())
        or (first > 0 and len(before) > 1 and tokens[first - 1].word.isupper())
    )
    return (
        stop - first,
        end - start,
        surface.how,
        surface.population,
        surface.primary_population,
        math.log1p(len(surface.candidates)),
        surface.counts[0],
        surface.counts[1],
        min(surface.counts[2], 5),
        min(surface.counts[3], 5),
        *surface.counts[4:],
        words.zipf(own[0]) if len(own) == 1 else -1.0,
        min(map(words.zipf, own)),
        min(run_stop - run_begin, 12),
        first - run_begin if first - run_begin < 12 else 12,
        first == run_begin,
        stop == run_stop,
        first > 0 and capital[first - 1],
        stop < len(capital) and capital[stop],
        rest and run_last in words.ORGANISATIONS,
        rest and run_last in words.STREETS,
        rest and run_last in words.FEATURES,
        run_begin < first and lower[run_begin] in words.TITLES,
        before in words.TITLES,
        after in _SUBJECT,
        (before in words.PREPOSITIONS) + (before == "in"),
        before == "the",
        *_commas(reading, candidate, surfaces),
        reading.opens[first],
        all_capitals,
        shouting,
        own[-1] in words.FEATURES,
        own[-1] in words.STREETS,
        own[0] in words.OPENERS,
        any(map(str.isdigit, text[start:end])),
        all(word in reading.lowered for word in own),
        min(lower_rates.get(word, 0.0) for word in own),
        own[0] in words.GIVEN_NAMES,
        before in words.GIVEN_NAMES and capital[first - 1],
        min(reading.surnames[own[-1]], 5),
    )


def _commas(reading: Reading, candidate: Candidate, surfaces: Surfaces) -> tuple[float, float]:
    """Tell whether a state or country follows after a comma ("Paris, Texas"), and a known name stands before one."""
    first, stop = candidate.first, candidate.stop
    tokens, capital = reading.tokens, reading.capital
    unit = place = False
    if stop + 1 < len(tokens) and tokens[stop].word == "," and capital[stop + 1]:
        for last in range(stop + 1, min(stop + 4, len(tokens))):
            name = surfaces.get(reading.text[tokens[stop + 1].start : tokens[last].end])
            if name.counts[0] or name.counts[1]:
                unit = True
                break
    if first > 1 and tokens[first - 1].word == "," and capital[first - 2]:
        place = bool(surfaces.get(tokens[first - 2].word).candidates)
    return (float(unit), float(place))


def _around(reading: Reading, candidate: Candidate) -> tuple[float, ...]:
    first, stop = candidate.first, candidate.stop
    lower, capital, tokens = reading.lower, reading.capital, reading.tokens
    start, end = tokens[first].start, tokens[stop - 1].end
    before = lower[first - 1] if first else ""
    after = lower[stop] if stop < len(lower) else ""
    own = lower[first:stop]
    return (
        after in ("'s", "’s"),
        before in _OPENING,
        after[:1].isdigit(),
        before[:1].isdigit(),
        before == "-" and tokens[first - 1].end == start,
        after == "-" and tokens[stop].start == end,
        own[0] in words.FUNCTION_WORDS,
        any(word in words.CALENDAR for word in own),
        stop < len(capital) and after in words.FEATURES,
        after in words.ORGANISATIONS,
        after in words.PEOPLE,
        before in _JOIN,
        after in _JOIN,
        start < 60 and after in _DATELINE,
        start / max(1, len(reading.text)),
        before in _ADDRESS or after in ("/", "@"),
    )


def _type_words(reading: Reading, candidate: Candidate) -> tuple[float, float, float]:
    first, stop, lower = candidate.first, candidate.stop, reading.lower
    before = lower[first - 1] if first else ""
    if before in ("of", "the") and first > 1:
        before = lower[first - 2]
    after = lower[stop] if stop < len(lower) else ""
    return (before in words.TYPE_WORDS, after == ",", after in words.TYPE_WORDS)


def _elsewhere(reading: Reading, candidate: Candidate) -> tuple[int, int]:
    """Count the longer runs elsewhere that a single word begins or closes: persons are named in full once."""
    if candidate.stop - candidate.first > 1:
        return 0, 0
    word = reading.lower[candidate.first]
    begin, stop = reading.runs[candidate.first]
    longer = stop - begin > 1
    return (
        min(reading.begins[word] - (longer and begin == candidate.first), 5),
        min(reading.ends[word] - (longer and stop == candidate.stop), 5),
    )


def _nesting(found: list[Candidate]) -> list[tuple[float, float]]:
    """Give, for each candidate, the length of the longest known name around it and how many known names it holds."""
    nested = []
    for index, this in enumerate(found):
        inside = contains = 0
        for other in found[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]:
            if other is this or not other.surface.how:
                continue
            if other.first <= this.first and other.stop >= this.stop:
                inside = max(inside, other.stop - other.first)
            elif this.first <= other.first and this.stop >= other.stop:
                contains += 1
        nested.append((float(inside), float(contains)))
    return nested


def lexical(reading: Reading, found: list[Candidate]) -> list[list[int]]:
    """Give the hashed word features of every candidate, as indices below `HASHED`."""
    rows = []
    lower, tokens, runs = reading.lower, reading.tokens, reading.runs
    count = len(lower)
    for candidate in found:
        first, stop = candidate.first, candidate.stop
        before = lower[first - 1] if first else "<"
        before2 = lower[first - 2] if first > 1 else "<"
        after = lower[stop] if stop < count else ">"
        after2 = lower[stop + 1] if stop + 1 < count else ">"
        begin, end = runs[first] if runs[first][0] >= 0 else (first, stop)
        name = " ".join(lower[first:stop])
        shape = "".join(map(_shape, (token.word for token in tokens[first:stop])))
        capitals = (
            f"{before[:1].isalpha() and reading.capital[first - 1]}{after[:1].isalpha() and reading.capital[stop]}"
        )
        strings = (
            f"first={lower[first]}", f"last={lower[stop - 1]}", f"before={before}", f"before2={before2} {before}",
            f"after={after}", f"after2={after} {after2}", f"both={before} {after}", f"2before={before2}",
            f"2after={after2}", f"runlast={lower[end - 1]} {stop == end}", f"runfirst={lower[begin]} {first == begin}",
            f"suffix={name[-3:]}", f"suffix2={name[-2:]}", f"name={name}", f"shape={shape}",
            f"how={candidate.surface.how} {capitals}", f"sources={candidate.sources}",
        )  # fmt: skip
        rows.append([crc32(string.encode()) % HASHED for string in strings])
    return rows


def _shape(word: str) -> str:
    if word.isupper():
        return "X"
    if word.islower():
        return "x"
    return "0" if word[0].isdigit() else "Xx"
