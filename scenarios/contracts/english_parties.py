"""Who makes an English contract: the parties as its preamble introduces them."""

import re
from collections.abc import Iterable, Iterator

from .parties import Party

_PREAMBLE = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among(?:st)?)\b\s*:?|(?m:^\W*(?:the\s+)?parties\W*$)", re.IGNORECASE
)
_OVER = re.compile(
    r"\b(?:WITNESSETH|RECITALS?|BACKGROUND|WHEREAS|NOW,?\s+THEREFORE|(?:The\s+)?[Pp]arties\s+agree|it\s+is\s+agreed)\b|\n\s*1\s*\."
)
_CALLED = re.compile(
    r"\((?P<note>[^()]{0,120}?[\"“”'‘’«]\s*(?P<role>[A-Z][\w&./ -]{0,40}?)\s*[\"“”'‘’»][^()]{0,160})\)|"
    r",?\s+(?:hereinafter|herein)\s+(?:called|referred\s+to\s+as|the)\s+(?:the\s+)?"
    r"[\"“'‘](?P<plain>[A-Z][\w&./ -]{0,40}?)[\"”'’]"
)
_BOTH = re.compile(r"collectively|together|each|jointly|Part(?:y|ies)\s*$", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<name>(?:the\s+)?[A-Z0-9][^\n,;()]*?(?:,?\s+(?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Co|Company|LP|L\.P|PLC"
    r"|N\.A|S\.A|GmbH|B\.V|N\.V|AG|LLP)\b\.?(?:,?\s+(?:Inc|Ltd|LLC|Limited)\b\.?)?)?)"
    r"(?=\s*(?:[,;(\n]|$|\s(?:a|an|having|with|whose|located|organized|incorporated|of|hereinafter|acting)\b))"
)
_LEADING = re.compile(
    r"[\s,;.:]*(?:(?:and|or|by|between|among|the\s+following|\(?(?:\d|[ivx]+|[a-z])[).])\s*[,:]?\s*)*"
)
_JOINED = re.compile(r"\band\b|;|\n\s*\n|\b(?:between|among)\b", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|Co|Company|LP|L\.P|PLC|N\.A|S\.A|GmbH|B\.V|N\.V|AG|LLP)\b\.?$",
    re.IGNORECASE,
)
_SHORTENED = re.compile(r"\b(?:Inc|Ltd|Corp|Co|[A-Z]\.[A-Z](?:\.[A-Z])?)\.$")
_LABELLED = re.compile(
    r"^[ \t#*]*(?P<role>Buyer|Seller|Supplier|Customer|Client|Consultant|Contractor|Provider|Licensor|Licensee"
    r"|Lessor|Lessee|Landlord|Tenant|Lender|Borrower|Employer|Employee|(?:Disclosing|Receiving) Party|Distributor"
    r"|Company|Party [AB])"
    r"\**\s*:\s*\**(?P<name>[A-Z][^\n;(]{1,80})",
    re.MULTILINE,
)
_NO_ROLE = re.compile(
    r"(?:Agreement|Contract|Date|Term|Fees?|Services?|Products?|System|Securities|Order|Territory|Property|Software)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:to|or|as|is|are|dated|shall|will|any|this|that|governing|desires?|includes?|effective)\b|\d{4,}|^the\s+(?:parties|following)",
    re.IGNORECASE,
)
_JOINED_NAMES = re.compile(r"\s*(?P<a>[A-Z][^\n;()]{1,80}?)\s+and\s+(?P<b>[A-Z][^\n;()]{1,80}?)(?=[\n;(.,]|$)")
_TRIED = 3
"""So many places of "between" are looked behind: the first may be a title's."""
_READ = 6000
"""Characters at the head of a contract in which its parties stand."""


def english_parties(text: str) -> list[Party]:
    """The parties by the name in quotes that the contract gives each, else by labels such as ``Buyer: X``."""
    head = text[:_READ]
    openings = list(_PREAMBLE.finditer(head))[:_TRIED]
    each = [_once(_preamble(head, opening.end())) for opening in openings]
    found = next((parties for parties in each if len(parties) > 1), next(filter(None, each), []))
    if len(found) < 2:
        found = [_party(m["role"], m.start("name"), m["name"]) for m in _LABELLED.finditer(head)] or found
    if len(found) < 2:
        found = next(filter(None, (_once(_unnamed(head, opening.end())) for opening in openings)), found)
    return _once(found)


def _preamble(head: str, start: int) -> Iterator[Party]:
    over = _OVER.search(head, start)
    end = min(over.start() if over else len(head), start + 2500)
    for match in _CALLED.finditer(head, start, end):
        role = (match["role"] or match["plain"]).strip()
        if _NO_ROLE.search(role):
            start = match.end()
            continue
        if _BOTH.search(match["note"] or "") and not re.search(r"[\"“]\s*(?:the\s+)?Part(?:y)\s+[AB12]", match.group()):
            start = match.end() if re.search("collectively|together", match["note"] or "", re.I) else start
            continue
        if party := _named(head, role, start, match.start()):
            yield party
        start = match.end()


def _unnamed(head: str, start: int) -> Iterator[Party]:
    """Two names with "and" between them, neither called anything."""
    match = _JOINED_NAMES.match(head[start : start + 300])
    if match:
        yield from (_party("", start + match.start(name), match[name]) for name in ("a", "b"))


def _named(head: str, role: str, start: int, end: int) -> Party | None:
    """The name at the head of what stands before the place at which it is called ``role``."""
    starts = [start, *(match.end() for match in _JOINED.finditer(head, start, end))]
    found = []
    for at in starts:
        lead = _LEADING.match(head, at, end)
        at = lead.end() if lead else at
        if (name := _NAME.match(head[at:end] + "\n")) and len(name["name"]) <= 90:
            found.append(_party(role, at, name["name"]))
    return max(found, key=lambda one: bool(_COMPANY.search(one.name)), default=None)


def _party(role: str, start: int, name: str) -> Party:
    name = name.strip(" *,")
    name = name if _SHORTENED.search(name) else name.rstrip(".")
    return Party(role, name, start, start + len(name), frozenset([role] if role else []))


def _once(found: Iterable[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for one in found:
        if one.name and not _NO_NAME.search(one.name):
            seen.setdefault(one.name.lower(), one)
    return list(seen.values())
