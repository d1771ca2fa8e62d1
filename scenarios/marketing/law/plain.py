"""The plain line that takes the place of copy of which nothing may stay."""

import re
from collections.abc import Sequence
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.language import detect
from workbench.texts import Lang

from .rulebook import RULES

_LONGEST = 8


class Line(BaseModel):
    """``line`` with a place for the ``{goods}``, and the word for those that the copy does not name."""

    model_config = ConfigDict(extra="forbid")
    line: str
    goods: str


def plain(copy: str, families: Sequence[str], taken: Sequence[tuple[int, int]]) -> list[str]:
    """Lines to try in turn: about the goods named outside the ``taken`` places, then about goods at all."""
    lines = _lines()[detect(copy)]
    line = next((lines[family] for family in families if family in lines), lines["any"])
    named = _goods(copy, taken) if "{goods}" in line.line else ""
    return [line.line.format(goods=goods) for goods in (named, line.goods) if goods]


def _goods(copy: str, taken: Sequence[tuple[int, int]]) -> str:
    """The goods that the copy names for certain: nouns that end a clause after 的, or that follow 这款 and the like."""
    import rjieba

    for clause in re.finditer(r"[^，。！？；、,!?;\s]+", copy):
        head = re.search(r"(?:的|[这该本一]款|[这一][支份瓶])([^的]+)$", clause.group())
        words = rjieba.tag(head[1]) if head else []
        start, end = (clause.start() + head.start(1), clause.end()) if head else (0, 0)
        nouns = all(kind in ("n", "nz", "vn", "eng") for _, kind in words)
        free = not any(left < end and start < right for left, right in taken)
        if words and nouns and free and 2 <= end - start <= _LONGEST:
            return copy[start:end]
    return ""


@cache
def _lines() -> dict[Lang, dict[str, Line]]:
    entries = yaml.safe_load((RULES / "plain.yaml").read_text("utf-8"))
    return {
        lang: {family: Line.model_validate(one) for family, one in lines.items()} for lang, lines in entries.items()
    }
