"""Tables as spreadsheets make them: all rows, right characters, days in the order that the column shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from geo.ingest import Columns, TableForm, day_forms, read_map
from geo.ingest.encoding import decode
from geo.ingest.table_columns import positions
from tests.ingest.making import given

TEXT = "Missiles struck Zaporizhzhia on Monday, killing two."


def days(folder: Path, *values: str, form: TableForm | None = None) -> tuple[list[str | None], list[str]]:
    rows = "\n".join(f'"{value}";"{TEXT}"' for value in values)
    articles, problems = given(folder, "a.csv", f"date;text\n{rows}\n", form=form)
    return [one.published and str(one.published.start) for one in articles], problems


@pytest.mark.parametrize(
    "written",
    [
        "44999",
        "44999.75",
        "1678781400",
        "1678781400000",
        "03/14/23",
        "3/14/2023 21:30",
        "14/03/2023",
        "14-03-2023",
        "14.03.23",
        "14.3.2023 8:05",
        "14-Mar-23",
        "14 mars 2023",
        "14 März 2023",
        "14. Mrz 2023",
        "14 de marzo de 2023",
        "14 марта 2023 г.",
        "14 березня 2023",
        "2023/03/14",
        "2023-03-14 00:00:00+02:00",
        "2023-03-14T08:10:00.000Z",
        "Tue, Mar 14, 2023 at 9:05 AM",
        "March 14th, 2023",
        "Tuesday, March 14, 2023",
        "Dienstag, 14. März 2023, 12:30 Uhr",
        "mardi 14 mars 2023",
        "Tue Mar 14 08:10:00 +0000 2023",
        "Tue, 14 Mar 2023 23:40:00 -0500",
        "20230314",
        "20230314T081000Z",
    ],
)
def test_every_usual_form_of_a_day_is_read(tmp_path: Path, written: str) -> None:
    assert days(tmp_path, written) == (["2023-03-14"], [])


@pytest.mark.parametrize(
    ("values", "expected", "said"),
    [
        (("02/03/2023", "14/03/2023"), ["2023-03-02", "2023-03-14"], "read with the day first, as '14/03/2023' shows"),
        (
            ("02/03/2023", "03/14/2023"),
            ["2023-02-03", "2023-03-14"],
            "read with the month first, as '03/14/2023' shows",
        ),
        (
            ("2/3/23 09:00", "28/2/23 10:00"),
            ["2023-03-02", "2023-02-28"],
            "read with the day first, as '28/2/23 10:00'",
        ),
        (("02-03-2023", "2023-03-01", "31-01-2023"), ["2023-03-02", "2023-03-01", "2023-01-31"], "the day first"),
        (("02/03/2023", "04/05/2023"), [None, None], "cannot be told (none of its dates shows the order)"),
        (("02/03/2023", "14/03/2023", "03/14/2023"), [None, "2023-03-14", "2023-03-14"], "it shows both orders"),
        (("02.03.2023", "14.03.2023"), ["2023-03-02", "2023-03-14"], ""),
        (("03/03/2023", "03/14/2023"), ["2023-03-03", "2023-03-14"], ""),
    ],
)
def test_the_order_of_day_and_month_is_learned_from_the_whole_column_and_said(
    tmp_path: Path, values: tuple[str, ...], expected: list[str | None], said: str
) -> None:
    found, problems = days(tmp_path, *values)
    assert found == expected
    assert (said in problems[0]) if said else problems == []


def test_the_order_can_be_given(tmp_path: Path) -> None:
    assert days(tmp_path, "02/03/2023", form=TableForm(date_order="month")) == (["2023-02-03"], [])
    # What shows another order by itself is not bent.
    assert days(tmp_path, "14/03/2023", form=TableForm(date_order="month")) == (["2023-03-14"], [])


@examples(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y/%m/%d"]),
)
def test_a_day_written_in_a_plain_form_is_that_day(day: date, form: str) -> None:
    written = f"{day:{form}}"
    assert day_forms.read(written) == (day, day)


@examples(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_asked_for_its_day(text: str) -> None:
    day_forms.read(text, order="day")
    day_forms.number(text)
    day_forms.learn([text])


HEADERS = [
    ("en", ["ID", "Headline", "Date", "Full text", "Link", "Source"]),
    ("fr", ["Identifiant", "Titre", "Date de publication", "Texte", "Lien", "Journal"]),
    ("de", ["Nummer", "Überschrift", "Datum", "Inhalt", "Adresse", "Quelle"]),
    ("es", ["Número", "Título", "Fecha", "Contenido", "Enlace", "Fuente"]),
    ("ru", ["Номер", "Заголовок", "Дата", "Текст", "Ссылка", "Источник"]),
    ("uk", ["Ідентифікатор", "Назва", "Дата публікації", "Зміст", "Посилання", "Джерело"]),
]


@pytest.mark.parametrize("header", [names for _, names in HEADERS], ids=[language for language, _ in HEADERS])
@pytest.mark.parametrize("change", [str, str.upper, lambda name: f" {name} ".replace(" ", "\u00a0")])
def test_columns_are_known_by_their_names_in_six_languages(header: list[str], change: Callable[[str], str]) -> None:
    found = positions([change(name) for name in header], Columns())
    assert found == {"id": 0, "title": 1, "published": 2, "text": 3, "url": 4, "source": 5}


def test_a_column_that_was_named_is_sought_under_no_other_name() -> None:
    assert positions(["body", "text", "words"], Columns(text="words")) == {"text": 2}
    assert positions(["body"], Columns(text="words")) == {}


@pytest.mark.parametrize(
    "data",
    [
        f"\ufeffID;Titre;Date;Texte\r\n1;Frappe;14/03/2023;{TEXT}\r\n".encode(),
        f"sep=;\r\nID;Titre;Date;Texte\r\n1;Frappe;14/03/2023;{TEXT}\r\n".encode(),
        f"\ufeffsep=|\r\nID|Titre|Date|Texte\r\n1|Frappe|14/03/2023|{TEXT}\r\n".encode(),
        f"ID\tTitre\tDate\tTexte\r\n1\tFrappe\t14/03/2023\t{TEXT}\r\n".encode("utf-16"),
        f'ID,Titre,Date,Texte\r1,Frappe,14/03/2023,"{TEXT}"\r'.encode(),
        f'"ID";"Titre";"Date";"Texte"\n\n"1";"Frappe";"14/03/2023";"{TEXT}"\n;;;\n'.encode(),
    ],
)
def test_marks_separators_and_line_ends_as_programs_write_them(tmp_path: Path, data: bytes) -> None:
    (article,), problems = given(tmp_path, "a.csv", data)
    assert (article.id, article.title, article.text, problems) == ("1", "Frappe", TEXT, [])
    assert article.published is not None
    assert str(article.published.start) == "2023-03-14"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Été: Sévaré et São Tomé", "cp1252"),
        ("“Straße” — Köln, 5 €", "cp1252"),
        ("Señor Núñez, año 2015", "cp1252"),
        ("Missiles struck Харків (Kharkiv)", "cp1251"),
        ("Обстрел Дебальцево, сообщили военные", "cp1251"),
        ("ОБСТРІЛ Авдіївки", "cp1251"),
        ("Обстрел Донецка, сообщили военные", "koi8-r"),
    ],
)
def test_a_short_text_in_an_old_encoding_comes_out_in_its_own_letters(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert found.text == text
    assert found.note is not None


def test_a_table_without_a_header_is_read_by_its_longest_column(tmp_path: Path) -> None:
    articles, problems = given(tmp_path, "a.csv", f'1,"{TEXT}",x\n2,"{TEXT} Again.",y\n')
    assert [one.text for one in articles] == [TEXT, f"{TEXT} Again."]
    assert "it has no header; its longest column was read as the text" in problems[0]


def test_a_map_names_columns_order_separator_and_encoding(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text('text: Body words\npublished: When\ndate_order: month\nseparator: "#"\nencoding: cp1251\n')
    columns, form = read_map(path)
    assert columns == Columns(text="Body words", published="When")
    data = "When#Body words\n02/03/2023#Обстріл\n".encode("cp1251")
    (article,), problems = given(tmp_path, "a.csv", data, columns=columns, form=form)
    assert (article.text, problems) == ("Обстріл", [])
    assert article.published is not None
    assert str(article.published.start) == "2023-02-03"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("- a\n", "expected lines such as 'text: Texte'; known are text, id,"),
        ("text: [a]\n", "expected lines such as 'text: Texte'"),
        ("body: x\n", "'body' is no field; known are text, id"),
        ("date_order: year\n", "date_order must be day or month; got 'year'"),
        ("separator: ';;'\n", "separator must be one character; got ';;'"),
        ("encoding: none-such\n", "there is no encoding 'none-such'"),
        ("text: &a [*a]\n", "not valid YAML ("),
        ("text: {\n", "not valid YAML ("),
        ("", "expected lines such as"),
    ],
)
def test_a_map_that_cannot_be_understood_is_told(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"map\.yaml: ") as caught:
        read_map(path)
    assert fault in str(caught.value)
