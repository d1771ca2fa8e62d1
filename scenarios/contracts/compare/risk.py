"""How much a change weighs: what it is about, and whether it burdens our side."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from workbench.comparison import compare
from workbench.texts import Lang, text

from ..folding import fold

Level = Literal["high", "medium", "low"]
_LEVELS: dict[int, Level] = {3: "high", 2: "medium", 1: "low"}
_BURDEN = r"[^，,。；;]{0,8}(?:应|须|不得|必须|承担|赔偿|支付|无权|负责|放弃|shall|must|may not|waives?|indemnif|pays?)"


@dataclass(frozen=True, slots=True)
class Topic:
    """A line of ``risk.yaml``."""

    name: str
    weight: int
    said: dict[Lang, str]
    words: re.Pattern[str]
    clause: re.Pattern[str] | None


@cache
def topics() -> tuple[Topic, ...]:
    """The topics in the order in which they are tried."""
    entries = yaml.safe_load(Path(__file__).with_name("risk.yaml").read_text("utf-8"))
    return tuple(
        Topic(
            name,
            entry["weight"],
            {"zh": entry["zh"], "en": entry["en"]},
            re.compile(entry["words"], re.IGNORECASE),
            re.compile(entry["clause"], re.IGNORECASE) if "clause" in entry else None,
        )
        for name, entry in entries.items()
    )


def risk(kind: str, before: str, after: str, side: str, lang: Lang) -> tuple[Level, str]:
    """The level of a change and the reason. What only moved is low; a burden on ``side`` raises by one."""
    if kind == "move":
        edited = any(row.changed for row in compare(before, after))  # its edits are changes of their own
        return "low", text(f"scenarios.contracts:compare.risk.move{'.edited' if edited else ''}", lang)
    changed = fold(_changed(before, after))
    whole = fold(f"{before} {after}")
    about = next(
        topic for topic in topics() if topic.words.search(changed) or (topic.clause and topic.clause.search(whole))
    )
    reason = text(f"scenarios.contracts:compare.risk.{kind}", lang, about=about.said[lang])
    weight = about.weight
    if side and _burdens(after, side) > _burdens(before, side):
        weight = min(weight + 1, 3)
        reason += text("scenarios.contracts:compare.risk.burden", lang, side=side)
    return _LEVELS[weight], reason


def _changed(before: str, after: str) -> str:
    """The words that only one of both has, each with the word after it: 30 of 30日 tells nothing."""
    parts = []
    for row in compare(before, after):
        for side in (row.before, row.after):
            for place, piece in enumerate(side):
                if piece.kind != "same":
                    parts.append(piece.text + "".join(one.text[:6] for one in side[place + 1 : place + 2]))
    return "\n".join(parts)


def _burdens(words: str, side: str) -> int:
    return len(re.findall(re.escape(side) + _BURDEN, words, re.IGNORECASE))
