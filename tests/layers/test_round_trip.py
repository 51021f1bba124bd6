"""What we export, mapped back as a layer, is what the articles told: places, days, types, figures and words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geo import layouts
from geo.export import FORMATS, encode
from geo.layers import adding
from geo.model import EVENT_TYPES, PLACE_PRECISIONS
from geo.store import Store, layers
from tests.store.specimens import article, record

SAME = "{{columns: {0}, values: {{{1}}}}}"
OWN = "\n".join(
    (
        "title: our own export",
        "id: id",
        "date_start: date_start",
        "date_end: date_end",
        "lat: lat",
        "lon: lon",
        "place: place",
        "admin1: admin1",
        "country: country_code",
        "place_precision: " + SAME.format("place_precision", ", ".join(f"{one}: {one}" for one in PLACE_PRECISIONS)),
        "type: " + SAME.format("type", ", ".join(f"{one}: {one}" for one in EVENT_TYPES)),
        "sub_type: sub_type",
        "killed_low: killed_low",
        "killed_high: killed_high",
        "note: snippet",
    )
)


@pytest.mark.parametrize("name", ["csv", "geojson", "gpkg", "parquet"])
def test_our_own_export_mapped_back_is_equal(tmp_path: Path, name: str) -> None:
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(article()), pipeline="1")
        frame = store.events()
        path = tmp_path / f"own{FORMATS[name].ending}"
        path.write_bytes(encode(frame, name))
        report = adding.add([path], store, layout=layouts.parse(OWN.encode(), "own"))
        placed = frame[frame["place_id"].notna() & frame["date_start"].notna()]
        assert report.layer and report.layer.rows == len(placed) > 0
        assert report.left_out == len(frame) - len(placed)
        for at, (_, row) in enumerate(placed.iterrows()):
            event = layers.event(store, report.layer, at)
            assert event
            assert (event.id, event.type, event.place, event.place_precision) == tuple(
                row[name] for name in ("id", "type", "place", "place_precision")
            )
            words = [("sub_type", "sub_type"), ("admin1", "admin1"), ("country", "country_code"), ("note", "snippet")]
            for field, column in (*words, ("killed_low", "killed_low"), ("killed_high", "killed_high")):
                assert getattr(event, field) == (None if pd.isna(row[column]) else row[column]), field
            assert (event.lon, event.lat) == pytest.approx((row["lon"], row["lat"]), abs=1e-5)
            assert (str(event.date_start), str(event.date_end)) == tuple(
                str(row[name])[:10] for name in ("date_start", "date_end")
            )
