"""A map with a time bar from a table of one's own, as one HTML file that needs no network.

python map_of_a_table.py [TABLE.csv] reads day, kind, town, latitude and longitude and writes map.html.
"""

import sys
from pathlib import Path

import geopandas
import pandas as pd

from geo.timemap import TimeMap

TABLE = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).with_name("incidents.csv"))
KINDS = {"fighting": "battle", "strike": "explosion", "demonstration": "protest"}

table = pd.read_csv(TABLE, parse_dates=["day"])
events = geopandas.GeoDataFrame(
    {
        "type": table["kind"].map(KINDS),
        "date_start": table["day"],
        "place": table["town"],
        "snippet": table["note"],
    },
    geometry=geopandas.points_from_xy(table["longitude"], table["latitude"], crs=4326),
)
TimeMap(events, state={"from": "2015-01-01", "to": "2015-12-31"}).save("map.html")
print(f"map.html: {len(events)} events")
