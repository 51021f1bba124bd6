"""Files to articles: texts, pages, tables, feeds, documents, archives. What is wrong is told and stops no batch."""

from geo.ingest.limits import Limits
from geo.ingest.problem import Problem
from geo.ingest.reading import Given, read
from geo.ingest.supplied import Dates, read_published
from geo.ingest.table_columns import Columns, TableForm, read_map
from geo.ingest.uploads import read_uploads

__all__ = [
    "Columns",
    "Dates",
    "Given",
    "Limits",
    "Problem",
    "TableForm",
    "read",
    "read_map",
    "read_published",
    "read_uploads",
]
