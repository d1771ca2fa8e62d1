"""What type of contract a text is, and which clauses such a one must have."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its subject: its name for people, and where to look for it."""

    id: str
    zh: str
    en: str
    heading: re.Pattern[str]
    body: re.Pattern[str]


@cache
def _data(name: str) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"))
    return entries


@cache
def clauses() -> dict[str, Clause]:
    """All clauses of ``clauses.yaml`` by id."""
    return {
        key: Clause(key, entry["zh"], entry["en"], re.compile(entry["heading"]), re.compile(entry["body"]))
        for key, entry in _data("clauses").items()
    }


def essential(kind: str) -> list[Clause]:
    """What a contract of this type must say; nothing for a type without a list."""
    return [clauses()[key] for key in _data("kinds").get(kind, {}).get("essential", [])]


def kind_of(text: str, asked: str = "") -> str:
    """The type of a folded text, by what the person said, its title, then its words; ``other`` when nothing tells."""
    kinds = _data("kinds")
    if asked in kinds:
        return asked
    titles = [asked, *[line.strip() for line in text.split("\n", 6)[:5] if line.strip()][:3]]
    for title in titles:
        if title and len(title) <= 60:
            found = [(m.end(), key) for key, entry in kinds.items() for m in re.finditer(entry["title"], title, re.I)]
            if found and re.search("合同|协议|契约|书|条款|借条|借据|agreement|contract|lease|NDA", title, re.I):
                return max(found)[1]  # 房屋租赁担保合同: the last word decides
    counts = {key: len(re.findall(entry["body"], text[:4000])) for key, entry in kinds.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= 4 else "other"
