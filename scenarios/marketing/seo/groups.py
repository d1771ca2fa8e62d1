"""Groups keywords by seed and intent, finds what answers each, and writes a title and description from facts."""

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from workbench.citations import source
from workbench.evidence import Citation
from workbench.language import folded
from workbench.texts import Lang
from workbench.words import query_words

from ..creative.facts import Fact
from .measures import entries, fit, shown
from .models import Group, Intent, Keyword, SeoRequest

_SUITS: Mapping[str, Sequence[str]] = {
    "service": ("保修", "退", "warranty", "return"),
    "use": ("清洁", "用", "clean", "use"),
    "buy": ("价", "元", "price"),
}
_MEASURED = re.compile(r"([\u4e00-\u9fff]{2,6}?|[A-Za-z][a-z]+(?: [a-z]+){0,2})(?:为|是|约|达|[:：]| is| of)?\s*\d")
_PHRASE = re.compile(
    r"可以|支持|一次|每次|得[下了]|最[多少长大]|只需|不|能[做放装]|\b(?:can|holds|fits|takes|supports)\b"
)
"""What makes words before a figure a statement (一次可以做) and not the name of something measured (额定功率)."""
_MOST = 6
"""Keywords that a group takes from the knowledge base."""


def groups(request: SeoRequest, facts: Sequence[Fact], passages: Sequence[Citation], lang: Lang) -> list[Group]:
    """A group for each seed and intent; a keyword that two of them share stays with the first."""
    made, taken = list[Group](), set[str]()
    for seed in dict.fromkeys(seed.strip() for seed in request.seeds or [request.product] if seed.strip()):
        for intent in get_args(Intent):
            entry = entries()[lang][intent]
            values = {"seed": seed, "product": request.product, "brand": request.brand}
            tails = {tail.format(**values).strip(): holds for tail, holds in entry["tails"].items()}
            fresh = {
                phrase: holds
                for phrase, holds in tails.items()
                if folded(phrase) not in taken and _sensible(phrase, seed)
            }
            taken |= set(map(folded, fresh))
            about = (seed, request.product)
            keywords = [Keyword(text=one, source=_answer(holds, about, passages)) for one, holds in fresh.items()]
            for topic, said in _known(intent, facts, passages).items():
                phrase = f"{seed}{topic}" if lang == "zh" else f"{seed} {topic}"
                if folded(phrase) not in taken:
                    taken.add(folded(phrase))
                    keywords.append(Keyword(text=phrase, source=said))
            if not keywords:
                continue
            told = _told(intent, facts)
            title, opening = entry["title"].format(seed=seed), entry["about"]
            titles, descriptions = [title, *told[:1], request.brand], [title, opening, *told]
            made.append(_page(request, seed, intent, keywords, titles, descriptions, lang))
    return made


def _page(
    request: SeoRequest,
    seed: str,
    intent: Intent,
    keywords: list[Keyword],
    title: list[str],
    about: list[str],
    lang: Lang,
) -> Group:
    """The group with as much of title and description as the engine shows."""
    comma, bar = ("，", "｜") if lang == "zh" else (", ", " | ")
    head, text = fit(title, bar, "title", request.engine), fit(about, comma, "description", request.engine)
    return Group(
        seed=seed, intent=intent, keywords=keywords, title=head, description=text,
        title_length=shown(head, "title", request.engine),
        description_length=shown(text, "description", request.engine),
    )  # fmt: skip


def _sensible(phrase: str, seed: str) -> bool:
    """Not the seed alone, and not the seed compared with itself."""
    return folded(phrase) != folded(seed) and folded(phrase).count(folded(seed)) == 1


def _answer(holds: str, about: Sequence[str], passages: Sequence[Citation]) -> str:
    """The first passage that speaks of the seed or the product and of what is asked, as marker and title."""
    words = {word for name in about for word in query_words(name) if len(word) > 1}
    for passage in passages:
        text = folded(source(passage))
        if any(folded(word) in text for word in words) and re.search(holds, source(passage), re.IGNORECASE):
            return f"{passage.marker} {passage.title}"
    return ""


def _known(intent: Intent, facts: Sequence[Fact], passages: Sequence[Citation]) -> dict[str, str]:
    """What the knowledge base gives figures for, with where it says so: 额定功率, rated power. A search for one of them
    is answered for certain. Warranty and returns belong to service, the rest to learning."""
    titles = {passage.marker: passage.title for passage in passages}
    found = dict[str, str]()
    for fact in facts:
        topic = _MEASURED.match(fact.text)
        service = any(word in fact.text for word in _SUITS["service"])
        if topic and not _PHRASE.search(topic[1]) and intent == ("service" if service else "learn"):
            found.setdefault(topic[1].strip(), f"{fact.source} {titles.get(fact.source, '')}".strip())
    return dict(list(found.items())[:_MOST])


def _told(intent: Intent, facts: Sequence[Fact]) -> list[str]:
    """The facts, those first that suit the intent."""
    suit = _SUITS.get(intent, ())
    return [fact.text for fact in sorted(facts, key=lambda fact: not any(word in fact.text for word in suit))]
