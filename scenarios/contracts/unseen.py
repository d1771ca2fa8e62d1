"""Findings about words of the file that are no part of the text: what it hides, and what its comments order."""

from collections.abc import Iterator, Sequence

from workbench.findings import Finding, Where
from workbench.texts import Lang, text

from .folding import fold
from .rules.instructions import INSTRUCTION

_ROOM = "scenarios.contracts"


def unseen(hidden: Sequence[str], remarks: Sequence[str], lang: Lang) -> Iterator[Finding]:
    """Hidden words, the orders among them called by their name; comments only where they give orders."""
    for words in hidden:
        yield _finding("text.instruction" if INSTRUCTION.search(fold(words)) else "text.hidden", words, "file", lang)
    for words in remarks:
        if INSTRUCTION.search(fold(words)):
            yield _finding("text.instruction", words, "remark", lang)


def _finding(rule: str, words: str, where: str, lang: Lang) -> Finding:
    def say(part: str) -> str:
        return text(f"{_ROOM}:rule.{rule}{part}", lang)

    return Finding(
        rule=rule,
        severity="error",
        message=say(f".{where}"),
        where=Where(quote=words[:400]),
        basis=say(".basis"),
        suggestion=say(".fix") if rule == "text.instruction" else text(f"{_ROOM}:rule.text.hidden.file.fix", lang),
    )
