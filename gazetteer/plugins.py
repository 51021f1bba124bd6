"""What other packages add: found by the entry points that they declare, loaded when it is asked for by name.

Documented in ``docs/extending.md``. The program's own additions are declared in the same way, in ``pyproject.toml``.
What does not work costs itself only: its message names it and its package, and everything else goes on.
"""

from __future__ import annotations

import functools
import logging
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from gazetteer import shipped

READERS = "conflict_map.readers"
PLACES = "conflict_map.places"
EXPORTERS = "conflict_map.exporters"
LAYERS = "conflict_map.layers"
PANELS = "conflict_map.panels"
EVENTS = "conflict_map.events"
POINTS = (READERS, PLACES, EXPORTERS, LAYERS, PANELS, EVENTS)

_log = logging.getLogger(__name__)


class PluginError(RuntimeError):
    """An addition of another package that does not work; the message names it, its package, and what to do."""


@functools.cache
def added(group: str) -> Mapping[str, tuple[EntryPoint, ...]]:
    """Give what is added to one of `POINTS`, our own first, then by name; nothing is imported for it.

    A name has one entry point, or several where several packages add it, of which `load` takes none. A name of our own
    is not taken over.
    """
    own = {point.name: (point,) for point in _own(group)}
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for point in sorted(_installed(group), key=lambda point: (point.name, package(point))):
        if not _is_own(point) and point.name not in own:
            found[point.name] = (*found.get(point.name, ()), point)
    return own | found


def load(group: str, name: str, *, expected: type | None = None) -> Any:
    """Import what is added under a name.

    Parameters
    ----------
    expected : type, optional
        What it has to be; by default something that can be called.

    Raises
    ------
    PluginError
        If it cannot be imported, is something else, two packages add it, or none does.
    """
    points = added(group).get(name, ())
    if not points:
        raise PluginError(f"{group}: nothing adds {name!r}. Install the program, or the package that adds it, anew")
    if len(points) > 1:
        both = " and ".join(package(point) for point in points)
        raise PluginError(f"{group}: {both} both add {name!r}. Uninstall one of them")
    point = points[0]
    try:
        thing = point.load()
    except Exception as error:
        # Whatever a stranger's module does as it is imported.
        told = f"{group} {name!r} of {package(point)} cannot be loaded: {type(error).__name__}: {error}"
        raise PluginError(f"{told}. Upgrade or uninstall that package") from error
    if not (callable(thing) if expected is None else isinstance(thing, expected)):
        wanted = "something that can be called" if expected is None else f"a {expected.__module__}.{expected.__name__}"
        raise PluginError(f"{group} {name!r} of {package(point)} must be {wanted}; got {thing!r}")
    return thing


@contextmanager
def blamed(group: str, name: str, *, passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Run what is added under a name: whatever it raises becomes a `PluginError` that names its package.

    Parameters
    ----------
    passing
        What it may raise, which goes through as it is.

    Raises
    ------
    PluginError
        For everything else.
    """
    try:
        yield
    except PluginError:
        raise
    except passing:
        raise
    except Exception as error:
        _log.debug("%s %s", group, name, exc_info=True)
        told = f"{group} {name!r} of {packages(group, name)} failed: {type(error).__name__}: {error}"
        raise PluginError(f"{told}. Tell its maker, upgrade or uninstall that package") from error


def own(group: str) -> tuple[str, ...]:
    """Give the names that the program itself adds."""
    return tuple(point.name for point in _own(group))


def packages(group: str, name: str) -> str:
    """Name the package that adds something, with its version."""
    return " and ".join(package(point) for point in added(group)[name])


def package(point: EntryPoint) -> str:
    """Name the package of an entry point, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else shipped.NAME


@functools.cache
def _own(group: str) -> tuple[EntryPoint, ...]:
    declared = shipped.ROOT / "pyproject.toml"
    if not (shipped.IS_CHECKOUT and declared.is_file()):
        return tuple(sorted((point for point in _installed(group) if _is_own(point)), key=lambda point: point.name))
    # Of a checkout the file itself counts: what was installed of it may be older, or nothing.
    points = tomllib.loads(declared.read_text(encoding="utf-8"))["project"].get("entry-points", {}).get(group, {})
    return tuple(EntryPoint(name, value, group) for name, value in sorted(points.items()))


def _installed(group: str) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))


def _is_own(point: EntryPoint) -> bool:
    return point.dist is not None and point.dist.name.lower().replace("_", "-") == shipped.NAME
