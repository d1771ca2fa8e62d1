"""``definition.undefined`` in English contracts: capitalised words like a defined term that nothing defines."""

import re
from collections import Counter
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue

_HEAD = (
    r"(?:Dates?|Periods?|Terms?|Fees?|Charges?|Quantit(?:y|ies)|Prices?|Territory|Products?|Materials?|Events?|Amounts?|"
    r"Rates?|Accounts?|Documents?|Plans?|Areas?|Years?|Payments?|Thresholds?|Standards?|Requirements?|Levels?|"
    r"Specifications?|Milestones?|Deliverables?|Works?|Equipment|Facilit(?:y|ies)|Software|Data|Records?|Personnel|"
    r"Losses|Costs?|Expenses?|Credits?|Criteria|Warranty|Parts?|Goods|Technology|Property|Assets|Matters?|Purposes?)"
)
_TERM = re.compile(
    r"\b(?:the|any|each|such|all|its|no|a|an|on|of|by|under|per) "
    rf"(?P<term>(?:[A-Z][a-z]+(?:-[A-Z]?[a-z]+)? ){{1,3}}{_HEAD})\b"
    r"(?! (?:of [A-Z]|[A-Z]))"
)
_ELSEWHERE = re.compile(
    r"\b(?:as defined in|meanings? (?:given|ascribed|set forth|assigned|in)|defined (?:terms|in))", re.I
)
_TERMS = 2
"""From so many definitions on a contract is one that defines its terms."""
_NAMED = re.compile(r"Intellectual Property|Agreement|Exhibit|Schedule|Appendix|Annex|Act\b|Code\b|Section|Article")


def check(contract: Contract) -> Iterator[Issue]:
    """Terms in capitals, in running text, that no definition, heading or label names.

    Silent where the text says that another document defines its terms.
    """
    text = contract.text
    if contract.lang == "zh" or len(contract.definitions) < _TERMS or _ELSEWHERE.search(text):
        return
    known = [term.name.lower() for term in contract.definitions]
    found = list(_TERM.finditer(text))
    uses = Counter(match["term"] for match in found)
    for term in uses:
        first = next(match for match in found if match["term"] == term)
        if _NAMED.search(term) or _is_known(term.lower(), known) or _is_title(text, term):
            continue
        values = {"term": term}
        yield Issue("definition.undefined", "warning", first.start("term"), first.end("term"), values)


def _is_known(term: str, known: list[str]) -> bool:
    """Whether a definition has the term, its singular or plural, or a part that ends it."""
    stem = term.rstrip("s")
    return any(
        name.rstrip("s") == stem or stem.startswith(name + " ") or stem.endswith(" " + name.rstrip("s")) or stem in name
        for name in known
    )


def _is_title(text: str, term: str) -> bool:
    """Whether the term stands in quotes, at the head of a line or before a colon: each says what it is."""
    word = re.escape(term)
    label = r"(?:[\d.]+|\([a-z\d]+\)|Section [\d.]+|ARTICLE \w+)"
    said = rf"[\"“'‘]{word}s?[.,]?[\"”'’]|(?m:^\W*{label}?\W*{word}\b(?=\s*(?:[.:\n]|$)))|{word}\s*:"
    return re.search(said, text, re.IGNORECASE) is not None
