from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from streamlit import logger as streamlit_logger

from geo.page import logs

TEXT = "Shelling near Debaltseve killed two."


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging is one for the whole process: what a test configures is put back."""
    root, watch = logging.getLogger(), logging.getLogger("geo.page.watch")
    handlers, levels, setup = root.handlers, (root.level, watch.level), streamlit_logger.setup_formatter
    yield
    root.handlers, streamlit_logger.setup_formatter = handlers, setup
    root.setLevel(levels[0])
    watch.setLevel(levels[1])
    structlog.reset_defaults()


def fail_on(text: str) -> None:
    try:
        float(text)
    except ValueError as error:
        raise RuntimeError(f"cannot read {text!r}") from error


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    written = capsys.readouterr()
    assert written.out == ""
    assert "Debaltseve" not in written.err
    return [json.loads(line) for line in written.err.splitlines()]


@pytest.mark.parametrize("logger", ["geo.page.intake", "streamlit.error_util", "uvicorn.error"])
def test_an_exception_is_told_without_the_text_it_failed_on(logger: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    streamlit_logger.get_logger("streamlit.error_util")
    try:
        fail_on(TEXT)
    except RuntimeError:
        logging.getLogger(logger).exception("an upload could not be read")
    (line,) = told(capsys)
    assert (line["event"], line["level"], line["logger"]) == ("an upload could not be read", "error", logger)
    assert [error["kind"] for error in line["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_logs.py" in line["exception"][0]["at"][-1]


def test_a_logger_that_streamlit_makes_late_writes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    streamlit_logger.get_logger("streamlit.made_late").warning("something is off")
    assert [line["event"] for line in told(capsys)] == ["something is off"]


def test_what_was_asked_for_is_not_written_by_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    streamlit_logger.init_uvicorn_logs()
    logging.getLogger("uvicorn.access").info('127.0.0.1:5 - "GET /api/rows?q=Debaltseve HTTP/1.1" 200')
    logging.getLogger("uvicorn.error").info('127.0.0.1:5 - "WebSocket /_stcore/stream?q=Debaltseve" [accepted]')
    assert told(capsys) == []


def test_a_field_cannot_begin_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    structlog.get_logger("geo.page.guard").warning("refused", host='x"}\n{"event": "forged"}')
    assert [line["event"] for line in told(capsys)] == ["refused"]


def test_for_people_a_line_is_words_and_requests_that_went_well_are_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("text")
    requests = structlog.get_logger("geo.page.watch")
    requests.info("request", route="/", status=200)
    requests.warning("request", route="/", status=500)
    structlog.get_logger("geo.page.guard").warning("refused", host="x\nforged")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "status=500" in lines[0]
