"""A written rule as data: its statements with what they stand under, and the steps of its procedure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.language import sentences

_HAN = "[一二三四五六七八九十百\\d]"
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*|第[一二三四五六七八九十百]+[章节]\s*|[一二三四五六七八九十]+、|(?:Chapter|Section) \d+"
    r"|\d{1,2}[.、]\s*(?=[^\d。；]{1,16}$))\s*(?P<name>.{1,40}?)\s*$"
)
_ITEM = re.compile(
    rf"^\s*(?:\d{{1,2}}(?:\.\d{{1,2}})+[.、)）]?\s+|\d{{1,2}}[.、)）]|[A-H]\.\s|[一二三四五六七八九十]{{1,3}}、|[（(]{_HAN}{{1,3}}[)）]|[①-⑳]|步骤\s*{_HAN}+[:：、]?|第{_HAN}+条"
    r"|[-*•]\s|Step \d+[:.]?)\s*"
)
_PROCEDURE = re.compile(r"流程|程序|步骤|办理|procedure|process|steps|workflow", re.IGNORECASE)


def _any(words: str) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted((re.escape(word) for word in words.split()), key=len, reverse=True))


_POSTS = _any(
    "部门负责人 负责人 部门 部 处 科 室 组 中心 委员会 小组 经理 总监 主管 专员 管理员 人员 出纳 会计 仓库"
    " 员工 申请人 经办人 审批人 验收人 报销人 领导 总经理 客服 财务 法务 人事 行政 双方 供应商 员"
)
_JOBS = _any(
    "department team manager head officer staff employee requester supervisor buyer finance legal"
    " HR director owner agent author reviewer approver inspector clerk accountant controller applicant engineer lead"
)
_OWNER = re.compile(
    rf"(?:由|经|报)?(?P<zh>[一-鿿A-Za-z]{{0,10}}?(?:{_POSTS}))|\b(?:the )?(?P<en>[A-Za-z ]{{0,24}}?(?:{_JOBS}))\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d\s*天|[一二三四五六七八九十]天|每[日周月季年]|"
    + _any(
        "工作日 小时 日内 当日 当天 次日 立即 即时 月底 年底 之前 以前 日前 周内 月内 同时 within"
        " immediately daily weekly monthly hour day"
    ),
    re.IGNORECASE,
)
_RECORD = re.compile(
    _any(
        "单 表 记录 台账 报告 凭证 登记 档案 合同 纪要 清单 邮件 书面 签字 系统 回执 发票 通知 方案 form record"
        " report register minutes contract email written signed ticket receipt"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """A sentence or a table row that says something. ``under`` is its heading and a row's column names."""

    text: str
    start: int
    end: int
    under: str
    row: bool = False


@dataclass(frozen=True)
class RuleStep:
    """A step of the procedure. ``owner``, ``time`` and ``record`` are the words that say so, empty without."""

    name: str
    start: int
    end: int
    owner: str
    time: str
    record: str


def statements(text: str) -> Iterator[Statement]:
    """Sentences and table rows of ``text`` in order; headings stand in ``under``."""
    heading, header, place = "", "", 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        bare = line.strip()
        if not bare:
            header = ""
        elif bare.startswith("|"):
            cells = [cell.strip() for cell in bare.strip("|").split("|")]
            if all(set(cell) <= set("-: ") for cell in cells):
                continue
            if not header:
                header = " ".join(cells)
            else:
                at = start + line.index(bare)
                yield Statement("，".join(filter(None, cells)), at, at + len(bare), f"{heading} {header}", row=True)
        elif (found := _HEADING.match(line)) and not re.search(r"[。；;]$", bare):
            heading, header = found["name"], ""
        else:
            header = ""
            for begin, end in sentences(line):
                if begin == len(line) - len(line.lstrip()) and (number := _ITEM.match(line)):
                    begin = min(number.end(), end)
                if begin < end:
                    yield Statement(line[begin:end], start + begin, start + end, heading)


def steps(text: str) -> list[RuleStep]:
    """The numbered items under headings of procedure; without such a heading, all numbered items."""
    found: list[tuple[bool, RuleStep]] = []
    heading, place = "", 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        item = _ITEM.match(line)
        if (name := _HEADING.match(line)) and not re.search(r"[。；;，,]", line):
            heading = name["name"]
        elif item and line.strip():
            body = line[item.end() :].rstrip()
            step = _step(body, start + item.end())
            found.append((bool(_PROCEDURE.search(heading)), step))
    procedure = [step for inside, step in found if inside]
    return procedure or [step for _, step in found]


def _step(body: str, start: int) -> RuleStep:
    owner = _OWNER.search(body[:40])
    time, record = _TIME.search(body), _RECORD.search(body)
    said = (owner["zh"] or owner["en"] or "").strip() if owner else ""
    return RuleStep(
        body, start, start + len(body), said, time.group() if time else "", record.group() if record else ""
    )
