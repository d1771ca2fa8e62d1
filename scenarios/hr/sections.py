# ruff: noqa: E501  # a pattern is read best in one piece
"""The lines of a resume and the section that each belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbench.language import sentences

from .degrees import named as degree_names
from .taxonomy import find, folded

Section = Literal[
    "", "personal", "objective", "summary", "education", "work", "internship", "project", "skills", "certificates",
    "languages", "awards", "other",
]  # fmt: skip

_NAMES: dict[Section, str] = {
    "personal": "联系|联系我|薪酬|薪资|薪资要求|contacts?|现?居住?地?(址|城市)?|现居住地|住址|现住址|地址|所在(地|城市)|联系地址|期望(薪资|薪酬|月薪|年薪|城市|工作地点?|地点)|意向城市|location|current location|address|availability|个人信息|基本信息|个人资料|基本资料|联系方式|联系信息|personal (information|details|data)|contact( information| details| info)?",
    "objective": "求职意向|求职目标|应聘职位|应聘岗位|意向岗位|期望工作|(career )?objective|desired (position|job)",
    "summary": "自我评价|自我介绍|个人评价|个人总结|个人简介|个人优势|个人概述|职业概述|职业总结|核心优势|profile|about( me)?|"
    "((professional|career|executive|personal|qualifications?) )*(summary|profile|overview)( of qualifications)?",
    "education": "教育|学历|学业|学习|最高学历|教育(与培训|及培训)|degrees?|academics?|qualifications? and education|教育(背景|经历|情况|信息|程度)?|学历(背景|信息)?|学习经历|education(al)?( background| history| and training| & training|"
    " and certifications?)?|studies|academic (background|qualifications?|history|credentials)",
    "internship": "实习(经历|经验)|internships?( experience)?",
    "work": "工作|经历|履历|职业生涯|工作(情况|介绍|概况|内容)|(主要|个人|过往)(工作)?(经历|履历)|工作(经历|经验|履历|背景|简历)|(任职|职业|从业|工作)(经历|履历)|(professional|work|employment|relevant|career|job|"
    "industry|teaching|clinical|nursing)? ?(experience|history|background)|employment|experience|work|positions? held|career",
    "project": "(主要|代表|相关|重点)?项目(经历|经验|案例|实践)?|(key |selected |personal |academic |major )?projects?( experience)?",
    "skills": "(专业|职业|个人|技术|核心|办公|it|工作)?(技能|特长|能力|专长|技术栈|技能特长|技能专长|技能清单|专业能力|核心能力)(与证书|证书|及证书)?|"
    "((technical|core|key|professional|computer|relevant|it|other|additional|areas of) )*(skills?|competenc(y|ies)|"
    "expertise|highlights|proficienc(y|ies)|strengths|tech stack|technologies|qualifications|tools)( & tools| and tools|"
    " (&|and) (certifications?|abilities|expertise|technologies|languages))?",
    "certificates": "资质|(资格|职业|专业|技能|所获|所持)?(证书|资质|认证|资格|职称)(情况|及职称|资质|认证|与荣誉|及荣誉|及奖项)?|"
    "(professional )?(certifications?|certificates?|licen[sc]es?|licensure|credentials)(( and|,|/| &) (licen[sc]es?|"
    "certifications?|certificates|training|awards|credentials))*",
    "languages": "语言|外语|(外语|语言)(能力|水平|技能)?|languages?( skills)?",
    "awards": "(所获|主要|个人)?(荣誉|奖项|获奖|获奖情况|荣誉奖项|奖励)(经历|情况)?|(honors?|honours|awards?|achievements|accomplishments)"
    "(( and|,|/| &) (honors|awards|achievements|accomplishments|affiliations))*",
    "other": "现状|其他情况|附加|additional|others?|miscellaneous|further information|兴趣(爱好)?|爱好|其他(信息)?|附加信息|培训经历|培训|校园经历|在校经历|社会实践|志愿(者)?经历|references?|interests|hobbies|"
    "publications|volunteer( work| experience)?|affiliations|(professional )?(memberships|affiliations)|"
    "additional information|personal interests|activities( and honors)?|training",
}
_LIKE = re.compile(
    r"(?P<project>[\u3400-\u9fff]{0,4}(?:项目|案例|作品|业绩)(?:经历|经验|清单|列表)?)|(?P<education>[\u3400-\u9fff]{0,4}(?:教育|学历|求学|就学)[\u3400-\u9fff]{0,4}|[a-z ]{0,14}\beducation\b[a-z ]{0,16})|"
    r"(?P<internship>[\u3400-\u9fff]{0,4}(?:实习|见习)[\u3400-\u9fff]{0,4})|(?P<certificates>[\u3400-\u9fff]{0,4}(?:证书|证照|资质|职称|执照)[\u3400-\u9fff]{0,4}|[a-z ]{0,12}\b(?:admissions|licensure|registrations|licen[cs]es|certificates)\b[a-z ]{0,16})|"
    r"(?P<languages>[\u3400-\u9fff]{0,2}(?:语言|外语)[\u3400-\u9fff]{0,4})|(?P<skills>[\u3400-\u9fff]{0,4}(?:技能|能力|特长|专长|优势)[\u3400-\u9fff]{0,2})|"
    r"(?P<work>[\u3400-\u9fff]{0,6}(?<!培训)(?<!校园)(?<!在校)(?<!社团)(?<!获奖)(?:经历|履历|历程)|[a-z ]{0,16}\b(?:employment|career|work|professional)\b[a-z ]{0,12}(?:history|experience|record|summary of employment|path|timeline)?)",
)
"""Headings that the lists do not hold, by the word that tells: 执业经历, 证照与职称, nursing education."""
_TELLING = "无没未有持会可能不已在"
"""Who begins so tells of something, and names no section."""
_LIKE_SECTIONS: dict[str, Section] = {
    name: name for name in ("project", "education", "internship", "certificates", "languages", "skills", "work")
}
_HEADINGS = {section: re.compile(f"(?:{names})") for section, names in _NAMES.items()}
_TRIM = re.compile(r"^[\W_]*(?:[一二三四五六七八九十]{1,2}[、.．]|\d{1,2}[、.．)]|\(\d\))?[\W_]*|[\W_]+$")
_LABEL = re.compile(r"^[\W_]*([^:：|】\]]{2,28}?)\s*[:：】\]]\s*(?=\S)")
_LASTING = ("work", "education", "project", "internship")
EMPLOYER = re.compile(
    r"公司|集团|银行|医院|事务所|工厂|酒店|中心|研究院|研究所|股份|科技|\b(?:inc|ltd|llc|corp|co|company|group|bank|"
    r"hospital|clinic|technologies|solutions|systems|partners|consulting|university|college|school|llp|plc|gmbh|pty|pte|s\.a\.|agency|studios?|city\s*,\s*state)\b",
    re.IGNORECASE,
)
"""Words of employers' names."""
BULLET = re.compile(r"^\s*(?:[-*•●▪◦‣·>○■◆➢✓①-⑳]|\d{1,2}[.)、]|[（(]\d{1,2}[)）])\s*")
_ENGLISH_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; ``heading`` says that it names a section and nothing else."""

    start: int
    end: int
    section: Section
    heading: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a resume with their sections."""
    found: list[Line] = []
    section: Section = ""
    place, lent = 0, False
    for raw in text.split("\n"):
        start = place + len(raw) - len(raw.lstrip())
        words = raw.strip()
        place += len(raw) + 1
        if not words or not words.strip("|- "):
            continue
        named = _heading(words)
        if named:
            section, lent = named, False
            found.append(Line(start, start + len(words), section, True))
            continue
        label = _LABEL.match(words)
        labelled = _heading(label.group(1)) if label else ""
        if lent and not labelled and (EMPLOYER.search(words) or find(words, "role")) and not degree_names(words):
            section, lent = "", False  # "学历：本科" on one line says nothing of the jobs that follow it
        found.append(Line(start, start + len(words), labelled or section))
        if labelled in _LASTING:
            section, lent = labelled, labelled == "education"
    return found


def _heading(words: str) -> Section:
    if len(words) > 44:
        return ""
    name = folded(_TRIM.sub("", words.replace("**", "")))
    name = name if _ENGLISH_LETTERS.search(name) else name.replace(" ", "")
    name = re.sub(r"\s+", " ", name)
    if not name:
        return ""
    for section, pattern in _HEADINGS.items():
        if pattern.fullmatch(name):
            return section
    if name[0] not in _TELLING and (like := _LIKE.fullmatch(name)):
        return _LIKE_SECTIONS[like.lastgroup or ""]
    return _both(words, name)


def _both(words: str, name: str) -> Section:
    """``工作经历 WORK EXPERIENCE`` and ``Education / 教育背景``."""
    han, latin = re.sub(r"[^\u3400-\u9fff]", "", name), re.sub(r"[^a-z ]", "", name).strip()
    if not han or not latin:
        return ""
    for section, pattern in _HEADINGS.items():
        if pattern.fullmatch(han) and pattern.fullmatch(latin):
            return section
    return ""


def units(text: str, line: Line) -> Iterator[tuple[int, int]]:
    """The sentences of a line, a table's cells apart: what is quoted as evidence."""
    row = text[line.start : line.end]
    place = line.start
    for cell in re.split(r"(\s*\|\s*|\t+| {4,})", row):
        if cell.strip(" |\t"):
            for start, end in sentences(cell):
                bullet = BULLET.match(cell[start:end])
                yield place + start + (bullet.end() if bullet and bullet.end() < end - start else 0), place + end
        place += len(cell)
