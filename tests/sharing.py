"""Runs of pytest side by side share the suite: whoever comes to a module first runs it, and each module once.

The tests in the browser need a run of their own: what drives the browser has an event loop that others could not have
beside it. One run goes through them while another goes through all else, and then what is left of the browser's. When
the browser's are done a third begins with all else from the end, until the two meet: neither core waits for the other.
``-p tests.sharing --share FOLDER`` gives all of them the empty folder in which they note what is taken. A run that
dies fails with what it had taken.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
BROWSER = TESTS / "browser"


class Sharing:
    """One of the runs.

    Parameters
    ----------
    taken
        The folder of notes: one for each module that is taken, of its name.
    from_the_end
        Whether it begins with the last module.
    """

    def __init__(self, taken: Path, *, from_the_end: bool = False) -> None:
        self._taken = taken
        self._from_the_end = from_the_end
        self._mine: dict[Path, bool] = {}

    def is_mine(self, module: Path) -> bool:
        """Tell whether the module is run here: it is where nobody had taken it when this was first asked."""
        if module not in self._mine:
            note = self._taken / module.relative_to(TESTS).as_posix().replace("/", "-")
            try:
                note.touch(exist_ok=False)
            except FileExistsError:
                self._mine[module] = False
            else:
                self._mine[module] = True
        return self._mine[module]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put the browser's modules last, and the others in their order or from the end."""
        modules = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
        if self._from_the_end:
            modules.reverse()
        modules.sort(key=lambda tests: tests[0].path.is_relative_to(BROWSER))
        items[:] = [test for tests in modules for test in tests]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Pass over what another runs."""
        return None if self.is_mine(item.path) else True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much others ran."""
        others = sum(not mine for mine in self._mine.values())
        terminalreporter.write_line(f"{others} of {len(self._mine)} modules were run by another run.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--share`` and ``--from-the-end``."""
    parser.addoption("--share", type=Path, required=True, metavar="FOLDER", help="where all note what they have taken")
    parser.addoption("--from-the-end", action="store_true", help="begin with the last module")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to share.

    A folder that is given as a word of its own is taken for one of tests, outside of which no settings are found.
    """
    if config.inipath is None:
        raise pytest.UsageError("the settings of pyproject.toml are not in use: write --share=FOLDER")
    config.pluginmanager.register(
        Sharing(config.getoption("--share"), from_the_end=config.getoption("--from-the-end")), "sharing"
    )
