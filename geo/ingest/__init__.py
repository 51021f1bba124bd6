"""Files to articles: text, web pages, JSON, JSON Lines, CSV, feeds. What is wrong is told and never stops a batch."""

from geo.ingest.limits import Limits
from geo.ingest.problem import Problem
from geo.ingest.reading import Given, read
from geo.ingest.supplied import Dates, read_published
from geo.ingest.table import Columns
from geo.ingest.uploads import read_uploads

__all__ = ["Columns", "Dates", "Given", "Limits", "Problem", "read", "read_published", "read_uploads"]
