"""Thinking is kept apart wherever the pieces are cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backends.thinking import Thinking
from workbench.chat import Delta, Thought


def split(pieces: list[str], *, hold: bool) -> tuple[str, str]:
    """What was thought and what was answered."""
    thinking = Thinking(hold=hold)
    out = [piece for text in pieces for piece in thinking.feed(text)] + thinking.end()
    thought = "".join(piece.text for piece in out if isinstance(piece, Thought))
    return thought, "".join(piece.text for piece in out if isinstance(piece, Delta))


@given(text=st.sampled_from(["<think>so {a</th> b</think>\n\nYes", "\n<think>\n</think>No", "{}", "```json\n{}\n```"]))
@pytest.mark.parametrize("hold", [True, False])
def test_every_cut_gives_the_same_split(text, hold):
    whole = split([text], hold=hold)
    assert split(list(text), hold=hold) == whole
    for at in range(len(text)):
        assert split([text[:at], text[at:]], hold=hold) == whole


@given(
    thought=st.text(alphabet="<>/think {}ab\n", min_size=1).filter(lambda t: "</think>" not in t),
    answer=st.text(alphabet="<>/think {}ab", min_size=1).filter(str.strip),
    cuts=st.lists(st.integers(0, 60), max_size=6),
)
def test_no_character_of_thinking_reaches_the_answer(thought, answer, cuts):
    text = f"<think>{thought}</think>{answer}"
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert split(pieces, hold=False) == (thought, answer.lstrip())


def test_an_answer_that_begins_inside_thinking_is_split_at_the_closing_tag():
    assert split(list("first {this}</think>\nThen that"), hold=True) == ("first {this}", "Then that")


def test_thinking_that_never_closes_stays_thinking():
    assert split(["<think>on and ", "on </thi"], hold=True) == ("on and on </thi", "")


def test_a_plain_answer_without_tags_is_all_answer():
    assert split(["  Plain ", "a < b"], hold=True) == split(["  Plain ", "a < b"], hold=False) == ("", "  Plain a < b")


def test_json_is_passed_on_at_once_and_tags_inside_it_are_text():
    thinking = Thinking(hold=True)
    assert thinking.feed('{"a": "') == [Delta('{"a": "')]
    assert thinking.feed('</think>"}') == [Delta('</think>"}')]
    assert not thinking.stray


def test_a_late_closing_tag_is_noticed():
    thinking = Thinking(hold=False)
    thinking.feed("so it is ")
    thinking.feed("so</think>Yes")
    assert thinking.stray and thinking.leaked
