"""Finds the words of the evidence that answer one question, and judges whether they do."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.evidence import Hit
from workbench.language import detect, sentences, shingles
from workbench.run import RunContext

LOOK = 16
"""How many passages are looked at: the first four may answer, the others show what is common here."""
ANSWERING = 4
LONGEST = 240
"""An answer grows sentence by sentence up to about so many characters."""

# Two logistic regressions tell passages that answer from near ones that do not. They were fitted on FAQ collections in
# zh and en: each question with its own entry there, and with it taken out (bench/answerability.py).
# Among many passages: ``agreement`` is the fused score, high when words and meaning agree on one; ``lead`` the best
# cosine over the mean of the lower ones; ``words`` BM25 a word of the question.
_MANY = {"bias": -11.9, "agreement": 11.5, "lead": 21.0, "words": 0.24}
# Among few, sentence by sentence: ``likeness`` of the best one, its ``lead`` over the mean of all, and the share of
# the question's words that its passage holds.
_FEW = {"bias": -8.0, "likeness": 7.4, "lead": 37.0, "coverage": 1.2}
ENOUGH = 12
"""From so many passages on the first regression judges."""
ANSWERABLE = 0.4
_COVERED = 0.6  # without vectors: the share of the question's words that the passage must hold

_TABLE_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_HEADING = re.compile(r"^#{1,6}\s+|^(第[一二三四五六七八九十百零\d]+[章节编]|[一二三四五六七八九十]+、)")
_QUESTION = re.compile(r"[?？]\W*$")
_OPEN = re.compile(r"[:：]$")
_BULLET = re.compile(r"^([-*+•]|\d+[.)、])\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or table row of a passage. ``lead`` is the heading or question above it; ``text`` reads by itself."""

    hit: Hit
    number: int
    text: str
    lead: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The units that answer ``question``, in reading order, and how sure it is that they do (0 to 1)."""

    question: str
    units: tuple[Unit, ...]
    confidence: float


def answer(question: str, context: RunContext) -> Answer:
    """The best answer that the knowledge bases hold; without units when there is nothing at all.

    The passages that may answer are kept as evidence in any case.
    """
    hits = context.search(question, LOOK)
    nearest = prefer_language(hits, question)[:ANSWERING]
    context.keep(nearest)
    found = [unit for hit in nearest for unit in units(hit)]
    if not found:
        return Answer(question, (), 0.0)
    likeness = context.knowledge.likeness(question, [f"{unit.lead}\n{unit.text}" for unit in found])
    terms = weighted_terms(question, hits)
    scores = [
        like + 0.1 * covered(terms, f"{unit.lead} {unit.text}") for unit, like in zip(found, likeness, strict=True)
    ]
    best = max(range(len(found)), key=scores.__getitem__)
    return Answer(question, grown(found, scores, best), confidence(hits, found[best], likeness, terms))


def prefer_language(hits: Sequence[Hit], question: str) -> list[Hit]:
    """The hits, those in the question's language first when they are about as good as the best of the others."""
    lang = detect(question)
    best = max((hit.score for hit in hits), default=0.0)

    def foreign(hit: Hit) -> bool:
        return hit.score < 0.85 * best or detect(hit.chunk.text) != lang

    return sorted(hits, key=foreign)


def units(hit: Hit) -> Iterator[Unit]:
    """The sentences and table rows of a passage, without headings, questions and rules of tables."""
    passage = hit.chunk.text
    lead = hit.chunk.context.splitlines()[-1] if hit.chunk.context else hit.chunk.title
    header = _header(hit.chunk.context)
    number = 0
    for start, end in sentences(passage):
        line = passage[start:end]
        number += 1
        if line.startswith("|") or _TABLE_RULE.match(line):
            cells = _cells(line)
            if not header:
                header = cells
            elif not _TABLE_RULE.match(line):
                yield Unit(hit, number, row_as_text(header, cells), lead)
            continue
        header = []
        plain = _BULLET.sub("", line).replace("**", "").strip()
        if _HEADING.match(line) or _QUESTION.search(plain):
            lead = _HEADING.sub("", plain).strip() or plain
        elif len(plain) > 1:
            yield Unit(hit, number, plain, lead)


def _header(context: str) -> list[str]:
    """The header row of a table that was split, where the passage's context carries it."""
    return next((_cells(line) for line in context.splitlines() if line.startswith("|")), [])


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]


def row_as_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A table row as people say it: ``Kettle K2: warranty 24 months; price 199 yuan``."""
    chinese = detect(" ".join([*header, *cells])) == "zh"
    colon, comma = ("：", "，") if chinese else (": ", "; ")
    if len(cells) < 3:
        return colon.join(cell for cell in cells if cell)
    pairs = zip(header[1:], cells[1:], strict=False)
    facts = comma.join(f"{name} {cell}".strip() for name, cell in pairs if cell)
    return f"{cells[0]}{colon}{facts}"


def grown(found: Sequence[Unit], scores: Sequence[float], best: int) -> tuple[Unit, ...]:
    """The best unit with the neighbours that belong to it: about as near to the question, or the list it opens."""
    chosen = [best]
    length = len(found[best].text)

    def joins(place: int, beside: int) -> bool:
        unit, other = found[place], found[beside]
        return unit.hit is other.hit and unit.lead == other.lead and length + len(unit.text) <= LONGEST

    place = best + 1
    opened = bool(_OPEN.search(found[best].text))
    while place < len(found) and joins(place, place - 1) and (opened or scores[place] > scores[best] - 0.02):
        chosen.append(place)
        length += len(found[place].text)
        place += 1
    place = best - 1
    while place >= 0 and joins(place, place + 1) and scores[place] > scores[best] - 0.015:
        chosen.insert(0, place)
        length += len(found[place].text)
        place -= 1
    return tuple(found[place] for place in chosen)


def weighted_terms(question: str, hits: Sequence[Hit]) -> dict[str, float]:
    """The question's words, each weighted by how rare it is among the passages found: common ones prove nothing."""
    seen = [shingles(f"{hit.chunk.title} {hit.chunk.context} {hit.chunk.text}") for hit in hits]
    return {term: math.log(1 + len(seen) / (0.5 + sum(term in words for words in seen))) for term in shingles(question)}


def covered(terms: dict[str, float], text: str) -> float:
    """The weighted share of ``terms`` that stand in ``text``, 0 to 1."""
    held = shingles(text)
    return sum(weight for term, weight in terms.items() if term in held) / (sum(terms.values()) or 1)


def confidence(hits: Sequence[Hit], best: Unit, likeness: Sequence[float], terms: dict[str, float]) -> float:
    """How likely it is that the passages answer, 0 to 1."""
    coverage = covered(terms, f"{best.hit.chunk.title} {best.hit.chunk.context} {best.hit.chunk.text}")
    cosines = [hit.dense for hit in hits if hit.dense is not None]
    if not cosines:
        return 1.0 if coverage >= _COVERED else 0.0
    if len(hits) >= ENOUGH:
        others = cosines[ANSWERING + 1 :] or cosines[-1:]
        words = max(hit.lexical for hit in hits[:ANSWERING]) / max(len(terms) / 2, 1)
        lead = max(cosines[:ANSWERING]) - sum(others) / len(others)
        return _logistic(_MANY, agreement=hits[0].score, lead=lead, words=words)
    lead = max(likeness) - sum(likeness) / len(likeness)
    return _logistic(_FEW, likeness=max(likeness), lead=lead, coverage=coverage)


def _logistic(weights: dict[str, float], **features: float) -> float:
    score = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))
