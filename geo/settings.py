"""The settings of one run: made by the command line or the page from arguments and environment, then handed down."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gazetteer.shipped import DATA, cache_folder, store_folder

ARTICLES = DATA / "articles"
DEFAULT_STORE = f"sqlite:///{store_folder() / 'conflict-map.sqlite'}"
KEPT = cache_folder() / "events"

STORE_VARIABLE = "CONFLICT_MAP_STORE"
READ_ONLY_VARIABLE = "CONFLICT_MAP_READ_ONLY"
GAZETTEER_VARIABLE = "CONFLICT_MAP_GAZETTEER"
TILES_VARIABLE = "CONFLICT_MAP_TILES"
TILES_CREDIT_VARIABLE = "CONFLICT_MAP_TILES_CREDIT"
CONTROL_VARIABLE = "CONFLICT_MAP_CONTROL"
HOSTS_VARIABLE = "CONFLICT_MAP_HOSTS"
EMBED_VARIABLE = "CONFLICT_MAP_EMBED"
SIGN_IN_VARIABLE = "CONFLICT_MAP_SIGN_IN"
USERS_VARIABLE = "CONFLICT_MAP_USERS"
LOG_VARIABLE = "CONFLICT_MAP_LOG"
GRID_FROM_VARIABLE = "CONFLICT_MAP_GRID_FROM"
API_TOKEN_VARIABLE = "CONFLICT_MAP_API_TOKEN"  # noqa: S105  (the name of a variable, not a token)

LOG_FORMS = ("text", "json")
# So many events are 27 MB for the browser, and twice as long a wait as a million (docs/map-speed.md).
GRID_FROM = 2_000_000
_MOST_DIGITS = 12
_HOST = re.compile(r"(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\]")
# A host of a frame: with a scheme or without, with a port or without; as Content-Security-Policy writes them.
_FRAMER = re.compile(rf"(https?://)?({_HOST.pattern})(:[0-9]{{1,5}})?")
# As `python -c "import secrets; print(secrets.token_urlsafe())"` makes them: nobody guesses so many characters.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{24,200}")
_USER = re.compile(r"(\*|[^\s@*,]+)@[^\s@*,]+")
_YES = ("1", "true", "yes", "on")
_NO = ("", "0", "false", "no", "off")


class SettingsError(ValueError):
    """A setting that makes no sense; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and what may be changed.

    Parameters
    ----------
    store
        An SQLAlchemy URL, or a path to a SQLite file.
    gazetteer
        Path of the gazetteer's file; None is the default one, built on first need.
    places
        Path of a table or a GeoJSON file of the user's own places, laid over the gazetteer; None is the one that the
        environment names (`gazetteer.own`), if any.
    read_only
        True refuses every change to the store: for a shared screen or a public host.
    tiles, tiles_credit
        Address pattern of online map tiles that users may switch on, and whom to credit; None offers none.
    control
        Path of a GeoJSON file of the user's own: who holds what, and when (`geo.timemap.control`); None shows nothing.
    hosts
        Names beside its own under which the dashboard may be asked for: ``map.example.org``, ``*.example.org``; lower
        case, no port.
    embed
        Whose pages may frame the embedded map (``embed=true``): ``news.example``, ``https://*.example.org``,
        ``localhost:8000``; empty: nobody's.
    sign_in
        True shows nothing to whom the OpenID Connect provider of Streamlit's secrets does not vouch for.
    users
        Who may come in then: e-mail addresses, ``*@example.org`` for all of a domain; empty lets in everyone who can
        sign in.
    log
        ``text`` for a terminal, ``json`` for one object a line.
    api_token
        What the read API asks for; None asks for none, and keeps the API off where the map is read-only.
    grid_from
        From how many events on the map gets counts by place and time instead of the events (`geo.timemap.grid`).
    kept
        Folder in which the columns of very many events are kept between starts (`geo.store.kept`); None keeps none.
    """

    store: str = DEFAULT_STORE
    gazetteer: Path | None = None
    places: Path | None = None
    read_only: bool = False
    tiles: str | None = None
    tiles_credit: str = ""
    control: Path | None = None
    hosts: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    sign_in: bool = False
    users: tuple[str, ...] = ()
    log: str = "text"
    # Never shown: settings may be logged.
    api_token: str | None = field(default=None, repr=False)
    grid_from: int = GRID_FROM
    kept: Path | None = KEPT

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        store: str | None = None,
        gazetteer: Path | None = None,
        places: Path | None = None,
        read_only: bool | None = None,
    ) -> Settings:
        """Take what was given, else the environment's value, else the default.

        Raises
        ------
        SettingsError
            If a switch is neither a yes nor a no, a number is none, a list holds what cannot be a host or a user, or a
            token is too short.
        """
        environment = os.environ if environment is None else environment
        areas = environment.get(CONTROL_VARIABLE, "").strip()
        from_variable = environment.get(GAZETTEER_VARIABLE, "").strip()
        shared_screen = _switch(environment, READ_ONLY_VARIABLE)
        sign_in = _switch(environment, SIGN_IN_VARIABLE)
        users = _listed(environment, USERS_VARIABLE, _USER, "an e-mail address or *@domain")
        if users and not sign_in:
            raise SettingsError(
                f"{USERS_VARIABLE} names who may come in, but {SIGN_IN_VARIABLE} is off: nobody would be asked. "
                f"Set {SIGN_IN_VARIABLE}=1, or leave {USERS_VARIABLE} out."
            )
        log = environment.get(LOG_VARIABLE, "").strip().lower() or "text"
        if log not in LOG_FORMS:
            raise SettingsError(f"{LOG_VARIABLE}: expected {' or '.join(LOG_FORMS)}, got {log!r}")
        return cls(
            store=store or environment.get(STORE_VARIABLE, "").strip() or DEFAULT_STORE,
            gazetteer=gazetteer or (Path(from_variable) if from_variable else None),
            places=places,
            read_only=shared_screen if read_only is None else read_only,
            tiles=environment.get(TILES_VARIABLE, "").strip() or None,
            tiles_credit=environment.get(TILES_CREDIT_VARIABLE, "").strip(),
            control=Path(areas) if areas else None,
            hosts=_listed(environment, HOSTS_VARIABLE, _HOST, "a host's name without a port, or *.domain"),
            embed=_listed(environment, EMBED_VARIABLE, _FRAMER, "a host such as news.example or localhost:8000"),
            sign_in=sign_in,
            users=users,
            log=log,
            grid_from=_whole(environment, GRID_FROM_VARIABLE, GRID_FROM),
            api_token=_token(environment),
        )


def _token(environment: Mapping[str, str]) -> str | None:
    token = environment.get(API_TOKEN_VARIABLE, "").strip()
    if token and not _TOKEN.fullmatch(token):
        raise SettingsError(
            f"{API_TOKEN_VARIABLE}: expected 24 to 200 letters, digits or ._~+/=-, got {len(token)} characters. "
            'Make one: python -c "import secrets; print(secrets.token_urlsafe())"'
        )
    return token or None


def _whole(environment: Mapping[str, str], variable: str, default: int) -> int:
    number = environment.get(variable, "").strip()
    if number and not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        raise SettingsError(f"{variable}: expected a whole number such as {default}, got {number!r}")
    return int(number) if number else default


def _switch(environment: Mapping[str, str], variable: str) -> bool:
    switch = environment.get(variable, "").strip().lower()
    if switch not in _YES + _NO:
        raise SettingsError(f"{variable}: expected 1 or 0, got {switch!r}")
    return switch in _YES


def _listed(environment: Mapping[str, str], variable: str, form: re.Pattern[str], expected: str) -> tuple[str, ...]:
    """Split a list at its commas, lower case; a bare ``*`` would switch the check off and is none of its items."""
    items = [item.strip().lower() for item in environment.get(variable, "").split(",")]
    for item in items:
        if item and not form.fullmatch(item):
            raise SettingsError(f"{variable}: expected {expected}, got {item!r}")
    return tuple(item for item in items if item)
