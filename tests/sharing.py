"""Two runs of pytest share the browser's tests: whoever comes to a module first runs it, and each module once.

The tests in the browser take longer than all others. The run that begins with them goes through them one by one; the
other joins it when it has done the rest, so that neither core waits for the other. ``-p tests.sharing --share FOLDER``
gives both the empty folder in which they note what is taken. A run that dies fails with what it had taken.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parent / "browser"


class Sharing:
    """One of the runs.

    Parameters
    ----------
    taken
        The folder of notes: one for each module that is taken, of its name.
    """

    def __init__(self, taken: Path) -> None:
        self._taken = taken
        self._mine: dict[Path, bool] = {}

    def is_mine(self, module: Path) -> bool:
        """Tell whether the module is run here: it is where nobody had taken it when this was first asked."""
        if module not in self._mine:
            note = self._taken / module.relative_to(SHARED).as_posix().replace("/", "-")
            try:
                note.touch(exist_ok=False)
            except FileExistsError:
                self._mine[module] = False
            else:
                self._mine[module] = True
        return self._mine[module]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Put what is shared last."""
        items.sort(key=_is_shared)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> bool | None:
        """Pass over what the other runs."""
        return None if not _is_shared(item) or self.is_mine(item.path) else True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how much the other ran."""
        others = sum(not mine for mine in self._mine.values())
        terminalreporter.write_line(f"{others} of {len(self._mine)} modules in the browser were run by the other run.")


def _is_shared(item: pytest.Item) -> bool:
    return item.path.is_relative_to(SHARED)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--share``."""
    parser.addoption("--share", type=Path, required=True, metavar="FOLDER", help="where both note what they have taken")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to share."""
    config.pluginmanager.register(Sharing(config.getoption("--share")), "sharing")
