# ruff: noqa: E501  # a pattern is read best in one piece
"""Who a resume is about: name, contact and what a fair score must not see, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .sections import Line
from .taxonomy import find, folded

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金"
    "陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边卓蒲刀晏褚冼麦佟仇巫盖敖嵇邬糜井晋丘尚农衣召佘占濮从"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,3}[\s-]?)?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|0\d{2,3}-\d{7,8}|07\d{3}\s?\d{3}\s?\d{3})(?!\d)|"
    r"(?<![\w.])\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}(?!\d)"
)
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_LABELLED_NAME = re.compile(
    r"(?:^|[|\n，,]|\s{2,})[ \t]*(?:姓\s*名|(?:full )?name)[ \t]*[:：|]?\s*(?:\|\s*)?([\u3400-\u9fff]\s{1,2}[\u3400-\u9fff]{1,2}(?![\u3400-\u9fff])|[\u3400-\u9fff·]{2,8}|[A-Za-z][A-Za-z .'-]{2,40})(?=$|\s*[|，,;；\n]|\s{2,}|\s+\S{1,4}[:：])",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    rf"(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|慕容)(?:\s{{1,3}}[\u3400-\u9fff]\s{{1,3}}(?![男女])[\u3400-\u9fff]|\s{{0,3}}[\u3400-\u9fff]{{1,2}})(?<!的)(?=$|\s|[^\w\s]|的?(?:个人)?简历)"
)
_LATIN_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+(?:\s+[A-Z]\.?)?(?:\s+(?:van|de|von|la|al|bin))?(?:\s+[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+){1,2}?(?=$|\s*[|,，(（•·–—-]|\s{3,}|\s+(?:MEng|BEng|BSc|MSc|CEng|PhD|MBA|CPA|RN|BSN|MD|PE|PMP|ACCA|CFA)\b)")  # fmt: skip
_TITLES = re.compile(
    r"resume|curriculum|vitae|summary|profile|manager|engineer|director|specialist|coordinator|assistant|consultant|representative|简历|经理|工程师|专员|主管|顾问",
    re.IGNORECASE,
)
_HIDDEN = {
    "gender": r"性\s*别\s*[:：|]?\s*(?:\|\s*)?[男女]性?|(?<![\u3400-\u9fff])[男女](?:性|士)?(?![\u3400-\u9fff])|\b(?:gender|sex)\s*[:：]?\s*(?:female|male|f|m|non-binary)\b|"
    r"\b(?:female|male)\b|\b(?:mr|mrs|ms)\.(?=\s+[a-z])|\b(?:he|she|his|her|him|hers|himself|herself)\b|(?:她|他)(?!们)|先生|女士",
    "age": r"年\s*龄\s*[:：|]?\s*(?:\|\s*)?\d{1,2}\s?周?岁?|(?<!\d)[1-6]\d\s?周?岁|(?:出生(?:年月|日期|于)?|生\s*日)\s*[:：|]?\s*(?:\|\s*)?\d{4}[年./-]?\d{0,2}[月./-]?\d{0,2}日?|"
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?出?生(?!产|活|鲜|物|态|成)|\bage[d]?\s*[:：]?\s*\d{2}\b|\b\d{2}\s+years?\s+old\b|"
    r"\b(?:date of birth|dob|born(?: on| in)?|birth ?date)\s*[:：]?\s*(?:[\d./-]{4,10}|[a-z]+\.?\s*\d{0,2},?\s*\d{4}|\d{1,2}\s+[a-z]+\s+\d{4})",
    "marital": r"婚姻(?:状况|情况)?\s*[:：|]?\s*(?:\|\s*)?(?:已婚已育|已婚未育|已婚|未婚|离异|保密)|(?<![\u3400-\u9fff])(?:已婚已育|已婚未育|已婚|未婚|离异|已育|未育)(?:[一二两三]孩)?|"
    r"\bmarital status\s*[:：]?\s*\w+|\b(?:married|unmarried|divorced|widowed)\b(?:,?\s*(?:with )?(?:\d|one|two|three)\s+(?:child(?:ren)?|kids?))?",
    "ethnicity": r"民\s*族\s*[:：|]?\s*(?:\|\s*)?[\u3400-\u9fff]{1,4}族?|(?<![\u3400-\u9fff])(?:汉|回|满|壮|苗|藏|蒙古|维吾尔|土家|彝|布依|侗|瑶|朝鲜|白|哈尼|黎|哈萨克|傣)族|"
    r"\b(?:ethnicity|race|nationality|religion)\s*[:：]\s*[\w -]+|宗教信仰\s*[:：|]?\s*\S+",
    "origin": r"(?:籍\s*贯|户\s*籍(?:所在地|地)?|户口(?:所在地)?|出生地|生源地|老家)\s*[:：|]?\s*(?:\|\s*)?[\u3400-\u9fff]{2,12}|\b(?:place of birth|birthplace|native place|hometown|place of origin)\s*[:：]?\s*[A-Za-z ,]+",
    "politics": r"政治面貌\s*[:：|]?\s*(?:\|\s*)?[\u3400-\u9fff]{2,6}|(?<![\u3400-\u9fff])(?:中共党员|共青团员|预备党员)(?![\u3400-\u9fff])",
    "body": r"(?:身\s*高|体\s*重)\s*[:：|]?\s*(?:\|\s*)?\d{2,3}(?:\.\d)?\s?(?:cm|kg|厘米|公斤|斤)?|健康状况\s*[:：|]?\s*(?:\|\s*)?[\u3400-\u9fff]{2,4}|\b(?:height|weight)\s*[:：]\s*[\d'.]+\s?\w*",
    "photo": r"照\s*片|\bphoto(?:graph)?\b(?=\s*[:：\]])|!\[[^\]]*\]\([^)]*\)",
}  # fmt: skip


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between its outermost bars."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(pattern):
        escaped = pattern[place - 1 : place] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if char == "|" and depth == 0 and not escaped and not pattern[:place].count("[") > pattern[:place].count("]"):
            parts.append(pattern[start:place])
            start = place + 1
    return [*parts, pattern[start:]]


_BORN = re.compile(
    r"(?:出生(?:年月|日期|于)?|生\s*日|\bborn(?: on| in)?|\bdate of birth|\bdob)\s*[:|]?\s*(?:\|\s*)?(?:\d{1,2}[./ -]\w{1,9}[./ -])?((?:19|20)\d\d)|"
    r"(?<!\d)((?:19|20)\d\d)\s?年?(?:\d{1,2}月)?出?生(?![\u3400-\u9fff])"
)
_PROTECTED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _HIDDEN.items()}
_HAN = re.compile(r"[\u3400-\u9fff]")
_PROTECTED_ENGLISH = {  # the same without the Chinese alternatives, for texts that hold no Chinese: half the time
    kind: re.compile("|".join(parts), re.IGNORECASE)
    for kind, pattern in _HIDDEN.items()
    if (parts := [part for part in _alternatives(pattern) if not _HAN.search(part) and "\\u3400" not in part])
}
MASK = "\u2588"


@dataclass(frozen=True, slots=True)
class Trait:
    """Something about the person that has no place in a score, at ``start`` to ``end``. ``kind``: name, gender, ..."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """``traits`` are all places that blind scoring covers, in order."""

    name: str
    email: str
    phone: str
    traits: tuple[Trait, ...]

    def masked(self, text: str) -> str:
        """``text`` with every trait covered, of the same length, so that places stay the same."""
        parts, place = [], 0
        for trait in self.traits:
            if trait.end > place:
                start = max(trait.start, place)
                parts += [text[place:start], MASK * (trait.end - start)]
                place = trait.end
        return "".join([*parts, text[place:]])


def born(text: str) -> int | None:
    """The year of birth, where it is stated: with it dates that cannot be are told, and nothing is scored."""
    said = _BORN.search(folded(text))
    return int(said.group(1) or said.group(2)) if said else None


def person(text: str, lines: list[Line]) -> Person:
    """Read who it is; an empty string for what is not stated."""
    email, phone = _EMAIL.search(text), _PHONE.search(text)
    name = _name(text, lines, bool(email or phone))
    plain = folded(text)
    traits = [Trait(kind, *match.span()) for kind, pattern in _PROTECTED.items() for match in pattern.finditer(plain)]
    traits += [Trait("contact", *match.span()) for pattern in (_EMAIL, _PHONE, _ID) for match in pattern.finditer(text)]
    traits += [Trait("name", *match.span()) for match in _occurrences(text, name)]
    traits.sort(key=lambda trait: (trait.start, -trait.end))
    return Person(
        name,
        email.group().lower() if email else "",
        re.sub(r"\D", "", phone.group())[-11:] if phone else "",
        tuple(traits),
    )


def _name(text: str, lines: list[Line], has_contact: bool) -> str:
    labelled = _LABELLED_NAME.search(text[:3000])
    if labelled and not _TITLES.search(labelled.group(1)):
        return labelled.group(1).strip()
    for line in lines[:4]:
        words = text[line.start : line.end].strip("# *|\t")
        if line.heading and line.section == "personal":
            continue
        if line.heading or line.section not in ("", "personal"):
            break
        han = _HAN_NAME.match(words)
        if han and not find(han.group()) and not _TITLES.search(han.group()):
            return han.group().strip()
        latin = _LATIN_NAME.match(words)
        if (
            latin
            and has_contact
            and not _TITLES.search(words[: latin.end()])
            and not find(latin.group(), "role", "skill")
        ):
            return latin.group().strip()
    return ""


def _occurrences(text: str, name: str) -> Iterator[re.Match[str]]:
    """The name wherever it stands, and a Latin first or last name by itself."""
    if not name:
        return
    yield from re.finditer(re.escape(name), text, re.IGNORECASE)
    if name.isascii():
        for part in name.split():
            if len(part) > 2:
                yield from re.finditer(rf"\b{re.escape(part)}\b", text)
