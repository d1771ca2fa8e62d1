"""Prompt files are data with strict placeholders."""

from pathlib import Path

import pytest

from workbench.errors import PromptError
from workbench.prompts import load_prompt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo").mkdir()
    return tmp_path


def write(folder: Path, words: str) -> None:
    (folder / "demo" / "task.zh.yaml").write_text(words, "utf-8")


def test_placeholders_are_filled_and_doubled_braces_stay(folder):
    write(folder, "version: 3\nsystem: '按 {{JSON}} 回答'\nuser: '{message}'\n")
    prompt = load_prompt("demo", "task", "zh", folder)
    assert prompt.fill(message="{不是占位符}") == ("按 {JSON} 回答", "{不是占位符}")
    assert prompt.id.startswith("demo/task.zh@3-")


def test_another_text_is_another_id(folder, tmp_path_factory):
    write(folder, "version: 1\nsystem: a\nuser: b\n")
    other = tmp_path_factory.mktemp("other")
    (other / "demo").mkdir()
    write(other, "version: 1\nsystem: a\nuser: c\n")
    assert load_prompt("demo", "task", "zh", folder).id != load_prompt("demo", "task", "zh", other).id


def test_a_missing_value_is_named(folder):
    write(folder, "version: 1\nsystem: '{company}'\nuser: '{message}'\n")
    with pytest.raises(PromptError) as caught:
        load_prompt("demo", "task", "zh", folder).fill(message="x")
    assert caught.value.values["missing"] == "company"


@pytest.mark.parametrize("words", ["version: 1\nsystem: a\n", "version: 1\nsystem: a\nuser: b\nextra: c\n", "a: [", ""])
def test_a_wrong_file_is_one_sentence(folder, words):
    write(folder, words)
    with pytest.raises(PromptError) as caught:
        load_prompt("demo", "task", "zh", folder)
    assert caught.value.key == "workbench:prompt.invalid"


def test_a_missing_file_is_named(folder):
    with pytest.raises(PromptError, match=r"other\.zh\.yaml is missing"):
        load_prompt("demo", "other", "zh", folder)
