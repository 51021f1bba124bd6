"""What other packages add: found by the entry points that they declare, loaded when it is asked for by name.

Documented in ``docs/extending.md``. The program's own additions are declared in the same way, in ``pyproject.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

READERS = "conflict_map.readers"
PLACES = "conflict_map.places"
EXPORTERS = "conflict_map.exporters"
POINTS = (READERS, PLACES, EXPORTERS)


class PluginError(RuntimeError):
    """An addition of another package that does not work; the message names it, its package, and what to do."""


@functools.cache
def added(group: str) -> Mapping[str, EntryPoint]:
    """Give what packages add to one of `POINTS` by its name, in alphabetical order; nothing is imported for it.

    Raises
    ------
    PluginError
        If two packages add the same name.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        if point.name in found:
            both = f"{_package(found[point.name])} and {_package(point)}"
            raise PluginError(f"{group}: {both} both add {point.name!r}. Uninstall one of them")
        found[point.name] = point
    return found


def load(group: str, name: str, *, expected: type | None = None) -> Any:
    """Import what is added under a name.

    Parameters
    ----------
    expected : type, optional
        What it has to be; by default something that can be called.

    Raises
    ------
    PluginError
        If it cannot be imported, or is something else.
    """
    point = added(group)[name]
    try:
        thing = point.load()
    except Exception as error:
        # Whatever a stranger's module does as it is imported.
        told = f"{group} {name!r} of {_package(point)} cannot be loaded: {type(error).__name__}: {error}"
        raise PluginError(f"{told}. Upgrade or uninstall that package") from error
    if not (callable(thing) if expected is None else isinstance(thing, expected)):
        wanted = "something that can be called" if expected is None else f"a {expected.__module__}.{expected.__name__}"
        raise PluginError(f"{group} {name!r} of {_package(point)} must be {wanted}; got {thing!r}")
    return thing


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value
