"""The upload route as a stranger meets it: what it refuses, and that nothing comes of a refusal."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.page import intake, routes, stopping
from geo.page.library import library
from geo.settings import Settings

OWN = "http://localhost:8501"
FORM = "multipart/form-data; boundary=x"
BODY = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA rally in Baku.\r\n--x--\r\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=f"sqlite:///{tmp_path / 'map.sqlite'}")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    yield TestClient(app, base_url=OWN)
    assert library(settings).store.counts().articles == 0  # whatever was tried, nothing came of it


def post(client: TestClient, *, content: Any = BODY, **headers: Any) -> Any:
    given = {"content-type": FORM, "x-page-token": intake.TOKEN}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/articles", content=content, headers=given)


def free_places() -> int:
    taken = 0
    while intake.take_place():
        taken += 1
    for _ in range(taken):
        intake.give_place_back()
    return taken


@pytest.mark.parametrize("token", ["", "guess", "é".encode("latin-1"), "жетон".encode(), b"\xff\xfe", b"x" * 10_000])
def test_a_token_that_is_not_the_pages_is_refused_whatever_its_letters(client: TestClient, token: Any) -> None:
    """One that was not ASCII ended in an error of the server."""
    answer = post(client, x_page_token=token)
    assert (answer.status_code, answer.text) == (403, "This upload does not come from an open page. Reload it.")


@pytest.mark.parametrize("origin", ["http://localhost:8502", "https://evil.example", "null"])
def test_a_page_of_another_origin_cannot_write_even_with_the_token(client: TestClient, origin: str) -> None:
    assert post(client, origin=origin).status_code == 403
    assert post(client, sec_fetch_site="cross-site").status_code == 403


def test_under_another_name_nothing_can_be_written_even_with_the_token(client: TestClient) -> None:
    assert post(client, host="evil.example:8501").status_code == 400


@pytest.mark.parametrize(
    "kind",
    ["", "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x", "é/ж"],
)
def test_what_is_no_form_is_refused_by_its_type(client: TestClient, kind: str) -> None:
    answer = post(client, content_type=kind.encode())
    assert (answer.status_code, answer.text) == (
        415,
        "An upload is a form: its type must be multipart/form-data.",
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data", BODY),
        ("multipart/form-data; boundary=", BODY),
        ("multipart/form-data; boundary=y", BODY),
        ("multipart/form-data; boundary=x", b"\x00\xff" * 500),
        ("multipart/form-data; boundary=x", BODY[:40]),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: x; filename="a"\r\n\r\nb\r\n--x--\r\n',
        ),
        ("multipart/form-data; boundary=x", b"--x\r\n\xff: \xff\r\n\r\nb\r\n--x--\r\n"),
        ("multipart/form-data; boundary=" + "x" * 5000, BODY),
    ],
)
def test_a_form_that_cannot_be_read_is_an_answer_and_gives_its_place_back(
    client: TestClient, kind: str, content: bytes
) -> None:
    answer = post(client, content_type=kind, content=content)
    told = answer.text
    assert answer.status_code in (200, 400), told
    if answer.status_code == 200:  # a form of nothing
        assert '"articles": 0' in told
    assert free_places() == intake.MOST_WAITING


@pytest.mark.parametrize(
    ("length", "status"),
    [
        (str(intake.MOST_BYTES + 1), 413),
        ("9" * 30, 413),
        ("9" * 5000, 413),
        ("-1", 411),
        ("1e3", 411),
        ("²", 411),
        ("", 411),
    ],
)
def test_a_length_above_the_limit_or_none_is_refused_before_a_byte_is_read(
    client: TestClient, length: str, status: int
) -> None:
    answer = post(client, content_length=length.encode("latin-1"))
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_body_without_a_length_is_refused(client: TestClient) -> None:
    assert post(client, content=iter([BODY])).status_code == 411
    assert post(client, transfer_encoding="chunked", content_length="1").status_code == 411


def test_more_files_than_are_taken_at_once_are_refused(client: TestClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nb\r\n'
    answer = post(client, content=part * (intake.MOST_FILES + 1) + b"--x--\r\n")
    assert (answer.status_code, answer.text) == (400, intake.too_many())


def test_while_others_are_read_no_more_is_held_in_memory_than_a_few_uploads(client: TestClient) -> None:
    for _ in range(intake.MOST_WAITING):
        assert intake.take_place()
    try:
        answer = post(client)
        assert (answer.status_code, answer.text) == (503, intake.BUSY)
        assert int(answer.headers["retry-after"]) > 0
    finally:
        for _ in range(intake.MOST_WAITING):
            intake.give_place_back()


@pytest.mark.parametrize("path", ["articles", "columns", "layers", "layers/look", "own-places"])
def test_whoever_leaves_before_the_answer_takes_no_place_with_them(settings: Settings, path: str) -> None:
    """Four who left before an answer began took all places, for good: every upload was told to come later."""
    app = Starlette(routes=routes.routes(settings), middleware=routes.middleware(settings))
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ntext\r\n\r\n--x--\r\n'
    headers = {
        "host": "localhost:8501", "content-type": FORM, "x-page-token": intake.TOKEN, "content-length": str(len(body)),
    }  # fmt: skip
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "root_path": "", "query_string": b"",
        "path": f"/api/{path}", "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def left() -> None:
        told = iter([{"type": "http.request", "body": body}])

        async def receive() -> Any:
            return next(told, {"type": "http.disconnect"})

        async def send(_: Any) -> None:
            """Nobody hears it."""

        await app(scope, receive, send)

    for _ in range(2 * intake.MOST_WAITING):
        asyncio.run(left())
        for thread in threading.enumerate():
            if thread.name == "intake":  # what was begun goes on though nobody listens
                thread.join()
        assert free_places() == intake.MOST_WAITING


def test_read_only_takes_nothing(settings: Settings, client: TestClient) -> None:
    closed = Settings(store=settings.store, read_only=True)
    library(settings)  # makes the store: read-only does not
    answer = post(TestClient(Starlette(routes=routes.routes(closed)), base_url=OWN))
    assert answer.status_code == 403


def test_told_to_stop_an_upload_ends_with_the_article_it_is_at(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is kept, and the same files go on from there."""
    monkeypatch.setattr(stopping, "asked", lambda: True)
    shelf = library(settings)
    files = [(f"{n}.txt", f"2024-01-0{n}. A rally was held in Baku.".encode()) for n in (1, 2, 3)]
    assert intake.take_place()
    messages = list(intake.read(intake.Upload("mine", files), shelf))
    assert messages[-1] == {"fault": intake.STOPPED}
    assert shelf.store.counts().articles == 1
    monkeypatch.undo()
    assert intake.take_place()
    *_, last = intake.read(intake.Upload("mine", files), shelf)
    assert (last["report"]["added"], last["report"]["unchanged"]) == (2, 1)
    assert free_places() == intake.MOST_WAITING


@pytest.mark.parametrize("path", ["events.bin", "areas.json", "rows", "filters?q=b", "export/csv", "export/html"])
def test_a_store_that_cannot_be_read_is_told_on_every_route(tmp_path: Path, path: str) -> None:
    other = tmp_path / "list.sqlite"
    other.write_text("bread, milk\n" * 200, encoding="utf-8")
    settings = Settings(store=f"sqlite:///{other}")
    app = Starlette(routes=routes.routes(settings), exception_handlers=routes.faults())
    client = TestClient(app, base_url=OWN)
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 503
    assert "list.sqlite" in answer.text
    assert post(client).status_code == 503
    assert free_places() == intake.MOST_WAITING
