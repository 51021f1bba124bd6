"""A folder of documents of mixed kinds, ingested: the report is true to the file."""

from __future__ import annotations

from pathlib import Path

from benchmarks import documents
from gazetteer.index import Gazetteer
from geo.ingest import read
from geo.pipeline import ingest
from geo.store import Store


def test_every_article_and_every_faulty_file_of_a_folder_is_accounted_for(tmp_path: Path) -> None:
    """What ``python -m benchmarks.documents`` does with 1,000."""
    folder = tmp_path / "documents"
    folder.mkdir()
    written = documents.write(folder, 100)
    assert (written.articles, len(written.faulty)) == (116, 5)
    with Store(str(tmp_path / "s.sqlite"), create=True) as store, Gazetteer.open() as gazetteer:
        report = ingest(read([folder]), store, gazetteer, data_set="documents", jobs=1)
        assert documents.unaccounted(written, report) == []
        assert store.data_sets() == {"documents": written.articles}
        again = ingest(read([folder]), store, gazetteer, data_set="documents", jobs=1)
    assert (again.added, again.unchanged, len(again.skipped)) == (0, written.articles, 5)
