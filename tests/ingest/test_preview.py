"""A table before it is read: columns, first rows, the articles that a mapping makes; and the mapping as YAML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest import Columns, TableForm, read, read_map
from geo.ingest.preview import preview
from geo.ingest.problem import UnreadableError
from geo.ingest.table_columns import write_map
from geo.model import Article

TABLE = (
    "Nr;Zeile;Tag;Blatt\n"
    "1;Bei Bachmut wurde gekämpft. The battle went on.;02/03/2023;Der Bote\n"
    "2;Shelling hit Kherson on Monday.;24/03/2023;Der Bote\n"
)
MAPPED = Columns(text="Zeile", published="Tag", source="Blatt")


def test_without_a_mapping_the_columns_and_rows_are_shown_and_what_is_lacking_is_said() -> None:
    found = preview("a.csv", TABLE.encode(), columns=Columns(), form=TableForm())
    assert found.header == ("Nr", "Zeile", "Tag", "Blatt")
    assert found.rows[1] == ("2", "Shelling hit Kherson on Monday.", "24/03/2023", "Der Bote")
    assert found.articles == ()
    assert [(one.what.partition(";")[0], one.about) for one in found.problems] == [("no 'text' column", "columns")]


def test_with_a_mapping_the_articles_are_those_that_reading_gives(tmp_path: Path) -> None:
    """The preview, the mapping as YAML, and the command's reading of that file agree."""
    form = TableForm(encoding="cp1252", separator=";", date_order="day")
    (tmp_path / "a.csv").write_bytes(TABLE.encode("cp1252"))
    (tmp_path / "map.yaml").write_text(write_map(MAPPED, form), encoding="utf-8")
    columns, written = read_map(tmp_path / "map.yaml")
    by_command = [one for one in read([tmp_path / "a.csv"], columns=columns, form=written) if isinstance(one, Article)]
    found = preview("a.csv", TABLE.encode("cp1252"), columns=MAPPED, form=form)
    assert list(found.articles) == by_command
    assert [str(one.published.start) for one in found.articles if one.published] == ["2023-03-02", "2023-03-24"]
    assert found.found == {"id": "Nr", "text": "Zeile", "published": "Tag", "source": "Blatt"}


def test_only_the_first_rows_and_articles_are_looked_at() -> None:
    long = "text\n" + "".join(f"Number {n} said something of Kyiv.\n" for n in range(1000))
    found = preview("folder/../a.csv", long.encode(), columns=Columns(), form=TableForm())
    assert (len(found.rows), len(found.articles)) == (5, 3)


def test_of_a_workbook_the_first_filled_sheet_is_shown() -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("Was", "Wo"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData/></worksheet>")
        book.writestr(
            "xl/worksheets/sheet2.xml",
            f"<worksheet {space}><sheetData><row>{cells}</row><row>{cells}</row></sheetData></worksheet>",
        )
    found = preview("a.xlsx", out.getvalue(), columns=Columns(text="Was"), form=TableForm())
    assert (found.header, found.rows) == (("Was", "Wo"), (("Was", "Wo"),))


@pytest.mark.parametrize(("name", "data"), [("a.html", b"<p>Hello"), ("a.pdf", b"%PDF-1.4"), ("a.txt", b"A rally.")])
def test_what_is_no_table_is_said(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match="this is no table"):
        preview(name, data, columns=Columns(), form=TableForm())


def test_an_empty_file_is_said() -> None:
    with pytest.raises(UnreadableError, match="the file is empty"):
        preview("a.csv", b"", columns=Columns(), form=TableForm())


_names = st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable() and text.strip() == text)


@given(
    st.builds(Columns, text=_names, title=_names, published=_names, url=_names),
    st.builds(
        TableForm,
        date_order=st.sampled_from((None, "day", "month")),
        separator=st.none() | st.sampled_from(",;|\t:# '\""),
        encoding=st.sampled_from((None, "utf-16", "cp1251")),
    ),
)
def test_a_mapping_written_is_the_mapping_read(
    tmp_path_factory: pytest.TempPathFactory, columns: Columns, form: TableForm
) -> None:
    path = tmp_path_factory.mktemp("map") / "columns.yaml"
    text = write_map(columns, form)
    path.write_text(text, encoding="utf-8")
    assert (read_map(path) if text else (Columns(), TableForm())) == (columns, form)
