"""``clause.present`` and ``clause.missing`` in English contracts: the clause categories of CUAD with their places."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..contract import Contract
from ..issue import Issue
from ..statements import statements

_LONGEST = 1500
_FEWEST = 5
"""A line with fewer spaces is a heading or an entry of a table of contents: it names a clause and is none."""
_SHOWN = 4
"""So many places of one category are shown."""
_TITLE = re.compile(
    r"[^\n]{0,80}\b(?:AGREEMENT|Agreement|CONTRACT|Contract|LEASE|LICENSE|ADDENDUM|AMENDMENT)\b[^\n]{0,40}"
)


@cache
def categories() -> dict[str, dict[str, Any]]:
    """The categories by name, their patterns compiled."""
    file = Path(__file__).parent.parent / "cuad.yaml"
    entries: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    for entry in entries.values():
        entry["words"] = tuple(entry.get("words", "").split("|"))
        for key in ("any", "not"):
            if key in entry:
                entry[key] = re.compile(entry[key].replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL)
    return entries


def check(contract: Contract) -> Iterator[Issue]:
    """Where each category stands; those that every contract should have and this one lacks."""
    if contract.lang != "en" or len(contract.text) < 800 or not re.search(r"agreement|contract", contract.text, re.I):
        return
    found = places(contract.text)
    for name, entry in categories().items():
        values = {"clause": {"zh": f"{entry['zh']}（{name}）", "en": name}}
        for start, end in found.get(name, ())[:_SHOWN]:
            yield Issue("clause.present", "info", start, end, values)
        if name not in found and entry.get("core"):
            yield Issue("clause.missing", "info", None, None, values)


def places(text: str) -> dict[str, list[tuple[int, int]]]:
    """(start, end) of the sentences of each category that a text has."""
    found: dict[str, list[tuple[int, int]]] = {}
    if title := titled(text):
        found["Document Name"] = [title]
    for start, end in statements(text):
        sentence = text[start : min(end, start + _LONGEST)]
        if sentence.count(" ") < _FEWEST and sentence.count("\n") < _FEWEST:
            continue
        plain = sentence.lower()
        for name, entry in categories().items():
            if "any" not in entry or (entry.get("first") and name in found):
                continue
            if not any(word in plain for word in entry["words"]):
                continue
            if entry["any"].search(sentence) and not ("not" in entry and entry["not"].search(sentence)):
                found.setdefault(name, []).append((start, end))
    return found


def titled(text: str) -> tuple[int, int] | None:
    """(start, end) of the line near its head that names a text an agreement; None without one."""
    title = _TITLE.search(text, 0, 1500)
    if title is None:
        return None
    words = title.group()
    return title.start() + len(words) - len(words.lstrip()), title.end()
