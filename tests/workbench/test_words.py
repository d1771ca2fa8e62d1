"""What counts as the same word when searching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.words import query_words, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＸ－２００", "ax-200"),  # full width
        ("電熱水壺的保固", "电热水壶的保固"),  # traditional
        ("Refunds for kettles", "refund FOR kettle"),  # inflected
    ],
)
def test_two_ways_to_write_it_are_the_same_words(one: str, other: str) -> None:
    assert list(words(one)) == list(words(other))


def test_a_long_word_is_found_by_those_within_it() -> None:
    assert {"水壶", "电热水壶"} <= set(words("电热水壶"))
    assert set(query_words("水壶")) <= set(words("电热水壶"))


def test_a_question_is_asked_by_its_telling_words() -> None:
    assert query_words("请问水壶能退吗？") == ["水壶", "退"]
    assert query_words("How can I return the kettle?") == ["return", "kettl"]
    assert query_words("怎么？") == ["怎么"]


@given(st.text())
def test_any_text_gives_words_without_space_or_quotes(text: str) -> None:
    """A search puts them between quotes."""
    assert all(word and '"' not in word and not word.isspace() for word in words(text))
