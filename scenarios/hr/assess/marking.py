"""Marking: choices by the key, open answers against their rubric with the words that earned each point.

Open marks are proposals. Whatever code cannot be sure of is flagged for a second look by a person.
"""

import re
from collections.abc import Callable, Sequence

from workbench.language import figures, sentences
from workbench.language import folded as squeezed
from workbench.texts import Lang, text

from ..integrity import tries_to_sway
from ..wording import likeness
from .models import OBJECTIVE, Criterion, Hit, Item, Mark, Response, Result

Nearness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each text is to a query: ``workbench.knowledge.Knowledge.likeness``."""

FULL, HALF = 0.5, 0.25
"""Shares of a criterion's telling words that earn all or half of its points."""
_MEANT = 0.62
"""A cosine from which a sentence says the same in other words: a person should look."""
_COPIED = 0.8
_LEAST = 8
_LETTERS = re.compile(r"[A-Ha-h]")
_DENIES = re.compile(
    r"不(?!仅|但|只|同|断|管|论|超过|少于|低于)|无(?!论)|未|没有|\bnot?\b|\bnever\b|n't\b|\bwithout\b", re.IGNORECASE
)


def result(response: Response, items: Sequence[Item], nearness: Nearness, lang: Lang, file: str = "") -> Result:
    """One person's marks. An item without an answer gets none."""
    marks = [mark(one, response.answers.get(one.id, "").strip(), nearness, lang) for one in items]
    return Result(
        candidate=response.candidate, file=file, score=round(sum(one.points for one in marks), 2),
        max=sum(one.points for one in items), marks=marks,
    )  # fmt: skip


def mark(item: Item, given: str, nearness: Nearness, lang: Lang) -> Mark:
    """One answer. A multiple choice earns half where some right options and no wrong one are ticked."""
    if item.kind in OBJECTIVE:
        return _objective(item, given, lang)
    return _open(item, given, nearness, lang)


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.hr:mark.{key}", lang, **values)


def letters(item: Item, given: str) -> list[str]:
    """The options that an answer ticks: by letter, or by an option's words."""
    known = {option.key for option in item.options}
    words = next((option.key for option in item.options if squeezed(option.text) == squeezed(given)), "")
    if words:
        return [words]
    plain = re.sub(r"[\s,，、;；.。()（）和与&/+]|选|答案?|是|为|[:：]", "", given)
    if not plain or not all(_LETTERS.fullmatch(char) for char in plain):
        return []
    return sorted({char.upper() for char in plain} & known)


def _objective(item: Item, given: str, lang: Lang) -> Mark:
    ticked = letters(item, given)
    right = ticked == sorted(item.key)
    part = item.kind == "multiple" and bool(ticked) and set(ticked) < set(item.key)
    points = item.points if right else item.points / 2 if part else 0.0
    unclear = bool(given) and not ticked
    reason = _say("unclear", lang) if unclear else "" if right else _say("key", lang, letters="".join(item.key))
    return Mark(
        item=item.id, given=given, points=points, max=item.points, right=right, second_look=unclear, reason=reason
    )


def _open(item: Item, given: str, nearness: Nearness, lang: Lang) -> Mark:
    spans = list(sentences(given))
    said = [given[start:end] for start, end in spans]
    hits, doubts = [], []
    for one in item.rubric:
        hit, doubt = _criterion(one, given, spans, nearness(one.text, said) if said else [], lang)
        hits.append(hit)
        doubts += [doubt] if doubt else []
    if given and sum(map(str.isalnum, given)) < _LEAST:
        doubts.append(_say("short", lang))
    if tries_to_sway(given):
        doubts.append(_say("orders", lang))
    if given and _copied(item, given):
        doubts.append(_say("copied", lang))
    points = round(sum(one.points for one in hits), 2)
    return Mark(
        item=item.id, given=given, points=points, max=item.points, hits=hits,
        second_look=bool(doubts), reason=("；" if lang == "zh" else "; ").join(dict.fromkeys(doubts)),
    )  # fmt: skip


def _criterion(
    one: Criterion, given: str, spans: Sequence[tuple[int, int]], near: Sequence[float], lang: Lang
) -> tuple[Hit, str]:
    """What an answer earns for one criterion, and why a person should look, if so."""
    if not spans:
        return Hit(criterion=one.id, points=0, reason=_say("missing", lang)), ""
    shares = [likeness(one.text, given[start:end]) for start, end in spans]
    best = max(range(len(spans)), key=lambda place: (shares[place], near[place]))
    start, end = spans[best]
    words, share = given[start:end], shares[best]
    wanted, stated = figures(one.text), figures(given)
    place = {"quote": words, "start": start, "end": end}
    if share < HALF:
        meant = max(range(len(spans)), key=lambda number: near[number])
        if near[meant] < _MEANT:
            return Hit(criterion=one.id, points=0, reason=_say("missing", lang)), ""
        start, end = spans[meant]
        place = {"quote": given[start:end], "start": start, "end": end}
        return Hit(criterion=one.id, points=0, reason=_say("other_words", lang), **place), _say("other_words", lang)
    if missing := wanted - stated:
        points = one.points / 2 if share >= FULL and not figures(words) else 0.0
        reason = _say("figure", lang, figures=sorted(missing))
        return Hit(criterion=one.id, points=points, reason=reason, **place), "" if figures(words) else reason
    if bool(_DENIES.search(one.text)) != bool(_DENIES.search(words)):
        reason = _say("denied", lang)
        return Hit(criterion=one.id, points=one.points / 2, reason=reason, **place), reason
    if share >= FULL:
        return Hit(criterion=one.id, points=one.points, **place), ""
    return Hit(criterion=one.id, points=one.points / 2, reason=_say("part", lang), **place), _say("part", lang)


def _copied(item: Item, given: str) -> bool:
    """Whether an answer is mostly the question's own words."""
    return len(given) > 20 and likeness(given, item.stem) >= _COPIED
