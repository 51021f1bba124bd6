"""The map's own files are compressed once, and kept by browsers as long as they are what they were."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.page import shipped
from geo.timemap import files


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=[Route("/assets/{name:path}", shipped.asset)]))


def test_a_file_at_the_address_of_its_version_is_kept_and_any_other_is_asked_for_again(client: TestClient) -> None:
    here = client.get(f"/{shipped.address()}/timemap.js")
    assert here.text == files.script()
    assert here.headers["cache-control"] == "private, max-age=31536000, immutable"
    for path in ("/assets/timemap.js", "/assets/v-0123456789abcdef/timemap.js"):
        other = client.get(path)
        assert (other.content, other.headers["cache-control"]) == (here.content, "private, no-cache")
        again = client.get(path, headers={"if-none-match": other.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_scripts_are_compressed_for_who_reads_that(client: TestClient) -> None:
    with client.stream("GET", "/assets/timemap.js", headers={"accept-encoding": "gzip"}) as packed:
        body = b"".join(packed.iter_raw())
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body).decode() == files.script()
    plain = client.get("/assets/timemap.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == files.script()
    assert "content-encoding" not in client.get("/assets/fonts/ibm-plex-sans-latin-400-normal.woff2").headers


@pytest.mark.parametrize(
    "name", ["../files.py", "v-0123456789abcdef/../../files.py", "v-0123456789abcdef/", "v-x/timemap.js"]
)
def test_no_version_opens_another_folder(client: TestClient, name: str) -> None:
    assert client.get("/assets/" + name.replace("..", "%2e%2e")).status_code == 404
