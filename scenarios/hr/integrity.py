# ruff: noqa: E501  # a pattern is read best in one piece
"""What in a resume tries to sway a reader instead of telling about a person, and what cannot be true."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.language import folded as squeezed

from .dates import label
from .person import MASK
from .resume import Entry, Resume, Sign

_ORDERS = re.compile(
    r"(?:ignore|disregard|forget|override)\s+(?:all |any |the |your |every )*(?:previous|prior|above|earlier|other|these|instructions|rules|candidates)|"
    r"(?:you are|act as|as an?)\s+(?:an? )?(?:ai|llm|language model|recruiter|hiring assistant)|system\s*prompt|"
    r"(?:rank|rate|score|select|recommend|shortlist|mark)\s+(?:this|the|me|my)\b[^.\n]{0,40}(?:candidate|resume|cv|applicant|first|top|highest|best|100|perfect|10/10)|"
    r"(?:give|assign)\s+(?:this|me|the)[^.\n]{0,30}(?:highest|full|maximum|perfect|top)\s+(?:score|mark|rating)|note to (?:the )?(?:ai|llm|ats|recruiter bot|screening)|"
    r"(?:忽略|无视|忘记|不要理会)[^。\n]{0,10}(?:以上|之前|上述|前面|所有|其他|规则|指令|要求)|(?:请|务必|直接)?(?:将|把|给)(?:我|本|该|此)[^。\n]{0,12}(?:排(?:在|名|到)?第一|最高分|满分|优先录用|评为|列为首选)|"
    r"(?:作为|你是|如果你是)[^。\n]{0,6}(?:AI|人工智能|大模型|语言模型|招聘助手|筛选系统)|系统提示词?",
    re.IGNORECASE,
)  # fmt: skip
_REPEATS = 4
_TOKENS = re.compile(r"[a-z+#.]{2,}|[\u3400-\u9fff]{2,4}")
_GAP, _OVERLAP = 6, 3
LONG = 40


def tries_to_sway(words: str) -> bool:
    """Whether words give orders to whoever scores."""
    return bool(_ORDERS.search(words))


def swaying(resume: Resume) -> list[Sign]:
    """Orders to whoever scores, and keywords heaped up: none of these words is scored."""
    found = []
    lines = Counter(squeezed(resume.text[line.start : line.end]) for line in resume.lines)
    named = [mention for mention in resume.mentions if mention.concept.kind in ("skill", "certificate", "role")]
    for start, end in resume.units:
        words = resume.text[start:end]
        if tries_to_sway(words):
            found.append(Sign("resume.instructions", start, end))
            continue
        tokens = Counter(_TOKENS.findall(words.lower()))
        inside = Counter(mention.concept.name for mention in named if start <= mention.start < end)
        name, times = inside.most_common(1)[0] if inside else ("", 0)
        same = max(tokens.values(), default=0)
        if times >= _REPEATS and same >= _REPEATS and len(tokens) * 2 <= tokens.total() + 4:
            found.append(Sign("resume.stuffing", start, end, name))
    for line in resume.lines:
        words = squeezed(resume.text[line.start : line.end])
        if lines[words] >= _REPEATS and len(words) > 12 and any(line.start <= one.start < line.end for one in named):
            found.append(Sign("resume.stuffing", line.start, line.end, str(lines[words])))
    return found


def covered(seen: str, signs: Sequence[Sign]) -> str:
    """``seen`` without the words of ``signs``, of the same length."""
    for sign in signs:
        seen = seen[: sign.start] + MASK * (sign.end - sign.start) + seen[sign.end :]
    return seen


def timeline(resume: Resume) -> Iterator[Sign]:
    """Dates that cannot be, jobs that overlap, months without a job between two."""
    for entry in resume.entries:
        if not entry.span.valid:
            yield Sign("resume.impossible_dates", entry.span.start, entry.span.end)
    jobs = sorted(_jobs(resume), key=lambda entry: (entry.span.first, entry.span.last))
    reached: Entry | None = None
    for job in jobs:
        if reached is not None:
            between = job.span.first - reached.span.last - 1
            if between >= _GAP:
                months = f"{label(reached.span.last + 1)}–{label(job.span.first - 1)}"
                yield Sign("resume.gap", job.span.start, job.span.end, months)
            common = min(reached.span.last, job.span.last) - job.span.first + 1
            if common >= _OVERLAP:
                yield Sign("resume.overlap", job.span.start, job.span.end, str(common))
        if reached is None or job.span.last > reached.span.last:
            reached = job


def _jobs(resume: Resume) -> list[Entry]:
    return [entry for entry in resume.entries if entry.kind == "work" and entry.span.valid]


def several_people(resume: Resume) -> Sign | None:
    """Two e-mail addresses or phones, and two labelled names or the same sections twice, in one file: two people."""
    mails = list({mail.lower() for mail in re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", resume.text, re.ASCII)})
    names = list(
        re.finditer(
            r"姓\s*名\s*[:：|]\s*[\u3400-\u9fff]{2,4}|^name\s*[:：]\s*\S+", resume.text, re.IGNORECASE | re.MULTILINE
        )
    )
    phones = {
        re.sub(r"\D", "", phone) for phone in re.findall(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", resume.text)
    }
    heads = sum(1 for one, two in pairwise(names) if one.group() != two.group())
    if heads and (len(mails) > 1 or len(phones) > 1):
        return Sign("resume.two_people", *names[1].span())
    headed = [line for line in resume.lines if line.heading and line.section in ("work", "education")]
    twice = len(headed) >= 4 and [one.section for one in headed[:2]] == [one.section for one in headed[2:4]]
    if twice and len({one.section for one in headed[:2]}) == 2 and (len(mails) > 1 or len(phones) > 1):
        return Sign("resume.two_people", headed[2].start, headed[2].end)
    return None
