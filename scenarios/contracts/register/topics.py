"""The clauses of a contract by topic: there or not, where, and in which words. Chinese and English in one table."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..contract import Contract
from ..kinds import essential
from ..rules.categories import categories, places
from .models import Clause, Topic

_SHOWN = 200
"""Longest quote, in characters."""
_FACTS = ("Document Name", "Parties", "Agreement Date")
"""Categories of CUAD that the table has as facts, not as clauses."""
_TITLED = ("article", "han", "chapter", "dot")
"""Styles of labels behind which a title may stand with its clause on one line."""
Place = tuple[int, int]


@cache
def _entries() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("topics.yaml").read_text("utf-8"))
    for entry in entries.values():
        for key in ("heading", "body", "english"):
            if key in entry:
                entry[key] = re.compile(entry[key], re.IGNORECASE)
    taken = {entry.get("cuad") for entry in entries.values()}
    for name, entry in categories().items():
        if name not in taken and name not in _FACTS:
            entries[name] = {"zh": entry["zh"], "en": name, "cuad": name}
    return entries


@cache
def topics() -> dict[str, Topic]:
    """All columns that the register can have, by id, in order."""
    return {key: Topic(id=key, zh=entry["zh"], en=entry["en"]) for key, entry in _entries().items()}


def clauses(contract: Contract, pages: Sequence[int] = ()) -> list[Clause]:
    """The contract's clause on each topic that contracts of its language are read for."""
    needed = {clause.id: clause for clause in essential(contract.kind)} if contract.lang == "zh" else {}
    found = _chinese(contract) if contract.lang == "zh" else _english(contract)
    made = []
    for topic, spots in found:
        own = [needed[name] for name in _entries()[topic].get("of", ()) if name in needed]
        if not spots and (told := next((m for one in own if (m := one.body.search(contract.folded))), None)):
            spots = [contract.sentence_at(told.start())]
        made.append(_clause(topic, spots, contract, pages, bool(own)))
    return made


def _clause(topic: str, spots: Sequence[Place], contract: Contract, pages: Sequence[int], needed: bool) -> Clause:
    if not spots:
        return Clause(topic=topic, present=False, essential=needed)
    start, end = _trimmed(contract.text, *spots[0])
    return Clause(
        topic=topic, present=True, essential=needed, places=len(spots), start=start, end=end,
        quote=contract.text[start:end], page=bisect_right(pages, start) if pages else None,
    )  # fmt: skip


def _trimmed(text: str, start: int, end: int) -> Place:
    """Without white space at its ends, and short enough for a cell."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t\n#*|"))
    return start, min(start + len(text[start:end].rstrip()), start + _SHOWN)


def _chinese(contract: Contract) -> Iterator[tuple[str, list[Place]]]:
    """The sentences on a topic: those of the clause that is titled so first, its first one where none speaks of it."""
    titled = list(_titled(contract))
    for topic, entry in _entries().items():
        if "body" not in entry:
            continue
        own = [section for title, section in titled if "heading" in entry and entry["heading"].search(title)]
        spoken = [contract.sentence_at(match.start()) for match in entry["body"].finditer(contract.folded)]
        inside = [place for place in spoken if any(start <= place[0] < end for start, end in own)]
        first = [] if inside else [contract.sentence_at(start) for start, _ in own]
        yield topic, list(dict.fromkeys([*inside, *first, *spoken]))


def _titled(contract: Contract) -> Iterator[tuple[str, Place]]:
    """Each clause's title with what stands below it up to the next label of its list, or behind it on its line."""
    labels = contract.labels
    for at, label in enumerate(labels):
        stop = contract.line_at(label.end)[1]
        words = contract.folded[label.end : stop].strip(" *#:、.")
        title = re.split(r"[:。；，,、\s]", words, maxsplit=1)[0]
        if not 0 < len(title) <= 16 or (label.style not in _TITLED and words != title):
            continue
        end = next((one.start for one in labels[at + 1 :] if one.key == label.key), len(contract.text))
        below = re.compile(r"\S").search(contract.folded, stop, end) if words == title else None
        if below or words != title:
            yield title, (below.start() if below else label.start, end)


def _english(contract: Contract) -> Iterator[tuple[str, list[Place]]]:
    found = places(contract.text)
    for topic, entry in _entries().items():
        if "cuad" in entry:
            yield topic, found.get(entry["cuad"], [])
        elif "english" in entry:
            spoken = (contract.sentence_at(match.start()) for match in entry["english"].finditer(contract.folded))
            yield topic, list(dict.fromkeys(spoken))
