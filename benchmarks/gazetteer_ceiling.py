"""How often the right place is among the candidates of a gold mention, and how often it is the likeliest one.

Run ``python -m benchmarks.gazetteer_ceiling [--bench DIR] [--misses N]``; the corpora are not part of the repository.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km

# Within 161 km (100 miles), as the literature counts (Leidner 2007).
NEAR_KM = 161.0
BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def measure(gazetteer: Gazetteer, corpus: Path) -> tuple[int, int, int, Counter[str], Counter[str]]:
    """Give counts of gold mentions, with a near candidate, with a near first candidate; and what missed either."""
    total = ceiling = first = 0
    absent: Counter[str] = Counter()
    outranked: Counter[str] = Counter()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            for mention in json.loads(line)["mentions"]:
                if mention["lat"] is None:
                    continue
                total += 1
                found = gazetteer.by_name(mention["text"])
                near = [
                    great_circle_km(mention["lon"], mention["lat"], one.place.lon, one.place.lat) <= NEAR_KM
                    for one in found
                ]
                ceiling += any(near)
                first += bool(near and near[0])
                where = f"{mention['text']} [{mention['country']} {mention['lat']:.1f} {mention['lon']:.1f}]"
                if not any(near):
                    absent[where] += 1
                elif not near[0]:
                    best = found[0].place
                    outranked[f"{where} -> {best.name} ({best.kind}, {best.admin1}, {best.country_code})"] += 1
    return total, ceiling, first, absent, outranked


def main() -> int:
    """Print the shares for every corpus found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, default=BENCH)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="list the N commonest misses of each sort")
    options = parser.parse_args()
    corpora = [path for name in ("lgl", "trnews") if (path := options.bench / f"{name}.jsonl").exists()]
    if not corpora:
        print(f"no lgl.jsonl or trnews.jsonl in {options.bench}; name their folder with --bench")
        return 1
    with Gazetteer.open(options.gazetteer) as gazetteer:
        for corpus in corpora:
            total, ceiling, first, absent, outranked = measure(gazetteer, corpus)
            print(
                f"{corpus.stem}: {total} gold mentions; a candidate within {NEAR_KM:.0f} km {ceiling / total:.1%}; "
                f"the prior's best {first / total:.1%}"
            )
            for title, misses in (("no candidate near", absent), ("another ranked first", outranked)):
                for name, count in misses.most_common(options.misses):
                    print(f"  {title}: {count} x {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
