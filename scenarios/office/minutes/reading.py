"""Notes sorted by code: who was there, what was decided, who does what by when, what is open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from workbench.language import sentences

from .due import due
from .models import Action, Item, Minutes, Topic

_NAME = r"[一-鿿]{2,4}|[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z'-]+)?"
_SPEAKER = re.compile(rf"^(?P<name>{_NAME})\s*(?:（[^）]{{1,12}}）|\([^)]{{1,20}}\))?\s*[:：]\s*")
_NOT_NAMES = re.compile(
    r"^(?:会议|时间|日期|地点|主题|议题|记录|主持|备注|结论|决议|决定|待办|行动|任务|参会|与会|出席|背景|目的|问题|风险|下一步|"
    r"我们|大家|各部门|本次|目前|后续|今天|明天|建议|需要|可以|Action|Note|Decision|Date|Time|Place|Topic|We|The|It|Next)",
    re.IGNORECASE,
)
_WHEN = r"在|于|本|下|这|明|后天|今|周|星期|月|年|\d|[一二三四五六七八九十两]个?(?:天|日|周|月|工作日)"
_DOES = (
    r"负责|牵头|跟进|来|去|准备|整理|提交|完成|落实|联系|起草|确认|更新|汇总|对接|组织|"
    r"梳理|反馈|安排|修改|补充|推进|解决|办理|申请|测试"
)
_WHO = r"(?P<name>[一-鿿]{2,4}?)"
_OWNERS = [
    re.compile(rf"(?:由|请|让|交由|交给|安排|@)\s*{_WHO}(?=\s*(?:{_DOES}|{_WHEN}|，|,|和|、|$))"),
    re.compile(r"(?:负责人|责任人|经办人)\s*[:：]\s*(?P<name>[一-鿿]{2,4})"),
    re.compile(r"(?:owner|@)\s*:?\s*(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)", re.IGNORECASE),
    re.compile(rf"(?:^|[，,；;。:：\s]){_WHO}(?=(?:会|将|需要?|要)?(?:负责|牵头|跟进|来做|落实|在(?:{_WHEN})|于))"),
    re.compile(r"\b(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?)\s+(?:will|to|should|must|needs? to|is going to|owns)\b"),
    re.compile(r"[（(](?P<name>[一-鿿]{2,4}|[A-Z][a-z]+)[，,)）]"),
]


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    texts: dict[str, str] = yaml.safe_load(Path(__file__).with_name("cues.yaml").read_text("utf-8"))
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in texts.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the notes, whose it is where a speaker is named, and the heading it stands under."""

    text: str
    speaker: str
    topic: str
    marked: bool


def read_notes(notes: str, title: str, day: date, attendees: list[str]) -> Minutes:
    """The minutes of ``notes``. A sentence is what its strongest cue makes it: an action has an owner or a date."""
    cues = _cues()
    made = Minutes(title=title, day=day, attendees=list(attendees), notes=notes)
    topics: dict[str, Topic] = {}
    for line in _lines(notes, made):
        topics.setdefault(line.topic, Topic(heading=line.topic)).points.append(line.text)
        found = due(line.text, made.day)
        owner = owner_in(line.text, made.attendees)
        task = line.marked or bool(cues["action"].search(line.text) and (owner or found))
        if task and not cues["question"].search(line.text):
            made.actions.append(action(line.text, owner or _own(line), made.day, line.topic))
        elif cues["question"].search(line.text):
            made.questions.append(Item(text=line.text, quote=line.text, topic=line.topic))
        elif cues["decision"].search(line.text):
            made.decisions.append(Item(text=line.text, quote=line.text, topic=line.topic))
    made.topics = list(topics.values())
    return made


def action(quote: str, owner: str, meeting: date, topic: str = "", words: str = "") -> Action:
    """An action of a sentence, its day read from it."""
    found = due(quote, meeting)
    return Action(
        text=words or quote,
        owner=owner,
        due=found.day if found else None,
        due_words=quote[found.start : found.end] if found else "",
        quote=quote,
        topic=topic,
    )


def owner_in(sentence: str, attendees: list[str]) -> str:
    """Who is to do what a sentence says: somebody of the meeting named first, else whom its wording names."""
    for pattern in _OWNERS:
        for match in pattern.finditer(sentence):
            name = match["name"]
            if name and not _NOT_NAMES.match(name):
                return next((known for known in attendees if known.startswith(name) or name in known), name)
    named = [(sentence.find(name), name) for name in attendees if name in sentence]
    return min(named)[1] if named else ""


def _own(line: Line) -> str:
    """The speaker, where somebody says what they will do themselves."""
    first_person = re.search(rf"我(?:来|会|负责|去|这边|{_WHEN})|\bI(?:'ll| will| can)\b", line.text)
    return line.speaker if first_person else ""


def _lines(notes: str, made: Minutes) -> Iterator[Line]:
    """The sentences; what the head of the notes says of title, day and people goes into ``made``."""
    cues = _cues()
    topic = ""
    for raw in notes.splitlines():
        line = raw.strip().strip("*").strip()
        if not line:
            continue
        if match := cues["attendees"].match(line):
            names = [name.strip() for name in re.split(r"[、，,;；]|\s{2,}", line[match.end() :])]
            made.attendees = list(dict.fromkeys([*made.attendees, *filter(None, names)]))
            continue
        if match := cues["about"].match(line):
            made.title = made.title or line[match.end() :]
            continue
        if cues["day"].match(line):
            continue
        if match := cues["heading"].match(line):
            topic = line[match.end() :].strip() or line
            continue
        marked = cues["marked"].match(line)
        line = line[marked.end() :] if marked else re.sub(r"^(?:[-*•·]|\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*", "", line)
        spoken = _SPEAKER.match(line)
        speaker = spoken["name"] if spoken and not _NOT_NAMES.match(spoken["name"]) else ""
        rest = line[spoken.end() :] if spoken and speaker else line
        if speaker and len(speaker) <= 3 and speaker not in made.attendees and not speaker.isascii():
            made.attendees.append(speaker)
        for start, end in sentences(rest):
            if words := rest[start:end].strip():
                yield Line(words, speaker, topic, bool(marked))
