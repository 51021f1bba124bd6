"""Who speaks: clean noun phrases, before and behind the verb."""

from __future__ import annotations

import pytest

from geo.people.speakers import speaker
from geo.text import sentences


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("Gunmen attacked the town, a local official said on Monday.", "attacked", "a local official"),
        ("Gunmen attacked the town, said the mayor of Goma.", "attacked", "the mayor of Goma"),
        ("According to medics, gunmen attacked the town.", "attacked", "medics"),
        ("A shell hit a school, the commissioner, Louis Blanc, said.", "hit", "the commissioner"),
        ("Afzel Khan, a policeman who survived, said a bomber hit the compound.", "hit", "Afzel Khan"),
        ("He said gunmen attacked the town.", "attacked", None),
        ("Gunmen attacked the town.", "attacked", None),
        ("A shell fell; the ministry said it had rained.", "fell", None),
    ],
)
def test_a_speaker_is_a_noun_phrase(text: str, trigger: str, who: str | None) -> None:
    (sentence,) = sentences(text)
    assert speaker(text, sentence, text.index(trigger)) == who
