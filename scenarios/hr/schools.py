# ruff: noqa: E501  # a pattern is read best in one piece
"""Universities by rank: those of Projects 985 and 211, and which of them a text names."""

import re
from functools import cache
from pathlib import Path

import yaml

from .taxonomy import folded

_FILE = Path(__file__).with_name("schools.yaml")
TIERS = {"c9": 3, "985": 2, "211": 1}
"""A higher tier is of all lower ones too."""
_ASKED = (
    (3, re.compile(r"c9", re.I)),
    (2, re.compile(r"985")),
    (1, re.compile(r"211|双一流|重点(?:大学|本科|高校|院校)|一本")),
)
_ABOUT_SCHOOL = re.compile(r"院校|高校|大学|学校|本科|毕业|学历|985|211")
SCHOOL = re.compile(
    r"[\u3400-\u9fff]{2,14}(?:大学|学院|职业技术学校|专科学校)|"
    r"(?:[A-Z][\w'&.-]+ ){1,5}(?:University|College|Institute of Technology)|University of [A-Z]\w+(?: [A-Z]\w+)*"
)
"""Names of schools of higher education."""
_INDEPENDENT = re.compile(
    r"[\u3400-\u9fff]{0,4}(?:城市|宁波|珠海|独立|金陵|成贤|锦城|锦江|嘉庚|行知|文正|应用技术|之江|城建|滨海|信息商务|中山|北方|南方|知行|科技)[\u3400-\u9fff]{0,4}学院"
)


@cache
def _known() -> tuple[re.Pattern[str], dict[str, int]]:
    names = {
        folded(word.strip()): TIERS[str(tier)]
        for tier, lines in yaml.safe_load(_FILE.read_text("utf-8")).items()
        for name, others in lines.items()
        for word in (name, *others.split(","))
    }
    words = (re.escape(word) for word in sorted(names, key=len, reverse=True))
    return re.compile(f"(?<![a-z])(?:{'|'.join(words)})(?![a-z])"), names


def tier_asked(text: str) -> int:
    """The lowest tier that a requirement takes; 0 where it asks for none."""
    if not _ABOUT_SCHOOL.search(text):
        return 0
    return min((tier for tier, pattern in _ASKED if pattern.search(text)), default=0)


def ranked_schools(text: str) -> list[tuple[int, int, int]]:
    """(tier, start, end) of each ranked university that ``text`` names. A college that only bears its name is none:
    浙江大学城市学院."""
    pattern, names = _known()
    plain = folded(text)
    return [
        (names[match.group()], *match.span())
        for match in pattern.finditer(plain)
        if not _INDEPENDENT.match(plain, match.end()) and _whole(plain, match.start())
    ]


def _whole(plain: str, start: int) -> bool:
    """Whether the name begins here: 大学 of 东北大学 does not begin inside 中国东北大学, nor 上海大学 inside another name."""
    before = plain[max(0, start - 2) : start]
    return not re.search(r"[\u3400-\u9fff]$", before) or bool(
        re.search(r"(?:于|在|入|校|从|月|年|过|是|到|：)$", before)
    )
