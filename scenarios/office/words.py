"""Words of rules: how much two phrases share, and the working days that a sentence states."""

import re

from workbench.language import han_number, shingles

_DAYS = re.compile(
    r"(?P<count>\d+(?:\.\d+)?|[零一二两三四五六七八九十]{1,3})\s*个?\s*"
    r"(?P<unit>工作日|天|日(?!期)|周|小时|(?:working |business )?days?|weeks?|hours?)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"内|之内|within|in \d|不超过|至多|最长|no later|no more|takes?", re.IGNORECASE)
_SMALL = frozenset(["a", "an", "and", "by", "for", "in", "it", "of", "on", "or", "the", "to", "within", "with"])
_STOP = frozenset("的了和与及或在对为由并把按给到")


def days_in(sentence: str) -> float | None:
    """The limit or length in working days that a sentence states, None without one.

    A week is five working days, eight hours are one. A sentence must say that it is a limit (内, within ...).
    """
    found = _DAYS.search(sentence)
    if found is None or not _WITHIN.search(sentence):
        return None
    digits, unit = found["count"], found["unit"].lower()
    count = float(digits) if digits[0].isdigit() else float(han_number(digits.replace("两", "二")))
    if unit in ("周",) or unit.startswith("week"):
        return count * 5
    if unit == "小时" or unit.startswith("hour"):
        return max(round(count / 8 * 2) / 2, 0.5)
    return count


def pieces(words: str) -> set[str]:
    """What a phrase is made of: pairs of Chinese characters without particles, and English words."""
    return {piece for piece in shingles(words) if not _STOP & set(piece) and not piece.isdigit()} - _SMALL


def overlap(phrase: str, other: str) -> float:
    """The share (0 to 1) of ``phrase``'s pieces that ``other`` has too."""
    own = pieces(phrase)
    return len(own & pieces(other)) / len(own) if own else 0.0
