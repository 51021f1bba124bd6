"""All targets by name."""

from __future__ import annotations

from benchmarks.fuzz import articles, others

TARGETS = articles.TARGETS | others.TARGETS
