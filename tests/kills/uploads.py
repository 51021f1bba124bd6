"""What is done with files that were dropped on the page."""

from __future__ import annotations

import functools
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.model import Article
from geo.page import intake
from geo.page.library import Library
from geo.pipeline import parse
from geo.settings import Settings
from geo.store import Store, checking
from tests.kills.stores import address, made
from tests.kills.striking import Kind, Outcome, Said

_TOWNS = ("Aleppo", "Goma", "Kharkiv", "Mosul", "Tripoli", "Aden")


class RefusedError(RuntimeError):
    """An upload that the page was told to have failed, in words."""


@functools.cache
def _warm() -> None:
    """Load the models once: a fork has them, and its time goes into what is tried here."""
    with Gazetteer.open(quiet=True) as gazetteer:
        parse(Article("warm", "Rebels shelled Homs on 26 January 2015, killing two people."), gazetteer)


def _brought() -> list[tuple[str, bytes]]:
    """Files of six papers: each tells of the same shelling, and of something that no other tells."""
    return [
        (
            f"2015-01-{27 + number % 3}-{town}.txt",
            f"Rebels shelled Homs on 26 January 2015, killing two people.\n\n"
            f"Gunmen attacked {town} on {number + 3} January 2015, killing {number + 4} people.\n".encode(),
        )
        for number, town in enumerate(_TOWNS)
    ]


def _place(here: Path) -> None:
    _warm()
    made(here, articles=2)


def _upload(here: Path, said: Said) -> None:
    """What the page's route does with the files of an upload."""
    shelf = Library(Settings(store=address(here)))
    intake.take_place()
    done = 0
    for message in intake.read(intake.Upload("Your articles", _brought()), shelf):
        if "fault" in message:
            told = str(message["fault"])
            raise (RefusedError if told.startswith(shelf.store.url) else RuntimeError)(told)
        if "report" in message:
            said()
        elif message["done"] > done:
            done = message["done"]
            said()
    shelf.store.close()


def _uploaded(here: Path, said: int) -> Outcome:
    """Look at what an upload left, send the same files again, and compare with the upload that nobody killed."""
    with Store(address(here.parent / "whole"), read_only=True) as unhurt:
        events, incidents = _events(unhurt), _incidents(unhurt)
    with Store(address(here)) as store:
        kept = _events(store)
        joined = store.count_unjoined() == 0 and _incidents(store) == incidents
    before = len(events) - len(_TOWNS)
    lost = len(kept) < before + min(said, len(_TOWNS)) or (said > len(_TOWNS) and not joined)
    half = any(kept[digest] != events[digest] for digest in kept)
    _upload(here, lambda: 0)
    with Store(address(here)) as store:
        again = _events(store) == events and _incidents(store) == incidents and store.count_unjoined() == 0
        return Outcome(lost=lost, half=half or not again or checking.check(store).faults != ())


def _events(store: Store) -> dict[str, frozenset[str]]:
    """Give the events of every article by its digest."""
    return {digest: frozenset(one.id for one in store.record(digest).events) for digest in store.pipelines()}


def _incidents(store: Store) -> frozenset[frozenset[str]]:
    """Give which events are reports of one."""
    frame = store.events()
    return frozenset(frozenset(group) for _, group in frame.groupby("incident")["id"])


UPLOAD = Kind(_place, _upload, _uploaded)
