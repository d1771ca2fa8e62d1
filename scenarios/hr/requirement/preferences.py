# ruff: noqa: E501  # a pattern is read best in one piece
"""What a requirement would like beside what it asks for."""

import re

_LIKED = re.compile(
    r"优先|加分|更佳|尤佳|为佳|更好|最好|preferred|preferabl|nice to have|\b(?:is |as )?an? (?:strong )?(?:plus|bonus|advantage)\b|\bdesirable\b|\bideally\b|\bwelcome\b",
    re.IGNORECASE,
)
_POST = re.compile(r"^[\u3400-\u9fff]{2,10}岗位?\s*[:：]")
_FOR_WHOM = re.compile(r"\bfor (?:overseas|international|foreign) (?:applicants|candidates)\b", re.IGNORECASE)
_PART = re.compile(r"[^，。；;\n()（）]+")
_ENGLISH_PART = re.compile(r"(?:,\s*(?=[^,]*$)|\s[-–—]\s|\.\s)")
_LISTS = re.compile(r"\b(?:or|and)\b", re.IGNORECASE)


def demanded(text: str) -> str:
    """``text`` with what is only liked blanked out, of the same length; all of it where nothing else is asked for."""
    liked = [part for part in _parts(text) if _LIKED.search(text, *part)]
    text = _POST.sub(lambda match: " " * len(match.group()), text)
    kept = _FOR_WHOM.sub(lambda match: " " * len(match.group()), text)
    for low, high in liked:
        kept = kept[:low] + " " * (high - low) + kept[high:]
    return kept if re.search(r"\w{2}", kept) else text


def _parts(text: str) -> list[tuple[int, int]]:
    """The clauses of a requirement; an English list before "preferred" is one clause."""
    found = []
    for match in _PART.finditer(text):
        low, high = match.span()
        comma = _ENGLISH_PART.search(text, low, high)
        if comma and not _LISTS.search(text, comma.end(), high):
            found += [(low, comma.start()), (comma.start(), high)]
        else:
            found.append((low, high))
    return found
