"""Downloads of news databases and notes between rulers: as many articles, each with its own title, source and date."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from geo.ingest.draft import Draft
from geo.ingest.dumps import apart
from tests.ingest.making import docx, given

ONE = "Rebels shelled Aleppo on Monday, killing six people. Jets bombed Idlib on Sunday."
TWO = "A car bomb exploded in Baghdad on Tuesday, killing 14 people."
Expected = list[tuple[str | None, str | None, str | None, str]]
BOTH: Expected = [
    ("Rebels shell Aleppo", "The Harbour Times (London)", "2014-06-03", ONE),
    ("Bomb in Baghdad", "The Harbour Times (London)", "2015-08-12", TWO),
]


def found(folder: Path, text: str | bytes, name: str = "d.txt") -> tuple[Expected, list[str]]:
    articles, problems = given(folder, name, text)
    return [(one.title, one.source, one.published and str(one.published.start), one.text) for one in articles], problems


def lexis(number: int, day: str, title: str, body: str, *, edition: str = "", fields: str = "", of: int = 2) -> str:
    return (
        f"\n\n                 {number} of {of} DOCUMENTS\n\n              The Harbour Times (London)\n\n"
        f"             {day}\n{edition}\n{title}\n{fields}\n\n{body}\n\nLOAD-DATE: {day}\n\nLANGUAGE: ENGLISH\n\n"
        "           Copyright 2014 Harbour Newspapers\n              All Rights Reserved\n\n"
    )


HEAD = "\nBYLINE: J. Doe in Beirut\n\nSECTION: FOREIGN NEWS; Pg. 14\n\nLENGTH: 62 words\n"
LEXIS = {
    "an edition": lexis(
        1, "June 3, 2014 Tuesday", "Rebels shell Aleppo", ONE, edition="   First Edition\n", fields=HEAD
    )
    + lexis(2, "August 12, 2015 Wednesday", "Bomb in Baghdad", TWO, fields=HEAD),
    "a time and zone": lexis(1, "June 3, 2014 Tuesday 8:15 PM GMT", "Rebels shell Aleppo", ONE, fields=HEAD)
    + lexis(2, "August 12, 2015 Wednesday 1:00 AM EST", "Bomb in Baghdad", TWO, fields=HEAD),
    "a headline in two lines": lexis(1, "June 3, 2014", "Rebels\nshell Aleppo", ONE, fields=HEAD)
    + lexis(2, "12 August 2015", "Bomb in\nBaghdad", TWO, fields=HEAD),
    "a section that goes on": lexis(
        1, "June 3, 2014", "Rebels shell Aleppo", ONE, fields="\nSECTION: FOREIGN NEWS;\nPg. 14\n\nLENGTH: 6 words\n"
    )
    + lexis(2, "August 12, 2015", "Bomb in Baghdad", TWO, fields="\nLENGTH: 62 words\n\nDATELINE: BAGHDAD\n"),
    "windows' line ends": (
        lexis(1, "June 3, 2014 Tuesday", "Rebels shell Aleppo", ONE, fields=HEAD)
        + lexis(2, "August 12, 2015 Wednesday", "Bomb in Baghdad", TWO, fields=HEAD)
    ).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("text", LEXIS.values(), ids=LEXIS)
def test_a_lexis_nexis_download(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == (BOTH, ["d.txt: taken apart into 2 articles (LexisNexis)."])


def test_a_bodys_paragraphs_stay_and_its_colons_end_nothing(tmp_path: Path) -> None:
    body = f"{ONE}\n\nSection: that is what they call it.\n\nThe city: quiet."
    articles, _ = found(tmp_path, lexis(1, "June 3, 2014", "T", body, fields=HEAD, of=1))
    assert articles == [("T", "The Harbour Times (London)", "2014-06-03", body)]


def nexis(day: str, title: str, body: str, *, extra: str = "", tail: str = "Load-Date: June 3, 2014") -> str:
    return (
        f"{title}\n\nThe Harbour Times (London)\n\n{day}\n\n\nCopyright 2014 Harbour Newspapers All Rights Reserved\n"
        f"Section: FOREIGN NEWS; Pg. 14\nLength: 62 words\n{extra}\nBody\n\n\n{body}\n\n{tail}\n\n\nEnd of Document\n\n"
    )


COVER = (
    "User Name: J. Doe\nDate and Time: Tuesday, June 3, 2014 1:22:00 PM EST\nDocuments (2)\n1. Rebels shell Aleppo\n\n"
)
NEXIS_ONE, NEXIS_TWO = (
    nexis("June 3, 2014 Tuesday", "Rebels shell Aleppo", ONE),
    nexis("August 12, 2015 Wednesday", "Bomb in Baghdad", TWO),
)
NEXIS = {
    "plain": NEXIS_ONE + NEXIS_TWO,
    "a cover": COVER + NEXIS_ONE + NEXIS_TWO,
    "a byline and an edition": nexis(
        "June 3, 2014 Tuesday\nFirst Edition", "Rebels shell Aleppo", ONE, extra="Byline: J."
    )
    + NEXIS_TWO,
    "a graphic": nexis("June 3, 2014", "Rebels shell Aleppo", ONE, tail="Graphic\n\nA map\n\nLoad-Date: x") + NEXIS_TWO,
    "a classification": nexis("3 June 2014", "Rebels shell Aleppo", ONE, tail="Classification\n\nLanguage: E")
    + NEXIS_TWO,
}


@pytest.mark.parametrize("text", NEXIS.values(), ids=NEXIS)
def test_a_nexis_uni_download_as_text_and_as_a_word_document(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text)[0] == BOTH
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    assert found(tmp_path, docx(body), "d.docx") == (BOTH, ["d.docx: taken apart into 2 articles (Nexis Uni)."])
    rtf = r"{\rtf1 " + text.replace("\n", "\\par\n") + "}"
    assert found(tmp_path, rtf, "d.rtf")[0] == BOTH


def factiva(day: str, title: str, body: str, *, more: str = "", gap: str = "  ") -> str:
    return (
        f"HD{gap}{title}\nBY{gap}J. Doe\nWC{gap}62 words\nPD{gap}{day}\n{more}SN{gap}The Harbour Times (London)\n"
        f"LA{gap}English\n\nLP{gap}{body}\n\nTD\n\nMore was not known.\n\nAN{gap}Document HT0000020140603ea63000\n\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        factiva("3 June 2014", "Rebels shell Aleppo", ONE) + factiva("12 August 2015", "Bomb in Baghdad", TWO),
        factiva("3 June 2014", "Rebels\nshell Aleppo", ONE) + factiva("12 August 2015", "Bomb in Baghdad", TWO),
        factiva("3 June 2014", "Rebels shell Aleppo", ONE, gap="\t")
        + factiva("12 August 2015", "Bomb in Baghdad", TWO),
        factiva("3 June 2014", "Rebels shell Aleppo", ONE, more="ET  08:15\n")
        + factiva("12 Aug 2015", "Bomb in Baghdad", TWO),
        "SE  Foreign\n"
        + factiva("3 June 2014", "Rebels shell Aleppo", ONE)
        + "SE  Foreign\n"
        + factiva("12 August 2015", "Bomb in Baghdad", TWO),
    ],
)
def test_a_factiva_download_by_fields(tmp_path: Path, text: str) -> None:
    expected = [(*one[:3], f"{one[3]}\n\nMore was not known.") for one in BOTH]
    assert found(tmp_path, text) == (expected, ["d.txt: taken apart into 2 articles (Factiva)."])


def printed(day: str, title: str, body: str, *, above: str = "", below: str = "", rights: str = "(c) 2014") -> str:
    return (
        f"{above}{title}\n62 words\n{day}\nThe Harbour Times (London)\n{below}English\n{rights}\n\n{body}\n\n"
        "Document HARTIM0020140603ea6300001\n\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        printed("3 June 2014", "Rebels shell Aleppo", ONE) + printed("12 August 2015", "Bomb in Baghdad", TWO),
        printed("3 June 2014", "Rebels shell Aleppo", ONE, above="News\n")
        + printed("12 August 2015", "Bomb in Baghdad", TWO),
        printed("3 June 2014\n08:15 AM", "Rebels shell Aleppo", ONE)
        + printed("12 August 2015", "Bomb in Baghdad", TWO),
        printed("3 June 2014", "Rebels shell Aleppo", ONE, below="HARTIM\n14\n")
        + printed("12 Aug 2015", "Bomb in Baghdad", TWO),
        printed("3 June 2014", "Rebels shell Aleppo", ONE, rights="Copyright 2014, Harbour")
        + printed("12 August 2015", "Bomb in Baghdad", TWO, rights="© 2015"),
    ],
)
def test_a_factiva_download_as_it_is_printed(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text)[0] == BOTH


def proquest(day: str, title: str, body: str, *, head: str = "", last: str = "") -> str:
    return (
        f"{head}{title}\nAuthor: Doe, J.\n\n"
        f"Publication info: The Harbour Times (London) ; London [London]{day}: 14.\n\n"
        f"Abstract: Short.\n\nFull text: {body}\n\nSubject: Wars\n\nLocation: Syria\n{last}\n"
    )


RULER = "_" * 60 + "\n\n"


@pytest.mark.parametrize(
    "text",
    [
        RULER
        + proquest("03 June 2014", "Rebels shell Aleppo", ONE)
        + RULER
        + proquest("12 Aug 2015", "Bomb in Baghdad", TWO),
        proquest("03 June 2014", "Rebels shell Aleppo", ONE, head="Document 1 of 2\n\n")
        + proquest("12 Aug 2015", "Bomb in Baghdad", TWO, head="Document 2 of 2\n\n"),
        RULER
        + proquest("", "x", ONE, last="Title: Rebels shell Aleppo\nPublication date: Jun 3, 2014")
        + RULER
        + proquest("", "x", TWO, last="Title: Bomb in Baghdad\nPublication date: Aug 12, 2015"),
        RULER
        + proquest("3 Jun 2014", "Rebels shell Aleppo", ONE, last="Publication title: The Harbour Times (London)")
        + RULER
        + proquest("12 August 2015", "Bomb in Baghdad", TWO),
        RULER
        + proquest("03 June 2014", "Rebels shell Aleppo", "\n" + ONE)
        + RULER
        + proquest("12 Aug 2015", "Bomb in Baghdad", TWO)
        + RULER,
    ],
)
def test_a_proquest_download(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == (BOTH, ["d.txt: taken apart into 2 articles (ProQuest)."])


SOURCE = "The Harbour Times (London)"


@pytest.mark.parametrize(
    "text",
    [
        f"Title: Rebels shell Aleppo\nSource: {SOURCE}\nDate: 2014-06-03\n\n{ONE}\n---\n"
        f"Title: Bomb in Baghdad\nSource: {SOURCE}\nDate: 2015-08-12\n\n{TWO}\n",
        f"Rebels shell Aleppo\n3 June 2014\nSource: {SOURCE}\n\n{ONE}\n\n=====\n\nBomb in Baghdad\n12 August 2015\n"
        f"Source: {SOURCE}\n{TWO}",
        f"# Rebels shell Aleppo\n\nSource: {SOURCE}\nDate: June 3, 2014\n\n{ONE}\n\n* * *\n\n# Bomb in Baghdad\n\n"
        f"Source: {SOURCE}\nDate: August 12, 2015\n\n{TWO}\n",
        f"---\ntitle: Rebels shell Aleppo\nsource: {SOURCE}\ndate: 2014-06-03\n---\n\n{ONE}\n\n"
        f"---\ntitle: Bomb in Baghdad\nsource: {SOURCE}\ndate: 2015-08-12\n---\n\n{TWO}",
        f"----------\nHeadline: Rebels shell Aleppo\nOutlet: {SOURCE}\nPublished: 3.6.2014\n{ONE}\n----------\n"
        f"Headline: Bomb in Baghdad\nOutlet: {SOURCE}\nPublished: 12.8.2015\n{TWO}\n----------\n",
    ],
)
def test_notes_between_rulers_that_each_say_when_they_are_of(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text)[0] == BOTH


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n---\n\n{TWO}\n",
        f"# A report\n\n{ONE}\n\n***\n\nIt was 3 June 2014 when it ended.\n\n***\n\n{TWO}",
        f"1 of 3 documents was found in the rubble.\n{ONE}",
        f"{ONE}\nBody\n{TWO}\nThe end of Document X.",
    ],
)
def test_an_article_with_rulers_or_a_databases_words_stays_one(tmp_path: Path, text: str) -> None:
    articles, problems = found(tmp_path, text)
    assert ([one[3] for one in articles], problems) == ([text], [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("".join(f"KYIV, March {n} (Agency) - Shelling went on.\n\n" for n in range(1, 5)), "(4 datelines)"),
        (
            "".join(f"3 June 201{n}\n\nShelling went on in Aleppo.\n\n" for n in range(4)),
            "(4 lines that are only a date)",
        ),
    ],
)
def test_a_text_that_looks_like_another_dump_is_read_as_one_and_that_is_said(
    tmp_path: Path, text: str, what: str
) -> None:
    articles, problems = found(tmp_path, text)
    assert [one[3] for one in articles] == [text]
    assert problems == [
        f"d.txt: it may hold several articles {what}, and was read as one. "
        "Give them apart, or put a line of --- between them."
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "1 of 3 DOCUMENTS\n",
        "End of Document\n",
        "Body\n",
        "HD x\n",
        "3 June 2014\n",
        "---\n",
        "Full text: x\n",
        "Title: a\n",
        "LENGTH: 1 words\n",
        "Document HT0000020140603ea63000\n",
        "A" * 40,
        " " * 60,
        "KYIV, March 1 ",
    ],
)
def test_a_dump_is_taken_apart_in_time_linear_in_its_size(piece: str) -> None:
    draft = Draft(where="d", id="d", text=piece * (300_000 // len(piece)))
    began = time.thread_time()
    list(apart(draft))
    assert time.thread_time() - began < 10
