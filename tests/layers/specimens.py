"""Rows made for these tests in the published column layouts; nothing in them is anybody's data."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from geo import layouts

ACLED_OLD = [
    "data_id",
    "iso",
    "event_id_cnty",
    "event_id_no_cnty",
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "timestamp",
    "iso3",
]
ACLED_NEW = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
VIINA_INFO = [
    "viina_version",
    "event_id",
    "date",
    "time",
    "geonameid",
    "feature_code",
    "asciiname",
    "ADM1_NAME",
    "ADM1_CODE",
    "ADM2_NAME",
    "ADM2_CODE",
    "longitude",
    "latitude",
    "GEO_PRECISION",
    "GEO_API",
    "location",
    "address",
    "report_id",
    "source",
    "url",
    "text",
    "lang",
]
VIINA_LABELS = [
    "viina_version",
    "event_id",
    "t_mil_pred",
    "t_mil_b",
    "t_airstrike_b",
    "t_artillery_b",
    "t_firefight_b",
    "a_rus_b",
    "a_ukr_b",
]
DTM = [
    "Incident ID",
    "Date of incident",
    "Admin0 Name",
    "Admin1 Name",
    "Location",
    "Latitude",
    "Longitude",
    "Incident type",
    "Killed",
    "Description",
]
HXL = [
    "#event+id",
    "#date+occurred",
    "#country+name",
    "#adm1+name",
    "#loc+name",
    "#geo +lat",
    "#geo +lon",
    "#event+type",
    "#affected+killed",
    "#description",
]

CLASH = {
    "event_id_cnty": "XLD1",
    "event_date": "15 April 2023",
    "year": "2023",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Xland",
    "inter1": "State forces",
    "actor2": "Northern Front",
    "country": "Xland",
    "admin1": "North",
    "location": "Alba",
    "latitude": "15.55",
    "longitude": "32.53",
    "geo_precision": "1",
    "source": "Own Desk",
    "notes": "On 15 April 2023, the army clashed with fighters in Alba.",
    "fatalities": "12",
}
GED = {
    "id": "900001",
    "relid": "XLD-2014-1-1",
    "year": "2014",
    "type_of_violence": "3",
    "side_a": "Northern Front",
    "side_b": "Civilians",
    "number_of_sources": "2",
    "source_office": "Own Desk",
    "source_headline": "Fighters kill villagers, in Belo",
    "where_prec": "4",
    "where_coordinates": "North province",
    "adm_1": "North province",
    "latitude": "12.03",
    "longitude": "26.2",
    "country": "Xland",
    "date_prec": "4",
    "date_start": "2014-03-01 00:00:00.000",
    "date_end": "2014-03-20 00:00:00.000",
    "best": "9",
    "high": "14",
    "low": "4",
}
GDELT = {
    "GlobalEventID": "1091234567",
    "SQLDATE": "20230314",
    "MonthYear": "202303",
    "Year": "2023",
    "FractionDate": "2023.2027",
    "Actor1Code": "XLDMIL",
    "Actor1Name": 'THE "ARMY',
    "EventCode": "195",
    "EventBaseCode": "195",
    "EventRootCode": "19",
    "QuadClass": "4",
    "NumMentions": "7",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Alba, North, Xland",
    "ActionGeo_CountryCode": "XL",
    "ActionGeo_ADM1Code": "XL01",
    "ActionGeo_Lat": "47.82",
    "ActionGeo_Long": "35.18",
    "DATEADDED": "20230314081500",
    "SOURCEURL": "https://meridianpost.example/world/1",
}


def text(header: Sequence[str], *rows: Mapping[str, str], separator: str = ",", named: bool = True) -> str:
    """Give a table; a column that a row does not name is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    for row in ([header] if named else []) + [[row.get(name, "") for name in header] for row in rows]:
        writer.writerow(row)
    return out.getvalue()


def tabbed(header: Sequence[str], *rows: Mapping[str, str]) -> str:
    """Give rows without a header as GDELT writes them: tabs, and nothing is quoted."""
    return "".join("\t".join(row.get(name, "") for name in header) + "\n" for row in rows)


def layout(kind: str) -> layouts.Layout:
    return next(one for one in layouts.kinds()[0] if one.kind == kind)
