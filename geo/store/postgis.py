"""What a store on PostgreSQL holds beside the tables: geometries, days, their indexes, and views for a GIS.

Geometries and days are computed by the database out of the columns that the program writes, so that they cannot differ
from them. The view ``map_events`` shows what the map shows: corrected by hand, without what was rejected and what
another article told first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

# Not `::date`, whose outcome depends on a setting, so that the database would refuse to keep it.
_DAY = "make_date(left({0}, 4)::int, substr({0}, 6, 2)::int, right({0}, 2)::int)"
_LOCATED = ("events", "layer_events")

# Rows of `corrections` that count, each with its event: the same trigger and place name, else the only one whose
# trigger overlaps (`geo.store.overlay`).
_STANDING = """
CREATE VIEW standing_corrections AS
SELECT * FROM (
  SELECT c.number, c.action, c.place, c.place_precision, c.country_code, c.admin1, c.lon, c.lat,
         c.date_start, c.date_end, c.date_precision, c.type, c.note, c."by", c.made,
         e.article, e.ordinal,
         e.trigger_start = c.trigger_start AND e.trigger_end = c.trigger_end AS exact,
         bool_or(e.trigger_start = c.trigger_start AND e.trigger_end = c.trigger_end) OVER same AS any_exact,
         count(*) OVER same AS found
  FROM corrections c
  JOIN correction_steps made ON made.number = c.step AND made.undone = 0
  LEFT JOIN correction_steps took ON took.number = c.withdrawn
  JOIN events e ON e.article = c.article AND e.place_text = c.place_text
   AND e.trigger_start < c.trigger_end AND c.trigger_start < e.trigger_end
  WHERE took.number IS NULL OR took.undone <> 0
  WINDOW same AS (PARTITION BY c.number)
) AS matched
WHERE exact OR (NOT any_exact AND found = 1)"""

# The last of each action counts.
_AMENDED = """
CREATE VIEW amended_events AS
SELECT article, ordinal,
       bool_or(action = 'reject') AS rejected,
       bool_or(action = 'place') AS placed, max(place) FILTER (WHERE action = 'place') AS place,
       max(place_precision) FILTER (WHERE action = 'place') AS place_precision,
       max(country_code) FILTER (WHERE action = 'place') AS country_code,
       max(admin1) FILTER (WHERE action = 'place') AS admin1,
       max(lon) FILTER (WHERE action = 'place') AS lon, max(lat) FILTER (WHERE action = 'place') AS lat,
       bool_or(action = 'date') AS dated, max(date_start) FILTER (WHERE action = 'date') AS date_start,
       max(date_end) FILTER (WHERE action = 'date') AS date_end,
       max(date_precision) FILTER (WHERE action = 'date') AS date_precision,
       max(type) FILTER (WHERE action = 'type') AS type,
       nullif(max(note) FILTER (WHERE action = 'note'), '') AS note
FROM (
  SELECT DISTINCT ON (article, ordinal, action) * FROM standing_corrections
  ORDER BY article, ordinal, action, number DESC
) AS last
GROUP BY article, ordinal"""

_COMMON = """a.number * 100000 + e.ordinal AS gid, e.id, e.incident, {type} AS type, {sub_type} AS sub_type, e.status,
       e.confidence, {place} AS place, {precision} AS place_precision, {country} AS country_code, {admin1} AS admin1,
       {start} AS date_start, {end} AS date_end, {days} AS date_precision, e.actor, e.target,
       e.killed_low, e.killed_high, e.wounded_low, e.wounded_high, {note} AS note, e.snippet,
       a.title, a.source, a.url, {first} AS published, a.digest AS article, {geom} AS geom
FROM events e JOIN articles a ON a.digest = e.article"""
_NOT_TOLD_BEFORE = """NOT EXISTS (
    SELECT 1 FROM retold r WHERE r.event = e.id AND EXISTS (SELECT 1 FROM events o WHERE o.id = r.original)
  )"""


def _or_own(flag: str, column: str) -> str:
    return f"CASE WHEN c.{flag} THEN c.{column} ELSE e.{column} END"


def _map_events() -> str:
    """Two halves, so that the indexes serve what nobody has corrected, which is nearly all."""
    published = _DAY.format("a.published_end")
    read = _COMMON.format(
        type="e.type", sub_type="e.sub_type", place="e.place", precision="e.place_precision", country="e.country_code",
        admin1="e.admin1", start="e.day_start", end="e.day_end", days="e.date_precision", note="NULL::text",
        first=published, geom="e.geom",
    )  # fmt: skip
    corrected = _COMMON.format(
        type="coalesce(c.type, e.type)", sub_type="CASE WHEN c.type IS NULL THEN e.sub_type END",
        place=_or_own("placed", "place"), precision=_or_own("placed", "place_precision"),
        country=_or_own("placed", "country_code"), admin1=_or_own("placed", "admin1"),
        start=f"CASE WHEN c.dated THEN {_DAY.format('c.date_start')} ELSE e.day_start END",
        end=f"CASE WHEN c.dated THEN {_DAY.format('c.date_end')} ELSE e.day_end END",
        days=_or_own("dated", "date_precision"), note="c.note", first=published,
        geom="(CASE WHEN c.placed THEN ST_SetSRID(ST_MakePoint(c.lon, c.lat), 4326) ELSE e.geom END)"
        "::geometry(Point, 4326)",
    )  # fmt: skip
    none = "NOT EXISTS (SELECT 1 FROM amended_events c WHERE c.article = e.article AND c.ordinal = e.ordinal)"
    return (
        f"CREATE VIEW map_events AS SELECT {read} WHERE {none} AND {_NOT_TOLD_BEFORE} UNION ALL SELECT {corrected} "
        "JOIN amended_events c ON c.article = e.article AND c.ordinal = e.ordinal "
        f"WHERE NOT c.rejected AND {_NOT_TOLD_BEFORE}"
    )


def create(connection: Connection) -> None:
    """Make it all, in the transaction that makes the tables."""
    run = connection.exec_driver_sql
    for table in _LOCATED:
        run(
            f"ALTER TABLE {table} ADD COLUMN geom geometry(Point, 4326) "
            "GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED"
        )
        for end in ("start", "end"):
            day = _DAY.format(f"date_{end}")
            run(f"ALTER TABLE {table} ADD COLUMN day_{end} date GENERATED ALWAYS AS ({day}) STORED")
        run(f"CREATE INDEX {table}_geom ON {table} USING gist (geom)")
        # A few pages however many events there are; articles come about in the order of their days.
        run(f"CREATE INDEX {table}_days ON {table} USING brin (day_start, day_end)")
    for view in (_STANDING, _AMENDED, _map_events()):
        run(view)
    run(
        "CREATE FUNCTION journal_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$"
    )
    run(
        "CREATE TRIGGER journal_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "EXECUTE FUNCTION journal_is_only_added_to()"
    )


@contextmanager
def journal_open(connection: Connection) -> Iterator[None]:
    """Let the journal be emptied in this transaction, as the whole store is."""
    connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER journal_keeps")
    yield
    connection.exec_driver_sql("ALTER TABLE journal ENABLE TRIGGER journal_keeps")
