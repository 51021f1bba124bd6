"""Articles with their places swapped for others, so that recognition learns what stands around names, not the names.

The annotated corpora tell mostly of places in the United States. A copy of each article in which every town has
become a town of some other country teaches that any name in such a context is a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.index import Gazetteer
from gazetteer.place import Kind
from geo.model import content_id
from geo.training.corpus import Document, Gold

# Countries of the wars of the last decades, with many romanisations between them.
COUNTRIES = tuple(
    "UA RU BY GE AM AZ RS BA HR XK MK AL TR SY IQ IR IL PS LB YE SA AF PK IN LK MM TH KH VN PH ID KP KR TJ KG LY DZ "  # noqa: SIM905
    "TN EG SD SS ET ER SO KE UG RW BI CD CF TD CM NG NE ML BF CI LR SL AO MZ CO PE VE MX GT SV NI HT".split()
)
_POOL = 120
_SWAPPED: dict[Kind, tuple[Kind, ...]] = {
    "town": ("town", "village"),
    "village": ("town", "village"),
    "admin1": ("admin1",),
    "admin2": ("admin2", "town"),
}


def swapped(documents: Sequence[Document], gazetteer: Gazetteer) -> list[Document]:
    """Give a copy of each document with its towns and provinces swapped for those of another country.

    Which country and which places depend on the document's id alone.
    """
    pools: dict[tuple[str, Kind], list[str]] = {}
    copies = []
    for document in documents:
        country = COUNTRIES[_draw(document.id, len(COUNTRIES))]
        names: dict[str, str] = {}
        for mark in document.gold:
            written = document.text[mark.start : mark.end]
            kind = _kind(mark, gazetteer)
            if written in names or kind not in _SWAPPED:
                continue
            if (country, kind) not in pools:
                pools[country, kind] = _pool(gazetteer, country, _SWAPPED[kind])
            pool = pools[country, kind]
            if pool:
                name = pool[_draw(document.id + written, len(pool))]
                names[written] = name.upper() if written.isupper() and len(written) > 3 else name
        copies.append(_rewritten(document, names))
    return copies


def _draw(seed: str, count: int) -> int:
    return int(content_id(seed), 16) % count


def _kind(mark: Gold, gazetteer: Gazetteer) -> Kind | None:
    place = gazetteer.get(f"g{mark.geonameid}") if mark.geonameid else None
    return place.kind if place else None


def _pool(gazetteer: Gazetteer, country: str, kinds: tuple[Kind, ...]) -> list[str]:
    home = gazetteer.country(country)
    return [place.name for place in gazetteer.within(home.id, kinds=kinds, limit=_POOL)] if home else []


def _rewritten(document: Document, names: dict[str, str]) -> Document:
    pieces = []
    gold = []
    last = shift = 0
    for mark in sorted(document.gold, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < last:
            continue
        written = document.text[mark.start : mark.end]
        name = names.get(written, written)
        pieces += [document.text[last : mark.start], name]
        begin = mark.start + shift
        gold.append(replace(mark, start=begin, end=begin + len(name)))
        shift += len(name) - len(written)
        last = mark.end
    pieces.append(document.text[last:])
    return replace(document, id=f"{document.id} swapped", text="".join(pieces), gold=tuple(gold))
