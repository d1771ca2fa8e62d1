"""``liability.void_exclusion``: liability that no agreement can exclude (民法典 506)."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue
from ..sides import SIDE

_DUTY = r"(?:任何|一切|相应|法律|连带|全部|民事|经济|赔偿|补偿)*(?:的)?(?:责任|义务|赔偿|费用)?"
_FREE = re.compile(
    rf"(?<!不得)(?<!应)(?:概|均|一律|也|都|将)?不(?:再|予|用|必|需|须|应)?(?:要)?(?:对|就|为|因)?[^。；，,]{{0,24}}?"
    rf"(?:承担|负责|负担|负有?|赔偿|赔付|补偿)(?!给付){_DUTY}"
    rf"|无[需须][^。；，,]{{0,16}}?(?:承担|负责|负|赔偿|补偿){_DUTY}"
    r"|免责|免除[^。；，,]{0,14}(?:责任|赔偿)|免于[^。；，,]{0,8}(?:责任|赔偿|索赔)|责任[^。；，,]{0,6}免除"
    r"|与[^，。；]{1,10}无关|(?:后果|责任|风险|损失|生死|伤亡)[^，。；]{0,8}(?:自负|自理|自担)|自负其责"
    r"|放弃[^。；]{0,24}(?:索赔|追究|赔偿|主张|追偿|请求)"
    r"|(?:不得|无权)[^。；，,]{0,16}(?:索赔|追究|追偿|主张|要求[^。；，,]{0,10}(?:赔偿|承担|负责|补偿))"
    r"|拒绝[^。；，,]{0,8}(?:赔偿|承担)"
)
_KEPT = re.compile(
    r"除外|不免除|(?:不得|不能|不因[^。；，,]{0,8})免|不在此限|无效|除[^。；]{0,40}(?:故意|重大过失|人身"
    r"|伤亡)[^。；]{0,16}外"
    r"|不适用|(?:保障|保证|确保|使)[^。；，,]{1,10}不|不可抗力|不得(?:以此|因此|借此)|不影响[^。；]{0,12}责任"
)
_INJURY = re.compile(
    r"人身(?:伤害|损害|伤亡|安全|意外|健康|损伤)|人身(?=、|和|或|及)|(?:人员|意外|身体|受到|受)伤害|伤亡|死亡"
    r"|致死|致残|伤残|残疾|工伤|工亡|受伤"
    r"|生命|身体|生死|病残|猝死|安全事故|意外事故|人员伤病"
)
_INTENT = re.compile(r"(?:蓄意|故意|重大过失|严重过失|重大过错|重大疏忽|恶意)(?!隐瞒|制造|犯罪|自伤|伤害自)")
_CAUSE = re.compile(
    rf"(?:因|由于|由|系|属|归因于|系因)于?(?P<who>{SIDE}|自身|其|第三[方人]|对方|本人"
    rf"|自己)[^。；，,]{{0,14}}?(?:原因|过错|责任|违规|违章|违反|不当|操作|自身|疏忽)"
    rf"|(?P<whose>{SIDE}|其|自身|本人|第三[方人])(?:的|之|因|存在|有|或其[^。；，,]{{1,6}})*(?:蓄意|故意|重大过失"
    rf"|严重过失|重大过错|重大疏忽|恶意)"
)
_VICTIM = re.compile(r"受害[人方者]|被保险人|投保人|受益人|使用人|游客|乘客|旅客|托运人|第三[方人]|顾客|学员")
_SELF = ("其", "自身", "本人", "自己")
_FREED = re.compile(rf"(?<![给向使致令由对])(?<!造成)(?<!引起)(?<!侵害){SIDE}")
_REACH = 50

_EN_FREE = re.compile(
    r"\b(?:not|never) be (?:held )?(?:in any way )?(?:liable|responsible)|\bno (?:liability|responsibility)\b"
    r"|\bin no event (?:shall|will)[^.;]{0,80}\b(?:liable|responsible)|disclaims?[^.;]{0,30}\bliabilit"
    r"|is not (?:liable|responsible)"
    r"|\b(?:waives?|releases?)\b[^.;]{0,60}\b(?:claims?|liabilit|rights?)|\bbears? no (?:liability|responsibility)"
    r"|\bneither party[^.;]{0,30} liable|exempt(?:ed)? from[^.;]{0,20} liabilit|without (?:any )?liability",
    re.I,
)
_EN_HARM = re.compile(r"\b(?:personal|bodily) injur|\bdeath\b|\binjury to (?:any )?persons?", re.I)
_EN_INTENT = re.compile(r"gross(?:ly)? negligen|wil?lful|intentional|deliberate|\bfraud", re.I)
_EN_KEPT = re.compile(
    r"\bexcept|\bexcluding\b|\bother than\b|\bsave\b|\bnothing in this|\bnot (?:limit|exclude|apply)|\bunless\b"
    r"|indemnif"
    r"|\bto the extent|provided,? (?:however|that)|\bso long as\b|\babsen(?:t|ce)\b|\bbut not\b"
    r"|\bcaused by the (?:customer|other)",
    re.I,
)


def check(contract: Contract) -> Iterator[Issue]:
    """Exclusions of liability for injury, for intent and for gross negligence, sentence by sentence."""
    text = contract.folded
    for start, end in contract.sentences:
        yield from _chinese(text, start, end)
        yield from _limited(text, start, end)
    if contract.lang == "en":
        for start, end in contract.statements:
            yield from _english(text, start, end)


def _chinese(text: str, start: int, end: int) -> Iterator[Issue]:
    if _KEPT.search(text, start, end):
        return
    free = list(_FREE.finditer(text, start, end))
    for harms, variant in ((_INTENT, "intent"), (_INJURY, "injury")):
        for harm in harms.finditer(text, start, end):
            near = [match for match in free if _gap(harm, match) <= _REACH]
            match = min(near, key=lambda other: _gap(harm, other), default=None)
            if match is None or _anothers_fault(text, start, harm, match, variant):
                continue
            first, last = min(harm.start(), match.start()), max(harm.end(), match.end())
            yield Issue("liability.void_exclusion", "error", first, last, {}, variant, (("民法典", 506),))
            return


_LIMIT = re.compile(r"责任[^。；]{0,24}(?:为限|上限|不超过|限于|封顶)|(?:赔偿|责任)(?:上限|限额)")
_EVEN = re.compile(r"(?:包括|含|不论|无论|不管|即使|即便|哪怕|不分)[^。；，,]{0,16}(?:故意|重大过失|人身)[^。；]{0,16}")


def _limited(text: str, start: int, end: int) -> Iterator[Issue]:
    """A cap on liability that says that it holds for intent, gross negligence or injury too."""
    limit = _LIMIT.search(text, start, end)
    even = _EVEN.search(text, start, end) if limit else None
    if limit and even and not re.search(r"不受|除外|不适用|不包括|不含", text[start:end]):
        first, last = min(limit.start(), even.start()), max(limit.end(), even.end())
        yield Issue("liability.void_exclusion", "error", first, last, {}, "intent", (("民法典", 506),))


def _gap(one: re.Match[str], other: re.Match[str]) -> int:
    return max(other.start() - one.end(), one.start() - other.end(), 0)


def _anothers_fault(text: str, start: int, harm: re.Match[str], free: re.Match[str], variant: str) -> bool:
    """Whether who is freed is not who was at fault: 因乙方原因造成伤亡的，甲方不承担责任 says what the law says."""
    end = max(harm.end(), free.start())
    fault = next((match for match in _CAUSE.finditer(text, start, end + 4) if match.start() <= harm.end()), None)
    if fault is None:
        return variant == "intent" and _VICTIM.search(text, start, harm.start()) is not None
    who = fault["who"] or fault["whose"]
    if who in _SELF:
        named = re.findall(SIDE, text[start : fault.start()])
        if not named:
            return variant == "injury" or not re.search("对于?因?$|就$", text[start : fault.start() + 1])
        who = named[-1]
    freed = _FREED.findall(text, max(start, fault.end()), free.end()) or _FREED.findall(text, start, fault.start())
    if not freed:
        return variant == "injury" or _VICTIM.fullmatch(who) is not None
    return bool(freed[-1] != who)


def _english(text: str, start: int, end: int) -> Iterator[Issue]:
    free = _EN_FREE.search(text, start, end)
    if not free or _EN_KEPT.search(text, start, end):
        return
    for harms, variant in ((_EN_INTENT, "intent"), (_EN_HARM, "injury")):
        harm = harms.search(text, start, end)
        if harm:
            first, last = min(harm.start(), free.start()), max(harm.end(), free.end())
            yield Issue("liability.void_exclusion", "warning", first, last, {}, variant, (("民法典", 506),))
            return
