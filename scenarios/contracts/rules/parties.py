"""``party.name_drift`` and ``party.missing``: who the parties are, from the title to the signature."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue
from ..parties import COMPANY, NAME, is_introduced

_SUFFIX = re.compile(
    r"有限责任公司|股份有限公司|有限公司|\(有限合伙\)|合伙企业|事务所|合作社|研究院|研究所|集团"
    r"|厂(?=[,，。；\s()“”、与和及])"
)
_ENGLISH_COMPANY = re.compile(
    r"(?:[A-Z][\w&'’.-]*,?\s+){1,6}(?:Co\.,?\s*Ltd\.?|Company Limited|Inc\.?|LLC|L\.L\.C\.|Ltd\.?"
    r"|Limited|Corp\.?|Corporation|LLP|GmbH|S\.A\.|PLC)(?!\w)"
)
_SIGNING = re.compile("签字|盖章|签章|签署|签名|公章")
_WRITTEN = re.compile(r"(?:^|[\n:(“\"])\s*(?P<name>(?:(?![或向由应可与和及依将给在的])[\u4e00-\u9fff]){6,22})$")
_EMPTY = re.compile(r"\s?:[^\S\n]*(?:\n(?!\s*[(（]?[^\n]{0,12}(?:签|盖|章))|$)")
_LETTERED = ("甲方", "乙方", "丙方", "丁方")


def check(contract: Contract) -> Iterator[Issue]:
    """Names that change and parties that are not there."""
    yield from _drift(contract)
    yield from _english_drift(contract)
    yield from _missing(contract)


def _drift(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    named = [party for party in contract.parties if party.name]
    seen: set[int] = set()
    for signed in contract.signatures:
        head = next((party for party in named if signed.role in party.roles), None)
        if head and signed.name and not _same(head.name, signed.name) and signed.start != head.start:
            if COMPANY.search(head.name) and not COMPANY.search(signed.name):
                continue  # a person signs for the company
            if not COMPANY.search(head.name) and not (NAME.fullmatch(head.name) and NAME.fullmatch(signed.name)):
                continue
            seen.add(signed.end)
            yield _issue(contract, signed.start, signed.end, head.name)
    names = [party.name for party in named if COMPANY.search(party.name) and len(party.name) >= 6]
    for match in _SUFFIX.finditer(text):
        end = match.end()
        if end in seen or re.match(r"[\u4e00-\u9fff]{0,6}分(?:公司|行|支)", text[end : end + 9]):
            continue
        if any(text.endswith(name, 0, end) for name in names):
            continue
        near = min(((_distance(text, end, name), name) for name in names), default=None)
        if near and near[0][0] <= max(1, min(3, len(near[1]) // 4)) and near[0][1] >= 5:
            yield _issue(contract, end - near[0][1], end, near[1])
        elif written := _WRITTEN.search(text, max(0, end - 30), end):
            names.append(written["name"])  # another company, named in full: its own name must not change either


def _issue(contract: Contract, start: int, end: int, name: str) -> Issue:
    return Issue("party.name_drift", "error", start, end, {"found": contract.text[start:end].strip(), "name": name})


def _same(one: str, other: str) -> bool:
    one, other = (re.sub(r"\s|\([^)]*\)|[.,，]", "", name) for name in (one, other))
    return one == other


def _distance(text: str, end: int, name: str) -> tuple[int, int]:
    """(edits, length) of the words that end at ``end`` and are nearest to ``name``."""
    best = (99, 0)
    for length in range(len(name) - 3, len(name) + 5):
        window = text[max(0, end - length) : end]
        if len(window) < length or re.search(r"[\n,，。；;:、()“”\"《》]", window.replace("(有限合伙)", "")):
            continue
        if window[:1] != name[:1] and window[:2] != name[:2] and window[1:3] != name[1:3]:
            continue
        best = min(best, (_edits(window, name), length))
    return best


def _edits(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def _english_drift(contract: Contract) -> Iterator[Issue]:
    """A company whose name is within two letters of one that stands before it."""
    if contract.lang == "zh":
        return
    known: list[str] = []
    for match in _ENGLISH_COMPANY.finditer(contract.text):
        name = " ".join(match.group().split())
        plain = re.sub(r"[.,]", "", name).lower()
        if plain in known or "\n" in match.group() or re.search(r"\d", plain):
            continue
        if any(
            other[:3] == plain[:3]
            and abs(len(other) - len(plain)) <= 3
            and 0 < _edits(plain, other) <= 2
            and len(plain) > 9
            for other in known
        ):
            yield Issue(
                "party.name_drift",
                "warning",
                match.start(),
                match.end(),
                {"found": name, "name": next(o for o in known if _edits(plain, o) <= 2)},
            )
            continue
        known.append(plain)


def _missing(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    parties, signed = contract.parties, contract.signatures
    if any(party.name for party in parties):
        for party in parties:
            if not party.name:
                yield _absent(party.start, party.end, party.role, "name")
    known = {role for party in parties for role in party.roles}
    if known & set(_LETTERED):
        for role in _LETTERED:
            uses = [match.start() for match in re.finditer(role, text)]
            if role not in known and len(uses) >= 2 and not is_introduced(text[: contract.tail], role):
                yield _absent(uses[0], uses[0] + 2, role, "name")
    signing = {party.role for party in signed}
    if signing and signing <= known:
        for party in parties:
            if not party.roles & signing:
                yield _absent(party.start, party.end, party.role, "signature")
    yield from _half_signed(contract)
    named = any(party.name for party in parties)
    if len(parties) >= 2 and named and not signing and not _SIGNING.search(text, contract.tail):
        yield Issue("party.missing", "warning", None, None, {}, variant="unsigned")


def _half_signed(contract: Contract) -> Iterator[Issue]:
    """One company's name is printed where it signs and the other's line is empty, with no word of a seal."""
    if contract.kind == "employment" or not any(COMPANY.search(party.name) for party in contract.signatures):
        return
    for party in contract.signatures:
        if not party.name and _EMPTY.match(contract.folded, party.end):
            yield _absent(party.start, party.end, party.role, "name")


def _absent(start: int, end: int, role: str, variant: str) -> Issue:
    return Issue("party.missing", "warning", start, end, {"role": role}, variant=variant)
