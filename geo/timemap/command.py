"""A message from the page to the living map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.timemap import embed


class Command(MacroElement):
    """A script that hands one message to the map: ``st_folium(..., feature_group_to_add=command.group())``.

    The frame runs it when its text changes and never for an equal text; the map is not rebuilt. A message sent before
    the map has started is kept and read then.

    Parameters
    ----------
    message : Mapping
        Any of these keys; the others stay as they are.

        - ``types``, ``status``, ``tiers``: lists of names.
        - ``sources``, ``precisions``, ``countries``, ``places``, ``ids``: lists of names or ids to keep, None for all.
        - ``draw``, ``control``: as of `geo.timemap.element`.
        - ``longest``: hide dates at least this many days wide, None for none.
        - ``from``, ``to`` (ISO dates), ``axis``, ``mode``.
        - ``event`` (id or None), ``place`` (id, list of ids or None), ``ghost`` ({lat, lng, name} or None).
        - ``theme`` (light or dark), ``flyTo`` ({lat, lng, z}); ``look``: {lat, lng, z} to be there at once, None to fit
          the events of the window; ``choice`` ({event, places}): what was chosen at an earlier step.
        - ``data`` ({url, areas, radii}): show the events packed at this address, unless they are shown already.
        - ``span``: two ISO dates that the time bar covers beside the events' own, or None.
        - ``layers``: a list of {key, name, credit, url}: event data of others, packed at these addresses, as squares.
        - ``pick`` (True: ask for a point on the map; False: ask no more).
    order : Mapping, optional
        A message to be obeyed once, such as a flight to a place: one whose `number` the map has seen is passed over, so
        that it is not repeated when `message` changes later.
    number : int
        Grows with each order.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            (() => {
                const queue = [];
                const map = window.__timemap = window.__timemap || { queue, command: (message) => queue.push(message) };
                map.command({{ this.message }});
                const order = {{ this.order }};
                if (order && (window.__timemapOrder || 0) < {{ this.number }}) {
                    window.__timemapOrder = {{ this.number }};
                    map.command(order);
                }
            })();
        {% endmacro %}
        """
    )

    def __init__(self, message: Mapping[str, Any], *, order: Mapping[str, Any] | None = None, number: int = 0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # (folium ships no types)
        self._name = "Command"
        self.message = embed.json_in_script(dict(message))
        self.order = embed.json_in_script(dict(order) if order else None)
        self.number = int(number)

    def group(self) -> folium.FeatureGroup:
        """Give a feature group that holds nothing but this message."""
        group = folium.FeatureGroup("command")
        self.add_to(group)
        return group
