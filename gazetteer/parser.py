"""The parser of both command lines: argparse, with the nearest valid word beside a wrong one."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Sequence
from typing import Any


class Parser(argparse.ArgumentParser):
    """An argument parser that says what may have been meant, and takes no abbreviation of an option.

    Abbreviations would turn every new option into a change of what an old script means.
    """

    def __init__(self, **given: Any) -> None:
        defaults: dict[str, Any] = {"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
        super().__init__(**(defaults | given))

    # argparse has this in overloads over the namespace, which is passed on here.
    def parse_known_args(  # type: ignore[override]  # (one signature for all overloads)
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> Any:
        """Parse; what is left over is an error here, where the options are known that it could have been."""
        found, extras = super().parse_known_args(args, namespace)
        if extras:
            known = [option for action in self._actions for option in action.option_strings]
            self.error(f"unrecognized arguments: {' '.join(extras)}{meant(extras[0].partition('=')[0], known)}")
        return found, extras

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            hint = meant(str(value), map(str, action.choices or ()))
            raise argparse.ArgumentError(action, f"{error.message}{hint}") from None


def meant(word: str, known: Iterable[str]) -> str:
    """Give ``. Did you mean ...?`` with the nearest of `known`, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f". Did you mean {near[0]}?" if near else ""
