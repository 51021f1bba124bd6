"""The read API: what it answers, what it refuses, who may ask, and that its description says the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.model import Article
from geo.page import routes
from geo.page.api import asking, openapi
from geo.page.api import routes as api
from geo.settings import Settings, SettingsError
from geo.store import Store
from tests.store.specimens import article, record

TOKEN = "a-token-of-the-tests-0123456789"  # noqa: S105  (opens nothing)
BASE = "/api/v1"
TITLES = ("First", "Second", "Third", "Fourth")
LATER = ("Fifth", "Sixth", "More")


def of(title: str) -> Article:
    """An article of a day of its own: those of one day would be copies of each other, and their events be told once."""
    return article(id=title, title=title, day=f"2015-02-{(*TITLES, *LATER).index(title) + 1:02}")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of four articles, each with an event that is placed and dated and one that is neither."""
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'map.sqlite'}"
    with Store(url, create=True) as made:
        for title in TITLES:
            made.save(record(of(title)), pipeline="1", data_set="week")
    return url


def client(store: str, **settings: Any) -> TestClient:
    app = Starlette(routes=routes.routes(Settings(store=store, **settings)), exception_handlers=routes.faults())
    return TestClient(app, base_url="http://localhost")


def got(client: TestClient, path: str, *, status: int = 200, **headers: str) -> Any:
    answer = client.get(BASE + path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == status, answer.text
    return answer


def test_pages_follow_each_other_by_key_and_leave_nothing_out_when_articles_come_in_between(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'map.sqlite'}"
    with Store(url, create=True) as made:
        for title in TITLES:
            made.save(record(of(title)), pipeline="1")
        asked = client(url)
        path: str | None = "/events?limit=3"
        seen: list[str] = []
        for came in ("Fifth", "Sixth", None, None):
            assert path is not None
            answer = got(asked, path)
            page = answer.json()
            seen += [feature["id"] for feature in page["features"]]
            following = [link["href"] for link in page["links"] if link["rel"] == "next"]
            path = following[0].removeprefix(BASE) if following else None
            assert ("link" in answer.headers) is bool(following)
            if came:
                made.save(record(of(came)), pipeline="1")
            if path is None:
                break
        assert path is None
        assert len(seen) == len(set(seen))
        # The eight of the first four articles; of those that came in between what sorts after the page then read.
        first = {event.id for title in TITLES for event in record(of(title)).events}
        assert first <= set(seen)


def test_events_are_newest_first_and_undated_ones_last_unless_a_window_leaves_them_out(store: str) -> None:
    asked = client(store)
    page = got(asked, "/events").json()
    days = [feature["properties"]["date_start"] for feature in page["features"]]
    assert days == ["2015-01-25"] * 4 + [None] * 4
    assert (page["numberMatched"], page["numberReturned"]) == (8, 8)
    assert got(asked, "/events?from=2015-01&to=2015-02").json()["numberMatched"] == 4
    assert got(asked, "/events?from=2016").json()["features"] == []


def test_the_parameters_of_a_copied_link_choose_as_the_page_does(store: str) -> None:
    asked = client(store)
    link = "types=explosion&status=claimed&lat=48&lng=38&z=6&tab=filters&view=table&sort=place&made=1.00000000.00000000"
    assert got(asked, f"/events?{link}").json()["numberMatched"] == 4
    assert got(asked, "/events?at=g709611&data_set=week").json()["numberMatched"] == 4
    assert got(asked, "/events?q=vilne").json()["numberMatched"] == 8  # the word stands in each of the articles


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/events?tipes=battle", "'tipes' is no parameter. Did you mean types?"),
        ("/events?types=batle", "types: 'batle' not among"),
        ("/events?from=yesterday", "from: 'yesterday' is not a date"),
        ("/events?places=g1", "places: 'g1' is not in this store."),
        ("/events?data_set=weak", "data_set: 'weak' is not in this store. Did you mean week?"),
        ("/events?limit=0", "limit: '0' is not a whole number from 1 to 10,000."),
        ("/events?limit=%D9%A3", "is not a whole number"),
        ("/events?after=x", "after: 'x' is not the key of a stretch."),
        ("/events?format=xml", "format: 'xml' is none of geojson, csv, ndjson"),
        ("/places?lmit=1", "'lmit' is no parameter. Did you mean limit?"),
        ("/changes?since=-1", "since: '-1' is not a whole number from 0 up."),
        ("/changes?types=battle", "'types' is no parameter; there are since, limit"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_may_have_been_meant(store: str, path: str, told: str) -> None:
    answer = got(client(store), path, status=400)
    assert answer.headers["content-type"] == "application/problem+json"
    assert told in answer.json()["detail"]
    assert answer.json()["faults"]


def test_three_formats_hold_the_same_events(store: str) -> None:
    asked = client(store)
    features = got(asked, "/events").json()["features"]
    rows = list(csv.DictReader(io.StringIO(got(asked, "/events?format=csv").text, newline="")))
    lines = [json.loads(line) for line in got(asked, "/events", accept="application/x-ndjson").text.splitlines()]
    ids = [feature["id"] for feature in features]
    assert ids == [row["id"] for row in rows] == [line["id"] for line in lines]
    assert [line["date_start"] for line in lines] == [row["date_start"] or None for row in rows]
    assert lines[0]["reasons"] == features[0]["properties"]["reasons"]
    places = got(asked, "/places?format=csv").text.splitlines()
    assert places[0].startswith("id,name,kind,precision")
    assert places[1].startswith("g709611,Debaltseve,town,")


def test_an_answer_has_a_tag_that_holds_until_something_changes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'map.sqlite'}"
    with Store(url, create=True) as made:
        made.save(record(), pipeline="1")
        asked = client(url)
        digest = got(asked, "/events").json()["features"][0]["properties"]["article"]
        for path in ("/events", "/places", f"/articles/{digest}", "/changes?since=0", "/openapi.json"):
            tag = got(asked, path).headers["etag"]
            kept = got(asked, path, if_none_match=tag, status=304)
            assert kept.content == b""
        tag = got(asked, "/events").headers["etag"]
        assert got(asked, "/events?format=csv").headers["etag"] != tag
        made.save(record(of("More")), pipeline="1")
        assert got(asked, "/events", if_none_match=tag).headers["etag"] != tag


def test_an_article_comes_with_its_text_and_everything_read_out_of_it(store: str) -> None:
    asked = client(store)
    event = got(asked, "/events").json()["features"][0]["properties"]
    whole = got(asked, f"/articles/{event['article']}").json()
    assert whole["article"] == event["article"]
    assert event["id"] in [one["id"] for one in whole["events"]]
    mention = whole["mentions"][0]
    assert whole["text"][mention["start"] : mention["end"]] == mention["text"]
    assert "no such article" in got(asked, "/articles/none", status=404).json()["detail"]


def test_whoever_asks_again_from_the_last_change_misses_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'map.sqlite'}"
    with Store(url, create=True, session="secret-session") as made:
        made.save(record(), pipeline="1")
        asked = client(url)
        first = got(asked, "/changes").json()
        assert [change["what"] for change in first["changes"]] == ["article"]
        assert first["next"] is None
        made.save(record(of("More")), pipeline="1")
        made.remove("articles", only=[str(first["changes"][0]["detail"]["article"])])
        answer = got(asked, f"/changes?since={first['last']}&limit=1")
        assert [change["what"] for change in answer.json()["changes"]] == ["article"]
        rest = got(asked, answer.json()["next"].removeprefix(BASE)).json()
        assert [change["what"] for change in rest["changes"]] == ["remove"]
        assert rest["next"] is None
        # Its session is what a browser's steps are undone by.
        assert "secret-session" not in answer.text


def test_a_read_only_map_hands_out_nothing_until_a_token_is_set(store: str) -> None:
    told = got(client(store, read_only=True), "/events", status=403).json()["detail"]
    assert "CONFLICT_MAP_API_TOKEN" in told
    shared = client(store, read_only=True, api_token=TOKEN)
    assert got(shared, "/events", authorization=f"Bearer {TOKEN}").json()["numberMatched"] == 8


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer t\xf6ken", TOKEN]
)
def test_where_a_token_is_set_it_is_asked_for_whatever_letters_come(store: str, given: str) -> None:
    asked = client(store, api_token=TOKEN)
    for path in ("/events", "/places", "/changes", "/articles/x", "/openapi.json"):
        header: Any = {"authorization": given.encode("latin-1")} if given else {}
        answer = asked.get(BASE + path, headers=header)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert TOKEN not in answer.text


def test_a_token_is_long_and_never_shown() -> None:
    with pytest.raises(SettingsError, match="CONFLICT_MAP_API_TOKEN: expected 24 to 200 letters"):
        Settings.from_environment({"CONFLICT_MAP_API_TOKEN": "secret"})
    settings = Settings.from_environment({"CONFLICT_MAP_API_TOKEN": TOKEN})
    assert settings.api_token == TOKEN
    assert TOKEN not in repr(settings)


def test_the_description_names_the_routes_and_their_parameters_and_no_others() -> None:
    document = openapi.document()
    served = {route.path.removeprefix(api.BASE) for route in api.routes(Settings())}
    assert set(document["paths"]) == served
    for path in ("/events", "/places"):
        named = [one["name"] for one in document["paths"][path]["get"]["parameters"]]
        assert len(named) == len(set(named))
        assert set(named) == {*asking.of_the_link(), asking.DATA_SET, *asking.PAGING}
    refused = {"/changes": ("since", "limit"), "/articles/{id}": ("id",), "/openapi.json": ()}
    for path, names in refused.items():
        assert tuple(one["name"] for one in document["paths"][path]["get"]["parameters"]) == names


def test_every_answer_is_what_the_description_says(store: str) -> None:
    document = openapi.document()
    asked = client(store)
    digest = got(asked, "/events").json()["features"][0]["properties"]["article"]
    for path, operations in document["paths"].items():
        responses = operations["get"]["responses"]
        for media_type, told in responses["200"]["content"].items():
            answer = got(asked, path.replace("{id}", digest), accept=media_type)
            assert answer.headers["content-type"].partition(";")[0] == media_type
            if media_type != "text/csv":
                schema = told["schema"] | {"components": document["components"]}
                Draft202012Validator.check_schema(schema)
                values = answer.text.splitlines() if media_type.endswith("ndjson") else [answer.text]
                assert values
                for value in values:
                    Draft202012Validator(schema).validate(json.loads(value))
    wrong = got(asked, "/events?x=1", status=400).json()
    Draft202012Validator(document["components"]["schemas"]["Problem"]).validate(wrong)
