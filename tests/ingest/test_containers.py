"""Archives, mails, saved pages and web archives: each member by its own kind, named by where it lies, and no bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zlib
from pathlib import Path

import pytest

from geo.ingest import Limits, Problem, read
from geo.model import Article
from tests.ingest.making import docx, given, odt, pdf, tarred, zipped

TEXT = "Two missiles struck Zaporizhzhia on Monday, killing two people."
PAGE = (
    '<html><head><title>Strike</title><meta property="article:published_time" content="2023-03-14T08:00:00Z"></head>'
    f"<body><article><p>{TEXT}</p></article></body></html>"
)
MEMBERS = {"a.txt": TEXT.encode(), "b/b.html": PAGE.encode(), "logo.png": b"\x89PNG", ".hidden.txt": b"no"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped(MEMBERS)),
        ("x.tar", tarred(MEMBERS)),
        ("x.tar.gz", tarred(MEMBERS, mode="w:gz")),
        ("x.tgz", tarred(MEMBERS, mode="w:gz")),
        ("x.tar.xz", tarred(MEMBERS, mode="w:xz")),
        ("x.tar.bz2", tarred(MEMBERS, mode="w:bz2")),
    ],
)
def test_an_archives_members_are_read_by_their_kinds_and_named(tmp_path: Path, name: str, data: bytes) -> None:
    articles, problems = given(tmp_path, name, data)
    assert [(one.id, one.title, one.text) for one in articles] == [("a", None, TEXT), ("b", "Strike", TEXT)]
    assert problems == [f"{name}: members of other kinds were left out (1 × .png)."]


def test_a_members_problem_names_the_archive_and_its_folder(tmp_path: Path) -> None:
    inner = zipped({"c/d.txt": " ", "e.jsonl": '{"text": 1}'})
    articles, problems = given(tmp_path, "x.zip", zipped({"in/inner.zip": inner, "ok.txt": TEXT}))
    assert [one.id for one in articles] == ["ok"]
    assert problems == [
        "x.zip/in/inner.zip/c/d.txt: the file is empty.",
        "x.zip/in/inner.zip/e.jsonl:1: the text is not a string but int.",
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    ending = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[pack]
    for name, data in (("a.txt", TEXT), ("a.html", PAGE), ("a.jsonl", f'{{"id": "a", "text": "{TEXT}"}}')):
        (article,), problems = given(tmp_path, f"{name}.{ending}", pack(data.encode()))
        assert (article.id, article.text, problems) == ("a", TEXT, [])


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "C:\\evil.txt", "a\x1b[2J/evil.txt"]
)
def test_a_members_name_leads_nowhere(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (article,), _ = given(tmp_path, "x.zip", zipped({name: TEXT}))
    assert article.id == "evil"
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]
    _, problems = given(tmp_path, "x.zip", zipped({name: " "}))
    assert problems[0].startswith("x.zip/")
    assert ".." not in problems[0]
    assert "\x1b" not in problems[0]


def test_links_and_devices_in_a_tar_archive_are_passed_over(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("l.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert given(tmp_path, "x.tar", out.getvalue()) == ([], [])


LIMITS = Limits(file=100_000, unpacked=300_000, members=5)


def overlapping(members: int) -> bytes:
    """Make a ZIP whose members all unpack the same bytes (D. Fifield, A better zip bomb, 2019)."""
    body = zlib.compress(b"x" * 90_000)[2:-4]
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(b"x" * 90_000), len(body), 90_000, 5, 0
    )
    out = local + b"a.txt" + body
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        *(b"PK\x01\x02", 20, 20, 0, 8, 0, 33, zlib.crc32(b"x" * 90_000), len(body), 90_000, 5, 0, 0, 0, 0, 0, 0),
    )
    directory = (entry + b"a.txt") * members
    return (
        out + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, members, members, len(directory), len(out), 0)
    )


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("x.zip", zipped({"a.txt": b"x" * 400_000}), "x.zip/a.txt: more than 100.0 kB unpacked"),
        ("x.zip", zipped({f"{n}.txt": b"x" * 90_000 for n in range(5)}), "x.zip: it unpacks to more than 300.0 kB"),
        ("x.zip", overlapping(5), "x.zip: it unpacks to more than 300.0 kB"),
        ("x.zip", zipped({f"{n}.txt": TEXT for n in range(9)}), "x.zip: 9 members than the 5 that are read"),
        ("x.gz", gzip.compress(b"x" * 10_000_000), "x.gz: 100.0 kB is too large for one document"),
        ("x.jsonl.xz", lzma.compress(b"x" * 400_000), "x.jsonl.xz: it unpacks to more than 300.0 kB"),
        (
            "x.tar.gz",
            tarred({"a.txt": b"x" * 200_000, "b.txt": b"x" * 900_000}, mode="w:gz"),
            "x.tar.gz: it unpacks to",
        ),
        ("x.tar", tarred({f"{n}.txt": TEXT.encode() for n in range(9)}), "x.tar: more members than the 5"),
    ],
)
def test_what_unpacks_to_too_much_is_told_and_stops_there(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    _, problems = given(tmp_path, name, data, limits=LIMITS)
    assert any(problem.startswith(what) for problem in problems), problems


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(6):
        data = zipped({"in.zip": data})
    articles, problems = given(tmp_path, "x.zip", data)
    assert articles == []
    assert problems == [
        "x.zip/in.zip/in.zip/in.zip/in.zip: more than 3 archives or mails within one another. "
        "Unpack it and give the files."
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zipped(MEMBERS)[:60]),
        ("x.tar", tarred({"a.txt": TEXT.encode() * 100})[:700]),
        ("x.tar.gz", tarred({"a.txt": TEXT.encode() * 9000}, mode="w:gz")[:300]),
        ("x.gz", gzip.compress(TEXT.encode())[:20]),
        ("x.xz", lzma.compress(TEXT.encode())[:20]),
    ],
)
def test_a_damaged_archive_is_told(tmp_path: Path, name: str, data: bytes) -> None:
    articles, problems = given(tmp_path, name, data)
    assert articles == []
    assert len(problems) == 1
    assert "fault of the program" not in problems[0]


def test_a_locked_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    articles, problems = given(tmp_path, "x.zip", bytes(data))
    assert [one.id for one in articles] == ["b"]
    assert problems == ["x.zip/a.txt: it is locked with a password. Unpack it and give the files."]


HEAD = "From: Meridian Alerts <alerts@post.example>\nSubject: Strike\nDate: Tue, 14 Mar 2023 23:30:00 -0500\n"


def multipart(kind: str, *parts: str) -> str:
    body = "".join(f"--b\n{part}\n" for part in parts)
    return f'{HEAD}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="b"\n\n{body}--b--\n'


PLAIN = f"Content-Type: text/plain; charset=utf-8\n\n{TEXT}"
HTML = f"Content-Type: text/html; charset=utf-8\n\n<p>{TEXT}</p>"


@pytest.mark.parametrize(
    "mail",
    [
        f"{HEAD}\n{TEXT}\n",
        multipart("alternative", PLAIN, HTML),
        multipart("alternative", "Content-Type: text/plain\n\nSee the web.", HTML),
        f"{HEAD}Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n"
        "PHA+VHdvIG1pc3NpbGVzIHN0cnVjayBaYXBvcml6aHpoaWEgb24gTW9uZGF5LCBraWxsaW5nIHR3byBwZW9wbGUuPC9wPg==\n",
        HEAD + "Content-Transfer-Encoding: quoted-printable\n\n" + TEXT.replace("people", "peop=\nle") + "\n",
    ],
)
def test_a_mail_is_an_article(tmp_path: Path, mail: str) -> None:
    (article,), problems = given(tmp_path, "a.eml", mail)
    assert problems == []
    assert (article.id, article.title, article.source, article.text) == ("a", "Strike", "Meridian Alerts", TEXT)
    assert article.published is not None
    # The day where it was written, not in Greenwich.
    assert article.published.to_dict() == {
        "start": "2023-03-14",
        "end": "2023-03-14",
        "basis": "supplied",
        "text": "the mail's date",
    }


def test_a_mails_attachments_are_read_by_their_kinds(tmp_path: Path) -> None:
    attached = (
        'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="../b.html"\n\n' + PAGE
    )
    picture = 'Content-Type: image/png\nContent-Disposition: attachment; filename="c.png"\n\nx'
    articles, problems = given(tmp_path, "a.eml", multipart("mixed", PLAIN, attached, picture))
    assert [(one.id, one.text) for one in articles] == [("a", TEXT), ("b", TEXT)]
    assert problems == []


def test_a_mailbox_is_an_article_a_mail(tmp_path: Path) -> None:
    one = f"From x@y Tue Mar 14 09:00:00 2023\n{HEAD}\n{TEXT}\n>From here on all was quiet.\n\n"
    articles, problems = given(tmp_path, "a.mbox", one * 3 + f"From x@y\n{HEAD}\n\n")
    assert [article.id for article in articles] == ["a-1", "a-2", "a-3"]
    assert articles[0].text == f"{TEXT}\nFrom here on all was quiet."
    assert problems[-1] == "a.mbox: message 4: a mail without text."


@pytest.mark.parametrize(
    "headers",
    ["Snapshot-Content-Location: https://post.example/1\n", "Content-Location: https://post.example/1\n", ""],
)
def test_a_saved_page_is_its_article(tmp_path: Path, headers: str) -> None:
    style = "Content-Type: text/css\n\nbody {}"
    data = (
        "From: <Saved by a browser>\nSubject: Strike\nDate: Tue, 21 Mar 2023 09:00:00 -0000\nMIME-Version: 1.0\n"
        f'{headers}Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        f"--b\nContent-Type: text/html\n\n{PAGE}\n--b\n{style}\n--b--\n"
    )
    (article,), problems = given(tmp_path, "a.mht", data)
    assert (article.title, article.text, problems) == ("Strike", TEXT, [])
    assert article.url == ("https://post.example/1" if headers else None)
    assert article.published is not None
    assert str(article.published.start) == "2023-03-14"


@pytest.mark.parametrize(
    "mail",
    [
        "Subject: =?utf-8?q?=FF=FE?=\nDate: yesterday\nFrom: <<<>>\n\n" + TEXT,
        f"Subject: x\nContent-Type: text/plain; charset=no-such\n\n{TEXT}",
        f"Content-Type: multipart/mixed\n\n{TEXT}",
        "Content-Type: message/rfc822\n\n" * 500 + TEXT,
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(300)) + TEXT,
        "From: " + "(" * 5000 + "\n\n" + TEXT,
        "Subject: " + "=?utf-8?q?a?= " * 3000 + "\n\n" + TEXT,
    ],
)
def test_an_odd_mail_costs_at_most_itself(tmp_path: Path, mail: str) -> None:
    articles, problems = given(tmp_path, "a.eml", mail)
    assert [one.text.strip() for one in articles] == [TEXT] or len(problems) >= 1


def record(uri: str, body: str, *, kind: str = "text/html", status: str = "200 OK", encoding: str = "") -> bytes:
    data = gzip.compress(body.encode()) if encoding else body.encode()
    extra = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + data
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2023-03-21T09:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


WEB = (
    record("https://post.example/1", PAGE)
    + record("https://post.example/a.css", "x", kind="text/css")
    + record("https://post.example/gone", PAGE, status="404 Not Found")
    + record("https://post.example/2", TEXT, kind="text/plain; charset=utf-8")
    + record("https://post.example/3", PAGE, encoding="gzip")
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archives_pages_are_articles(tmp_path: Path, name: str) -> None:
    articles, problems = given(tmp_path, name, gzip.compress(WEB) if name.endswith("gz") else WEB)
    assert [(one.id, one.url, one.text) for one in articles] == [
        (f"a-{n}", f"https://post.example/{n}", TEXT) for n in (1, 2, 3)
    ]
    # The day of the visit is none of publication.
    assert articles[1].published is None
    assert problems == [f"{name}: records that are no pages were left out (1 × text/css, 1 × answered 404)."]


def test_a_page_in_a_web_archive_that_unpacks_to_too_much_is_left_out(tmp_path: Path) -> None:
    data = record("https://post.example/1", "x" * 5_000_000, encoding="gzip") + record("https://post.example/2", PAGE)
    articles, problems = given(tmp_path, "a.warc", data, limits=Limits(file=100_000))
    assert [one.url for one in articles] == ["https://post.example/2"]
    assert problems == ["a.warc/https://post.example/1: a page of more than 100.0 kB is left out."]


def test_a_folder_of_mixed_documents_has_a_true_report(tmp_path: Path) -> None:
    body = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    bundle = zipped({"in/a.docx": docx(body), "in/b.pdf": pdf([TEXT]), "in/c.eml": f"{HEAD}\n{TEXT}", "in/d.doc": b"x"})
    articles, problems = given(tmp_path, "x.zip", bundle)
    assert [one.id for one in articles] == ["a", "b", "c"]
    assert problems == ["x.zip: members of other kinds were left out (1 × .doc)."]


def test_a_thousand_documents_of_mixed_kinds_in_one_folder(tmp_path: Path) -> None:
    """Every document is read once or named once; nothing is lost between them."""
    body = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    makers = {
        "txt": lambda n: f"{TEXT} {n}".encode(),
        "html": lambda n: PAGE.replace(TEXT, f"{TEXT} {n}").encode(),
        "docx": lambda n: docx(body.replace(TEXT, f"{TEXT} {n}")),
        "odt": lambda n: odt(f"<text:p>{TEXT} {n}</text:p>"),
        "pdf": lambda n: pdf([f"{TEXT} {n}"]),
        "eml": lambda n: f"{HEAD}\n{TEXT} {n}".encode(),
        "csv": lambda n: f'text,published\n"{TEXT} {n}",2023-03-14\n'.encode(),
        "zip": lambda n: zipped({"a/x.txt": f"{TEXT} {n}"}),
        "jsonl": lambda n: f'{{"text": "{TEXT} {n}"}}'.encode(),
        "rtf": lambda n: b"{" if n % 2 else rb"{\rtf1 " + f"{TEXT} {n}".encode() + b"}",
    }
    for number in range(1000):
        ending, make = list(makers.items())[number % len(makers)]
        path = tmp_path / f"{number % 7}" / f"{number}.{ending}"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(make(number // len(makers)))
    found = list(read([tmp_path]))
    skipped = [item for item in found if isinstance(item, Problem) and item.severity == "skipped"]
    articles = [item for item in found if isinstance(item, Article)]
    assert (len(articles), len(skipped)) == (950, 50)
    assert all(one.where.endswith(".rtf") and "it is none" in one.what for one in skipped)
    assert all(TEXT in one.text for one in articles)
