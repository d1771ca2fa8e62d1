"""The one-click rewrite: the smallest deterministic change after which the copy breaks no rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .folding import fold
from .plain import plain
from .violations import Context, Match, broken

_ROUNDS = 4
_FEWEST = 8
"""What is left of a sentence without its unlawful clause needs so many signs, and half of them, to be kept."""
_ENDS = "。！？!?.，,；; \n"
_FINAL = "。！？!?."
_MARKS = "，,、；;：:"
_EDGE = re.compile(rf"[。！？!?\n{_MARKS}](?<!\d[,:](?=\d))")
"""What parts clauses; the comma of 1,600 and the colon of 9:30 do not."""


@dataclass(frozen=True)
class Rewrite:
    """The lawful copy. ``passes`` says that the check finds nothing in it any more; it is empty when nothing of the
    copy could stay and nothing can be said instead."""

    text: str
    passes: bool


def rewrite(copy: str, context: Context) -> Rewrite:
    """Replace what has a replacement; drop the clause of what has none; drop the sentence when even that is not enough.

    Every round reads the copy anew, because a replacement may break another rule. Where nothing is left a plain line
    about the goods takes its place.
    """
    original = copy
    for attempt in range(_ROUNDS):
        matches = _open(copy, context)
        if not matches:
            break
        untouched = len(copy)  # from the end to the start; what an edit swallowed needs none of its own
        for match in sorted(matches, key=lambda match: match.start, reverse=True):
            if not match.rule.append and match.end <= untouched:
                copy, untouched = _mended(copy, match, attempt)
        for words in dict.fromkeys(match.rule.append for match in matches if match.rule.append):
            copy = f"{copy.rstrip()}{'' if copy.rstrip().endswith(('。', '！', '.', '!')) else '。'}{words}"
        copy = _tidy(copy)
    if copy and original.rstrip()[-1:] in _FINAL and copy[-1] not in _ENDS:
        copy += original.rstrip()[-1]
    return Rewrite(copy, not _open(copy, context)) if copy.strip() else _replaced(original, context)


def _replaced(copy: str, context: Context) -> Rewrite:
    """A plain line in place of the copy; nothing where even that would break a rule."""
    matches = _open(copy, context)
    rules = [match.rule for match in sorted(matches, key=lambda match: match.rule.severity != "error")]
    keys = [key for rule in rules for key in (rule.id, rule.family)]
    lines = plain(copy, keys, [(match.start, match.end) for match in matches])
    line = next((line for line in lines if not _open(line, context)), "")
    return Rewrite(line, True)


def _open(copy: str, context: Context) -> Sequence[Match]:
    return [match for match in broken(copy, context) if match.rule.severity != "info"]


def _mended(copy: str, match: Match, attempt: int) -> tuple[str, int]:
    """The copy with one match mended, and the place from which on it was changed."""
    start, end = match.start, match.end
    if attempt == 0:
        plain = fold(copy[start:end]).text
        for before, after in match.compiled.replace:
            words, count = before.subn(after, plain, count=1)
            if count:
                return copy[:start] + words + copy[end:], start
    whole = _sentence(copy, start, end)
    start, end = _clause(copy, start, end)
    left = copy[whole[0] : start] + copy[end : whole[1]]
    subordinate = left.lstrip(_ENDS)[:1].islower()  # "even after you stop" is no sentence
    if attempt > 1 or subordinate or len(left.strip(_ENDS)) < max(_FEWEST, (whole[1] - whole[0]) / 2):
        start, end = whole
    return copy[:start] + copy[end:], start


def _clause(copy: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a place, with the mark before it, or after it where it opens the sentence."""
    edges = [match.start() for match in _EDGE.finditer(copy)]
    start = max((place + 1 for place in edges if place < start), default=0)
    end = min((place for place in edges if place >= end), default=len(copy))
    if start and copy[start - 1] in _MARKS:
        return start - 1, end
    return start, min(end + 1, len(copy))


def _sentence(copy: str, start: int, end: int) -> tuple[int, int]:
    while start and copy[start - 1] not in "。！？!?\n":
        start -= 1
    while end < len(copy) and copy[end] not in "。！？!?\n":
        end += 1
    return start, min(end + 1, len(copy))


def _tidy(copy: str) -> str:
    """Close the gaps that dropped words leave."""
    copy = re.sub(r"[，,、；;：:]+(?=[。！？!?]|$)", "", copy)
    copy = re.sub(r"(^|[。！？!?\n])[，,、；;：:。\s]+", r"\1", copy)
    copy = re.sub(r"([，,、；;：:])[，,、；;：:]+", r"\1", copy)
    return re.sub(r"[ \t]{2,}", " ", copy).strip()
