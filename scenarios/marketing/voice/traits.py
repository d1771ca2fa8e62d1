"""The measurable traits of a text: lengths, rhythm, marks, persons, figures, formal and casual words."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from statistics import fmean, pstdev

import yaml

from workbench.language import detect, sentences
from workbench.texts import Lang

from .models import Trait

_HAN_OR_WORD = {"zh": re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9]+"), "en": re.compile(r"[A-Za-z0-9'’]+")}
_CLAUSE = re.compile(r"[^，,、；;：:。！？!?.\n—…]+")
_FIGURE = re.compile(r"\d[\d,.]*")


def traits(copy: str) -> dict[Trait, float]:
    """Each trait of one piece; empty where it holds no words."""
    lang = detect(copy)
    words = _count(copy, lang)
    if not words:
        return {}
    parts = [size for start, end in sentences(copy) if (size := _count(copy[start:end], lang))]
    clauses = [size for clause in _CLAUSE.findall(copy) if (size := _count(clause, lang))]
    share = 100 / words
    marks = {name: len(found.findall(copy)) * share for name, found in _words()[lang].items()}
    return {
        "sentence": fmean(parts or [words]),
        "clause": fmean(clauses),
        "rhythm": pstdev(clauses) / fmean(clauses),
        "exclamations": sum(copy.count(mark) for mark in "！!") * share,
        "questions": sum(copy.count(mark) for mark in "？?") * share,
        "emoji": sum(unicodedata.category(sign) == "So" for sign in copy) * share,
        "figures": len(_FIGURE.findall(copy)) * share,
        "you": marks["you"],
        "we": marks["we"],
        "formal": marks["formal"],
        "casual": marks["casual"],
    }


def _count(text: str, lang: Lang) -> int:
    """Characters of Chinese, a Latin word for one; words of English."""
    return len(_HAN_OR_WORD[lang].findall(text))


@cache
def _words() -> dict[Lang, dict[Trait, re.Pattern[str]]]:
    entries = yaml.safe_load((Path(__file__).parent / "traits.yaml").read_text("utf-8"))
    return {
        lang: {name: re.compile(source, re.IGNORECASE) for name, source in words.items()}
        for lang, words in entries.items()
    }
