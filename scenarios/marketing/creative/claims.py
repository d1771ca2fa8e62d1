"""The ledger of a variant's claims: each statement of fact with its source, or unproven."""

import re
from collections.abc import Iterator, Sequence

from workbench.citations import source, supported
from workbench.evidence import Citation
from workbench.language import figures, folded, sentences, shingles

from .facts import BRIEF
from .models import Claim

UNPROVEN = "unproven"
_ALIKE = 0.6
# Words that state something about the goods even without a figure, and comparisons.
_STATES = re.compile(
    r"支持|自动|采用|内置|配有|具有|认证|获得|放得下|比(?!较|如|方)|超过|高于|低于|更(?:快|轻|静|省|大|强|长)|领先|优于|"
    r"\b(?:supports?|automatic\w*|certified|faster|lighter|quieter|stronger|more than|less than|compared|better)\b",
    re.IGNORECASE,
)


def ledger(copy: str, passages: Sequence[Citation], brief: Sequence[str], names: Sequence[str] = ()) -> list[Claim]:
    """The claims of ``copy`` in their order. ``brief`` holds what the person vouches for, ``names`` product and brand.

    A clause is a claim when it states a figure, an ability or a comparison. Its source is a passage that holds its
    figures and its words, else the brief, else it is unproven.
    """
    found: dict[str, Claim] = {}
    for clause in clauses(copy):
        plain = clause
        for name in names:
            plain = plain.replace(name, "")
        if len(plain.strip("：: ")) < 2:
            continue
        proof = _proof(plain, passages, brief)
        if proof or figures(plain) - {"1"} or _STATES.search(plain):  # 一次, 一点 are no figures to prove
            found.setdefault(folded(clause), Claim(text=clause, source=proof or UNPROVEN))
    return list(found.values())


def clauses(copy: str) -> Iterator[str]:
    """The clauses of a text, without the marks around them."""
    for start, end in sentences(copy):
        for clause in re.split(r"[，；;：“”\"|【】（）()～~]|[,:](?!\d)|(?<=[。！？])|\.\s+", copy[start:end]):
            clause = re.sub(r"^[。！？!?.·\s\-]+|[。！？!?.\s]+$", "", clause)
            if len(clause) > 2 and not re.match(r"(?:镜头|shot )\d|\d+[–-]\d+ ?(?:秒|s)$", clause, re.IGNORECASE):
                yield clause


def alike(copy: str, past: Sequence[str]) -> str | None:
    """The past copy that ``copy`` repeats: Jaccard likeness of character pairs and words of at least 0.6."""
    words = shingles(copy)
    for other in past:
        theirs = shingles(other)
        if words and theirs and len(words & theirs) / len(words | theirs) >= _ALIKE:
            return other
    return None


def _proof(clause: str, passages: Sequence[Citation], brief: Sequence[str]) -> str | None:
    for passage in passages:
        if _holds(clause, source(passage)):
            page = f" p. {passage.page}" if passage.page else ""
            return f"{passage.marker} {passage.title}{page}"
    if any(_holds(clause, line) for line in brief):
        return BRIEF
    return None


def _holds(clause: str, text: str) -> bool:
    """Whether ``text`` proves ``clause``: the same words, or every figure and two thirds of its words."""
    if folded(clause) in folded(text):
        return True
    words = shingles(clause)
    shared = len(words & shingles(text)) / len(words) if words else 0.0
    return bool(figures(clause)) and shared >= 2 / 3 and supported(clause, text)
