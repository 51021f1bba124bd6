"""The suite on who did it to whom, how many died and who says so: its items, their loader and their score.

Run as ``python -m tests.suites.who``; ``--held-out`` and ``--verbose`` as for the other suites.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import EVENT_TYPES, EventType
from geo.people.actors import actors
from geo.people.anchor import Anchor
from geo.people.casualties import Toll, casualties
from geo.people.figures import NUMBER, Range
from geo.people.speakers import speaker
from geo.text import sentence_at, sentences
from tests.suites import items
from tests.suites.items import Half

FIGURES, PARTIES = ("killed", "wounded"), ("actor", "target")
_BRACKETS = re.compile(r"[\[\]]")
_WORD = re.compile(r"[\w'’-]+")
# A noun phrase may have this many words before its asked ones, none of which begins another phrase.
_LEAD = 5
_BREAKS = frozenset({"of", "in", "on", "by", "from", "with", "near", "and", "for", "to"})
_QUANTITY = re.compile(rf"{NUMBER} ", re.IGNORECASE)
_UNSAID = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Asked:
    """An event with what is told of it; each of its fields has one or more right answers, of which None may be one."""

    anchor: Anchor
    fields: dict[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class WhoItem:
    """A passage with its events."""

    id: str
    region: str
    register: str
    published: date
    text: str
    events: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the answers that were asked for or given are right."""

    right: int
    total: int

    def __str__(self) -> str:
        """Give the share with its counts."""
        return f"{self.right / max(1, self.total):.3f} ({self.right}/{self.total})"


def load(half: Half) -> tuple[WhoItem, ...]:
    """Read one half of the suite."""
    return tuple(items.rows("who", half, _item))


def _item(row: dict[str, Any]) -> WhoItem:
    text = row["text"]
    if type(row["published"]) is not date:
        raise ValueError("expected a publication date")
    return WhoItem(
        row["id"], row["region"], row["register"], row["published"], text, tuple(_asked(text, e) for e in row["events"])
    )


def _asked(text: str, entry: dict[str, Any]) -> Asked:
    known = {"trigger", "nth", "at", "type", "speaker", *FIGURES, *PARTIES}
    if set(entry) - known:
        raise ValueError(f"expected fields out of {sorted(known)}; got {sorted(entry)}")
    spans = items.spans(text, entry["trigger"])
    start, end = spans[entry.get("nth", 1) - 1]
    sentence = sentence_at(text, start)
    kind: EventType = entry["type"]
    if sentence is None or kind not in EVENT_TYPES:
        raise ValueError(f"expected a type out of {EVENT_TYPES} and a trigger in a sentence")
    place = items.spans(text, entry["at"])[0] if "at" in entry else None
    fields = {name: _ranges(entry.get(name)) for name in FIGURES}
    fields |= {name: _several(entry.get(name)) for name in PARTIES}
    if "speaker" in entry:
        fields["speaker"] = _several(entry["speaker"])
    return Asked(Anchor.of(sentence, start, end, type=kind, place=place), fields)


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _ranges(value: Any) -> tuple[Range | None, ...]:
    """Read one range, or several of which any is right: a list of lists."""
    if value is None:
        return (None,)
    several = value if any(isinstance(one, list) for one in value) or len(value) == 1 else [value]
    return tuple(None if one is None else (one[0], one[1]) for one in several)


def _bare(words: str) -> list[str]:
    return [word for word in _WORD.findall(words.lower().replace("’", "'")) if word not in _UNSAID]


def says(asked: str | None, given: str | None) -> bool:
    """Tell whether an answer names whom it should.

    The words in brackets must stand in the answer; without brackets all are asked for. Before them the answer may have
    what else its noun phrase holds, numbers and adjectives; behind them only what the asked words have there.
    """
    if asked is None or given is None:
        return asked is given
    core = re.search(r"\[(.*)\]", asked)
    needed, told = (
        _bare(_QUANTITY.sub("", core[1]) if core else _QUANTITY.sub("", asked)),
        _bare(_QUANTITY.sub("", given)),
    )
    behind = _bare(_QUANTITY.sub("", asked[core.end() :])) if core else []
    for index in range(len(told) - len(needed) + 1):
        lead, rest = told[:index], told[index + len(needed) :]
        if told[index : index + len(needed)] == needed and rest == behind[: len(rest)]:
            return len(lead) <= _LEAD and not _BREAKS & set(lead)
    return False


def answers(item: WhoItem) -> list[dict[str, Any]]:
    """Read a passage: the fields of each of its events."""
    anchors = [event.anchor for event in item.events]
    tolls = casualties(item.text, sentences(item.text), anchors)
    return [_answer(item.text, anchor, toll) for anchor, toll in zip(anchors, tolls, strict=True)]


def _answer(text: str, anchor: Anchor, toll: Toll) -> dict[str, Any]:
    who = actors(text, anchor)
    sentence = sentence_at(text, anchor.sentence_start)
    return {
        "killed": toll.killed if toll.killed != (None, None) else None,
        "wounded": toll.wounded if toll.wounded != (None, None) else None,
        "actor": who.actor,
        "target": who.target,
        "speaker": speaker(text, sentence, anchor.trigger_start) if sentence else None,
    }


def judge(item: WhoItem, given: list[dict[str, Any]]) -> list[tuple[str, bool, str]]:
    """Judge the answers on a passage: field, right or wrong, and what was asked and given; blanks left out."""
    verdicts = []
    for event, answer in zip(item.events, given, strict=True):
        trigger = item.text[event.anchor.trigger_start : event.anchor.trigger_end]
        for field, right in event.fields.items():
            said = answer[field]
            if said is None and None in right:
                continue
            held = said in right if field in FIGURES else any(says(one, said) for one in right)
            verdicts.append((field, held, f"{trigger}: {field} should be {right}, is {said!r}"))
    return verdicts


def score(passages: Iterable[WhoItem]) -> dict[str, Share]:
    """Give the share of right answers by field, and of figures and parties together."""
    marks: dict[str, list[bool]] = {}
    for item in passages:
        for field, held, _ in judge(item, answers(item)):
            marks.setdefault(field, []).append(held)
            group = "figures" if field in FIGURES else "parties" if field in PARTIES else None
            if group:
                marks.setdefault(group, []).append(held)
    return {field: Share(sum(held), len(held)) for field, held in marks.items()}


def main(arguments: list[str] | None = None) -> int:
    """Print the shares of one half; with ``--verbose`` every fault of the development half."""
    parser = argparse.ArgumentParser(prog="python -m tests.suites.who", description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="the half that nothing was tuned to")
    parser.add_argument("--verbose", action="store_true", help="print every fault with its passage")
    options = parser.parse_args(arguments)
    half: Half = "held_out" if options.held_out else "dev"
    passages = load(half)
    if options.verbose:
        for item in passages:
            faults = [fault for _, held, fault in judge(item, answers(item)) if not held]
            if faults:
                print(f"\n{item.id}\n  {item.text}", *(f"  - {fault}" for fault in faults), sep="\n")
    print(f"who {half}: {len(passages)} passages")
    for field, share in sorted(score(passages).items()):
        print(f"  {field:8} {share}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
