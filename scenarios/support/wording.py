"""Customers' words beside those of documents: who asks 能退吗 or 专票 means 退货 and 增值税专用发票."""

import re
from functools import cache
from pathlib import Path

import yaml

from workbench.language import detect, shingles


@cache
def _wordings(lang: str) -> list[tuple[re.Pattern[str], str]]:
    entries: dict[str, list[tuple[str, str]]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return [(re.compile(said, re.IGNORECASE), meant) for said, meant in entries[lang]]


def in_document_words(question: str) -> str:
    """``question``, followed by what documents call the things that it names in customers' words."""
    own = shingles(question)
    meant = [
        words for said, words in _wordings(detect(question)) if said.search(question) and not shingles(words) <= own
    ]
    return " ".join([question, *meant])


def is_everyday(word: str) -> bool:
    """Whether a word in Latin letters within a Chinese message is no name: ``refund`` stands for 退款."""
    return any(said.fullmatch(word) for said, _ in _wordings("zh"))
