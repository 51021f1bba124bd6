"""One article to a Record; many articles to records in order, or into a store with a report."""

from geo.pipeline.article import explain, parse, resolve_spans
from geo.pipeline.cluster import ClusterError
from geo.pipeline.ingest import Report, ingest
from geo.pipeline.joining import join_reports, put_back, remove, take_out
from geo.pipeline.version import version
from geo.pipeline.workers import WorkerLostError, records

__all__ = [
    "ClusterError",
    "Report",
    "WorkerLostError",
    "explain",
    "ingest",
    "join_reports",
    "parse",
    "put_back",
    "records",
    "remove",
    "resolve_spans",
    "take_out",
    "version",
]
