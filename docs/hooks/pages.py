"""What the site's build does beside MkDocs: files from outside docs/, tables from data, no address of another host.

The documents are read in the repository as well, so they link to each other and to files by relative paths there. Here
a link that leaves docs/ leads to the copy of its file in the site, or where there is none is left as plain text.
"""

from __future__ import annotations

import csv
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
# What the site has from outside docs/: path in the repository -> path in the site.
COPIED = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/reporting.md",
    "data/SOURCES.md": "project/sources.md",
    "data/gazetteer/README.md": "project/curated-places.md",
    "examples/README.md": "project/examples.md",
    "geo/record.schema.json": "project/record.schema.json",
    "data/exports/columns.csv": "project/columns.csv",
}
_HOME = {site: path for path, site in COPIED.items()}
# `[text](target)` and `![text](target)`; targets here hold neither spaces nor brackets.
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^<!-- table: (\S+) -->$", re.MULTILINE)
_FILE = re.compile(r"^<!-- file: (\S+) -->$", re.MULTILINE)
_LANGUAGES = {".py": "python", ".toml": "toml"}
_LIST = re.compile(r"^<!-- list of pages -->$", re.MULTILINE)
# The theme would ask these for drawings and for browsers of 2019; neither is used here.
_ELSEWHERE = re.compile(r"https://unpkg\.com/[\w@./-]*")
_SCRIPT = re.compile(r"<script[^>]*https://unpkg\.com[^>]*></script>")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what lies outside docs/."""
    for path, site in COPIED.items():
        files.append(File.generated(config, site, abs_src_path=str(ROOT / path)))
    for file in files.documentation_pages():
        if file.src_uri.startswith("decisions/") and file.src_uri != "decisions/README.md":
            file.inclusion = file.inclusion.NOT_IN_NAV
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fill in tables and lists; turn links that leave docs/."""
    here = _HOME.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    markdown = _TABLE.sub(lambda found: _table(found[1]), markdown)
    markdown = _FILE.sub(lambda found: _shown(found[1]), markdown)
    markdown = _LIST.sub(lambda _: _pages(page, files), markdown)
    parts = _FENCE.split(markdown)
    return "".join(
        part if part.startswith("```") else _LINK.sub(lambda found: _linked(found, here, page), part) for part in parts
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Take out the addresses of other hosts that the theme's script would know."""
    for script in Path(config.site_dir).rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        if _ELSEWHERE.search(text):
            script.write_text(_ELSEWHERE.sub("", text), encoding="utf-8")
    for page in Path(config.site_dir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if _SCRIPT.search(text):
            page.write_text(_SCRIPT.sub("", text), encoding="utf-8")


def _linked(found: re.Match[str], here: str, page: Page) -> str:
    mark, text, target = found.groups()
    path, hash_sign, anchor = target.partition("#")
    if not path or re.match(r"[a-z][a-z+.-]*:", path):
        return found[0]
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    if (ROOT / wanted).is_dir():
        wanted = posixpath.join(wanted, "README.md")
    if wanted in COPIED:
        site = COPIED[wanted]
    elif wanted.startswith("docs/") and (ROOT / wanted).is_file() and not wanted.startswith("docs/hooks/"):
        site = wanted.removeprefix("docs/")
    elif (ROOT / posixpath.join(posixpath.dirname(here), path)).exists():
        return text
    else:
        return found[0]  # MkDocs says that it leads nowhere
    relative = posixpath.relpath(site, posixpath.dirname(page.file.src_uri) or ".")
    return f"{mark}[{text}]({relative}{hash_sign}{anchor})"


def _table(path: str) -> str:
    """Give a commented CSV file as a table."""
    file = ROOT / path
    if not file.is_file():
        raise PluginError(f"{path}: there is no such table")
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    head, *rows = csv.reader(lines)
    return "\n".join(_row(cells) for cells in (head, ["---"] * len(head), *rows))


def _shown(path: str) -> str:
    """Give a file as a block."""
    file = ROOT / path
    if not file.is_file():
        raise PluginError(f"{path}: there is no such file")
    return f"```{_LANGUAGES.get(file.suffix, '')}\n{file.read_text(encoding='utf-8').rstrip()}\n```"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _pages(page: Page, files: Files) -> str:
    """List the pages beside this one by their first headings."""
    folder = posixpath.dirname(page.file.src_uri)
    listed: list[str] = []
    for file in sorted(files.documentation_pages(), key=lambda file: file.src_uri):
        if posixpath.dirname(file.src_uri) == folder and file is not page.file:
            title = re.search(r"^# (.+)$", file.content_string, re.MULTILINE)
            name = posixpath.basename(file.src_uri)
            listed.append(f"- [{title[1] if title else name}]({name})")
    return "\n".join(listed)
