"""Reads a customer's message by rules: intent, emotion, priority, instructions in disguise, its questions."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from workbench.language import sentences
from workbench.texts import Lang

from .models import Emotion, Intent, Priority

_RULES = Path(__file__).with_name("reading.yaml")
_POINTS_BACK = re.compile(r"\b(it|its|they|them|their|that|those|one)\b|它|这个|那个|其", re.IGNORECASE)
_ASKS_SURELY = re.compile(r"[?？]|[吗呢]\W*$")
_EXCLAIMS = re.compile(r"[!！]\W*$")
_AND_ASKS = re.compile(
    r"(?<=\w\w),?\s+(?:and|but|also)\s+(?=(?:how|what|when|where|which|who|why|can|could|do|does|is|are|will|would|should)\b)",
    re.IGNORECASE,
)
_ASKS_IN_CLAUSE = re.compile(
    r"什么|哪|多久|多[少大长高]|几[天年月个点号期张次]|怎么|如何|[吗么]\W*$|能不能|可不可以|会不会|是不是|有没有|要不要|算不算|是否|[有能可行会要].{0,6}[没不]\W*$"
)
_SHORT = 4
"""Characters that a question which stands by itself has at least, fillers and words that only ask left out."""
_CLAIMS = re.compile(r"凭什么|我要(求|退|换)|必须|赔")
_ENTRY = re.compile(r"\s*([-*+•|>#]|\d+[.、)]|第.{1,4}[条章])")
_CLAUSE = re.compile(r"[，,]\s*")
_CLAUSE_END = re.compile(r"[，,；;。！？!?\n]+\s*|\.(?:\s+|$|(?=[\u4e00-\u9fff]))")
_FILLER = re.compile(
    r"你好|您好|请问|麻烦|谢谢|感谢|在吗|哈喽|亲|一下|帮我|帮忙|我想问|想问|咨询|有人|客服|另外|还有|顺便|"
    r"\b(hi|hello|hey|please|thanks|thank you|there|help|me|question|i have a question|anyone|need|can|you|also)\b|"
    r"[\W_]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a message asks, in its own words, and what must be known beside them to look it up. ``subject`` is the
    title of the document that the conversation is about, where one was named."""

    asked: str
    context: str = ""
    subject: str = ""

    @property
    def query(self) -> str:
        return f"{self.context} {self.asked}".strip()


@cache
def _rules() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load(_RULES.read_text("utf-8")))


@cache
def _patterns(group: str) -> list[tuple[str, re.Pattern[str]]]:
    rules = _rules()[group]
    named = rules.items() if isinstance(rules, dict) else [(group, rules)]
    return [(name, re.compile("|".join(patterns), re.IGNORECASE)) for name, patterns in named]


def _first(group: str, message: str, otherwise: str) -> str:
    return next((name for name, pattern in _patterns(group) if pattern.search(message)), otherwise)


def intents(message: str) -> list[Intent]:
    """What the message may be about by its words, the most telling first."""
    return [cast("Intent", name) for name, pattern in _patterns("intents") if pattern.search(message)]


def emotion(message: str) -> Emotion:
    """The mood the message is written in."""
    return cast("Emotion", _first("emotions", message, "calm"))


def priority(message: str, mood: Emotion) -> Priority:
    """How soon somebody should look: danger to people first, then threats and anger."""
    found = _first("priorities", message, "")
    if found:
        return cast("Priority", found)
    return "high" if mood == "angry" else "normal"


def instructions(message: str) -> list[tuple[int, int]]:
    """(start, end) of words that try to give the system orders instead of asking something."""
    return _orders("instructions", message)


def document_orders(passage: str) -> list[tuple[int, int]]:
    """(start, end) of words in a document that address a model instead of a reader."""
    return _orders("document_orders", passage)


def _orders(group: str, written: str) -> list[tuple[int, int]]:
    """Where the patterns of ``group`` are met, also in full width and with invisible characters between the letters."""
    shown = [(place, char) for place, char in enumerate(written) if unicodedata.category(char) != "Cf"]
    plain = "".join(unicodedata.normalize("NFKC", char)[0] for _, char in shown)
    spans = sorted(match.span() for _, pattern in _patterns(group) for match in pattern.finditer(plain))
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if end > start and not (found and start < found[-1][1]):
            found.append((start, end))
    return [(shown[start][0], shown[end - 1][0] + 1) for start, end in found]


def is_beyond_rules(message: str) -> bool:
    """Whether the customer asks for more than the rules give, a gift or an exception, and for nothing else."""
    parts = [message[start:end] for start, end in sentences(message)]
    other = any(asks(part) and not _first("beyond_rules", part, "") for part in parts)
    return bool(_first("beyond_rules", message, "")) and not other


def is_off_limits(message: str) -> bool:
    """Whether the message asks for other people's data, or for what is no company's business: a poem, the weather."""
    return bool(_first("private", message, "") or _first("off_topic", message, ""))


def is_notice(sentence: str) -> bool:
    """Whether a sentence of a document speaks of the document itself."""
    return bool(_first("notices", sentence, ""))


def is_internal(said: str) -> bool:
    """Whether a title, a heading or the head of a document says that it is for staff alone."""
    return bool(_first("internal", said, ""))


def without_document_orders(passage: str) -> str:
    """A passage without the lines that give a model orders; what follows such a line in its paragraph goes with it."""
    kept: list[str] = []
    ordered = False
    for line in passage.splitlines(keepends=True):
        ordered = bool(document_orders(line)) or (ordered and bool(line.strip()) and not _ENTRY.match(line))
        kept += [] if ordered else [line]
    return "".join(kept)


def without_orders(message: str) -> str:
    """The message without the clauses that give orders: what is left is read and answered as if they were not there."""
    left, last = [], 0
    for start, end in instructions(message):
        before = [match.end() for match in _CLAUSE_END.finditer(message, last, start)]
        after = None if message[end - 1] in ">]" else _CLAUSE_END.search(message, end)
        left.append(message[last : before[-1] if before else last])
        last = after.end() if after else end if message[end - 1] in ">]" else len(message)
    return re.sub(r"[，,；;：:]\s*$", "", "".join(left) + message[last:]).strip()


def is_threat(message: str) -> bool:
    """Whether the customer speaks of authorities, courts or the press."""
    return bool(_first("threats", message, ""))


def is_own_order(message: str) -> bool:
    """Whether the message asks how the customer's own order, parcel or refund stands."""
    return bool(_first("own_order", message, ""))


def is_about_parcel(message: str) -> bool:
    """Whether the message speaks of a delivery, and not of payment or a return."""
    return "shipping" in intents(message)


def has_order_number(message: str) -> bool:
    """Whether the message names an order number: eight or more letters and digits in one piece."""
    return bool(_first("order_number", message, ""))


def asks(message: str) -> bool:
    """Whether the message asks something."""
    return bool(_first("asking", message, ""))


def is_vague(message: str) -> bool:
    """Whether nothing is left of the message that could be looked up: no product, no topic, no fault."""
    left = message
    for _, pattern in _patterns("vague"):
        left = pattern.sub(" ", left)
    return is_empty(left)


def without_question_words(question: str) -> str:
    """The question without the words that only ask: "how long" and "多久" tell nothing of the subject."""
    for _, pattern in _patterns("question_words"):
        question = pattern.sub(" ", question)
    return question


def without_figures(question: str) -> str:
    """The question without numbers that stand alone; ``R5`` stays."""
    return re.sub(r"(?<![A-Za-z\d-])\d[\d,.]*(?![A-Za-z\d-])\s*", "", question)


def team(kind: Intent, lang: Lang) -> str:
    """Whom a message of this intent goes to when the documents do not answer it."""
    teams: dict[str, dict[Lang, str]] = _rules()["teams"]
    return teams.get(kind, teams["other"])[lang]


def questions(message: str) -> list[Question]:
    """The parts of a message that ask something, each with what was said before it; else all of it as one.

    "I bought a kettle. Can I return it, and who pays?" asks two things, both about the kettle.
    """
    spans = [message[start:end] for start, end in sentences(message)]
    parts = [piece for span in spans for piece in _AND_ASKS.split(span) if not is_empty(piece)]
    asking = [part for part in parts if _is_question(part)]
    if len(asking) < 2:
        return [Question(" ".join(spans).strip())] if parts else []
    told = [part for part in parts if part not in asking]
    asked: list[str] = []
    for part in asking:
        head, comma, rest = part.partition("，" if "，" in part else ", ")
        while rest and not asks(head):  # "I want an R5, is it loud?"
            told += [] if is_empty(head) else [head]
            part = rest
            head, comma, rest = part.partition(comma)
        asked.append(part)
    context = " ".join(told)[:200]
    return [
        Question(
            part, f"{context} {asked[number - 1]}" if number and (points_back(part) or is_short(part)) else context
        )
        for number, part in enumerate(asked)
    ]


def clauses(question: str) -> list[str]:
    """The clauses of a question that each ask something, what is told before it with each; one for most questions."""
    found: list[str] = []
    told = ""
    for clause in _CLAUSE.split(question):
        told = f"{told}，{clause}" if told else clause
        if _ASKS_IN_CLAUSE.search(clause) and not is_vague(clause):
            found.append(told)
            told = ""
    return found or [question]


def wanted(question: str) -> frozenset[str]:
    """The kinds of facts (``amount``, ``duration``) of which one answers the question; empty when none is wanted."""
    kinds = (name.split() for name, pattern in _patterns("wanted") if pattern.search(question))
    return frozenset(kind for some in kinds for kind in some)


def points_back(question: str) -> bool:
    """Whether a question speaks of something named before: "it", "那个"."""
    return bool(_POINTS_BACK.search(question))


def is_short(question: str) -> bool:
    """Whether a question says so little that it goes on from the one before it."""
    left = _FILLER.sub("", without_question_words(question))
    return len(left) <= _SHORT


def demands(message: str) -> bool:
    """Whether a message claims something rather than asks: no question, or one that is a reproach."""
    return not asks(message) or bool(_CLAIMS.search(message))


def core(question: str) -> str:
    """The last two clauses of a question of three or more: what is told first may drown what is asked."""
    clauses = list(_CLAUSE.finditer(question))
    return question[clauses[-2].end() :] if len(clauses) > 1 else question


def _is_question(sentence: str) -> bool:
    """Whether a sentence asks; "what a mess!" does not."""
    return asks(sentence) and not (_EXCLAIMS.search(sentence) and not _ASKS_SURELY.search(sentence))


def is_empty(message: str) -> bool:
    """Whether nothing is left once greetings and fillers are gone."""
    return len(_FILLER.sub("", message)) < 2
