"""Everything a person reads stands in both languages, and every text that the code names exists."""

import re
from string import Formatter

import pytest

from workbench.errors import WorkbenchError
from workbench.texts import ROOT, catalogue, text

ROOMS = sorted(
    ".".join(path.parent.relative_to(ROOT).parts)
    for path in ROOT.rglob("texts.yaml")
    if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
_NAMED = re.compile(rf'"((?:{"|".join(map(re.escape, ROOMS))}):[a-z_]+(?:\.[a-z_]+)*)"')


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_say_the_same_values(room):
    for key, entry in catalogue(room).items():
        assert entry["zh"] is not None and entry["en"] is not None, key
        assert placeholders(str(entry["zh"])) == placeholders(str(entry["en"])), key


@pytest.mark.parametrize("room", ROOMS)
def test_chinese_is_chinese(room):
    for key, entry in catalogue(room).items():
        assert not (len(str(entry["zh"])) > 12 and str(entry["zh"]).isascii()), key


def test_every_text_that_the_code_names_exists():
    sources = [
        path for path in ROOT.glob("*/**/*.py") if not path.relative_to(ROOT).parts[0].startswith((".", "tests"))
    ]
    named = {key for path in [*sources, *ROOT.glob("*.py")] for key in _NAMED.findall(path.read_text("utf-8"))}
    assert len(named) > 50
    missing = [key for key in named if key.partition(":")[2] not in catalogue(key.partition(":")[0])]
    assert missing == []


def test_an_unknown_text_names_the_file_to_mend():
    with pytest.raises(KeyError, match=r"workbench/texts\.yaml"):
        text("workbench:no.such", "zh")


def test_an_error_speaks_both_languages():
    error = WorkbenchError("workbench:run.unknown", run_id="r1")
    assert error.text("zh") == "没有编号为 r1 的记录。"
    assert str(error) == error.text("en") == "There is no run r1."


def test_words_are_listed_as_the_language_lists_them():
    told = {lang: text("scenarios.marketing:seo.gaps", lang, count=2, words=["a", "b"]) for lang in ("zh", "en")}
    assert "a、b" in told["zh"]
    assert "a, b" in told["en"]
