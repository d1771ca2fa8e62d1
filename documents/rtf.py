"""Rich text: words and tables, and apart from them the words that do not show; other formatting is not kept.

Control words as in Microsoft's Rich Text Format Specification 1.9.1: ``\\v`` hides, ``\\fs`` is a size in half points,
``\\cf`` a colour of the table, ``\\plain`` takes all of these back, and a closing brace what was set within.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .builder import Builder
from .plain import read_text

_TOKEN = re.compile(r"\\'[0-9a-fA-F]{2}|\\[a-zA-Z]+-?\d* ?|\\[^a-zA-Z]|[{}]|[^\\{}]+")
_WORD = re.compile(r"\\([a-z]+)(-?\d*) ?$")
_COLOURS = re.compile(r"\{\\colortbl([^}]*)\}")
_CHANNEL = re.compile(r"\\(?:red|green|blue)(\d+)")
_GROUND = re.compile(r"\\(?:highlight|cb|chcbpat|cbpat|clcbpat|background)[1-9 ]")
_PAPER = 245  # from here on a letter's colour is taken for that of the paper
_TINY = 4  # half points
_SHOWN = ""


def read_rtf(path: Path, built: Builder) -> None:
    """Fill ``built``."""
    # An RTF file is ASCII that names the encoding of each stretch of text.
    content = path.read_bytes().decode("latin-1")
    states = list(_states(content))
    text = _text(content if not any(how for _, how in states) else _only(states, _SHOWN))
    for how in sorted({how for _, how in states if how}):
        built.hide(_text(_only(states, how)), how)
    table: list[list[str]] = []
    for line in text.split("\n"):
        if line.endswith("|") and line.count("|") > 1:
            table.append(line[:-1].split("|"))
            continue
        built.table(table)
        table = []
        read_text(line.rstrip("|"), built)
    built.table(table)


def _text(content: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(content, errors="ignore")).replace("\xa0", " ")  # type: ignore[no-untyped-call]


def _states(content: str) -> Iterator[tuple[str, str]]:
    """Each piece with how it hides its words (as ``Hidden.how``), empty where it shows them."""
    white = _white(content)
    state: dict[str, bool] = {}
    outer: list[dict[str, bool]] = []
    for piece in _TOKEN.findall(content):
        if piece == "{":
            outer.append(dict(state))
        elif piece == "}":
            state = outer.pop() if outer else {}
        elif match := _WORD.match(piece):
            word, value = match.groups()
            if word == "v":
                state["marked"] = value != "0"
            elif word == "cf":
                state["colour"] = int(value or 0) in white
            elif word == "fs":
                state["size"] = 0 < int(value or 0) < _TINY
            elif word == "plain":
                state = {}
        yield piece, next((how for how, hides in state.items() if hides), _SHOWN)


def _only(states: list[tuple[str, str]], wanted: str) -> str:
    """The file with the words of one state alone; what is no word stays, so that it is still rich text."""
    return "".join(piece for piece, how in states if how == wanted or not _says(piece))


def _says(piece: str) -> bool:
    return piece[0] not in "\\{}" or piece.startswith("\\'") or bool(re.match(r"\\u-?\d", piece))


def _white(content: str) -> set[int]:
    """The numbers of the colours that cannot be seen on paper; none where something lies behind letters."""
    table = _COLOURS.search(content)
    if table is None or _GROUND.search(content):
        return set()
    colours = [list(map(int, _CHANNEL.findall(entry))) for entry in table.group(1).split(";")]
    return {number for number, channels in enumerate(colours) if channels and min(channels) > _PAPER}
