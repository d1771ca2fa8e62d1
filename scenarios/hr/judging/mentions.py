# ruff: noqa: E501  # a pattern is read best in one piece
"""What a resume says of a thing around where it names it: denied, being learned, how well known, with which figure."""

import re
from collections.abc import Iterator

from .. import requirement as asked
from ..resume import Resume
from ..taxonomy import Concept, Mention, concepts, folded

_NEGATED = re.compile(
    r"(?:没有|没用过|没做过|没接触|没|无(?!线|论|缝|人|障碍|误)|未(?!来)|不会|不熟|不具备|不懂|不了解|缺乏|尚未|暂无|欠缺|从未|not?\b(?! only)|without|lack(?:s|ing)?|never|haven't|don't|limited to no|不接受|不考虑|不能|无法|不愿|unable to|unwilling to|cannot)[^。.，,；;]{0,48}$|不$|(?:未|没)(?:考|过|取得|通过|持有?)[^。.，,；;]{0,8}$"
)
_NEGATED_AFTER = re.compile(
    r"^[^。.，,；;]{0,4}(?:没有接触|没用过|不熟悉|不了解|不接受|不考虑|不会|经验不足|经验为零)|^\s*[:：(（-]?\s*(?:none\b|nil\b|no(?:ne)? at all|无(?!障碍|压力)|零基础|不会)"
)
LEARNING = re.compile(
    r"正在(?:自)?学|(?<![\u3400-\u9fff])自学(?!能力|考)|(?<![\u3400-\u9fff])学习(?!能力|委员)|attending|taking|enrolled in|自学中|学习中|在学|计划学|备考|准备考|在考|考试中|拟(?:参加|报考)|报考|learning|studying|preparing for|in progress|pursuing|planning|plan to|scheduled|expected|candidate|level (?:1|2|i|ii)\b|已?过[\d一二两三四五六]+[门科]|通过[\d一二两三四五六]+[门科]|[\d一二两三四五六]+[门科](?:已)?(?:通过|合格)|已通过[^，。；]{0,4}[\d一二三四五六]门|passed \d+ (?:of|out of)|\d+ of \d+ (?:papers|exams|modules)|\bpart (?:1|one|i)\b (?:only|passed)|部分科目|主观题未过|证的?理论|理论(?:考试)?(?:已)?(?:通?过)|实操未|尚未(?:取得|拿到|考出|领)|trainee\b"
)
"""Words that say a thing is not there yet."""
COURSE = re.compile(
    r"实训|课程(?!研发|开发|顾问|设计)|选修|听过课|旁听|培训过|\bcoursework|\bcourses? (?:in|on|taken)|\bcourses?:|\bmodules?:|\bmodule in"
)
"""Words that say it was taught, not done."""
EXPIRED = re.compile(
    r"过期|已?失效|到期未|未(?:年检|复审|换证|注册)|办理中|待(?:领|发|取)|\bexpired\b|\blapsed\b|\bpending\b|not yet (?:issued|renewed|received)"
)
_POST = re.compile(
    r"(?<!客户)(?<!产品)(?<!项目)(?<!理财)(?<!投资)(?<!助理)(?:主管|经理|总监|主任(?!医师|护师|药师|技师)|组长|班长|店长|队长|部长|科长|厂长|校长|护士长)(?!助理)|"
    r"(?<!account )(?<!product )(?<!project )(?<!relationship )\b(?:manager|supervisor|director|head of|team lead|foreman|vice president)\b",
    re.IGNORECASE,
)
BASIC, FAMILIAR, EXPERT = 1.0, 2.0, 4.0
_ITEM = re.compile(r"(?:(?!\.\s)[^，,；;。|、()（）])*(?:[(（][^()（）]*[)）])?(?:(?!\.\s)[^，,；;。|、()（）])*")


def mentions_of(resume: Resume, concept: Concept) -> list[Mention]:
    """Where the resume names ``concept`` or a case of it. A certificate's name is no skill shown."""
    if concept.key not in concepts():
        return list(_literal(resume.seen, concept))
    found = [mention for mention in resume.claims if mention.shows(concept)]
    return sorted([*found, *_posts(resume, concept)], key=lambda one: one.start) if concept.name == "manager" else found


def _posts(resume: Resume, manager: Concept) -> Iterator[Mention]:
    """Posts with people under them, by the last word of their titles in the heads of jobs: 运营主管, Sales Director."""
    for entry in resume.entries:
        if entry.kind == "work":
            for match in _POST.finditer(resume.seen, entry.start, entry.header_end):
                yield Mention(manager, *match.span())


def _literal(seen: str, concept: Concept) -> Iterator[Mention]:
    """Where the text holds the name of a concept that the taxonomy does not know."""
    name = re.escape(concept.names[0])
    edges = [r"(?<![a-z0-9])" if name[0].isascii() else "", r"(?:\d|s)?(?![a-z0-9])" if name[-1].isascii() else ""]
    for match in re.finditer(name.join(edges), folded(seen)):
        yield Mention(concept, *match.span())


def clause(resume: Resume, mention: Mention) -> str:
    """The clause around a mention: between commas, semicolons, full stops and line ends."""
    seen = resume.seen
    start = max(seen.rfind(stop, 0, mention.start) for stop in "，,；;。\n|") + 1
    ends = [place for stop in "，,；;。\n|" if (place := seen.find(stop, mention.end)) >= 0]
    return folded(seen[start : min(ends, default=len(seen))])


def sentence(resume: Resume, mention: Mention) -> str:
    """The sentence or line around a mention."""
    seen = resume.seen
    start = max(seen.rfind(stop, 0, mention.start) for stop in "；;。\n|") + 1
    ends = [place for stop in "；;。\n|" if (place := seen.find(stop, mention.end)) >= 0]
    return folded(seen[start : min(ends, default=len(seen))])


def item(resume: Resume, mention: Mention) -> str:
    """The mention with what its clause says before it and what stands behind it, up to the next item of a list."""
    start = max(resume.seen.rfind(stop, 0, mention.start) for stop in "，,；;。\n|、") + 1
    after = resume.seen[mention.end : mention.end + 60].split("\n")[0]
    match = _ITEM.match(after)
    return folded(resume.seen[start : mention.end] + (match.group() if match else ""))


def negated(resume: Resume, mention: Mention) -> bool:
    """Whether the resume says that this is lacking or refused."""
    said = folded(resume.seen[mention.start : mention.end])
    return said in mention.concept.denials or denied(resume.seen, mention.start, mention.end)


def denied(seen: str, start: int, end: int) -> bool:
    """The same for any words of the seen text, within their line."""
    line = folded(seen[max(0, start - 60) : start].rsplit("\n", 1)[-1])
    after = folded(seen[end : end + 12].split("\n", 1)[0])
    return bool(_NEGATED.search(line) or _NEGATED_AFTER.match(after))


def level(resume: Resume, mention: Mention) -> float:
    """How well the resume says the skill is known; 2 where it does not say."""
    return stated_level(resume, mention) or FAMILIAR


def stated_level(resume: Resume, mention: Mention) -> float:
    """How well the resume says the skill is known; 0 where it does not say. In lists the level word may stand before."""
    stated = asked.level(clause(resume, mention), 0)
    line = resume.line_at(mention.start)
    if stated or line.section in ("work", "project"):
        return stated
    before = re.split(r"[；;。]", folded(resume.seen[line.start : mention.start]))[-1]
    return asked.last_level(before, 0)


def points(resume: Resume, mention: Mention) -> float | None:
    """The figure that follows a test's name, the overall one where there are several."""
    line = resume.seen[mention.end : resume.line_at(mention.start).end]
    if overall := re.search(r"(?:overall|总分|均分)\D{0,8}(\d{1,3}(?:\.\d)?)(?!\d)", line[:120], re.IGNORECASE):
        return float(overall.group(1))
    match = re.match(
        r"[^\d\n，,；;。|]{0,10}(\d{1,3}(?:\.\d)?)(?!\d|\s*年|\.\d)", resume.seen[mention.end : mention.end + 20]
    )
    return float(match.group(1)) if match else None
