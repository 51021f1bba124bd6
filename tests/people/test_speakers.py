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
        ("Omar Daud, a baker who survived, said a bomber hit the compound.", "hit", "Omar Daud"),
        ("He said gunmen attacked the town.", "attacked", None),
        ("Gunmen attacked the town.", "attacked", None),
        ("A shell fell; the ministry said it had rained.", "fell", None),
        ("Gunmen attacked the town, according to the ministry.", "attacked", "the ministry"),
        ("The army and then the mayor said gunmen attacked the town.", "attacked", "the mayor"),
        ("The ministry on Monday said gunmen attacked the town.", "attacked", "The ministry"),
        ("The mayor of Goma said gunmen attacked the town.", "attacked", "The mayor of Goma"),
        ("The spokesman for the army has also said gunmen attacked it.", "attacked", "The spokesman for the army"),
        ("Residents said gunmen attacked the town and added that shops burned.", "burned", "Residents"),
        ("It was said that gunmen attacked the town.", "attacked", None),
        ("“Gunmen attacked the town,” said Colonel Ibrahim Musa.", "attacked", "Colonel Ibrahim Musa"),
        ("A report said gunmen attacked the town.", "attacked", None),
        ("Nobody said gunmen attacked the town.", "attacked", None),
        ("The police said the shelling went on; doctors said ten died.", "died", "doctors"),
        ("The statement said it, and the army claimed that shells hit the town.", "hit", "the army"),
    ],
)
def test_a_speaker_is_a_noun_phrase(text: str, trigger: str, who: str | None) -> None:
    (sentence,) = sentences(text)
    assert speaker(text, sentence, text.index(trigger)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The police said the shelling went on; doctors said ten died.", "The police"),
        ("It was said that ten died.", None),
    ],
)
def test_without_a_trigger_whoever_speaks_first_is_given(text: str, who: str | None) -> None:
    (sentence,) = sentences(text)
    assert speaker(text, sentence) == who
