"""The page's language in the chrome of Streamlit's own widgets, which speak English only."""

from functools import cache
from pathlib import Path

import yaml

from . import language
from .component import component


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((Path(__file__).parent / "widget_words.yaml").read_text("utf-8"))
    return words


def widget_words() -> None:
    """Put Chinese words for the English ones as they appear, on Chinese pages; nobody's own text is touched."""
    lang = language.current()
    component("widget_words", styled=False)(data=[lang, _words() if lang == "zh" else {}], key="words")
