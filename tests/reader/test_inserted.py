"""A text with words put in: what stands around them keeps its words, and every span finds its way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.model import Mention
from geo.reader.candidates import Candidate
from geo.reader.inserted import Inserted
from geo.text import sentences

TEXT = "Shells hit Homs on Friday. Two people died. Fires burned"
PUT_IN = ((len("Shells hit Homs on Friday. Two people died"), " in Homs"), (len(TEXT), " in Homs"))


def test_words_are_put_in_where_they_belong() -> None:
    assert Inserted(TEXT, PUT_IN).text == "Shells hit Homs on Friday. Two people died in Homs. Fires burned in Homs"
    assert Inserted(TEXT, ()).text == TEXT


def test_sentences_hold_what_is_put_in_at_their_end() -> None:
    laid = Inserted(TEXT, PUT_IN)
    assert [laid.text[one.start : one.end] for one in map(laid.sentence, sentences(TEXT))] == [
        "Shells hit Homs on Friday.",
        "Two people died in Homs.",
        "Fires burned in Homs",
    ]


def test_a_name_keeps_its_words_even_where_something_is_put_in_right_behind_it() -> None:
    text = "They fled Homs"
    laid = Inserted(text, [(len(text), " in Syria")])
    one = laid.candidate(Candidate(Mention(10, 14, "Homs", "literal", None, 0.0), nominal=False, sentence=0))
    assert laid.text[one.start : one.end] == "Homs"


def test_what_lies_in_words_put_in_has_no_offsets_of_its_own() -> None:
    laid = Inserted(TEXT, PUT_IN)
    inside = laid.text.index("in Homs.")
    assert laid.back(inside, inside + 2) is None
    died = laid.text.index("died")
    assert laid.back(died, died + len("died in")) is None
    assert laid.back(died, died + len("died")) == (TEXT.index("died"), TEXT.index("died") + len("died"))


@given(st.text(alphabet="ab .", min_size=1, max_size=20), st.data())
def test_every_word_of_the_text_is_found_again(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    laid = Inserted(text, [(at, "<>") for at in places])
    assert laid.text.replace("<>", "") == text
    for start, letter in enumerate(laid.text):
        own = laid.back(start, start + 1)
        assert (own is None) == (letter in "<>")
        assert own is None or text[own[0] : own[1]] == letter
