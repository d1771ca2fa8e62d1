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
_SIGNING = re.compile(r"(?m)^[^。\n]*(?:签字|盖章|签章|签署|签名|公章|\(章\)|法定代表人:)[^。\n]*$")
"""A line to sign on, no sentence on signing."""
_WRITTEN = re.compile(r"(?:^|[\n:(“\"])\s*(?P<name>(?:(?![或向由应可与和及依将给在的])[\u4e00-\u9fff]){6,22})$")
_NO_PART = re.compile(r"\((?:(?:盖|公|签|法人)?[章字]|有限合伙|[^)]*(?:称|方|[签盖章]))[^)]*\)|[\s.,，()]")
"""What is no part of a name where it signs."""
_PLACED = re.compile(r"\(有限合伙\)|\([\u4e00-\u9fff]{2,8}\)(?=[\u4e00-\u9fff])")
_HELPERS = {"代理人", "被代理人", "居间人", "中介方", "保证人", "担保方"}
"""They may sign beside the parties."""
_EMPTY = re.compile(r"\s?:[^\S\n]*(?:\n(?!\s*[(（]?[^\n]{0,12}(?:签|盖|章))|$)")
_LETTERED = ("甲方", "乙方", "丙方", "丁方")


def check(contract: Contract) -> Iterator[Issue]:
    """Names that change and parties that are not there."""
    yield from _drift(contract)
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
    one, other = (_NO_PART.sub("", name) for name in (one, other))
    return one == other


def _distance(text: str, end: int, name: str) -> tuple[int, int]:
    """(edits, length) of the words that end at ``end`` and are nearest to ``name``."""
    best = (99, 0)
    for length in range(len(name) - 3, len(name) + 5):
        window = text[max(0, end - length) : end]
        if len(window) < length or re.search(r"[\n,，。；;:、()“”\"《》]", _PLACED.sub("", window)):
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
    if signing & known and signing - _HELPERS <= known:
        for party in parties:
            if not party.roles & signing and (party.name or len(signing - _HELPERS) < 2):
                yield _absent(party.start, party.end, party.role, "signature")
    yield from _half_signed(contract)
    named = [party.name for party in parties if party.name]
    last = max((label.start for label in contract.labels if label.start < len(text) - 20), default=0)
    block = text[contract.line_at(last)[1] :]
    if not signing and named and _SIGNING.search(block) and any(name in block for name in named):
        for party in parties:
            if party.name and party.name not in block:
                yield _absent(party.start, party.end, party.role, "signature")
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
