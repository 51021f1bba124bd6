"""The gazetteer as a geopy geocoder: the same interface as an online service, without the service."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from typing import Any

from geopy.adapters import BaseAsyncAdapter
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.place import Place

# Unicode blocks by the languages that write in them; any other language gets the main, Latin name.
_SCRIPTS = {
    **dict.fromkeys(("uk", "ru", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), ("\u0400", "\u052f")),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), ("\u0600", "\u06ff")),
    "el": ("\u0370", "\u03ff"),
    "he": ("\u0590", "\u05ff"),
    "hy": ("\u0530", "\u058f"),
    "ka": ("\u10a0", "\u10ff"),
}
# Letters that only the language has, and letters that it does not have.
_LETTERS = {"uk": ("іїєґ", "ыэъё"), "ru": ("ыэъё", "іїєґў"), "be": ("ўі", "ищъ"), "bg": ("ъ", "іїєґыэё")}
_RESULTS = 10


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # (geopy ships no types)
    """Geocode against the gazetteer on this disk; no connection is opened.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        An open gazetteer; it stays the caller's to close. By default the default one is opened, and built first where
        it is absent.
    path : path, optional
        A gazetteer file to open instead.
    scheme, timeout, proxies, user_agent, ssl_context, adapter_factory : optional
        As every geocoder of geopy takes them. Nothing is sent, so they change nothing, but for one: with an adapter for
        asyncio `geocode` and `reverse` give awaitables, and look up in a thread.

    Notes
    -----
    A geocoder can be pickled, and sent to another process, which opens the gazetteer anew; `ssl_context`, which cannot,
    is left behind.

    Examples
    --------
    >>> GazetteerGeocoder().geocode("Bakhmut", country_codes="ua").address
    'Bakhmut, Donetsk Oblast, Ukraine'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        path: str | os.PathLike[str] | None = None,
        scheme: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        proxies: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        ssl_context: Any = DEFAULT_SENTINEL,
        adapter_factory: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=adapter_factory,
        )
        self.gazetteer = gazetteer if gazetteer is not None else Gazetteer.open(path)
        self._adapter_factory = adapter_factory

    def __reduce__(self) -> tuple[Any, ...]:
        kept = {
            "scheme": self.scheme,
            "timeout": self.timeout,
            "proxies": self.proxies,
            "user_agent": self.headers["User-Agent"],
            "adapter_factory": self._adapter_factory,
        }
        return _remade, (type(self), self.gazetteer, kept)

    def geocode(
        self,
        query: str | dict[str, str],
        exactly_one: bool = True,
        *,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | None = None,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Any = None,
        bounded: bool = False,
    ) -> Any:
        """Give the likeliest place of that name, or a list of them; None where there is none.

        Parameters
        ----------
        query : str or dict
            A name ("Bakhmut"), a name with what it lies in ("Bakhmut, Ukraine"), or a dict with ``city``, ``state``
            and ``country``.
        exactly_one : bool
            False gives a list.
        limit : int, optional
            The most results of a list; ten by default.
        language : str, optional
            Write the place's name in that language's script where the gazetteer has it (``uk``, ``ar``).
        country_codes : str or sequence of str, optional
            ISO 3166-1 alpha-2 codes to search in.
        viewbox : two points, optional
            Corners as geopy takes them (latitude first, or `geopy.point.Point`); results inside come first.
        bounded : bool
            Drop results outside `viewbox`.

        Returns
        -------
        Location, list of Location, or None
            With an adapter for asyncio an awaitable of that.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            The query is neither text nor such a dict, the viewbox is not two points, or the limit is below one.
        """
        parts, wanted = self._parts(query), _wanted(exactly_one, limit)
        box = _box(viewbox)
        return self._answer(
            lambda: self._found(parts, wanted, language, country_codes, box, bounded=bounded), exactly_one
        )

    def _found(
        self,
        parts: Sequence[str],
        wanted: int,
        language: str | None,
        country_codes: str | Sequence[str] | None,
        box: tuple[float, float, float, float] | None,
        *,
        bounded: bool,
    ) -> list[Location]:
        name, *context = parts
        if not name:
            return []
        codes = {code.strip().upper() for code in _listed(country_codes)}
        found = self._candidates(name, context)
        if codes:
            found = [place for place in found if place.country_code in codes]
        if box is not None:
            inside = [place for place in found if _is_inside(place, box)]
            found = inside if bounded else inside + [place for place in found if place not in inside]
        return [self._location(place, language) for place in found[:wanted]]

    def reverse(
        self,
        query: Any,
        exactly_one: bool = True,
        *,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | None = None,
        kinds: Sequence[str] | None = ("town", "village"),
        max_distance_km: float | None = None,
    ) -> Any:
        """Give the place nearest to a point, or a list of the nearest; None where there is none within reach.

        How far each is, in kilometres along the ellipsoid, stands in its ``raw["distance_km"]``.

        Parameters
        ----------
        query : Point, (latitude, longitude) or str
            As geopy takes points: latitude first.
        kinds : sequence of str, optional
            Kinds of place to choose from; towns and villages by default, None for all.
        max_distance_km : float, optional
            Nothing farther than this is given. Without it a point in the middle of an ocean has its nearest town too.

        Raises
        ------
        ValueError
            The query is no point on Earth.
        geopy.exc.GeocoderQueryError
            The limit is below one, or the distance below zero.
        """
        point = Point(query) if isinstance(query, str) else Point.from_sequence(list(query))
        wanted = _wanted(exactly_one, limit)
        if max_distance_km is not None and not max_distance_km >= 0:
            raise GeocoderQueryError(f"max_distance_km must be 0 or more; got {max_distance_km!r}")

        def found() -> list[Location]:
            near = self.gazetteer.nearest(point.longitude, point.latitude, limit=wanted, kinds=kinds)
            return [
                self._location(place, language, distance_km=round(km, 3))
                for place, km in near
                if max_distance_km is None or km <= max_distance_km
            ]

        return self._answer(found, exactly_one)

    def _answer(self, look: Callable[[], list[Location]], exactly_one: bool) -> Any:
        """Give what was found as geopy does: one, a list, or None; awaitable where the adapter is for asyncio."""

        def answer() -> Location | list[Location] | None:
            found = look()
            return (found[0] if found else None) if exactly_one else found or None

        return asyncio.to_thread(answer) if isinstance(self.adapter, BaseAsyncAdapter) else answer()

    @staticmethod
    def _parts(query: Any) -> list[str]:
        if isinstance(query, dict):
            parts = [query.get(key, "") for key in ("city", "county", "state", "country")]
            return [str(part) for part in parts if part] or [""]
        if not isinstance(query, str):
            raise GeocoderQueryError(
                f"query must be a string or a dict of city, state, country; got {type(query).__name__}"
            )
        return [part.strip() for part in query.split(",") if part.strip()] or [""]

    def _candidates(self, name: str, context: Sequence[str]) -> list[Place]:
        """Give the places of a name, those that lie in what follows it; the whole text may be one name as well."""
        if context:
            whole = self.gazetteer.by_name(", ".join((name, *context)))
            if whole and whole[0].match in ("name", "alternate"):
                return [one.place for one in whole]
        found = [one.place for one in self.gazetteer.by_name(name)]
        for part in reversed(context):
            containers = [one.place for one in self.gazetteer.by_name(part)[:5]]
            found = [
                place for place in found if any(self.gazetteer.contains(outer.id, place.id) for outer in containers)
            ]
        return found

    def _location(self, place: Place, language: str | None, **more: float) -> Location:
        country = self.gazetteer.country(place.country_code) if place.country_code else None
        parts = [self._name(place, language), place.admin1 or "", country.name if country else ""]
        # A city that is its own province is named once.
        named = [part for number, part in enumerate(parts) if part and fold(part) not in map(fold, parts[:number])]
        raw = {slot: getattr(place, slot) for slot in place.__slots__} | more
        return Location(", ".join(named), (place.lat, place.lon), raw)

    def _name(self, place: Place, language: str | None) -> str:
        script = _SCRIPTS.get((language or "").partition("-")[0].lower())
        if script is None:
            return place.name
        first, last = script
        own, foreign = _LETTERS.get((language or "")[:2].lower(), ("", ""))
        fitting: list[tuple[int, str]] = []
        for name in self.gazetteer.names(place.id):
            letters = [letter for letter in name.text.lower() if letter.isalpha()]
            if letters and all(first <= letter <= last for letter in letters) and name.valid_to is None:
                # GeoNames' packages do not say which language a name is in; its letters often do.
                strange = sum(letter in foreign for letter in letters) - sum(letter in own for letter in letters)
                fitting.append((strange, name.text))
        return min(fitting, key=lambda one: one[0], default=(0, place.name))[1]


def _remade(kind: type[GazetteerGeocoder], gazetteer: Gazetteer, kept: dict[str, Any]) -> GazetteerGeocoder:
    return kind(gazetteer, **kept)


def _wanted(exactly_one: bool, limit: int | None) -> int:
    if limit is not None and limit < 1:
        raise GeocoderQueryError(f"limit must be 1 or more; got {limit}")
    return 1 if exactly_one else limit or _RESULTS


def _listed(codes: str | Sequence[str] | None) -> Sequence[str]:
    return codes.split(",") if isinstance(codes, str) else codes or ()


def _box(viewbox: Any) -> tuple[float, float, float, float] | None:
    """Give west, south, east and north of two corners; west > east crosses the antimeridian."""
    if viewbox is None:
        return None
    try:
        one, other = (corner if isinstance(corner, Point) else Point(corner) for corner in viewbox)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError(
            f"viewbox must be two points (latitude, longitude); got {viewbox!r}: {error}"
        ) from None
    south, north = sorted((one.latitude, other.latitude))
    west, east = sorted((one.longitude, other.longitude))
    return (west, south, east, north) if east - west <= 180 else (east, south, west, north)


def _is_inside(place: Place, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    within = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
    return within and south <= place.lat <= north
