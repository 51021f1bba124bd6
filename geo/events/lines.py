"""Lines that are none of the article's telling: who wrote it, and what a picture shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.events.scene import Scene, same_place
from geo.text import Sentence

_NAME = r"[A-Z][\w.'’-]*"
# "By Helen Marsh in Baghdad", "Reporting by A. Khan in Quetta; editing by B. Lee".
_BYLINE = re.compile(
    rf"\W{{0,3}}(?:(?:[Aa]dditional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Rr]eported|[Ww]ritten|[Ee]dited) by"
    rf"|(?:By|BY|Words by|Text by|From our)) {_NAME}(?:[ ,;/&]+(?:and|in|for|at|by|editing|of|the|{_NAME})){{0,16}}\W*"
)
_CAPTION = re.compile(
    r"\W{0,3}(?:(?:File|Archive) )?(?:[Pp]hoto(?:graph)?|PHOTO|[Cc]aption|CAPTION|[Pp]icture(?:d)?|[Ii]mage|IMAGE)"
    r"(?: caption| credit)?\s*[:.–—-]"
)


def told_in_text(text: str, parts: Sequence[Sentence], scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """Leave out what is read into a byline, and what a caption shows of a place that the text tells of."""
    bylines = {number for number, part in enumerate(parts) if _BYLINE.fullmatch(text, part.start, part.end)}
    captions = {number for number, part in enumerate(parts) if _CAPTION.match(text, part.start, part.end)}
    if not bylines and not captions:
        return tuple(scenes)
    written = [scene for scene in scenes if scene.proposal.sentence not in bylines]
    body = [scene for scene in written if scene.proposal.sentence not in captions]
    return tuple(
        scene
        for scene in written
        if scene.proposal.sentence not in captions or not any(same_place(scene, other) for other in body)
    )
