"""What a chat model may do to a draft: explain clauses and word them anew; figures, days and names stay as they are."""

import re
from collections import Counter

from workbench.language import figures
from workbench.texts import Lang, text

from ..contract import Contract
from ..review import issues
from .draft import Clause, Drafted, DraftNotes
from .form import DraftRequest
from .library import form

_ROOM = "scenarios.contracts.drafting"
_NUMBERED = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s*")
_FORCE = re.compile(r"不得|无权|免费|双倍|不超过|不低于|shall not|may not|【待填：[^】]+】|\[insert [^\]]+\]")
"""Words that turn a duty around, and marks of blanks."""
_REFERENCE = re.compile(r"第[一二三四五六七八九十\d]+条|附件[一二三四五六七八九十\d]+|(?:Section|Schedule) \d+")


def briefed(draft: Drafted, request: DraftRequest) -> dict[str, str]:
    """The prompt's values: the clauses without party names beyond their roles are not needed, the deal is."""
    clauses = "\n\n".join(f"[{one.id}] {one.heading}\n{one.text}" for one in draft.clauses)
    wishes = "\n".join(filter(None, [request.purpose, *request.special_terms, request.deal or ""]))
    return {
        "title": draft.title,
        "side": draft.side or "-",
        "wishes": wishes[:4000] or "-",
        "clauses": clauses[:24_000],
    }


def adapted(draft: Drafted, notes: DraftNotes, lang: Lang) -> Drafted:
    """``draft`` with those wordings that change no fact, and a note for each that was turned down."""
    made = draft
    explanations: list[str] = []
    refused: list[str] = []
    for note in notes.clauses:
        place = next((i for i, one in enumerate(made.clauses) if one.id == note.id), None)
        if place is None:
            continue
        old = made.clauses[place]
        if note.explanation.strip():
            explanations.append(f"{old.number} {old.heading}：{note.explanation.strip()}")
        if not note.wording.strip():
            continue
        new = _numbered(note.wording, old)
        tried = _with(made, place, new)
        if same_facts(old.text, new, [party.name for party in draft.parties]) and not _worse(made, tried):
            made = tried
        else:
            refused.append(text(f"{_ROOM}:draft.refused", lang, clause=f"{old.number} {old.heading}"))
    return made.model_copy(update={"explanations": explanations, "notes": [*draft.notes, *refused]})


def same_facts(old: str, new: str, names: list[str]) -> bool:
    """Whether two wordings state the same figures, sums, days, references and parties, each as often."""
    return _facts(old, names) == _facts(new, names)


def _facts(words: str, names: list[str]) -> Counter[str]:
    plain = re.sub(_NUMBERED.pattern, "", words, flags=re.MULTILINE)
    read = Contract(plain)
    found = Counter(f"{amount.currency}{amount.value.normalize()}" for amount in read.amounts)
    found.update(str(one.day) for one in read.dates)
    found.update(f"{one.count.normalize()}{one.unit}" for one in read.periods)
    found.update(f"{one.share.normalize()}%" for one in read.percents)
    found.update(sorted(figures(plain)))
    found.update(match.group() for match in _REFERENCE.finditer(plain))
    found.update(name for name in names if name for _ in range(plain.count(name)))
    found.update(match.group() for match in _FORCE.finditer(plain))
    return found


def _numbered(wording: str, clause: Clause) -> str:
    """A model's paragraphs with this clause's numbers."""
    first = clause.text.split(".", 1)[0]
    lines = [_NUMBERED.sub("", line).strip() for line in wording.split("\n") if line.strip()]
    return "\n".join(f"{first}.{number} {line}" for number, line in enumerate(lines, 1))


def _with(draft: Drafted, place: int, words: str) -> Drafted:
    old = draft.clauses[place]
    clauses = list(draft.clauses)
    clauses[place] = old.model_copy(update={"text": words, "source": f"{old.source.rstrip('*')}*"})
    return draft.model_copy(update={"clauses": clauses, "text": draft.text.replace(old.text, words, 1)})


def _worse(before: Drafted, after: Drafted) -> bool:
    """Whether the review finds an error that it did not find before."""
    kind = form(before.type).kind
    old, new = (
        Counter(issue.rule for issue in issues(Contract(one.text, kind)) if issue.severity != "info")
        for one in (before, after)
    )
    return bool(new - old)
