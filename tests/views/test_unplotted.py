from geo.views import unplotted


def test_the_context_stays_within_the_paragraph_and_cuts_at_words() -> None:
    text = "First.\n" + "word " * 30 + "Moscow " + "tail " * 30 + "\nLast."
    start = text.index("Moscow")
    before, words, after = unplotted.context(text, start, start + 6)
    assert words == "Moscow"
    assert before.startswith("… word")
    assert after.endswith("tail …")
    assert "First" not in before
    assert unplotted.context("Moscow said.", 0, 6) == ("", "Moscow", " said.")
