"""Finds the words of the evidence that answer one question, and judges whether they do."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, zip_longest

from workbench.answerability import ANSWERING, ENOUGH, LOOK, evidence, logistic
from workbench.evidence import Hit
from workbench.faq import FAQ
from workbench.language import detect, figures, shingles, statements
from workbench.run import RunContext

from . import reading
from .audience import search
from .customer import Customer
from .facts import facts
from .names import known_names
from .reading import Question
from .templates import filled, is_template
from .wording import in_document_words

LONGEST = 240
"""An answer grows sentence by sentence up to about so many characters."""

NOBODY = Customer()

# Among few passages, sentence by sentence: ``likeness`` of the best one, its ``lead`` over the mean of all, and the
# share of the question's words that its passage holds. Fitted on FAQ collections in zh and en: each question with its
# own entry there, and with it taken out; the bias leans to refusing, as a small
# company's documents have something near to any question (two invented companies, 46 questions).
_MANY = {"bias": -10.55, "evidence": 6.58, "likeness": 7.07, "chinese": 1.24}
"""Among many passages: how far the search is evidence at all, and the cosine of the question and the nearest sentence,
which runs lower in Chinese. Fitted on the tuning halves of help centres, FAQs, dialogues and reading sets in zh and en,
each question with the documents that answer it and with these left out. Balanced accuracy on sets not fitted on: .744,
without ``chinese`` .725. Coverage of the question's words, kind of answer, lead over other sentences, known words, and
whether the sentence stands in the first hit, added .004 or less there."""
_FEW = {"bias": -6.87, "likeness": 5.6, "lead": 27.8, "coverage": 1.2}
SURE = 0.27
"""From this confidence on a question is answered. A little under the threshold that decides most questions rightly: a
reply quotes its source and is read before it is sent, so refusing what the documents answer costs more."""
SAME = 0.93
"""A question this near to a reviewed one, with the same figures in it, is the same question."""
KEPT = 5
"""So many of the first hits stand beside the reply as evidence, quoted or not."""
COVERAGE = 0.05
"""What holding all of the question's telling words adds to a sentence's cosine."""
FITTING = 0.03
"""What stating the kind of figure that is asked for (a price, a period) adds to a sentence's cosine."""
NEIGHBOUR = 0.2
"""A neighbour joins when it is behind by at most this share of the lead that the best has over the mean."""
_COVERED = 0.6  # without vectors: the share of the question's words that the passage must hold

_TABLE_RULE = re.compile(r"^\|[\s:|-]+\|?$")
_NUMBERED = re.compile(
    r"^(#{1,6}\s+|第[一二三四五六七八九十百零\d]+[章节编]\s*|[一二三四五六七八九十]+、|\d+(\.\d+)*[.、]?\s+)"
)
_QUESTION = re.compile(r"[?？]\W*$")
_OPENS_LIST = re.compile(r"([:：]|(如下|as follows|the following)[:：。.]?)$")
_BULLET = re.compile(r"^([-*+•>]\s|\d+[.)]\s|\d+、|(?:答|A)[:：])\s*")
_STOPS = re.compile(r"[。！？!?.][”’」』）)\"']*$")
_TITLE_BARS = re.compile(r"[，。！？；：,;:!?|]|\.$")
_BARE = re.compile(
    r"(可以|不可以|能|不能|会|不会|是的?|不是|有|没有|支持|不支持|需要|不需要|不用|yes|no)[\s。.，,！!]*", re.I
)
_NO_THEN = re.compile(r"^(No|Yes)\.\s+(?=[A-Z])")
_PLAIN_HEADERS = frozenset(
    ["数值", "内容", "值", "说明", "参数", "value", "content", "description", "figure", "details"]
)
"""Column names that say nothing beside their value."""
_FIGURE_CELL = re.compile(r"(?=.*\d).{1,12}|无|none|no|yes|是|否", re.IGNORECASE)
_UNIT_IN_NAME = re.compile(r"(.+?)\s*[（(]([^（）()]{1,6})[）)]")
_WORDS = re.compile(r"[A-Za-z0-9]+|[\u3400-\u9fff]+")
_BANNER = re.compile(r"[【\[](.+)[】\]]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or table row of a passage. ``lead`` is the heading or question above it; ``text`` reads by itself.

    ``entry`` tells a row or list item, one of several that say the like of different things, from running text.
    """

    hit: Hit
    text: str
    lead: str
    entry: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The units that answer ``question`` (as asked), in reading order, and how sure it is that they do (0 to 1).

    ``approved`` is the reviewed question whose answer this is; empty for what was looked up.
    """

    question: str
    units: tuple[Unit, ...]
    confidence: float
    approved: str = ""


def approved(question: Question, context: RunContext, customer: Customer) -> Answer | None:
    """The answer that somebody reviewed for this very question; its confidence is the likeness of the two.

    A template among them answers where the customer's card fills its variables.
    """
    if FAQ not in context.knowledge_bases:
        return None
    hits = context.knowledge.search(question.asked, names=[FAQ], limit=ANSWERING, as_of=context.as_of)
    asked_before = [hit.chunk.title for hit in hits]
    likeness = context.knowledge.likeness(question.asked, asked_before) if hits else []
    best = max(range(len(hits)), key=likeness.__getitem__, default=None)
    if best is None or likeness[best] < SAME or figures(question.asked) != figures(asked_before[best]):
        return None
    words = filled(hits[best].chunk.text, customer, question.asked)
    if not words:
        return None
    context.keep([hits[best]])
    said = (Unit(hits[best], words, asked_before[best]),)
    return Answer(question.asked, said, likeness[best], asked_before[best])


def answer(question: Question, context: RunContext, customer: Customer = NOBODY) -> Answer:
    """The best answer that the knowledge bases hold; without units when there is nothing at all.

    The passages that may answer are kept as evidence in any case.
    """
    if ready := approved(question, context, customer):
        return ready
    query = in_document_words(question.query)
    hits = search(query, LOOK, context)
    subject = [hit for hit in hits if question.subject and hit.chunk.title == question.subject]
    nearest = (subject or prefer_language(hits, question.asked))[:ANSWERING]
    alone: Sequence[Hit] = []
    core = reading.core(question.asked)
    if core != question.query and not subject:  # what was told before may drown what is asked
        alone = search(in_document_words(core), LOOK, context)
        nearest += prefer_language(alone, question.asked)[: ANSWERING // 2]
    nearest = list({(hit.knowledge_base, hit.chunk.id): hit for hit in nearest}.values())
    context.keep([*nearest, *hits[:KEPT]])
    found = [unit for hit in nearest for unit in units(hit)]
    if not found:
        return Answer(question.asked, (), 0.0)
    meant = in_document_words(question.query if reading.points_back(question.asked) else core)
    likeness = context.knowledge.likeness(meant, [f"{unit.lead}\n{unit.text}" for unit in found])
    terms = weighted_terms(question.query, hits)
    told = terms if query == question.query else weighted_terms(query, hits)
    held = shares(told, [f"{unit.lead} {unit.text}" for unit in found])
    wanted = reading.wanted(question.asked) if len(reading.clauses(question.asked)) == 1 else frozenset()
    fitting = [fits(unit, wanted) for unit in found]
    scores = [like + COVERAGE * share + FITTING * fit for like, share, fit in zip(likeness, held, fitting, strict=True)]
    best = max(range(len(found)), key=scores.__getitem__)
    plain = reading.without_figures(meant)  # "500 points": the customer's figure is not the document's
    nearest_like = max(*likeness, *context.knowledge.likeness(plain, [f"{found[best].lead}\n{found[best].text}"]))
    sure = max(
        confidence(question.asked, some, found[best], likeness, nearest_like, terms) for some in (hits, alone) if some
    )
    sure *= known_names(question.asked, hits)
    return Answer(question.asked, grown(found, scores, held, best), sure)


def subjects(message: str, context: RunContext) -> list[str]:
    """What the message names of the documents near it, in its order: ``R5``, ``空气净化器``."""
    titles = {hit.chunk.title for hit in search(message, ANSWERING * 2, context)}
    counts = Counter(word for title in titles for word in shingles(title))
    telling = {word for word, count in counts.items() if count * 2 <= len(titles) or len(titles) < 3}
    found: list[str] = []
    for match in _WORDS.finditer(message):
        word = match.group()
        if word.isascii():
            found += [word] if word.casefold() in telling and len(word) > 1 else []
            continue
        start = 0
        for at in range(1, len(word) + 1):
            if at == len(word) or word[at - 1 : at + 1] not in telling:
                found += [word[start:at]] if at - start > 1 else []
                start = at
    return found


def prefer_language(hits: Sequence[Hit], question: str) -> list[Hit]:
    """The hits, those in the question's language first when they are about as good as the best of the others."""
    lang = detect(question)
    best = max((hit.score for hit in hits), default=0.0)

    def foreign(hit: Hit) -> bool:
        return hit.score < 0.85 * best or detect(hit.chunk.text) != lang

    return sorted(hits, key=foreign)


def units(hit: Hit) -> Iterator[Unit]:
    """The sentences and table rows of a passage, without headings, questions, rules of tables, orders to a model and
    what the document says of itself."""
    return (
        unit
        for unit in _units(hit, reading.without_document_orders(hit.chunk.text))
        if not (
            reading.document_orders(unit.text)
            or reading.is_notice(unit.text)
            or reading.is_internal(unit.lead)
            or is_template(unit.text)
        )
    )


def _units(hit: Hit, passage: str) -> Iterator[Unit]:
    lead = next((line for line in reversed(hit.chunk.context.splitlines()) if line[:1] != "|"), hit.chunk.title)
    header = next((_cells(line) for line in hit.chunk.context.splitlines() if line.startswith("|")), [])
    blocks = [[line.strip() for line in block.splitlines()] for block in re.split(r"\n\s*\n", passage.strip()) if block]
    headings = _headings(blocks)
    for number, lines in enumerate(blocks):
        if number in headings:
            lead, header = _NUMBERED.sub("", lines[0]).replace("**", "").strip("# "), []
        elif len(lines) == 1 and _QUESTION.search(lines[0]):
            lead, header = lines[0], []
        elif lines[0].startswith("|"):
            if len(lines) > 1 and _TABLE_RULE.match(lines[1]):
                header, lines = _cells(lines[0]), lines[2:]
            for cells in map(_cells, lines):
                if sum(map(bool, header)) < 2 <= sum(map(bool, cells)):
                    lead, header = next(filter(None, header), lead), cells  # what stood above was the table's caption
                elif sum(map(bool, cells)) > 1:
                    yield Unit(hit, row_as_text(header, cells), lead, True)
        else:
            header = []
            for line in lines:
                if banner := _BANNER.fullmatch(line):
                    lead = banner.group(1)
                    continue
                if line.startswith("#"):
                    lead = line.strip("# ")
                    continue
                bullet = _BULLET.match(line)
                item = bool(bullet) and line[0] not in ">答A"
                for sentence in _whole_sentences(line[bullet.end() if bullet else 0 :].replace("**", "").strip(), lead):
                    if _QUESTION.search(sentence):
                        lead = sentence
                    else:
                        yield Unit(hit, sentence, lead, item)


def _headings(blocks: Sequence[Sequence[str]]) -> set[int]:
    """Which blocks are headings: one short line that is no sentence. Four in a row are a list without marks."""
    short = [
        len(lines) == 1 and not _BULLET.match(lines[0]) and len(lines[0]) <= 60 and not _TITLE_BARS.search(lines[0])
        for lines in blocks
    ]
    found: set[int] = set()
    for is_short, run in groupby(range(len(blocks)), key=short.__getitem__):
        numbers = list(run)
        if is_short and len(numbers) < 4:
            found |= set(numbers)
    return found | {n for n, lines in enumerate(blocks) if len(lines) == 1 and lines[0].startswith("#")}


def _whole_sentences(line: str, lead: str) -> Iterator[str]:
    """The sentences of a line. A bare yes or no is left to what explains it; alone it comes with its question."""
    said = [line[start:end] for start, end in statements(_NO_THEN.sub("", line))]
    telling = [sentence for sentence in said if not _BARE.fullmatch(sentence)]
    yield from telling or [f"{lead} {sentence}" for sentence in said]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]


def row_as_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A table row as people say it: ``Kettle K2: warranty 24 months, price 199 yuan.``"""
    chinese = detect(" ".join([*header, *cells])) == "zh"
    colon, stop = ("：", "。") if chinese else (": ", ".")
    pairs = [
        ("" if name.casefold() in _PLAIN_HEADERS else name, cell)
        for name, cell in zip_longest(header[1:], cells[1:], fillvalue="")
        if cell.strip("-—/ ")
    ]
    phrases = len(pairs) > 1 and any(name and not _FIGURE_CELL.fullmatch(cell) for name, cell in pairs)
    between, comma = (
        (("——" if chinese else " - "), ("；" if chinese else "; ")) if phrases else (colon, "，" if chinese else ", ")
    )
    facts = [_fact(name, cell, colon if phrases else " ", chinese) for name, cell in pairs]
    said = f"{cells[0]}{between}{comma.join(facts)}" if facts else cells[0]
    return said if _STOPS.search(said) else said + stop


def _fact(name: str, cell: str, between: str, chinese: bool) -> str:
    """``价格（元）`` and ``199`` give ``价格 199 元``."""
    unit = _UNIT_IN_NAME.fullmatch(name)
    if unit and cell.replace(",", "").replace(".", "").isdigit():
        name, cell = unit.group(1), f"{cell} {unit.group(2)}"
    if not name:
        return cell
    return (name if chinese or name.isupper() else name[:1].lower() + name[1:]) + between + cell


def fits(unit: Unit, wanted: Set[str]) -> bool:
    """Whether ``unit`` states a fact of one of the kinds ``wanted``."""
    return bool(wanted) and any(fact.kind in wanted for fact in facts(unit.text))


def grown(found: Sequence[Unit], scores: Sequence[float], held: Sequence[float], best: int) -> tuple[Unit, ...]:
    """The best unit with the neighbours that belong to it: about as near to the question, or the list it opens.

    Rows and list items speak of different things: beside the best one they come only when they hold as much of the
    question.
    """
    chosen = [best]
    length = len(found[best].text)
    margin = NEIGHBOUR * (scores[best] - sum(scores) / len(scores))
    opened = bool(_OPENS_LIST.search(found[best].text))

    def as_telling(place: int) -> bool:
        return held[place] >= held[best] if found[place].entry else not found[best].entry

    def joins(place: int, beside: int) -> bool:
        unit, other = found[place], found[beside]
        return (
            unit.hit is other.hit
            and unit.lead == other.lead
            and length + len(unit.text) <= LONGEST
            and ((opened and place > best) or (scores[place] >= scores[best] - margin and as_telling(place)))
        )

    for step in (1, -1):
        place = best + step
        while 0 <= place < len(found) and joins(place, place - step):
            chosen.append(place)
            length += len(found[place].text)
            place += step
    return tuple(found[place] for place in sorted(chosen))


def weighted_terms(question: str, hits: Sequence[Hit]) -> dict[str, float]:
    """The question's words, each weighted by how rare it is among the passages found: common ones prove nothing."""
    asked = shingles(reading.without_question_words(question))
    seen = [shingles(f"{hit.chunk.title} {hit.chunk.context} {hit.chunk.text}") for hit in hits]
    return {term: math.log(1 + len(seen) / (0.5 + sum(term in words for words in seen))) for term in asked}


def shares(terms: Iterable[str], texts: Sequence[str]) -> list[float]:
    """How much of those ``terms`` that occur at all each text holds, 0 to 1; the rarer a term is, the more it tells."""
    held = [shingles(text) & set(terms) for text in texts]
    counts = Counter(term for words in held for term in words)
    weights = {term: math.log(1 + len(texts) / count) for term, count in counts.items()}
    return [sum(map(weights.__getitem__, words)) / (sum(weights.values()) or 1) for words in held]


def covered(terms: dict[str, float], text: str) -> float:
    """The weighted share of ``terms`` that stand in ``text``, 0 to 1."""
    held = shingles(text)
    return sum(weight for term, weight in terms.items() if term in held) / (sum(terms.values()) or 1)


def confidence(
    question: str,
    hits: Sequence[Hit],
    best: Unit,
    likeness: Sequence[float],
    nearest: float,
    terms: dict[str, float],
) -> float:
    """How likely it is that the passages answer, 0 to 1. ``nearest`` is the best unit's cosine, figures left aside."""
    coverage = covered(terms, f"{best.hit.chunk.title} {best.hit.chunk.context} {best.hit.chunk.text}")
    cosines = [hit.dense for hit in hits if hit.dense is not None]
    if not cosines:
        return 1.0 if coverage >= _COVERED else 0.0
    if len(hits) >= ENOUGH:
        chinese = float(detect(question) == "zh")
        told = {"evidence": evidence(hits), "likeness": nearest, "chinese": chinese}
        return logistic(_MANY, told)
    lead = max(likeness) - sum(likeness) / len(likeness)
    return logistic(_FEW, {"likeness": max(likeness), "lead": lead, "coverage": coverage})
