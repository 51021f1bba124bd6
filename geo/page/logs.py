"""What the dashboard writes down of itself: one line an event, for a terminal or as JSON, never a word of an article.

Our own lines, Streamlit's and the server's go the same way. An exception is told by its kind and the places in the code
it came through: its message may quote the text it failed on, so it is left out.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from streamlit import logger as streamlit_logger

_SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "websockets")
_ACCESS = "uvicorn.access"  # whole addresses with what was searched for: `geo.page.watch` tells of requests without
# What uvicorn says of each WebSocket that was refused with an answer, as one should be; `geo.page.guard` says why.
_REFUSED = "ASGI callable returned without completing handshake."
_DEEPEST = 20  # frames of a traceback, the last ones

_Fields = MutableMapping[str, Any]
_Given = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(form: str) -> None:
    """Send every log line of this process to standard error in one form.

    Parameters
    ----------
    form
        ``json`` gives an object a line with ``time``, ``level``, ``logger``, ``event`` and its fields; ``text`` a line
        for people, without the requests that went well.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        without_messages,
    ]
    drawn: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form != "json":
        drawn = structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time", pad_event_to=0)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("geo.page.watch").setLevel(logging.INFO if form == "json" else logging.WARNING)
    # Streamlit gives each of its loggers, some of them made late, a handler of its own through this one function.
    streamlit_logger.setup_formatter = _to_root
    streamlit_logger.update_formatter()
    for name in _SERVERS:
        _to_root(logging.getLogger(name))
    logging.getLogger("uvicorn.error").addFilter(_worth_telling)


def _worth_telling(record: logging.LogRecord) -> bool:
    return record.msg != _REFUSED


def _to_root(logger: logging.Logger) -> None:
    logger.handlers = []
    logger.propagate = logger.name != _ACCESS
    if logger.name in _SERVERS:
        logger.setLevel(logging.WARNING)


def without_messages(_: object, __: str, fields: _Fields) -> _Fields:
    """Replace an exception by its kind and where it came through (a structlog processor)."""
    given = fields.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    elif isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    if given and given[0]:
        fields["exception"] = [_told(error) for error in _chain(given)]
    return fields


def _chain(given: _Given) -> list[BaseException]:
    """The exception and those it came from, the last raised first."""
    errors: list[BaseException] = []
    error: BaseException | None = given[1]
    while error is not None and error not in errors:
        errors.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return errors


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"kind": f"{type(error).__module__}.{type(error).__qualname__}", "at": at}
