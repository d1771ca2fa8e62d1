"""The line by which a run is found in a list."""

from typing import Literal

import pytest
from pydantic import BaseModel

from workbench.files import FilePath
from workbench.subjects import LONGEST, first_words, line


class Form(BaseModel):
    kind: Literal["a", "b"] = "a"
    file: FilePath | None = None
    files: list[FilePath] = []
    words: str = ""
    further: str | None = None


@pytest.mark.parametrize(
    ("filled", "named"),
    [
        ({}, ""),
        ({"words": "  保修\n多久？ "}, "保修 多久？"),
        ({"further": "second"}, "second"),
        ({"file": "/kept/1f/采购合同.docx", "words": "second"}, "采购合同.docx"),
        ({"files": ["/kept/a.pdf", "/kept/b.pdf"]}, "a.pdf"),
        ({"words": "长" * 500}, "长" * LONGEST),
    ],
)
def test_what_was_filled_in_first_names_a_run(filled, named):
    assert line(first_words(Form(**filled))) == named
