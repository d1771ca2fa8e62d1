"""The four criteria, each by rules that name what they found. Without a finding a criterion has 100.

Accuracy: every fact stands in a passage that speaks of the same (the guard). Completeness: each question of the message
is taken up. Tone: a greeting, no blame, no shouting, sorry where the customer is upset. Policy: no promise and no law
without a source, danger passed on, no order to the system followed.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from workbench.citations import source
from workbench.language import shingles, statements, without_markers
from workbench.run import RunContext
from workbench.texts import Lang, text

from .. import reading
from ..guard import Sources, own_words, unsupported
from ..models import ReplyRequest
from .models import Mark

_WORDS = Path(__file__).with_name("rubric.yaml")
LOOKED_AT = 8
"""Passages looked up for one pair of message and reply."""
_TAKEN_UP = 0.45
"""The cosine from which on a sentence of the reply takes up a question."""
_POLICY = frozenset({"promise", "legal"})


def marks(message: str, reply: str, customer: dict[str, Any], context: RunContext) -> list[Mark]:
    """The four marks of one reply."""
    lang = context.lang
    request = ReplyRequest(message=message, customer=customer)
    known = len(context.passages)
    for question in reading.questions(message):
        context.keep(context.search(question.query, LOOKED_AT))
    context.keep(context.search(reply[:300], LOOKED_AT))
    sources = Sources.of(request, context.passages[known:] or context.passages)
    wrong = _wrong(reply, sources)
    facts = [said for kind, said in wrong if kind not in _POLICY]
    bound = [said for kind, said in wrong if kind in _POLICY]
    return [
        _mark("accuracy", 40, [_say("accuracy", lang, what=said) for said in facts]),
        _mark("completeness", 50, _missed(message, reply, context)),
        _mark("tone", 25, _tone(message, reply, lang)),
        _mark("policy", 50, [_say("policy", lang, what=said) for said in bound] + _passed_on(message, reply, lang)),
    ]


def _wrong(reply: str, sources: Sources) -> list[tuple[str, str]]:
    """(kind, words) of what no passage states that speaks of the same as the sentence."""
    found = []
    for start, end in statements(reply):
        sentence = own_words(without_markers(reply[start:end]), sources)
        words = shingles(sentence)
        near = [one for one in sources.passages if len(words & shingles(source(one))) * 4 >= len(words)]
        found += [(fact.kind, fact.said) for fact in unsupported(sentence, near, sources)]
    return found


def _missed(message: str, reply: str, context: RunContext) -> list[str]:
    """The questions that no sentence of the reply takes up."""
    said = [reply[start:end] for start, end in statements(reply)]
    missed = []
    for question in reading.questions(reading.without_orders(message)):
        words = shingles(reading.without_question_words(question.asked))
        shared = any(words & shingles(sentence) for sentence in said)
        alike = said and max(context.knowledge.likeness(question.asked, said)) >= _TAKEN_UP
        if not (shared or alike):
            missed.append(_say("completeness", context.lang, what=question.asked.strip()))
    return missed


def _tone(message: str, reply: str, lang: Lang) -> list[str]:
    found = [name for name in ("blame", "shouting", "cold") if _pattern(name).search(reply)]
    if not _pattern("greeting").search(reply):
        found.append("greeting")
    if reading.emotion(message) in ("angry", "disappointed") and not _pattern("sorry").search(reply):
        found.append("sorry")
    return [_say(f"tone.{name}", lang) for name in found]


def _passed_on(message: str, reply: str, lang: Lang) -> list[str]:
    """What had to go to a person and was answered instead."""
    plain = reading.without_orders(message)
    grave = reading.priority(plain, reading.emotion(plain)) == "urgent" or reading.is_threat(plain)
    return [] if not grave or _pattern("passed_on").search(reply) else [_say("passed_on", lang)]


def _mark(criterion: str, cost: int, remarks: Sequence[str]) -> Mark:
    return Mark(criterion=criterion, score=max(0, 100 - cost * len(remarks)), remarks=list(dict.fromkeys(remarks)))


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.support:quality.{key}", lang, **values)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(cast("dict[str, str]", yaml.safe_load(_WORDS.read_text("utf-8")))[name], re.IGNORECASE)
