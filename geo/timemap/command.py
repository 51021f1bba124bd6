"""A message from the page to the living map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.timemap import embed


class Command(MacroElement):  # type: ignore[misc]
    """A script that hands one message to the map, for ``st_folium(..., feature_group_to_add=command.group())``.

    The frame runs it when its text changes and never for an equal text; the map is not rebuilt. A message sent before the
    map has started is kept and read then.

    Parameters
    ----------
    message : Mapping
        Any of ``types``, ``status``, ``tiers`` (lists of names); ``sources``, ``precisions``, ``countries``, ``places``, ``ids``
        (lists of names or ids to keep, None for no such filter); ``longest`` (days, exclusive, None for any); ``from``, ``to``
        (ISO dates), ``axis``, ``mode``; ``event`` (id or None), ``place`` (id, list of ids or None); ``theme``; ``ghost``
        ({lat, lng, name} or None); ``flyTo`` ({lat, lng, z}).
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            (window.__timemap = window.__timemap || {
                queue: [], command(message) { this.queue.push(message); }
            }).command({{ this.message }});
        {% endmacro %}
        """
    )

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__()
        self._name = "Command"
        self.message = embed.json_in_script(dict(message))

    def group(self) -> folium.FeatureGroup:
        """Give a feature group that holds nothing but this message."""
        group = folium.FeatureGroup("command")
        self.add_to(group)
        return group
