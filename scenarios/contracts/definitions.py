"""Terms that a contract defines, in Chinese and English."""

import re
from dataclasses import dataclass
from itertools import pairwise

_OPEN, _CLOSE = '“"「『【', '”"」』】'
_ZH = re.compile(
    rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}\n]{{1,20}})[{_CLOSE}]\s*(?:\([^)\n]{{0,40}}\))?\s*[-:,，]*\s*(?:一词"
    rf"|术语|一语)?\s*(?P<how>应指|应解释为|表示|一词|均?包括|应包括|是指|系指|即指|均指|指的是|意指"
    rf"|指|意为|定义为|的含义)"
    rf"|(?:以下|下)[^。；;{_OPEN}\n]{{0,16}}?(?:简称|称|合称|统称)(?:为|作"
    rf"|之为)?\s*[:：]?\s*[{_OPEN}](?P<short>[^{_OPEN}{_CLOSE}\n]{{1,16}})[{_CLOSE}]"
)
_LISTED = re.compile(
    r"(?m)^\s*(?:\d{1,2}(?:\.\d{1,2})*[.、]?|\(?[一二三四五六七八九十\d]{1,2}[)、.])?\s*(?P<term>[\u4e00-\u9fff]{2"
    r",10})\s*(?::\s*(?:是指|系指|指)|(?:是指|系指))(?=[\u4e00-\u9fff])"
)
"""A line of a list of definitions without quotation marks: 1.9 关键里程碑：指……"""
_EN = re.compile(
    r"[“\"](?P<term>[A-Z][\w&'’/ -]{1,50}?)[”\"]\s*(?:\([^)\n]{0,60}\)\s*)?(?:(?:shall"
    r"|will)\s+)?(?:have the meaning|means?|mean|refers? to|is defined)"
    r"|\((?:the|each,? an?|collectively,? (?:the )?|hereinafter(?: referred to as)?(?: the)?|an?"
    r"|together,? (?:the )?|individually,? an?)?\s*[“\"](?P<short>[A-Z][\w&'’/ -]{1,50}?)[,.]?[”\"]",
)
_QUOTED = re.compile(rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}\n]{{2,14}})[{_CLOSE}]")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and where its definition names it. ``formal``: it has a definition, not only a short name."""

    name: str
    start: int
    end: int
    formal: bool


def definitions(text: str) -> list[Term]:
    """The terms that a text defines, in order, each once."""
    found: dict[str, Term] = {}
    for pattern in (_ZH, _EN):
        for match in pattern.finditer(text):
            group = "term" if match["term"] else "short"
            name = match[group].strip()
            found.setdefault(name, Term(name, match.start(group), match.end(group), group == "term"))
    for match in _LISTED.finditer(text):
        found.setdefault(match["term"], Term(match["term"], match.start("term"), match.end("term"), True))
    known = {term.start for term in found.values()}
    words = quoted(text)
    for word, following in reversed(list(pairwise(words))):
        if following.start in known and _CHAIN.fullmatch(text[word.end : following.start]):
            known.add(word.start)  # “工程师”、“工地”分别系指: both are defined there
            found.setdefault(word.name, word)
    return sorted(found.values(), key=lambda term: term.start)


_CHAIN = re.compile(rf"[{_CLOSE}](?:[\s,，、]|和|及|或|与|以及|\([^)\n]{{0,20}}\))*[{_OPEN}]")


def quoted(text: str) -> list[Term]:
    """Words in quotation marks, defined or not."""
    return [
        Term(match["term"].strip(), match.start("term"), match.end("term"), False) for match in _QUOTED.finditer(text)
    ]
