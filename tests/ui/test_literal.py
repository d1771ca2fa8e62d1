"""Text that must not be read as Markdown."""

from hypothesis import given
from hypothesis import strategies as st

from ui.literal import literal, short


def test_marks_are_escaped_and_words_kept() -> None:
    assert literal("a*b_c\n$d$") == "a\\*b\\_c \\$d\\$"


@given(st.text())
def test_without_the_escapes_the_words_are_all_there(words: str) -> None:
    assert literal(words.replace("\\", "")).replace("\\", "") == " ".join(words.replace("\\", "").split())


@given(st.text(), st.integers(1, 80))
def test_short_is_one_line_of_the_length_asked(words: str, length: int) -> None:
    made = short(words, length)
    assert len(made) <= length + 1
    assert "\n" not in made
