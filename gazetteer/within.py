"""What lies in what: by administrative codes where they tell, by outline where they do not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from gazetteer.place import KINDS, Place
from gazetteer.schema import CELL_COLUMNS, CELLS_PER_DEGREE, DEGREE

_NUMBER = "(SELECT number FROM unit WHERE code = ?)"
# Where a border is disputed, writers and lists put a town on either side of it.
_BESIDE_DEGREES = 1.0
_CLIMB = 12  # no chain of parents is longer; a loop in curated parents must not hang


class Within:
    """Containment over the tables of one file.

    Parameters
    ----------
    rows, get, shape, members : callables
        Run a query; give the place of an id; give the shapely outline of an id or None; give the codes of the units
        that a region is made of.
    """

    def __init__(
        self,
        rows: Callable[..., list[Any]],
        get: Callable[[str], Place | None],
        shape: Callable[[str], Any],
        members: Callable[[str], Sequence[str]],
    ) -> None:
        self._rows = rows
        self._get = get
        self._shape = shape
        self._members = members

    def contains(self, container: Place, place: Place) -> bool:
        """Tell whether `place` lies in `container`; a place does not lie in itself."""
        if container.id == place.id:
            return False
        by_codes = self._by_codes(container, place)
        if by_codes is not None:
            return by_codes
        return self._climbs_to(container, place) or self._in_outline(container, place)

    def _by_codes(self, container: Place, place: Place) -> bool | None:
        """Compare codes; None where they cannot tell."""
        if container.kind == "country" and place.country_code and container.country_code:
            return place.kind != "country" and place.country_code == container.country_code
        if container.kind == "admin1" and container.admin1_code and place.admin1_code:
            return place.kind not in ("country", "admin1") and place.admin1_code == container.admin1_code
        if container.kind == "admin2" and container.admin2_code and place.admin2_code:
            return place.kind not in ("admin1", "admin2") and place.admin2_code == container.admin2_code
        codes = self._members(container.id)
        if codes and place.kind == "country":
            return place.country_code in codes
        if codes and place.admin1_code and place.admin1_code in codes:
            return True
        if codes and place.country_code and place.country_code in codes:
            return True
        return False if codes and place.kind in ("town", "village", "admin2", "admin3") and place.admin1_code else None

    def _climbs_to(self, container: Place, place: Place) -> bool:
        current: Place | None = place
        for _ in range(_CLIMB):
            if current is None or current.parent_id is None:
                return False
            if current.parent_id == container.id:
                return True
            current = self._get(current.parent_id)
        return False

    def _in_outline(self, container: Place, place: Place) -> bool:
        if place.kind in ("country", "continent"):
            return False
        outline = self._shape(container.id)
        if outline is None:
            return False
        import shapely  # noqa: PLC0415  (a tenth of a second that look-up by name should not pay)

        return bool(shapely.intersects_xy(outline, place.lon, place.lat))

    def borders(self, container: Place, place: Place) -> bool:
        """Tell whether `place` lies in the outline of `container` or within a degree of it; False where it has none."""
        outline = self._shape(container.id)
        if outline is None:
            return False
        import shapely  # noqa: PLC0415  (see `_in_outline`)

        return bool(shapely.dwithin(outline, shapely.Point(place.lon, place.lat), _BESIDE_DEGREES))

    def keys(self, container: Place, kinds: Collection[str] | None, limit: int) -> list[int]:
        """Give the keys of what lies in `container`, most populous first."""
        numbers = [number for number, kind in enumerate(KINDS) if kinds is None or kind in kinds]
        among = f"kind IN ({','.join(map(str, numbers))})"
        own = " AND coalesce(id, 'g' || key) != ?"
        order = " ORDER BY population DESC, key LIMIT ?"
        if container.kind == "country" and container.country_code:
            where, values = "country = ? AND kind != 1", [container.country_code]
        elif container.kind == "admin1" and container.admin1_code:
            where = f"country = ? AND admin1 = {_NUMBER} AND kind NOT IN (1, 2)"
            values = [container.country_code or "", container.admin1_code]
        elif container.kind == "admin2" and container.admin2_code:
            where = f"country = ? AND admin1 = {_NUMBER} AND admin2 = {_NUMBER} AND kind NOT IN (1, 2, 3)"
            values = [container.country_code or "", container.admin1_code or "", container.admin2_code]
        elif codes := self._members(container.id):
            where, values = self._members_where(codes)
        else:
            return self._keys_in_outline(container, among, limit)
        rows = self._rows(
            f"SELECT key FROM place WHERE {where} AND {among}{own}{order}", (*values, container.id, limit)
        )
        return [key for (key,) in rows]

    @staticmethod
    def _members_where(codes: Sequence[str]) -> tuple[str, list[str]]:
        units = [code for code in codes if "." in code]
        countries = [code for code in codes if "." not in code]
        parts = []
        values: list[str] = []
        if units:
            owners = sorted({code.partition(".")[0] for code in units})
            numbers = f"SELECT number FROM unit WHERE code IN ({_marks(units)})"
            parts.append(f"(country IN ({_marks(owners)}) AND admin1 IN ({numbers}))")
            values += owners + units
        if countries:
            parts.append(f"country IN ({_marks(countries)})")
            values += countries
        return f"({' OR '.join(parts)})", values

    def _keys_in_outline(self, container: Place, among: str, limit: int) -> list[int]:
        outline = self._shape(container.id)
        if outline is None:
            rows = self._rows(
                f"SELECT key FROM place WHERE parent = ? AND {among} ORDER BY population DESC, key LIMIT ?",
                (container.id, limit),
            )
            return [key for (key,) in rows]
        import shapely  # noqa: PLC0415  (slow to load, and look-up by name needs none)

        west, south, east, north = outline.bounds
        first, last = int((south + 90) * CELLS_PER_DEGREE), int((north + 90) * CELLS_PER_DEGREE)
        left, right = int((west + 180) * CELLS_PER_DEGREE), int((east + 180) * CELLS_PER_DEGREE)
        found: list[tuple[int, int]] = []
        for row in range(first, last + 1):
            near = self._rows(
                f"SELECT key, lon, lat, population FROM place WHERE cell BETWEEN ? AND ? AND {among}"
                " AND kind NOT IN (0, 1) AND coalesce(id, 'g' || key) != ?",
                (row * CELL_COLUMNS + left, row * CELL_COLUMNS + right, container.id),
            )
            if near:
                keys, lons, lats, populations = zip(*near, strict=True)
                inside = shapely.intersects_xy(outline, [x / DEGREE for x in lons], [y / DEGREE for y in lats])
                found += [(-p, k) for p, k, within in zip(populations, keys, inside, strict=True) if within]
        return [key for _, key in sorted(found)[:limit]]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
