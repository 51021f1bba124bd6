"""The gazetteer as geopy has its geocoders: arguments, awaitables, pickles, distances.

What the own suite of geopy (MIT licence) expects of every geocoder and of its base class is expected here of ours, in
our own words; nothing of its tests is copied.
"""

from __future__ import annotations

import asyncio
import inspect
import pickle
import ssl
from typing import Any

import geopy.geocoders
import pytest
from geopy.adapters import BaseAsyncAdapter, URLLibAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.geocoder import GazetteerGeocoder
from gazetteer.index import Gazetteer

DONETSK = (48.0, 37.8)  # geopy's order: latitude first


class Adapter(BaseAsyncAdapter):
    """An adapter for asyncio that would fail if anything were asked of it."""

    async def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        raise AssertionError(url)

    async def get_text(self, url: str, *, timeout: Any, headers: Any) -> Any:
        raise AssertionError(url)


# What geopy expects of each of its geocoders, of this one too.


def found_at(found: Any, latitude: float, longitude: float, *, exactly_one: bool = True) -> Location:
    """Check an answer as geopy checks each service's: of its kind, never an empty list, within half a degree."""
    if not exactly_one:
        assert isinstance(found, list) and found
    first = found if exactly_one else found[0]
    assert isinstance(first, Location)
    assert abs(first.latitude - latitude) < 0.5 and abs(first.longitude - longitude) < 0.5
    return first


@pytest.mark.parametrize("exactly_one", [True, False])
def test_answers_are_what_and_where_they_are_expected(small: Gazetteer, exactly_one: bool) -> None:
    geocoder = GazetteerGeocoder(small)
    town = found_at(geocoder.geocode("Bakhmut", exactly_one=exactly_one), 48.59, 38.0, exactly_one=exactly_one)
    back = geocoder.reverse((town.latitude, town.longitude), exactly_one=exactly_one)
    assert found_at(back, town.latitude, town.longitude, exactly_one=exactly_one).address == town.address


def test_none_goes_before_geopys_options_too(small: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geopy.geocoders.options, "default_timeout", 10)
    monkeypatch.setattr(geopy.geocoders.options, "default_proxies", {"https": "http://192.0.2.0"})
    monkeypatch.setattr(geopy.geocoders.options, "default_ssl_context", ssl.create_default_context())
    bare = GazetteerGeocoder(small, timeout=None, proxies=None, ssl_context=None)
    assert (bare.timeout, bare.proxies, bare.ssl_context) == (None, None, None)


@pytest.mark.parametrize("query", ["  48.0  ,  37.8  ", "48.0 37.8", "48 00m 00s N, 37 48m 00s E", [48.0, 37.8]])
def test_a_point_is_read_in_every_form_that_geopy_reads(small: Gazetteer, query: Any) -> None:
    geocoder = GazetteerGeocoder(small)
    assert geocoder.reverse(query).raw["id"] == geocoder.reverse(Point(*DONETSK)).raw["id"]


@pytest.mark.parametrize("query", ["Artema Street 58, Donetsk", "", "95, 200, north", (float("nan"), 0.0)])
def test_what_is_no_point_is_refused(small: Gazetteer, query: Any) -> None:
    with pytest.raises(ValueError):
        GazetteerGeocoder(small).reverse(query)


@pytest.mark.parametrize(
    "box",
    [
        [Point(49, 37), Point(48, 39)],
        [[49, 37], [48, 39]],
        [["49", "37"], ["48", "39"]],
        ["49, 37", "48,39"],
        ((48.0, 39.0), (49.0, 37.0)),
    ],
)
def test_a_box_is_two_corners_in_any_form_and_order(small: Gazetteer, box: Any) -> None:
    found = GazetteerGeocoder(small).geocode("Bakhmut", viewbox=box, bounded=True)
    found_at(found, 48.59, 38.0)
    away = GazetteerGeocoder(small).geocode("Bakhmut", viewbox=[(10, 10), (11, 11)], bounded=True)
    assert away is None


@pytest.mark.parametrize("box", ["5,5,5,5", [5], [5, 5, 5], [5, 5, 5, 5], [5, 5, 5, 5, 5], 5])
def test_what_is_no_box_is_refused(small: Gazetteer, box: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="viewbox must be two points"):
        GazetteerGeocoder(small).geocode("Bakhmut", viewbox=box)


def test_the_constructor_takes_all_that_the_base_takes_by_keyword() -> None:
    ours = inspect.signature(GazetteerGeocoder.__init__).parameters
    for name, parameter in inspect.signature(Geocoder.__init__).parameters.items():
        if name != "self":
            assert ours[name].kind is inspect.Parameter.KEYWORD_ONLY
            assert ours[name].default is parameter.default


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_the_methods_have_the_arguments_that_all_have(method: str) -> None:
    parameters = inspect.signature(getattr(GazetteerGeocoder, method)).parameters
    assert list(parameters)[:2] == ["self", "query"]
    assert parameters["exactly_one"].default is True
    assert parameters["timeout"].default is DEFAULT_SENTINEL


def test_defaults_come_from_geopys_options_and_arguments_go_before_them(
    small: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geopy.geocoders.options, "default_user_agent", "mocked_user_agent/0.0.0")
    monkeypatch.setattr(geopy.geocoders.options, "default_timeout", 10)
    monkeypatch.setattr(geopy.geocoders.options, "default_proxies", {"https": "http://192.0.2.0"})
    usual = GazetteerGeocoder(small)
    assert (usual.headers["User-Agent"], usual.timeout) == ("mocked_user_agent/0.0.0", 10)
    assert usual.proxies == {"https": "http://192.0.2.0"}
    context = ssl.create_default_context()
    own = GazetteerGeocoder(
        small,
        user_agent="mine/1",
        timeout=None,
        proxies="192.0.2.1",
        ssl_context=context,
        adapter_factory=URLLibAdapter,
    )
    assert (own.headers["User-Agent"], own.timeout) == ("mine/1", None)
    assert own.proxies == {"http": "192.0.2.1", "https": "192.0.2.1"}
    assert own.ssl_context is context
    assert isinstance(own.adapter, URLLibAdapter)
    with pytest.raises(ConfigurationError, match="http"):
        GazetteerGeocoder(small, scheme="ftp")


def test_what_is_found_is_a_location_a_list_or_none(small: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(small)
    assert isinstance(geocoder.geocode("Bakhmut"), Location)
    assert isinstance(geocoder.geocode("Bakhmut", False)[0], Location)
    assert geocoder.geocode("Nowhere at all") is None
    assert geocoder.geocode("Nowhere at all", exactly_one=False) is None
    assert geocoder.geocode("") is None
    for point in (DONETSK, Point(*DONETSK), "48.0, 37.8", Point(*DONETSK, 3.0)):
        assert isinstance(geocoder.reverse(point), Location)
    assert len(geocoder.reverse(DONETSK, False, limit=2)) == 2


def test_it_works_under_a_rate_limiter_and_as_a_context(small: Gazetteer) -> None:
    with GazetteerGeocoder(small, adapter_factory=URLLibAdapter) as geocoder:
        slow = RateLimiter(geocoder.geocode, min_delay_seconds=0)
        assert slow("Bakhmut").address == geocoder.geocode("Bakhmut").address


@pytest.mark.parametrize(("method", "query"), [("geocode", "Bakhmut"), ("reverse", DONETSK)])
def test_a_limit_below_one_is_refused(small: Gazetteer, method: str, query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="limit must be 1 or more; got 0"):
        getattr(GazetteerGeocoder(small), method)(query, exactly_one=False, limit=0)


# And what no service gives.


def test_the_nearest_place_says_how_far_it_is_and_none_is_found_beyond_what_was_asked(small: Gazetteer) -> None:
    """The nearest town of a point in an ocean came without a word that it lay a thousand kilometres off."""
    geocoder = GazetteerGeocoder(small)
    found = geocoder.reverse((48.6, 38.0))
    km = found.raw["distance_km"]
    assert km == pytest.approx(geopy.distance.distance((48.6, 38.0), found.point[:2]).km, abs=0.01)
    assert geocoder.reverse((48.6, 38.0), max_distance_km=km + 1).raw == found.raw
    assert geocoder.reverse((48.6, 38.0), max_distance_km=km - 0.1) is None
    assert geocoder.reverse((0, -30), False, max_distance_km=100) is None
    with pytest.raises(GeocoderQueryError, match="max_distance_km must be 0 or more; got -1"):
        geocoder.reverse((48.6, 38.0), max_distance_km=-1)


def test_with_an_adapter_for_asyncio_answers_are_awaited(small: Gazetteer) -> None:
    async def ask() -> list[Any]:
        async with GazetteerGeocoder(small, adapter_factory=Adapter) as geocoder:
            return list(
                await asyncio.gather(*(geocoder.geocode("Bakhmut") for _ in range(3)), geocoder.reverse(DONETSK))
            )

    one, two, three, near = asyncio.run(ask())
    assert one.address == two.address == three.address == GazetteerGeocoder(small).geocode("Bakhmut").address
    assert near.raw["distance_km"] >= 0
    with pytest.raises(TypeError, match="async with"), GazetteerGeocoder(small, adapter_factory=Adapter):
        pass


@pytest.mark.parametrize("factory", [None, URLLibAdapter, Adapter])
def test_a_pickled_geocoder_answers_the_same(small: Gazetteer, factory: Any) -> None:
    geocoder = GazetteerGeocoder(
        small, timeout=3, proxies={"http": "192.0.2.1"}, user_agent="mine/1", adapter_factory=factory
    )
    again = pickle.loads(pickle.dumps(geocoder))  # noqa: S301  (our own)
    try:
        assert (again.timeout, again.proxies, again.headers) == (geocoder.timeout, geocoder.proxies, geocoder.headers)
        assert type(again.adapter) is type(geocoder.adapter)
        assert [one.place.id for one in again.gazetteer.by_name("Bakhmut")] == [
            one.place.id for one in small.by_name("Bakhmut")
        ]
    finally:
        again.gazetteer.close()
