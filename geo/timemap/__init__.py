"""The folium plugin: a base map and a time layer in one frame, for the dashboard, a notebook and a stand-alone file.

>>> from geo.timemap import TimeMap
>>> TimeMap(events)  # doctest: +SKIP
>>> TimeMap(events).save("events.html")  # doctest: +SKIP
>>> TimeLayer(events).add_to(folium.Map())  # doctest: +SKIP
>>> explore(any_geodataframe, time="date")  # doctest: +SKIP
"""

from geo.timemap.command import Command
from geo.timemap.element import TimeMap
from geo.timemap.exploring import explore
from geo.timemap.files import ASSETS
from geo.timemap.layer import TimeLayer
from geo.timemap.tiles import Tiles

__all__ = ["ASSETS", "Command", "Tiles", "TimeLayer", "TimeMap", "explore"]
