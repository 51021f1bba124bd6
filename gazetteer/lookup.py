"""From a name to candidates: exact first, then ever looser readings of it until one finds something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gazetteer import schema, sectors, typewords
from gazetteer.names import fold, romanise, skeleton
from gazetteer.place import Candidate, Kind, Place
from gazetteer.schema import MATCHES, PRIOR_SCALE, NameFilter, Ref
from gazetteer.typewords import TypeWord

# "Donetsk oblast" means the oblast, however many people the city has; "Bakhmut oblast", at worst, the town.
_TYPE_WORD_BONUS = 2.0
# "Ga." and "Man." with their full stop are abbreviations; without it they could be names.
_STOP_BONUS = 4.0
_SECTOR_BONUS = 0.5
_BELOW = 0.001
_SHORTEST_LOOSE = 4
_TWO_DIRECTIONS = re.compile(r"\b(north|south) (east|west)")


class Lookup:
    """The readings of a name, over the tables of one file.

    Parameters
    ----------
    rows : callable
        Runs a query.
    places : callable
        Gives a mapping that has the places of keys; what is in no file is left out.
    sector : callable
        Gives the side of a country as a place.
    words : dict
        Type words.
    """

    def __init__(
        self,
        rows: Callable[..., list[Any]],
        places: Callable[[Sequence[int]], Mapping[int, Place]],
        sector: Callable[[str, str], Place | None],
        words: dict[str, TypeWord],
    ) -> None:
        self._rows = rows
        self._places = places
        self._sector = sector
        self._words = words
        self._filter = NameFilter(rows("SELECT bits FROM known")[0][0])

    def by_name(self, name: str) -> tuple[Candidate, ...]:
        """Give every candidate for a name, likeliest first."""
        folded = fold(name)
        if not folded:
            return ()
        found = self._typed(self._exact(folded, name), folded)
        return (
            found
            or self._respelled(folded)
            or self._hyphenated(name)
            or self._directed(folded)
            or self._skeletal(folded)
        )

    def knows(self, name: str) -> bool:
        """Tell whether the folded name is in the file."""
        folded = fold(name)
        return folded in self._filter and bool(self._rows("SELECT 1 FROM name WHERE folded = ?", (folded,)))

    def refs(self, table: str, column: str, value: str) -> list[Ref]:
        """Read the references under one key of a look-up table."""
        if table == "name" and value not in self._filter:
            return []
        rows = self._rows(f"SELECT refs FROM {table} WHERE {column} = ?", (value,))
        return schema.unpack_refs(rows[0][0]) if rows else []

    def candidates(self, refs: Sequence[Ref]) -> tuple[Candidate, ...]:
        """Read the places that references point to, all in one go."""
        if not refs:
            return ()
        places = self._places([ref.key for ref in refs])
        return tuple(
            [
                Candidate(places[key], MATCHES[match], primary, prior / PRIOR_SCALE)
                for key, match, primary, prior in refs
                if key in places
            ]
        )

    def prefix(self, text: str, limit: int) -> tuple[Candidate, ...]:
        """Give the likeliest places with a name that begins with `text`, each once."""
        folded = fold(text)
        if not folded or limit < 1:
            return ()
        refs = self.refs("prefix", "prefix", folded)
        if not refs:
            rows = self._rows(
                "SELECT refs FROM name WHERE folded >= ? AND folded < ? ORDER BY top DESC LIMIT ?",
                (folded, folded + chr(0x10FFFF), limit * 3),
            )
            refs = [ref for (packed,) in rows for ref in schema.unpack_refs(packed)]
        best: dict[int, Ref] = {}
        for ref in sorted(refs, key=lambda ref: (-ref.prior, -ref.key)):
            best.setdefault(ref.key, ref)
        return tuple(replace(one, match="prefix") for one in self.candidates(list(best.values())[:limit]))

    def _exact(self, folded: str, name: str) -> tuple[Candidate, ...]:
        refs = self.refs("name", "folded", folded)
        if not refs and not folded.isascii():
            refs = self.refs("name", "folded", romanise(folded))
        found = self.candidates(refs)
        if not any(one.match == "abbreviation" for one in found):
            return found
        if name.islower():
            # "or", "me" and "in" are words; Oregon, Maine and Indiana are OR, ME and IN.
            return tuple(one for one in found if one.match != "abbreviation")
        if name.rstrip().endswith("."):
            raised = [
                replace(one, prior=one.prior + _STOP_BONUS) if one.match == "abbreviation" else one for one in found
            ]
            return _sorted(raised)
        return found

    def _typed(self, found: tuple[Candidate, ...], folded: str) -> tuple[Candidate, ...]:
        """Add what the name means without its type word, where that is of the kind the word says."""
        if " " not in folded:
            return found
        fitting: dict[str, Candidate] = {}
        others: list[Candidate] = []
        wanted: set[Kind] = set()
        for bare, kinds in typewords.strip(folded, self._words):
            wanted.update(kinds)
            for one in self._exact(bare, bare):
                if one.match == "demonym" or (found and not one.primary and one.place.kind not in _ADMIN):
                    continue
                if one.place.kind in kinds:
                    prior = one.prior + _TYPE_WORD_BONUS - 0.3 * kinds.index(one.place.kind)
                    fitting.setdefault(one.place.id, replace(one, match="type word", prior=prior))
                else:
                    others.append(replace(one, match="type word", prior=one.prior - _TYPE_WORD_BONUS))
        if not fitting:
            return found or _sorted(others)
        if any(one.primary and one.place.kind in wanted for one in found):
            # The whole name is a name: a part of it may add places, but none above those.
            floor = min(one.prior for one in found) - _BELOW
            fitting = {key: replace(one, prior=min(one.prior, floor)) for key, one in fitting.items()}
        held = {one.place.id for one in found}
        return _sorted([*found, *(one for key, one in fitting.items() if key not in held)])

    def _respelled(self, folded: str) -> tuple[Candidate, ...]:
        """Read *Plymouth Co.* as a county and *South East Asia* as one direction."""
        if folded.endswith(" co"):
            return self.by_name(f"{folded}unty")
        joined = _TWO_DIRECTIONS.sub(r"\1\2", folded)
        return self.by_name(joined) if joined != folded else ()

    def _hyphenated(self, name: str) -> tuple[Candidate, ...]:
        """Read *Donbas-based*, *Russian-backed* and *Sino-Indian*: the first part that names something."""
        parts = name.replace("‑", "-").replace("–", "-").split("-")
        if len(parts) < 2:
            return ()
        head = self.by_name(parts[0]) if parts[0][:1].isupper() and parts[-1].islower() else ()
        if head:
            return head
        # "Gulyai-Pole" is a town and no Pole; "Sino-Indian" and "non-Russian" speak of India and Russia.
        for part in (parts[0], parts[-1]) if _PREFIX.fullmatch(parts[0]) else parts[:1]:
            demonyms = tuple(one for one in self._exact(fold(part), part) if one.match == "demonym")
            if demonyms:
                return demonyms
        return ()

    def _directed(self, folded: str) -> tuple[Candidate, ...]:
        """Read *eastern Ukraine*: the side of the country first, then what the name is without its direction."""
        parted = sectors.split(folded)
        if parted is None:
            return ()
        direction, rest = parted
        whole = self.by_name(rest)
        # What is only spelt like the rest stays so: "West Shoa" is no town of Shoja.
        found = [one if one.match == "fuzzy" else replace(one, match="direction") for one in whole]
        if direction and whole and whole[0].place.kind == "country" and whole[0].place.country_code:
            side = self._sector(whole[0].place.country_code, direction)
            if side is not None:
                found.append(Candidate(side, "direction", True, whole[0].prior + _SECTOR_BONUS))
        return _sorted(found)

    def _skeletal(self, folded: str) -> tuple[Candidate, ...]:
        if len(folded) < _SHORTEST_LOOSE:
            return ()
        found = self.candidates(self.refs("skeleton", "skeleton", skeleton(folded)))
        # A short name is another spelling of a village's, never of a country's: "Thiek".
        wide = len(folded) >= _SHORTEST_COUNTRY
        return tuple(replace(one, match="fuzzy") for one in found if wide or one.place.kind != "country")


# What stands before the hyphen of a word for the people of a country.
_PREFIX = re.compile(r"\w*o|[a-z]\w*|(?i:non|pro|anti|ex|pre|post|inter|trans|half|part|all)|[A-Z]+")
_SHORTEST_COUNTRY = 7
_ADMIN = frozenset(("admin1", "admin2", "admin3"))


def _sorted(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found, key=lambda one: (-one.prior, one.place.id)))
