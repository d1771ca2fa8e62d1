"""Findings about words of the file that are no part of the text: what it hides, and what is ordered beside it."""

from collections.abc import Iterator

from workbench.findings import Finding, Where
from workbench.texts import Lang, text

from .folding import fold
from .models import Review
from .rules.instructions import INSTRUCTION

_ROOM = "scenarios.contracts"


def unseen(review: Review, lang: Lang) -> Iterator[Finding]:
    """Hidden words, the orders among them called by their name; of comments and words beside the text only orders."""
    for words in review.hidden:
        yield _finding("text.instruction" if INSTRUCTION.search(fold(words)) else "text.hidden", words, "file", lang)
    for place, said in (("remark", review.remarks), ("aside", review.asides)):
        for words in said:
            if INSTRUCTION.search(fold(words)):
                yield _finding("text.instruction", words, place, lang)


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
