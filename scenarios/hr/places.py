"""Places in Chinese and English that jobs and resumes name."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from .taxonomy import folded

_FILE = Path(__file__).with_name("places.yaml")


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at ``start`` to ``end`` of a text; ``name`` is the same for both languages."""

    name: str
    start: int
    end: int


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        folded(word.strip()): str(place)
        for place, line in yaml.safe_load(_FILE.read_text("utf-8")).items()
        for word in (place, *line.split(","))
    }
    words = sorted(names, key=len, reverse=True)
    parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words]
    return re.compile("|".join(parts)), names


def places(text: str) -> list[Place]:
    """The places that ``text`` names, in order."""
    pattern, names = _pattern()
    return [Place(names[match.group()], *match.span()) for match in pattern.finditer(folded(text))]
