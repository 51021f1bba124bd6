"""Exports of channels: one post, one article, with its own time, author and link; what is no post is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from geo.ingest import channels
from tests.ingest.making import given, zipped

STRUCK = "Two missiles struck Zaporizhzhia this morning, killing two."
SHELLED = "Shelling in Kherson: four civilians wounded."
Rows = list[tuple[str | None, str | None, str | None, str]]


def found(folder: Path, name: str, data: str | bytes) -> tuple[Rows, list[str]]:
    articles, problems = given(folder, name, data)
    return [(one.source, one.url, one.published and str(one.published.start), one.text) for one in articles], problems


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "message", "date": "2023-03-14T08:10:00", "from": "Front Watch", "text": text} | more


def chat(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Front Watch", "type": "public_channel", "id": 123, "messages": list(messages)} | more


SERVICE = {"id": 1, "type": "service", "date": "2023-03-13T08:00:00", "action": "create_channel", "text": ""}
PIECES = [{"type": "bold", "text": "Shelling in Kherson"}, ": four civilians ", {"type": "link", "text": "wounded."}]


@pytest.mark.parametrize(
    ("export", "rows", "note"),
    [
        (
            chat(SERVICE, message(2, STRUCK), message(3, PIECES)),
            [
                ("Front Watch", "https://t.me/c/123/2", "2023-03-14", STRUCK),
                ("Front Watch", "https://t.me/c/123/3", "2023-03-14", SHELLED),
            ],
            "2 read",
        ),
        (
            {"chats": {"list": [chat(message(2, STRUCK)), chat(message(2, SHELLED), id=7, type="personal_chat")]}},
            [
                ("Front Watch", "https://t.me/c/123/2", "2023-03-14", STRUCK),
                ("Front Watch", None, "2023-03-14", SHELLED),
            ],
            "2 read",
        ),
        (
            chat(message(2, STRUCK, forwarded_from="Other"), username="frontwatch"),
            [("Front Watch, forwarded from Other", "https://t.me/frontwatch/2", "2023-03-14", STRUCK)],
            "1 read, 1 forwarded",
        ),
        (
            chat(message(2, STRUCK, edited="2023-03-14T09:00:00"), message(3, "", photo="photos/p.jpg")),
            [("Front Watch", "https://t.me/c/123/2", "2023-03-14", STRUCK)],
            "1 read, 1 edited, 1 with media, 1 without text, left out",
        ),
        (
            chat(message(2, STRUCK, **{"from": None}), message(3, [1, None, {"text": 5}]), {"type": "message"}, 7),
            [("Front Watch", "https://t.me/c/123/2", "2023-03-14", STRUCK)],
            "1 read, 2 without text, left out",
        ),
    ],
)
def test_a_telegram_export(tmp_path: Path, export: Any, rows: Rows, note: str) -> None:
    articles, problems = found(tmp_path, "result.json", json.dumps(export))
    assert articles == rows
    assert sorted(problems[-1].removeprefix("result.json: a Telegram export: ").rstrip(".").split(", ")) == sorted(
        note.split(", ")
    )


def test_what_is_known_of_a_post_stands_beside_its_date(tmp_path: Path) -> None:
    one = message(2, STRUCK, edited="2023-03-14T09:00:00", forwarded_from="Other", photo="photos/p.jpg")
    (article,), _ = given(tmp_path, "result.json", json.dumps(chat(one)))
    assert article.id == "result-123-2"
    assert article.published is not None
    assert article.published.text == "the post's time; edited 2023-03-14T09:00:00; forwarded; shows photos/p.jpg"


def page(*messages: str) -> str:
    header = '<div class="page_header"><div class="text bold">Front Watch</div></div>'
    return (
        f'<!DOCTYPE html><html><body><div class="page_wrap">{header}<div class="page_body chat_page">'
        f'<div class="history">{"".join(messages)}</div></div></div></body></html>'
    )


def shown(number: int, text: str, *, name: str = "", joined: bool = False, zone: str = " UTC+02:00") -> str:
    named = f'<div class="from_name"> {name} </div>' if name else ""
    return (
        f'<div class="message default clearfix{" joined" if joined else ""}" id="message{number}"><div class="body">'
        f'<div class="pull_right date details" title="14.03.2023 23:10:00{zone}">23:10</div>{named}{text}</div></div>'
    )


TEXT = f'<div class="text">{STRUCK}</div>'
OTHER = '<div class="from_name">Other <span class="date">1</span></div>'
FORWARDED = f'<div class="forwarded body">{OTHER}{TEXT}</div>'
BROKEN = '<div class="text">Two missiles<br>struck <strong>Lviv</strong>.<script>x</script></div>'


@pytest.mark.parametrize(
    ("messages", "rows"),
    [
        ([shown(2, TEXT, name="Front Watch")], [("Front Watch", STRUCK)]),
        ([shown(2, TEXT, name="A"), shown(3, TEXT, joined=True)], [("A", STRUCK), ("A", STRUCK)]),
        (
            ['<div class="message service"><div class="body details">14 March</div></div>', shown(2, TEXT, zone="")],
            [("Front Watch", STRUCK)],
        ),
        (
            [
                shown(
                    2,
                    FORWARDED,
                    name="A",
                )
            ],
            [("A, forwarded from Other", STRUCK)],
        ),
        (
            [
                shown(
                    2,
                    '<div class="text">Two missiles<br>struck <strong>Lviv</strong>.<script>x</script></div>',
                    name="A",
                ),
                shown(3, '<div class="media_wrap clearfix"><a href="photos/p.jpg">P</a></div>', name="A"),
            ],
            [("A", "Two missiles\nstruck Lviv.")],
        ),
    ],
)
def test_a_telegram_page(tmp_path: Path, messages: list[str], rows: list[tuple[str, str]]) -> None:
    articles, problems = found(tmp_path, "messages.html", page(*messages))
    assert [(one[0], one[3]) for one in articles] == rows
    # The day of the zone that it was written in.
    assert {one[2] for one in articles} == {"2023-03-14"}
    assert problems[-1].startswith("messages.html: a Telegram export: ")


def tweet(**more: Any) -> dict[str, Any]:
    return {"id_str": "16356123", "created_at": "Tue Mar 14 08:10:00 +0000 2023", "full_text": STRUCK} | more


@pytest.mark.parametrize(
    ("tweets", "source", "text"),
    [
        ([{"tweet": tweet()}], None, STRUCK),
        ([tweet(user={"screen_name": "watcher"})], "watcher", STRUCK),
        ([{"tweet": tweet(full_text="Shells &amp; drones in Lviv")}], None, "Shells & drones in Lviv"),
        ([{"tweet": tweet(full_text=f"RT @other: {STRUCK}")}], "forwarded from @other", f"RT @other: {STRUCK}"),
        ([{"tweet": tweet(extended_entities={"media": [{"media_url_https": "https://x/p.jpg"}]})}], None, STRUCK),
    ],
)
def test_an_x_archive_alone_and_in_its_zip(tmp_path: Path, tweets: Any, source: str | None, text: str) -> None:
    script = f"window.YTD.tweets.part0 = {json.dumps(tweets)}"
    rows = [(source, "https://x.com/i/web/status/16356123", "2023-03-14", text)]
    assert found(tmp_path, "tweets.js", script)[0] == rows
    assert found(tmp_path, "x.zip", zipped({"data/tweets.js": script, "assets/app.js": "x()"}))[0] == rows


def toot(**more: Any) -> dict[str, Any]:
    return {
        "id": "https://m.example/users/a/statuses/1",
        "type": "Note",
        "published": "2023-03-14T08:10:00Z",
        "attributedTo": "https://m.example/users/a",
        "content": f"<p>{STRUCK}</p>",
    } | more


def outbox(*notes: dict[str, Any]) -> Any:
    items = [{"type": "Create", "object": note} for note in notes]
    return {"type": "OrderedCollection", "orderedItems": [*items, {"type": "Announce", "object": "https://x/1"}]}


STATUS = {
    "id": "1",
    "created_at": "2023-03-14T08:10:00.000Z",
    "content": f"<p>{STRUCK}</p>",
    "url": "https://m.example/@a/1",
    "account": {"acct": "a", "display_name": "Ann"},
}


@pytest.mark.parametrize(
    ("export", "source", "text"),
    [
        (outbox(toot()), "@a@m.example", STRUCK),
        (outbox(toot(summary="War")), "@a@m.example", f"War\n{STRUCK}"),
        (outbox(toot(content="<p>One<br>two</p><p>three</p>")), "@a@m.example", "One\ntwo\nthree"),
        ([STATUS], "Ann", STRUCK),
        (
            [STATUS | {"content": "", "reblog": STATUS | {"account": {"acct": "b@x"}}}],
            "Ann, forwarded from b@x",
            STRUCK,
        ),
    ],
)
def test_a_mastodon_export(tmp_path: Path, export: Any, source: str, text: str) -> None:
    (row,), problems = found(tmp_path, "outbox.json", json.dumps(export))
    assert (row[0], row[2], row[3]) == (source, "2023-03-14", text)
    assert (row[1] or "").startswith("https://m.example/")
    assert problems[-1].startswith("outbox.json: a Mastodon export: 1 read")


RECORD = {"text": STRUCK, "createdAt": "2023-03-14T08:10:00.000Z"}
URI = "at://did:plc:abc/app.bsky.feed.post/3kx"


@pytest.mark.parametrize(
    ("export", "row"),
    [
        (
            {
                "feed": [
                    {"post": {"uri": URI, "author": {"handle": "a.example", "displayName": "Ann"}, "record": RECORD}}
                ]
            },
            ("Ann", "https://bsky.app/profile/a.example/post/3kx"),
        ),
        (
            {"posts": [{"uri": URI, "author": {"handle": "a.example"}, "record": RECORD}]},
            ("a.example", "https://bsky.app/profile/a.example/post/3kx"),
        ),
        (
            {"records": [{"uri": URI, "value": RECORD}]},
            ("did:plc:abc", "https://bsky.app/profile/did:plc:abc/post/3kx"),
        ),
        ([{"uri": "x", "value": RECORD}], (None, None)),
        (
            {"feed": [{"post": {"uri": URI, "record": RECORD}, "reason": {"by": "x"}}]},
            ("did:plc:abc", "https://bsky.app/profile/did:plc:abc/post/3kx"),
        ),
    ],
)
def test_a_bluesky_export(tmp_path: Path, export: Any, row: tuple[str | None, str | None]) -> None:
    (post,), _ = found(tmp_path, "posts.json", json.dumps(export))
    assert post == (*row, "2023-03-14", STRUCK)


@pytest.mark.parametrize(
    "lines",
    [
        [f"14/03/2023, 08:10 - Ann: {STRUCK}", "14/03/2023, 08:11 - Bob joined", f"14/03/2023, 08:12 - Bob: {SHELLED}"],
        [f"[14/03/2023, 08:10:12] Ann: {STRUCK}", f"\u200e[14/03/2023, 08:11:00] Bob: {SHELLED}"],
        [f"3/14/23, 8:10\u202fAM - Ann: {STRUCK}", f"3/14/23, 8:11 AM - Bob: {SHELLED}"],
        [
            f"14.03.23, 08:10 - Ann: {STRUCK}",
            "14.03.23, 08:11 - Ann: <Media omitted>",
            f"14.03.23, 08:12 - Bob: {SHELLED}",
        ],
        [f"[2023-03-14, 08:10:12] Ann: {STRUCK}", f"[2023-03-14, 08:11:12] Bob: {SHELLED} <This message was edited>"],
    ],
)
def test_a_whatsapp_chat(tmp_path: Path, lines: list[str]) -> None:
    articles, problems = found(tmp_path, "chat.txt", "\n".join(lines))
    assert articles == [("Ann", None, "2023-03-14", STRUCK), ("Bob", None, "2023-03-14", SHELLED)]
    assert problems[-1].startswith("chat.txt: a WhatsApp chat: 2 read")


def test_a_message_of_several_lines_is_one_and_a_pictures_words_are_kept(tmp_path: Path) -> None:
    shown = f"14/03/2023, 08:11 - Ann: IMG-1.jpg (file attached)\n{SHELLED}"
    text = f"14/03/2023, 08:10 - Ann: {STRUCK}\nMore: later.\n\n{shown}"
    articles, _ = found(tmp_path, "chat.txt", text)
    assert [one[3] for one in articles] == [f"{STRUCK}\nMore: later.", SHELLED]


def test_an_ambiguous_day_of_a_chat_is_not_guessed(tmp_path: Path) -> None:
    articles, problems = found(
        tmp_path, "chat.txt", f"02/03/2023, 08:10 - A: {STRUCK}\n02/03/2023, 08:11 - B: {SHELLED}"
    )
    assert [one[2] for one in articles] == [None, None]
    assert "the publication date was not understood" in problems[0]


@pytest.mark.parametrize("text", ["14/03/2023, 08:10 - Ann: only one line", "A chat:\n14/03/2023, 08:10 - Ann: x\n"])
def test_a_text_with_a_line_like_a_chats_is_a_text(tmp_path: Path, text: str) -> None:
    articles, _ = found(tmp_path, "a.txt", text)
    assert [one[3] for one in articles] == [text]


KEYS = (
    *("messages", "name", "type", "chats", "list", "text", "tweet", "full_text", "created_at", "id", "user", "media"),
    *("orderedItems", "object", "content", "account", "feed", "post", "record", "createdAt", "entities"),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(STRUCK),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=25,
)


@examples(VALUES)
def test_no_json_is_too_odd_to_be_asked_whether_it_is_an_export(value: Any) -> None:
    list(channels.of_json(value, where="a.json", stem="a") or ())
