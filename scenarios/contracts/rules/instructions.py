"""``text.instruction`` and ``text.hidden``: words meant for a machine, and what a reader cannot see."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..contract import Contract
from ..issue import Issue

_PATTERNS: dict[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
INSTRUCTION = re.compile(
    "|".join(pattern.replace("{gap}", r"[^。；\n]{0,14}") for pattern in _PATTERNS.values()),
    re.IGNORECASE | re.MULTILINE,
)
"""Tried on folded text."""
_HIDDEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]+")


def check(contract: Contract) -> Iterator[Issue]:
    """Instructions are reported and never obeyed; invisible characters are shown."""
    for match in INSTRUCTION.finditer(contract.folded):
        yield Issue("text.instruction", "error", match.start(), match.end())
    for match in _HIDDEN.finditer(contract.text):
        if match.start() > 0 or match.group() != "\ufeff":
            codes = " ".join(f"U+{ord(char):04X}" for char in sorted(set(match.group())))
            yield Issue(
                "text.hidden", "warning", match.start(), match.end(), {"codes": codes, "count": len(match.group())}
            )
