"""``dispute.both_court_and_arbitration`` and ``jurisdiction.no_connection``."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue

_COURT = re.compile(
    r"(?:向|由|到|在|交|去|请|报)[^。；\n]{0,30}?(?:法院|起诉|诉讼)|提起诉讼|起诉|诉讼(?=方式|解决"
    r"|途径|[。；，])|litigation"
    r"|courts? of competent|bring (?:an )?action in|courts of",
    re.IGNORECASE,
)
_ARBITRATION = re.compile(
    r"(?:申请|提交|提请|进行|请求|交|由|向)[^。；\n]{0,30}?仲裁|仲裁(?=[,，或、及和]|解决|方式)"
    r"|\barbitrat(?:ion|ed?)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"第\s*[_(\[【]|下列第|以下第|[□☐√]|选择(?:以下|下列)第|第\s*[一二12]\s*种")
"""A form that leaves the choice to a tick."""
_LABOUR = re.compile(r"劳动(?:争议|人事)|人事争议|撤销|强制执行|申请执行|执行(?:裁决|仲裁)|保全|除外")
_JOINING = re.compile(
    r"或|也可|亦可|又可|均可|任何一方[^。；]{0,10}可|可以?[^。；]{0,6}(?:申请|向)|不服|不成|不能解决|未能解决"
    r"|任选|两种|既可|and/or|\bor\b|either"
)
_ASIDE = re.compile(r"正在进行|重大(?:的)?诉讼|像法院|辞退|离职|职工|地点")
_NOT_SUED = re.compile(
    r"不得[^。；，,]{0,10}(?:法院|起诉|诉讼)|(?:不再|不可|不能)[^。；，,]{0,6}(?:起诉|诉讼)"
    r"|放弃[^。；，,]{0,8}(?:起诉|诉讼)|终局"
)
_NO_INSTITUTION = re.compile(
    r"(?:提交|提请|申请|向|由|交)\s*(?:[\u4e00-\u9fff]{0,8}(?:所在地|履行地|签订地|住所地)"
    r"|[\u4e00-\u9fff]{1,6}指定|双方|各自|有关|相关"
    r"|当地|有管辖权的?|合法的?|主管"
    r"|国家|上级|双方认可的?"
    r"|任何|第三方|专业|权威|中国|经济合同|合同管理)*的?\s*"
    r"(?P<what>仲裁(?:机构|委员会|机关|部门|庭|组织))(?:申请)?(?:进行)?(?:仲裁|裁决|解决|处理)?"
)
_BARE = re.compile(
    r"(?:提交|提请|申请|通过|采取|采用|以)仲裁(?:的?方式)?(?:解决|裁决|处理)?(?=[,，。；\s]|$)"
    r"|(?:在|于|由)[\u4e00-\u9fff]{2,8}(?:进行)?仲裁(?:解决|裁决|处理)?(?=[,，。；\s]|$)"
)
_EITHER = re.compile(
    r"\barbitration or (?:litigation|court|legal action|lawsuit)|\b(?:litigation"
    r"|court proceedings) or (?:by )?arbitration|"
    r"arbitrat\w+[^.;]{0,80}\bor\b[^.;]{0,30}(?:courts?|litigat|lawsuit)[^.;]{0,60}(?:choice|option|election|elect|prefer)|"
    r"\b(?:may|either|can)\b[^.]{0,120}arbitrat[^.]{0,80}\bor\b[^.]{0,80}(?:courts?|litigat|lawsuit"
    r"|sue|action)|\b(?:may|either|can)\b[^.]{0,120}(?:courts?|litigat|lawsuit"
    r"|sue)[^.]{0,60}\bor\b[^.]{0,60}arbitrat",
    re.I,
)
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,20}仲裁(?:委员会|院|中心)|仲裁规则")
_VAGUE = re.compile(
    r"(?:双方|各自|有关|相关|当地|有管辖权的?|合法的?|主管|国家|上级|双方认可的?|任何|第三方|专业|所在地"
    r"|经济合同|合同管理机关?的?|以下)的?\s*(?:仲裁)"
)
_PLACE = (
    r"(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,5}?(?:市|州|盟))?(?:[\u4e00-\u9fff]{1,6}?(?:区|县"
    r"|旗|市))?"
)
_NAMED_COURT = re.compile(
    rf"(?<=[由向到在交至归为:（(\s、，,])(?P<place>{_PLACE})[\u4e00-\u9fff]{{0,3}}?(?:第[一二三]?)?(?:高级|中级|基层|互联网"
    rf"|金融|知识产权)?(?:人民)?法院"
)
_SHORT = 300
_CONNECTION = re.compile(r"原告|被告|所在地|住所地|履行地|签订地|签约地|标的物|不动产|工程所在|甲方|乙方|有管辖权|当地")


def check(contract: Contract) -> Iterator[Issue]:
    """All issues of where disputes go."""
    yield from _both(contract)
    yield from _apart(contract)
    yield from _institution(contract)
    yield from _two(contract)
    yield from _unnamed(contract)
    yield from _jurisdiction(contract)


def _both(contract: Contract) -> Iterator[Issue]:
    """或裁或审: an arbitration agreement that also lets the parties sue is void (仲裁法解释 7)."""
    text = contract.folded
    spans = _clauses(contract)
    for start, end in spans:
        court, arbitration = _COURT.search(text, start, end), _ARBITRATION.search(text, start, end)
        if not court or not arbitration or contract.kind == "employment":
            continue
        stretch = text[start:end]
        if any(pattern.search(stretch) for pattern in (_CHOICE, _LABOUR, _NOT_SUED, _ASIDE)):
            continue
        if contract.lang == "en" and not _EITHER.search(stretch):
            continue
        first, last = min(court.start(), arbitration.start()), max(court.end(), arbitration.end())
        if not _JOINING.search(text, max(start, first - 14), last) and "仲裁" in stretch:
            continue
        yield Issue("dispute.both_court_and_arbitration", "error", first, last, {}, "both")


_TO_COURT = re.compile(
    r"(?:向|由|交)[^。；，\n]{0,24}法院[^。；，\n]{0,8}(?:起诉|诉讼|管辖|审理|裁判|判决|解决)|提起诉讼|诉讼(?:方式)?解决|法院管辖"
    r"|courts?\b[^.;]{0,60}\bexclusive jurisdiction|exclusive jurisdiction of[^.;]{0,40}courts?",
    re.IGNORECASE,
)
_TO_ARBITRATION = re.compile(
    r"(?:提交|提请|申请|由|向)[^。；\n]{0,24}仲裁(?:委员会|院|中心)"
    r"|(?:settled|resolved|determined|referred|submitted|decided)[^.;]{0,40}\barbitration",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"执行|保全|撤销|仲裁(?:裁决|前|期间)|未约定|没有约定|不在|事后|未达成|知识产权|行政"
    r"|injunct|equitable|interim|enforce|award|entry of judg|in aid of|compel|pending|confirm|except|subject to|waive",
    re.IGNORECASE,
)


def _apart(contract: Contract) -> Iterator[Issue]:
    """Arbitration agreed on in one sentence and the courts in another, with no word on which is for what."""
    text = contract.folded
    if contract.kind == "employment":
        return
    sentences = list(contract.statements) if contract.lang == "en" else contract.sentences
    sued = [(m, s, e) for s, e in sentences if (m := _TO_COURT.search(text, s, e))]
    sued = [(m, s, e) for m, s, e in sued if not (_ARBITRATION.search(text, s, e) or _ALLOWED.search(text[s:e]))]
    for start, end in sentences:
        arbitration = _TO_ARBITRATION.search(text, start, end)
        if not arbitration or any(p.search(text[start:end]) for p in (_CHOICE, _LABOUR, _COURT)) or not sued:
            continue
        court = min(sued, key=lambda one: abs(one[0].start() - arbitration.start()))[0]
        if _CHOICE.search(text, max(0, min(court.start(), start) - 60), max(court.end(), end)) or re.search(
            "之一|任选", text[max(0, start - 60) : start]
        ):
            continue
        yield Issue("dispute.both_court_and_arbitration", "error", court.start(), court.end(), {}, "both")
        return


def _clauses(contract: Contract) -> list[tuple[int, int]]:
    """Sentences, each with the one behind it in the same line: 申请仲裁；也可向法院起诉."""
    text = contract.folded
    found: list[tuple[int, int]] = []
    for start, end in contract.sentences:
        if not _ARBITRATION.search(text, start, end) and not _COURT.search(text, start, end):
            continue
        if found and found[-1][1] == start and text[start - 1] in "；;" and start - found[-1][0] < 160:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _institution(contract: Contract) -> Iterator[Issue]:
    """An arbitration clause must name its commission (仲裁法: 选定的仲裁委员会)."""
    text = contract.folded
    if contract.kind == "employment":
        return
    for match in _NO_INSTITUTION.finditer(text):
        start, end = contract.sentence_at(match.start())
        stretch = text[start:end]
        if _CHOICE.search(text, max(0, start - 80), end) or re.search(r"\s仲裁", match.group()):
            continue
        if _LABOUR.search(stretch) or (_COURT.search(stretch) and _JOINING.search(stretch)):
            continue
        if any(
            not _VAGUE.search(named.group())
            and not re.match(r"[^,，。]*(?:提交|提请|申请|向|由|交)(?:有关|当地)?仲裁委员会$", named.group())
            for named in _NAMED.finditer(text, start, end)
        ):
            continue
        if re.search(r"_\s*仲裁|_+[^,，。]{0,4}仲裁", stretch):
            continue
        yield Issue(
            "dispute.both_court_and_arbitration",
            "warning",
            match.start(),
            match.end(),
            {"what": match.group()},
            "institution",
        )


_TWO = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,20}?仲裁(?:委员会|院|中心))[^。；，,\n]{0,6}?(?:或者?|/|、)(?:由|向|在"
    r"|提交)?(?P<other>[\u4e00-\u9fff]{2,20}?仲裁(?:委员会|院|中心))"
)


def _two(contract: Contract) -> Iterator[Issue]:
    """Two commissions to choose from: void unless the parties agree on one (仲裁法解释 5)."""
    for match in _TWO.finditer(contract.folded):
        start, end = contract.sentence_at(match.start())
        if not _CHOICE.search(contract.folded, start, end) and "_" not in contract.folded[start:end]:
            yield Issue("dispute.both_court_and_arbitration", "warning", match.start(), match.end(), {}, "two")


def _unnamed(contract: Contract) -> Iterator[Issue]:
    """提交仲裁解决 in a text that names no commission at all."""
    text = contract.folded
    if (
        contract.kind == "employment"
        or "仲裁委员会" in text
        or "仲裁院" in text
        or "仲裁机构" in text
        or "仲裁中心" in text
    ):
        return
    for match in _BARE.finditer(text):
        start, end = contract.sentence_at(match.start())
        stretch = text[start:end]
        if _CHOICE.search(stretch) or _LABOUR.search(stretch) or _COURT.search(stretch) or "_" in stretch:
            continue
        values = {"what": match.group()}
        yield Issue("dispute.both_court_and_arbitration", "warning", match.start(), match.end(), values, "institution")
        return


def _jurisdiction(contract: Contract) -> Iterator[Issue]:
    """A court may be chosen only where it has to do with the dispute (民事诉讼法 35)."""
    text = contract.folded
    for match in _NAMED_COURT.finditer(text):
        place = match["place"]
        names = re.findall(r"([\u4e00-\u9fff]{2,6}?)(?:省|自治区|市|州|盟|区|县|旗)", place)
        start, end = contract.sentence_at(match.start())
        if not names or _CONNECTION.search(text, max(start, match.start() - 20), match.end()):
            continue
        rest = text[:start] + "\n" + text[end:]
        if any(name in rest for name in names):
            continue
        if len(rest) < _SHORT and not re.search("市|省|区|县", rest):
            continue  # a clause by itself: nothing says where anybody is
        yield Issue(
            "jurisdiction.no_connection",
            "warning",
            match.start("place"),
            match.end(),
            {"court": match.group()},
            law=(("民事诉讼法", 35),),
        )
