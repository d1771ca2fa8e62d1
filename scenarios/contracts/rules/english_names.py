"""``party.name_drift`` and ``party.missing`` in English contracts: names from the preamble to the signatures."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..english_parties import english_parties
from ..issue import Issue
from ..parties import Party

_COMPANY = re.compile(
    r"(?:[A-Z][\w&'’.-]*,?[^\S\n]){1,6}?(?:Co\.,?[^\S\n]?Ltd|Company Limited"
    r"|(?i:Inc(?:orporated)?|LLC|L\.L\.C|Ltd|Limited|Corp(?:oration)?|LLP|PLC|GmbH)|S\.A)\b\.?"
)
_SIGNING = re.compile(
    r"(?m)IN WITNESS WHEREOF|^\W*(?:Signed|SIGNED|Executed|EXECUTED)\b|AGREED AND ACCEPTED|^\W*(?:By|Signature)\s*:"
)
_OTHER = re.compile(r"\s*(?:\(|,?\s*an?\s)|'s?\s+(?:affiliate|subsidiar|parent)", re.IGNORECASE)
"""Behind a name that a text introduces as somebody else's."""
_SHORT = {"incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co"}
_FORMS = {"inc", "ltd", "corp", "co", "llc", "llp", "plc", "gmbh", "sa"}


def check(contract: Contract) -> Iterator[Issue]:
    """Names that change, and parties for which nobody signs."""
    if contract.lang == "zh":
        return
    parties = english_parties(contract.text)
    signing = _signing(contract)
    drifted = list(_drift(contract, parties, signing))
    yield from drifted
    misspelt = {issue.values["name"] for issue in drifted}
    if len(parties) > 1 and signing is not None:
        block = contract.text[signing:]
        there = [_signs(party, block) for party in parties]
        for party, signs in zip(parties, there, strict=True):
            if any(there) and not signs and party.name not in misspelt:
                values = {"role": party.role or party.name}
                yield Issue("party.missing", "warning", party.start, party.end, values, variant="signature")


def _signing(contract: Contract) -> int | None:
    """Where the signatures begin; None in a text without any."""
    first = _SIGNING.search(contract.text, len(contract.text) // 3)
    return first.start() if first else None


def _signs(party: Party, block: str) -> bool:
    words = " ".join(_words(block))
    role = re.escape(party.role)
    core = _core(party.name)
    return " ".join(core if len(core[0]) < 4 else core[:1]) in words or bool(
        role and re.search(rf"(?m)(?:^|\s{{2}}|[|\t])\W*(?:the )?{role}\b", block, re.I)
    )


def _drift(contract: Contract, parties: list[Party], signing: int | None) -> Iterator[Issue]:
    """A company called nearly like a party or like one named before it."""
    text = contract.text
    known = {tuple(_words(party.name)): party.name for party in parties}
    firm = set(known)
    for match in _COMPANY.finditer(text):
        words = tuple(_words(match.group()))
        if words in known or any(words[-len(other) :] == other for other in known):
            continue
        where_signed = signing is not None and match.start() > signing
        near = next((other for other in known if _alike(words, other, where_signed and other in firm)), None)
        if near is not None and not _OTHER.match(text, match.end(), match.end() + 20):
            values = {"found": match.group(), "name": known[near]}
            yield Issue("party.name_drift", "warning", match.start(), match.end(), values)
        else:
            known[words] = match.group()


def _alike(one: tuple[str, ...], other: tuple[str, ...], signed: bool) -> bool:
    """Whether two names are one misspelt: one word of several differs, or a few letters; where it signs, its form."""
    if one[0] != other[0] or len(one) < 2 or len(other) < 2:
        plain, real = " ".join(one), " ".join(other)
        return len(plain) == len(real) and len(plain) > 9 and sum(a != b for a, b in zip(plain, real, strict=True)) <= 2
    if len(one) == len(other):
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(differing) == 1 and (len(one) > 2 or signed) and (signed or _slip(*differing[0]) or len(one) > 3)
    return signed and abs(len(one) - len(other)) == 1


def _slip(one: str, other: str) -> bool:
    return one[:2] == other[:2] or {one, other} <= _FORMS


def _words(name: str) -> list[str]:
    return [_SHORT.get(word, word) for word in re.findall(r"[\w&]+", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name).lower())]


def _core(name: str) -> list[str]:
    """A name without its legal form."""
    words = _words(name)
    return words[:-1] if len(words) > 1 and words[-1] in _FORMS else words
