from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from geo.ingest import Columns, Dates, Limits, Problem, read, read_published
from geo.model import Article

TEXT = "Shelling went on around Debaltseve on Sunday."


def given(*inputs: str | Path, **options: Any) -> tuple[list[Article], list[Problem]]:
    found = list(read(inputs, **options))
    return (
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Problem)],
    )


def told(problems: list[Problem], under: Path) -> list[str]:
    return [str(problem).replace(f"{under}/", "") for problem in problems]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_files_id_is_its_stem_and_its_text_is_kept_to_the_character(tmp_path: Path) -> None:
    path = write(tmp_path / "003_abc.txt", f"\ufeff  {TEXT}\r\nSecond line.\rThird.\n\n")
    (article,), problems = given(path)
    assert (article.id, article.title, article.published, problems) == ("003_abc", None, None, [])
    assert article.text == f"  {TEXT}\nSecond line.\nThird.\n\n"


def test_decomposed_letters_stay_decomposed_so_that_offsets_hold(tmp_path: Path) -> None:
    text = "Shelling in Cafe\u0301 Stepanakert\u2028."
    (article,), _ = given(write(tmp_path / "a.txt", text))
    assert article.text == text


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_front_matter_gives_title_date_source_and_address(tmp_path: Path, ending: str) -> None:
    block = '---\ntitle: "Town: under fire"\npublished: 2015-01-26\nsource: Brief\nurl: https://example.org/a\n---\n\n'
    (article,), problems = given(write(tmp_path / f"a{ending}", block + TEXT))
    assert problems == []
    assert (article.title, article.source, article.url) == ("Town: under fire", "Brief", "https://example.org/a")
    assert article.published is not None
    assert article.published.to_dict() == {
        "start": "2015-01-26",
        "end": "2015-01-26",
        "basis": "supplied",
        "text": "front matter",
    }
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("block", "note"),
    [
        ("---\ntitle: a: b\n---\n", "the front matter was not understood: line 2: mapping values are not allowed here"),
        ("---\n- a\n---\n", "the front matter was not understood: expected lines of the form 'title: ...'"),
        ("---\n" + "[" * 5000 + "\n---\n", "the front matter was not understood"),
        ("---\na: &a [x]\nb: *c\n---\n", "line 2: anchors (&) and aliases (*) are not read"),
        ("---\ntitle: !!int ''\n---\n", "line 2: tags (!) are not read"),
    ],
)
def test_broken_front_matter_is_noted_and_nothing_is_lost(tmp_path: Path, block: str, note: str) -> None:
    (article,), problems = given(write(tmp_path / "a.txt", block + TEXT))
    assert article.text == block + TEXT
    assert [problem.severity for problem in problems] == ["note"]
    assert note in str(problems[0])


def test_a_ruler_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    text = f"---\n{TEXT}\n" + "x\n" * 6000
    (article,), problems = given(write(tmp_path / "a.txt", text))
    assert (article.text, problems) == (text, [])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the text is empty"),
        (b"---\ntitle: t\n---\n", "the text is empty"),
        (b"%PDF-1.7 ...", "a damaged PDF"),
        (b"PK\x03\x04rest", "a damaged ZIP archive"),
        (b"Rar!\x1a\x07\x00....", "this is a RAR archive. Unpack it first"),
        (b"\xd0\xcf\x11\xe0....", "this is an old office document. Save it as .docx"),
        (b"\x89PNG\r\n\x1a\n....", "this is a PNG picture"),
        (bytes(range(256)) * 40, "this is binary data, not text"),
        (os.urandom(4096).replace(b"\x00", b"\x01"), "this is"),
    ],
)
def test_what_is_no_text_is_told_and_what_to_do(tmp_path: Path, content: bytes, what: str) -> None:
    articles, problems = given(write(tmp_path / "a.txt", content))
    assert articles == []
    assert len(problems) == 1
    assert told(problems, tmp_path)[0].startswith(f"a.txt: {what}")


def test_a_huge_text_is_refused_by_its_size_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"x")
        file.truncate(50_000_000)
    assert told(given(path, limits=Limits())[1], tmp_path) == [
        "huge.txt: this is binary data, not text. Save it as plain text in UTF-8."
    ]
    path.write_text("Shelling. " * 2_100_000)
    assert told(given(path)[1], tmp_path) == [
        "huge.txt: 21 MB is too large for one document; at most 20 MB are read. "
        "If it holds many articles, give them as JSON Lines or CSV."
    ]
    path.write_text("Shelling. " * 110_000)
    assert told(given(path)[1], tmp_path) == [
        "huge.txt: 1,100,000 characters are too many for one article; at most 1,000,000 are read. "
        "Split it, one article each."
    ]


@pytest.mark.parametrize(
    ("content", "text", "note"),
    [
        ("Обстрел Дебальцево".encode(), "Обстрел Дебальцево", None),
        ("Обстрел Дебальцево".encode("utf-16"), "Обстрел Дебальцево", None),
        ("Обстрел Дебальцево продолжался в воскресенье, сообщили военные.".encode("cp1251"), "Обстрел Деб", "a guess"),
        (
            "Łódź".encode() + b" \xff " + "Chișinău, Ağdam, Şuşa".encode() * 4,
            "Łódź \ufffd Chi",
            "replaced",
        ),
        ("Caf\xe9 in Beyrouth was hit, the Bab\xe9l agency said.".encode("latin-1"), "Café in Beyrouth", "a guess"),
    ],
)
def test_other_encodings_are_read_and_a_guess_is_told(
    tmp_path: Path, content: bytes, text: str, note: str | None
) -> None:
    (article,), problems = given(write(tmp_path / "a.txt", content))
    assert article.text.startswith(text)
    assert len(problems) == (note is not None)
    if note:
        assert problems[0].severity == "note"
        assert note in str(problems[0])


def test_a_folder_is_read_with_its_subfolders_in_order_and_other_files_are_told(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.md", ".hidden/x.txt", ".git.txt", "a/logo.png", "data.shp"):
        write(tmp_path / "news" / name, f"{TEXT} {name}")
    articles, problems = given(tmp_path / "news")
    assert [article.id for article in articles] == ["b", "y", "z"]
    assert [problem.severity for problem in problems] == ["note"]
    assert "files of other kinds were left out (1 × .shp, 1 × .png)" in str(problems[0])


def test_patterns_are_expanded_here_too_and_no_file_is_read_twice(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "odd[1].txt"):
        write(tmp_path / name, f"{TEXT} {name}")
    articles, _ = given(f"{tmp_path}/**/*.txt", tmp_path / "b.txt", tmp_path, tmp_path / "odd[1].txt")
    assert [article.id for article in articles] == ["z", "b", "odd[1]"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("missing.txt", "there is no such file or folder. Check the path."),
        ("no*.txt", "no file matches this pattern. Check it; ** stands for any folders."),
        ("empty", "the folder holds nothing to read."),
        ("map.shp", "a file of unknown kind (.shp). Read are text (.txt, .md), web pages"),
        ("pipe", "neither a file nor a folder. Save its content to a file first."),
        ("x" * 300, "it cannot be opened (File name too long)."),
        ("nul\0byte", "there is no such file or folder"),
    ],
)
def test_paths_that_lead_nowhere_are_told(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "map.shp").write_text("not a text")
    os.mkfifo(tmp_path / "pipe")
    articles, problems = given(f"{tmp_path}/{name}", write(tmp_path / "good" / "a.txt", TEXT))
    assert [article.id for article in articles] == ["a"]
    assert told(problems, tmp_path)[0].startswith(f"{name}: {what}")


def test_an_unreadable_folder_or_file_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt", TEXT)
    write(tmp_path / "news" / "closed" / "b.txt", TEXT)
    write(tmp_path / "news" / "c.txt", TEXT).chmod(0)
    (tmp_path / "news" / "closed").chmod(0)
    if os.access(tmp_path / "news" / "closed", os.R_OK):
        pytest.skip("this user may read any folder")
    try:
        articles, problems = given(tmp_path / "news")
    finally:
        (tmp_path / "news" / "closed").chmod(0o755)
    assert [article.id for article in articles] == ["a"]
    assert sorted(told(problems, tmp_path / "news")) == [
        "c.txt: it cannot be opened (Permission denied). Check its permissions.",
        "closed: it cannot be opened (Permission denied). Check its permissions.",
    ]


def test_a_folder_that_the_system_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user other than root sees of a closed folder, for a suite that runs as root."""
    write(tmp_path / "news" / "closed" / "b.txt", TEXT)
    write(tmp_path / "news" / "a.txt", TEXT)
    scan = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    articles, problems = given(tmp_path / "news")
    assert [article.id for article in articles] == ["a"]
    assert told(problems, tmp_path / "news") == [
        "closed: it cannot be opened (Permission denied). Check its permissions."
    ]


def test_json_may_be_one_article_or_a_list(tmp_path: Path) -> None:
    one = write(tmp_path / "one.json", json.dumps({"id": 7, "text": TEXT, "published": "2015-01"}))
    many = write(tmp_path / "many.json", json.dumps([{"text": TEXT + "1"}, "x", {"id": "b", "text": TEXT + "2"}]))
    articles, problems = given(one, many)
    assert [article.id for article in articles] == ["7", "many-1", "b"]
    assert articles[0].published is not None
    assert articles[0].published.to_dict()["end"] == "2015-01-31"
    assert told(problems, tmp_path) == ["many.json: item 2: expected an object, got str."]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"003": "2023-02-15"}', "a table of dates, not an article. Pass it as --published "),
        ('{"body": "x", "date": "y"}', "no 'text' field; found 'body', 'date'. Rename it or pass --text-column."),
        ("[1, 2", "not valid JSON (Expecting ',' delimiter: line 1 column 6 (char 5))."),
        ('{"text": "a"}\n{"text": "b"}', "not valid JSON (Extra data: line 2 column 1 (char 14)). If it holds one obj"),
        ("[" * 100_000, "not valid JSON ("),
        ('"text"', "expected an object or a list of objects. Each needs 'text'."),
        ('{"text": 5}', "the text is not a string but int."),
        ("1" * 5000, "not valid JSON ("),
    ],
)
def test_json_that_holds_no_article_is_told(tmp_path: Path, content: str, what: str) -> None:
    articles, problems = given(write(tmp_path / "a.json", content))
    assert articles == []
    assert told(problems, tmp_path)[0].startswith(f"a.json: {what}")


def test_a_bad_line_of_json_lines_costs_that_line_only(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": "One.\r\nTwo."}),
        "",
        '{"id": "b", "text": ',
        "[]",
        json.dumps({"id": "c", "text": ""}),
        json.dumps({"id": "d"}),
        '{"id": "e", "text": "a \\ud800 b\\u0000"}',
        json.dumps({"id": "f", "text": TEXT * 5}),
        json.dumps({"text": TEXT, "title": ["no"], "url": "javascript:alert(1)", "published": "soon", "source": 1}),
    ]
    path = write(tmp_path / "a.jsonl", "\ufeff" + "\n".join(lines))
    articles, problems = given(path, limits=Limits(line=200))
    assert [article.id for article in articles] == ["a", "e", "a-9"]
    assert articles[0].text == "One.\r\nTwo."
    assert articles[1].text == "a \ufffd b\ufffd"
    assert (articles[2].title, articles[2].url, articles[2].published, articles[2].source) == (None, None, None, "1")
    assert told(problems, tmp_path) == [
        "a.jsonl:3: not valid JSON (Expecting value: line 2 column 1 (char 21)). The other lines are read.",
        "a.jsonl:4: expected an object, got list.",
        "a.jsonl:5: the text is empty.",
        "a.jsonl:6: there is no text.",
        "a.jsonl:7: characters that no file can hold were replaced by \ufffd.",
        "a.jsonl:8: a line of more than 0.2 kB; it is left out.",
        "a.jsonl:9: the publication date was not understood: expected a date like 2015-01-26, 2015-01 or 2015; got "
        "'soon'. The date is looked for in the text instead.",
        "a.jsonl:9: its address is no http or https URL and was left out.",
    ]


def test_fields_of_json_can_be_renamed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"nr": 1, "body": TEXT, "when": "26 January 2015"}))
    (article,), _ = given(path, columns=Columns(text="body", id="nr", published="when"))
    assert (article.id, article.text) == ("1", TEXT)
    assert article.published is not None
    assert article.published.text == "field 'when'"


def test_our_own_records_publication_date_is_understood(tmp_path: Path) -> None:
    unknown = {"start": None, "end": None, "basis": "unknown", "text": ""}
    known = {"start": "2015-01-01", "end": "2015-01-31", "basis": "inferred", "text": "x"}
    rows = [{"id": "a", "text": TEXT, "published": unknown}, {"id": "b", "text": TEXT, "published": known}]
    (first, second), problems = given(write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows))))
    assert (first.published, problems) == (None, [])
    assert second.published is not None
    assert second.published.to_dict()["start"] == "2015-01-01"


def test_a_csv_is_read_row_by_row(tmp_path: Path) -> None:
    content = (
        'ID;Title;text;published;url;source\n1;T;"Two\nlines; here";2015-01-26;https://example.org;S\n;;Other;;;\n\n'
    )
    articles, problems = given(write(tmp_path / "a.csv", content))
    assert problems == []
    assert [(article.id, article.title, article.text) for article in articles] == [
        ("1", "T", "Two\nlines; here"),
        ("a-4", None, "Other"),
    ]
    assert articles[0].published is not None
    assert articles[0].published.text == "column 'published'"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_will_do(tmp_path: Path, separator: str) -> None:
    content = separator.join(("id", "text", "published")) + "\n" + separator.join(("a", TEXT, "2015-01-26"))
    (article,), problems = given(write(tmp_path / "a.tsv", content))
    assert (article.id, article.text, problems) == ("a", TEXT, [])


def test_a_csv_without_the_columns_says_which_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", f"id,words,when\n1,{TEXT},2015-01-26\n")
    articles, problems = given(path)
    assert articles == []
    assert told(problems, tmp_path) == [
        "events.csv:1: no 'text' column; found 'id', 'words', 'when'. Rename it or pass --text-column."
    ]
    articles, problems = given(path, columns=Columns(text="words"))
    assert len(articles) == 1
    assert told(problems, tmp_path) == [
        "events.csv:1: no 'published' column; found 'id', 'words', 'when'. Rename it or pass --date-column."
    ]
    assert problems[0].severity == "note"
    (article,), problems = given(path, columns=Columns(text="words", published="when"))
    assert article.published is not None
    assert problems == []


def test_a_csv_with_short_rows_empty_texts_or_a_lost_quotation_mark_is_told(tmp_path: Path) -> None:
    content = f'id,text,published\n1,{TEXT},2015-01-26\n2\n3,"",x\n4,"{"lost " * 60}\n5,never,2015\n'
    articles, problems = given(write(tmp_path / "a.csv", content), limits=Limits(line=200_000, article=200))
    assert [article.id for article in articles] == ["1"]
    assert told(problems, tmp_path) == [
        "a.csv:3: the text is empty.",
        "a.csv:4: the text is empty.",
        "a.csv:6: 314 characters are too many for one article; at most 200 are read. Split it, one article each.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_csv_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    rows = "\n".join(f"{n},Обстрел Дебальцево продолжался,2015-01-26" for n in range(50))
    articles, problems = given(write(tmp_path / "a.csv", f"id,text,published\n{rows}\n".encode(encoding)))
    assert {article.text for article in articles} == {"Обстрел Дебальцево продолжался"}
    assert len(problems) == (encoding == "cp1251")


def test_one_date_for_all_counts_before_the_articles_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"id": "a", "text": TEXT, "published": "2001"}))
    (article,), _ = given(path, dates=read_published("2015-01-26"))
    assert article.published is not None
    assert article.published.to_dict()["start"] == "2015-01-26"


def test_dates_by_id_are_used_and_those_for_nobody_are_told(tmp_path: Path) -> None:
    table = write(tmp_path / "published.json", json.dumps({"003": "2023-02-15", "004": "2023-02-16"}))
    paths = [write(tmp_path / name, TEXT) for name in ("003.txt", "005.txt")]
    (first, second), problems = given(*paths, dates=read_published(str(table)))
    assert first.published is not None
    assert first.published.to_dict()["text"] == "supplied in published.json"
    assert second.published is None
    assert told(problems, tmp_path) == [
        "published.json: 1 of 2 ids have no article ('004'). A text file's id is its name without the ending."
    ]


def test_an_id_used_twice_is_told(tmp_path: Path) -> None:
    write(tmp_path / "x" / "a.txt", TEXT)
    write(tmp_path / "y" / "a.txt", TEXT)
    articles, problems = given(tmp_path)
    assert len(articles) == 2
    assert told(problems, tmp_path) == [
        "y/a.txt: its id 'a' was used before, by x/a.txt. Both are read; give ids of their own."
    ]


def test_nothing_supplied_is_no_dates() -> None:
    assert Dates().of("x") is None
