from __future__ import annotations

import random

from gazetteer.prefixes import CROWDED, Prefixes
from gazetteer.schema import Ref


def test_a_crowded_prefix_keeps_its_likeliest_places() -> None:
    chance = random.Random(5)
    names = sorted({"".join(chance.choices("abc", k=chance.randint(1, 9))) for _ in range(3000)})
    refs = {name: [Ref(number, 0, True, chance.randint(0, 9999))] for number, name in enumerate(names)}
    prefixes = Prefixes()
    for name in names:
        prefixes.add(name, refs[name])
    ranked = dict(prefixes.ranked())
    for start in ("a", "ab", "abc"):
        behind = [refs[name][0] for name in names if name.startswith(start)]
        if len(behind) > CROWDED:
            expected = sorted(behind, key=lambda ref: (-ref.prior, -ref.key))[:40]
            assert [ref.prior for ref in ranked[start]] == [ref.prior for ref in expected]
        else:
            assert start not in ranked
    assert {"a", "b", "c"} <= ranked.keys()


def test_one_place_behind_many_names_is_listed_once_at_its_best() -> None:
    prefixes = Prefixes()
    for number in range(CROWDED + 1):
        prefixes.add(f"x{number:04}", [Ref(1, 0, True, number)])
    assert dict(prefixes.ranked())["x"] == [Ref(1, 0, True, CROWDED)]
