"""Pages through the events of a running dashboard by its read API; nothing but Python's own library.

python read_the_api.py http://localhost:8501 [PARAMETERS] prints one line an event. PARAMETERS are those of a link:
"types=battle&from=2015-01". Where the server asks for a token, set CONFLICT_MAP_API_TOKEN.
"""

import json
import os
import sys
import urllib.request
from urllib.parse import urljoin

server, parameters = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
headers = {"Accept": "application/geo+json"}
if token := os.environ.get("CONFLICT_MAP_API_TOKEN"):
    headers["Authorization"] = f"Bearer {token}"

address = f"{server}/api/v1/events?limit=100&{parameters}"
while address:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        page = json.load(answer)
    for feature in page["features"]:
        event = feature["properties"]
        print(event["date_start"] or "no date   ", event["type"], event["place"] or event["place_text"], sep="  ")
    following = [link["href"] for link in page["links"] if link["rel"] == "next"]
    address = urljoin(address, following[0]) if following else None
