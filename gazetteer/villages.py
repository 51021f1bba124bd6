"""The villages of national lists: asked for a name that nothing else bears, never for one that something does.

They are too many, and too many of one name, to stand among the candidates of a name: Ukraine alone has more than a
hundred Oleksandrivkas. Who knows where the name must lie (`geo.resolve.hamlets`) finds the right one here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gazetteer.names import fold, romanise, skeleton
from gazetteer.place import Place
from gazetteer.places import Places
from gazetteer.schema import DEGREE

PREFIX = "v:"
# How Russian ends and begins names that Ukraine's list has in Ukrainian: "Novoselovka" is Novoselivka there.
_RUSSIAN_ENDS = (
    ("ovka", "ivka"), ("evka", "ivka"), ("skoye", "ske"), ("skoe", "ske"), ("skaya", "ska"), ("ovo", "ove"),
    ("evo", "eve"), ("ino", "yne"), ("oye", "e"), ("oe", "e"), ("aya", "a"),
)  # fmt: skip
_RUSSIAN_STARTS = (("aleks", "oleks"), ("nikol", "mykol"), ("elen", "olen"), ("yelen", "olen"))
# Shorter skeletons are those of too many names.
_SHORTEST = 3
_COLUMNS = "v.id, v.name, v.lon, v.lat, v.country, u.name, u.code, u.key, v.source"
_FROM = "FROM village v LEFT JOIN unit u ON u.number = v.admin1"


class Villages:
    """The table ``village`` of one file.

    Parameters
    ----------
    rows : callable
        Runs a query.
    places : Places
        The other places of the file: its sources, and the countries that villages without a unit lie in.
    """

    def __init__(self, rows: Callable[..., list[Any]], places: Places) -> None:
        self._rows = rows
        self._places = places

    def named(self, name: str) -> tuple[Place, ...]:
        """Give the villages with that name, or where none has it those of another romanisation of it.

        A name that no list has as it stands is looked for in Ukraine as Russian has it, too.
        """
        folded = fold(name)
        return self._named(folded) or tuple(
            one for one in self._named(_in_ukrainian(folded)) if one.country_code == "UA"
        )

    def _named(self, folded: str) -> tuple[Place, ...]:
        bones = skeleton(folded)
        if len(bones) < _SHORTEST:
            return ()
        rows = self._rows(f"SELECT {_COLUMNS} {_FROM} WHERE v.skeleton = ? ORDER BY v.id", (bones,))
        found = [self._as_place(row) for row in rows]
        alike = romanise(folded)
        return tuple(one for one in found if fold(one.name) == alike) or tuple(found)

    def get(self, village_id: str) -> Place | None:
        """Give the village with that id, or None."""
        rows = self._rows(f"SELECT {_COLUMNS} {_FROM} WHERE v.id = ?", (village_id,))
        return self._as_place(rows[0]) if rows else None

    def radius_km(self, village_id: str) -> float | None:
        """Give how far in kilometres a village may lie from its point where its list has none of its own; else None."""
        rows = self._rows("SELECT spread FROM village WHERE id = ?", (village_id,))
        return rows[0][0] if rows else None

    def counts(self) -> dict[str, int]:
        """Give how many villages each list has."""
        rows = self._rows("SELECT source, count(*) FROM village GROUP BY source ORDER BY source")
        return {self._places.sources[source]: count for source, count in rows}

    def _as_place(self, row: Any) -> Place:
        own, name, lon, lat, country, admin1, code, unit, source = row
        whole = unit if unit is not None else self._places.unit_key(country)
        return Place(
            own, name, "village", lon / DEGREE, lat / DEGREE, country, admin1, code,
            feature_class="P", parent_id=None if whole is None else f"g{whole}", source=self._places.sources[source],
        )  # fmt: skip


def _in_ukrainian(folded: str) -> str:
    """Give a folded name with the ends and beginnings that Ukrainian has for those of Russian.

    >>> _in_ukrainian("aleksandrovka"), _in_ukrainian("nikolskoye")
    ('oleksandrivka', 'mykolske')
    """
    words = []
    for word in folded.split():
        for russian, ukrainian in _RUSSIAN_ENDS:
            if word.endswith(russian):
                word = word.removesuffix(russian) + ukrainian  # noqa: PLW2901  (written anew)
                break
        for russian, ukrainian in _RUSSIAN_STARTS:
            if word.startswith(russian):
                word = ukrainian + word.removeprefix(russian)  # noqa: PLW2901  (written anew)
                break
        words.append(word)
    return " ".join(words)
