"""Show how the demo articles' records differ from the golden ones, or write them anew; look at them before committing.

python -m tests.golden
python -m tests.golden --write
"""

from __future__ import annotations

import argparse
import sys

from gazetteer.index import Gazetteer
from tests.golden import comparing, rounding, writing


def main() -> int:
    """Compare, or write; the exit code is 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the golden files anew")
    options = parser.parse_args()
    with Gazetteer.open() as gazetteer:
        made = writing.files(writing.read_demo(gazetteer))
    changes = comparing.changes(comparing.kept(), made)
    print("\n".join(changes) or "Nothing differs.")
    if options.write:
        writing.write(made.items())
        rounding.KEPT.write_text(rounding.fingerprint() + "\n", encoding="utf-8")
        print(f"{len(made)} files written.")
        return 0
    return int(bool(changes))


if __name__ == "__main__":
    sys.exit(main())
