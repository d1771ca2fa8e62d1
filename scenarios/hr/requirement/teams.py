# ruff: noqa: E501  # a pattern is read best in one piece
"""Teams that somebody led: how many people a text says they were."""

import re

from ..quantities import COUNT, number
from ..taxonomy import folded

_THINGS = r"(?!customers|users|orders|papers|servers|computers|routers|centers|suppliers|partners|containers|numbers|letters|offers|tenders|quarters|chapters|students|patients|clients|accounts|customer|meters)"
_PEOPLE = rf"(?:people|persons?|staff|members?|employees|reports|juniors|nurses|ftes?|salespeople|(?:fire|sales|crafts|crew)?(?:men|women)|representatives|executives|associates|graduates|{_THINGS}[a-z]{{3,}}(?:ers|ors|ists|ants|ians|eers))"
_STAFF = r"(?:[\u3400-\u9fff]{0,6}?(?:员(?!工?培训)|师|工(?!作|程)|司机|同事|下属|助理|经理|主管|代表|顾问|讲师|导购|编辑|会计|出纳|护士|骑手|徒弟|新人|组长|班长))"
_ROUNDED = r"(?:about |over |up to |at least |more than |some |around )?"
_TEAM = re.compile(
    rf"(?:带|管理|管(?=\s?\d)|领导|带领|负责|团队|协调|统筹|下属|手下|下辖|辖|组员|队员|店员|员工|成员|\blead|\bled\b|\bmanag\w*|\bsupervis\w*|\bhead(?:ed|s|ing)?\b|team of|\bleading)(?:(?!招|入职|培训|学员|学生|服务|覆盖|支持)[^\d，,。；;\n]){{0,12}}?(?P<n>\d{{1,4}}|[一二两三四五六七八九十百]{{1,3}})\s*(?:\+|多|余)?\s*(?:-\s*\d+\s*)?(?:名|个|位)?\s*(?:人(?!月|天|次|份)|员工|下属|工程师|成员|{_PEOPLE}\b)(?:以上)?|"
    rf"(?:带教?|管理|管|领导|带领|率领|指导|负责|手下|下属|下辖|辖|团队|督导|统筹)[^\d。；;\n]{{0,16}}?(?P<h>\d{{1,4}})\s*(?:余|多)?(?:名|位|个){_STAFF}(?:[、和及]\s*(?P<i>\d{{1,4}})\s*(?:名|位|个){_STAFF})?|"
    r"\b(?:led|leads?|managed|manages|supervised|supervises|mentored|oversaw)\s+(?P<o>one|a single)\s+(?:\w+ ){0,2}?(?:[a-z]{3,}(?:er|or|ist|ant|ian|eer)|nurse|person|employee|report)\b|"
    rf"\b(?:run|runs|ran|running|heads?|manag\w+|supervis\w+|lead|led|oversee\w*)\b[^.;\n\d]{{0,32}}?(?P<j>\d{{1,3}}) (?:[a-z]+ )?{_PEOPLE}\b|"
    r"(?P<t>\d{1,4})\s*(?:余|多)?\s*(?:名|个)?人(?:以上|左右|及以上)?(?:规模)?的?[\u3400-\u9fff]{0,4}(?:团队|队伍)|"
    rf"\b(?:team|squad|crew|group|department) of {_ROUNDED}(?P<m>{COUNT})\b(?!\s?%)|"
    rf"\b(?P<s>{COUNT})[- ](?:person|people|member|man|strong) (?:[a-z]+ )?(?:team|squad|crew|group|department)\b|"
    rf"\b(?:led|leads?|leading|manag\w+|supervis\w+|heads?|headed|oversaw|oversee\w*|in charge of)\s+(?:a |an |and |[a-z]+ ){{0,3}}?{_ROUNDED}(?P<e>{COUNT})(?: or more|\+)?\s+(?:\w+ ){{0,2}}?{_PEOPLE}\b|"
    rf"\b(?:led|supervised|managed|lead|supervise|manage|led|leading|supervising|managing)\s+(?:a |the )?(?:[a-z]+ )?team of {_ROUNDED}(?P<g>{COUNT})\b|"
    rf"\b(?P<d>{COUNT}) (?:direct reports|subordinates)\b",
    re.IGNORECASE,
)
_GROUPS = "ntmsegdhoj"


def _people(match: re.Match[str]) -> int:
    word = next(word for key in _GROUPS if (word := match[key]))
    return (1 if word == "a single" else int(number(word))) + int(match["i"] or 0)


def team_sizes(text: str) -> list[tuple[int, int, int]]:
    """(people, start, end) of each team that a text says somebody led."""
    return [(_people(match), *match.span()) for match in _TEAM.finditer(folded(text))]
