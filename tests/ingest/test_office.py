"""Documents as offices keep them: the article, with title and date where the format holds them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.ingest import Limits
from geo.ingest.office import workbook
from tests.ingest.making import DC, docx, given, inline, ods, ods_cell, ods_row, odt, pdf, xlsx, zipped

TEXT = "Two missiles struck Zaporizhzhia on Monday, 13 March 2023, killing two people."
P = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        (docx(P), None, TEXT),
        (
            docx(f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Strike</w:t></w:r></w:p>{P}'),
            "Strike",
            f"Strike\n{TEXT}",
        ),
        (
            docx(P, docProps__core=f"<c {DC}/>", **{"docProps/core.xml": f"<c {DC}><dc:title>T</dc:title></c>"}),
            "T",
            TEXT,
        ),
        (
            docx(
                "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t xml:space='preserve'>three </w:t></w:r>"
                "<w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>four</w:t></w:r></w:ins>"
                "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
            ),
            None,
            "One\ttwo\nthree four",
        ),
        (
            docx(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kherson</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>shelled"
                "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
                "<w:p><w:r><w:t>Body</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p>"
                "</w:txbxContent></w:r></w:p>"
            ),
            None,
            "Kherson | shelled\nBody\nBox",
        ),
    ],
)
def test_a_word_document_is_its_paragraphs(tmp_path: Path, data: bytes, title: str | None, text: str) -> None:
    (article,), problems = given(tmp_path, "a.docx", data)
    assert (article.id, article.title, article.text, problems) == ("a", title, text, [])


@pytest.mark.parametrize(
    ("data", "title", "text"),
    [
        (odt(f"<text:p>{TEXT}</text:p>"), None, TEXT),
        (odt(f"<text:h>Strike</text:h><text:p>{TEXT}</text:p>", "<dc:title>T</dc:title>"), "T", f"Strike\n{TEXT}"),
        (odt('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'), None, "a   b\tc\nd"),
        (odt("<text:p>a<text:note><text:p>foot</text:p></text:note> b<text:span>c</text:span></text:p>"), None, "a bc"),
        (odt("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"), None, "one"),
    ],
)
def test_an_open_document_is_its_paragraphs(tmp_path: Path, data: bytes, title: str | None, text: str) -> None:
    (article,), problems = given(tmp_path, "a.odt", data)
    assert (article.title, article.text, problems) == (title, text, [])


LONG = [
    "Two missiles struck the centre of the town on Monday, killing two people, the",
    "governor said. Rescuers searched the rubble through the night for those who were mis-",
    "sing.",
    "In Kherson, shelling wounded four people on Sunday, according to the regional admin",
]


@pytest.mark.parametrize(
    ("data", "title", "text", "notes"),
    [
        (pdf([TEXT]), None, TEXT, []),
        (
            pdf(["Strike on the town", *LONG], title="Strike on the town"),
            "Strike on the town",
            "Strike on the town\nTwo missiles struck the centre of the town on Monday, killing two people, the "
            "governor said. Rescuers searched the rubble through the night for those who were "
            "missing.\nIn Kherson, shelling "
            "wounded four people on Sunday, according to the regional admin",
            [],
        ),
        (pdf([TEXT], title="Microsoft Word - 17.doc"), None, TEXT, []),
        (pdf([TEXT], [TEXT]), None, f"{TEXT} {TEXT}", []),
        (pdf([TEXT], []), None, TEXT, ["a.pdf: 1 of its 2 pages are pictures and were not read."]),
    ],
)
def test_a_pdfs_lines_are_put_together(
    tmp_path: Path, data: bytes, title: str | None, text: str, notes: list[str]
) -> None:
    (article,), problems = given(tmp_path, "a.pdf", data)
    assert (article.title, article.text, problems) == (title, text, notes)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (r"{\rtf1\ansi Two missiles struck.\par Second.\par}", "Two missiles struck.\nSecond."),
        (r"{\rtf1\ansi\ansicpg1251 \'d5\'e0\'f0\'ea\'b3\'e2 was hit.}", "Харків was hit."),
        (r"{\rtf1\ansi S\u233?var\'e9 was hit.}", "Sévaré was hit."),
        (r"{\rtf1{\fonttbl\f0 Times;}{\*\generator W;}{\info{\title T}}\f0\b Bold\b0  text.}", "Bold text."),
        (r"{\rtf1 \ldblquote Quoted\rdblquote  and \emdash  dashed.}", "“Quoted” and — dashed."),
    ],
)
def test_rich_text_is_its_words(tmp_path: Path, data: str, text: str) -> None:
    (article,), problems = given(tmp_path, "a.rtf", data)
    assert (article.text, problems) == (text, [])


def book(opf: str = "", **pages: str) -> bytes:
    container = '<container><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>'
    parts = {"mimetype": "application/epub+zip"}
    parts |= {"META-INF/container.xml": container, "OEBPS/c.opf": f"<package {DC}>{opf}</package>"} if opf else {}
    return zipped(parts | {f"OEBPS/{name}.xhtml": page for name, page in pages.items()})


ITEMS = '<manifest><item id="i1" href="b.xhtml"/><item id="i2" href="a.xhtml"/></manifest>'
SPINE = '<spine><itemref idref="i1"/><itemref idref="i2"/></spine>'
PAGE = f"<html><body><h1>Strike</h1><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (book(a=PAGE), [("a-1", "Strike", None, None)]),
        (
            book(
                f"<dc:title>Weekly</dc:title><dc:date>2023-03-14</dc:date>{ITEMS}{SPINE}",
                a=PAGE,
                b=PAGE,
            ),
            [("a-1", "Strike", "Weekly", "2023-03-14"), ("a-2", "Strike", "Weekly", "2023-03-14")],
        ),
        (book(a=PAGE, cover="<html><body><p>Cover</p></body></html>"), [("a-1", "Strike", None, None)]),
        (
            book(
                f"<metadata/>{ITEMS}{SPINE}",
                b=f'<html><head><meta name="date" content="2023-03-15"/></head><body><p>{TEXT}</p></body></html>',
            ),
            [("a-1", None, None, "2023-03-15")],
        ),
        (book("<metadata><dc:title>W</dc:title></metadata>", a=PAGE), [("a-1", "Strike", "W", None)]),
    ],
)
def test_a_book_is_an_article_a_chapter(
    tmp_path: Path, data: bytes, expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    articles, problems = given(tmp_path, "a.epub", data)
    found = [(one.id, one.title, one.source, one.published and str(one.published.start)) for one in articles]
    assert (found, problems) == (expected, [])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (xlsx(("S", inline("id", "text", "published") + inline("x", TEXT, "2023-03-14"))), [("x", "2023-03-14")]),
        (
            xlsx(
                (
                    "S",
                    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
                    '<row r="2"><c r="A2"><v>44999</v></c><c r="C2" t="s"><v>2</v></c></row>',
                ),
                shared=["<t>Date</t>", "<r><t>Te</t></r><r><t>xt</t></r>", f"<t>{TEXT}</t><rPh><t>no</t></rPh>"],
            ),
            [("a-2", "2023-03-14")],
        ),
        (
            xlsx(("Notes", inline("About", "this")), ("Data", inline("Texte", "Date") + inline(TEXT, "14/03/2023"))),
            [("a-Data-2", "2023-03-14")],
        ),
        (xlsx(("S", inline(TEXT))), [("a-1", None)]),
        (xlsx(("S", inline("text", "date") + "<row/>" + inline(TEXT, "44999.5"))), [("a-3", "2023-03-14")]),
    ],
)
def test_a_workbooks_sheets_are_tables(tmp_path: Path, data: bytes, expected: list[tuple[str, str | None]]) -> None:
    articles, _ = given(tmp_path, "a.xlsx", data)
    assert [(one.id, one.published and str(one.published.start)) for one in articles] == expected
    assert {one.text for one in articles} == {TEXT}


EMPTY = '<table:table-cell table:number-columns-repeated="16000"/>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ods(ods_row("id", "text", "published") + ods_row("x", TEXT, "14/03/2023")), [("x", "2023-03-14")]),
        (
            # Days and numbers count as they are held; rows and columns that are repeated empty are none.
            ods(
                ods_row("text", "date") + ods_row(EMPTY, times=4)
                + ods_row(TEXT, ods_cell("2023-03-14T10:00:00", "date"), EMPTY)
            ),
            [("a-6", "2023-03-14")],
        ),
        (
            ods(ods_row("About", "this"), ods_row("Texte", "Date") + ods_row(TEXT, "14/03/2023")),
            [("a-S2-2", "2023-03-14")],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.ods", "a.csv"])
def test_an_opendocument_workbook_is_a_table_too(
    tmp_path: Path, name: str, data: bytes, expected: list[tuple[str, str | None]]
) -> None:
    articles, _ = given(tmp_path, name, data)
    assert [(one.id, one.published and str(one.published.start)) for one in articles] == expected
    assert {one.text for one in articles} == {TEXT}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ods", ods(ods_row(ods_cell("1", "float", times=1000), times=1000) * 30)),
        ("a.xlsx", xlsx(("S", '<row><c r="ALL1"><v>1</v></c></row>' * 30_000))),
    ],
    ids=["repeated", "one cell far to the right"],
)
def test_a_small_workbook_of_very_many_cells_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 1_000_000)
    articles, problems = given(tmp_path, name, data)
    assert articles == []
    assert len(data) < 100_000
    assert problems == [f"{name}: a workbook of more than 1,000,000 cells. Save its sheets as CSV."]


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.html", "a.csv", "a.zip", "a"])
def test_a_document_under_another_ending_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    for data in (docx(P), odt(f"<text:p>{TEXT}</text:p>"), pdf([TEXT]), r"{\rtf1 " + TEXT + "}"):
        (article,), _ = given(tmp_path, name, data)
        assert article.text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.pdf", pdf([]), "a PDF without a text layer (1 pages, as a scanner makes them). Run text recognition"),
        ("a.pdf", b"%PDF-1.7 nothing", "a damaged PDF"),
        ("a.pdf", b"%PDF-1.7\n" + b"<<" * 50_000, "a damaged PDF"),
        ("a.docx", docx(P)[:200], "a damaged ZIP archive"),
        ("a.docx", b"plain words", "its name ends in .docx, but it is none"),
        ("a.docx", zipped({"word/document.xml": ""}), "a Word document without its text"),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument file without text"),
        ("a.rtf", "plain words", "its name ends in .rtf, but it is none"),
        ("a.epub", book(a="<p>x</p>"), "an EPUB without text"),
        ("a.xlsx", xlsx(("S", inline("a", "b") + inline("c", "d"))), "no 'text' column"),
    ],
)
def test_a_document_that_cannot_be_read_is_told(tmp_path: Path, name: str, data: bytes | str, what: str) -> None:
    articles, problems = given(tmp_path, name, data)
    assert articles == []
    assert len(problems) == 1
    assert what in problems[0]


ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">' + "".join(
    f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(8)
)


@pytest.mark.parametrize(
    "document",
    [
        f'{ENTITIES}]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&j;{TEXT}</w:t></w:r></w:p></w:body></w:document>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;'
        f"{TEXT}</w:t></w:r></w:p></w:body></w:document>",
    ],
)
def test_entities_of_a_document_are_not_expanded(tmp_path: Path, document: str) -> None:
    articles, _ = given(tmp_path, "a.docx", zipped({"word/document.xml": document}))
    assert [article.text for article in articles] in ([], [TEXT])


def test_a_document_that_unpacks_to_too_much_is_told(tmp_path: Path) -> None:
    data = docx(f"<w:p><w:r><w:t>{'x' * 3_000_000}</w:t></w:r></w:p>")
    _, problems = given(tmp_path, "a.docx", data, limits=Limits(file=100_000))
    assert problems == ["a.docx: the document unpacks to more than 500.0 kB. Save it as plain text."]


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Keep the garbage collector from running: Hypothesis has a callback there, in which what strikes is lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_a_document_that_takes_too_long_is_left_out(tmp_path: Path) -> None:
    data = pdf(*[[TEXT] * 50] * 200)
    _, problems = given(tmp_path, "a.pdf", data, limits=Limits(seconds=0.01))
    assert problems == ["a.pdf: reading it would take too long, and it was left out. Save it as plain text."]
