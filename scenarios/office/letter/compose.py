"""A letter written from the form alone: opening, numbered points and the closing words of its kind."""

from datetime import date
from typing import Any

from workbench.language import sentences
from workbench.run import RunContext
from workbench.scenario import Section
from workbench.texts import Lang, text

from ..words import overlap
from .models import Letter, LetterRequest

_HAN = "一二三四五六七八九十"
_NEAR = 0.5  # share of the matter's words that a rule's sentence has when it is named as the basis


def say(key: str, lang: Lang, **values: Any) -> str:
    """A text of this task."""
    return text(f"scenarios.office:letter.{key}", lang, **values)


def composed(request: LetterRequest, context: RunContext) -> Letter:
    """The letter, with no model; its day is today unless the form says one."""
    lang = context.lang
    letter = Letter(
        kind=request.kind,
        title=say(f"title.{request.kind}", lang, matter=request.matter),
        number=request.number,
        to=[one.strip() for one in request.to if one.strip()],
        basis=_basis(request, context),
        attachments=request.attachments,
        contact=request.contact,
        sender=request.sender,
        day=request.issued or date.today(),
    )
    letter.body = [*_opening(request, letter, lang), *_points(request, lang), say(f"closing.{request.kind}", lang)]
    return told(letter, lang)


def told(letter: Letter, lang: Lang) -> Letter:
    """``letter`` with its text."""
    return letter.model_copy(update={"text": plain(letter, lang)})


def _basis(request: LetterRequest, context: RunContext) -> list[str]:
    """Up to two sentences of rules that speak of the matter, quoted."""
    found: list[str] = []
    context.retrieve(request.matter, limit=4)
    for passage in context.passages:
        for start, end in sentences(passage.passage):
            sentence = " ".join(passage.passage[start:end].split())
            if len(found) < 2 and 10 < len(sentence) < 150 and overlap(request.matter, sentence) >= _NEAR:
                found.append(say("basis", context.lang, title=passage.title, quote=sentence, marker=passage.marker))
    return found


def _opening(request: LetterRequest, letter: Letter, lang: Lang) -> list[str]:
    reason = say("reason", lang, reason=request.reason.rstrip("。.")) if request.reason else ""
    if request.kind == "meeting":
        return [reason + say("opening.meeting", lang, matter=request.matter), *letter.basis]
    return [*letter.basis, reason + say(f"opening.{request.kind}", lang, matter=request.matter)]


def _points(request: LetterRequest, lang: Lang) -> list[str]:
    """The numbered points: of a meeting its time, place and people, then facts and what is asked for."""
    points: list[str] = []
    if request.kind == "meeting":
        people = ("、" if lang == "zh" else ", ").join(request.attendees)
        meeting = {"time": request.time, "place": request.place, "people": people}
        points += [say(name, lang, value=value) for name, value in meeting.items() if value]
    points += [line.strip() for line in [*request.facts, *request.asks] if line.strip()]
    if len(points) == 1:
        return [_ended(points[0], lang)]
    return [_numbered(number, _ended(point, lang), lang) for number, point in enumerate(points)]


def _numbered(number: int, point: str, lang: Lang) -> str:
    """一、二、… as GB/T 9704-2012 7.3.3 counts the first level."""
    return f"{_HAN[number] if number < 10 else number + 1}、{point}" if lang == "zh" else f"{number + 1}. {point}"


def _ended(words: str, lang: Lang) -> str:
    return words if words[-1] in "。.！!？?；;：:" else words + ("。" if lang == "zh" else ".")


def plain(letter: Letter, lang: Lang) -> str:
    """The letter as text, in the order in which official documents are written."""
    joint = "、" if lang == "zh" else ", "
    head = [letter.title, letter.number, say("to", lang, to=joint.join(letter.to)) if letter.to else ""]
    foot = [f"{say('attachment', lang)}{number}. {name}" for number, name in enumerate(letter.attachments, 1)]
    foot += [say("contact", lang, contact=letter.contact) if letter.contact else "", letter.sender, dated(letter, lang)]
    return "\n\n".join(filter(None, [*head, *letter.body, *foot]))


def dated(letter: Letter, lang: Lang) -> str:
    """The day as official documents write it: Arabic figures, no leading noughts (GB/T 9704-2012 7.3.5.4)."""
    day = letter.day
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def sections(letter: Letter, lang: Lang) -> list[Section]:
    """The letter for export."""
    lines = letter.text.split("\n\n")
    return [Section(letter.title, tuple(lines[1:] if lines and lines[0] == letter.title else lines))]
