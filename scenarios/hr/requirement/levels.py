# ruff: noqa: E501  # a pattern is read best in one piece
"""How well a skill or a language is to be, or is, known: the words for it, from low to high."""

import re

_LEVELS = (
    (4.0, r"精通|专家|expert|mastery|master of|deep (?:knowledge|understanding)|advanced|in-depth|excellent"),
    (3.0, r"熟练|扎实|丰富|深入|proficien|strong|solid|fluent|hands-on|extensive|good command"),
    (2.0, r"熟悉|掌握|能够|会用|familiar|intermediate level|working knowledge|experience|competent|intermediate"),
    (
        1.0,
        r"了解|略懂|略知|入门|初级|简单|基础(?!设施|架构|建设|上)|接触过|一般(?!纳税)|会一点|basics?\b|beginner|exposure|elementary|awareness|some knowledge|novice",
    ),
)
_LEVEL = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS]
_SPOKEN = (
    (5.0, r"母语|native|muttersprach|mother tongue|bilingual"),
    (
        4.0,
        r"流利|精通|工作语言|商务|同声|无障碍|自如|fluen|proficien|full professional|business level|working language|excellent|advanced|c1\b|c2\b|strong",
    ),
    (
        3.0,
        r"良好|熟练|较好|较强|读写|沟通|professional working|upper.intermediate|good|conversational|b2\b|听说读写|written|well",
    ),
    (2.0, r"一般|日常|intermediate|limited working|b1\b|基本"),
    (1.0, r"入门|初级|简单|会一点|懂一点|略懂|一点点?|在学|基础|basic|beginner|elementary|a1\b|a2\b"),
)
_SPOKEN_LEVEL = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _SPOKEN]


def level(text: str, otherwise: float = 2.0) -> float:
    """How well a skill is to be, or is, known: 1 heard of, 2 familiar, 3 good, 4 expert."""
    return next((value for value, pattern in _LEVEL if pattern.search(text)), otherwise)


def spoken(text: str, otherwise: float) -> float:
    """How well a language is spoken: 1 beginner to 5 native."""
    return next((value for value, pattern in _SPOKEN_LEVEL if pattern.search(text)), otherwise)


def last_level(text: str, otherwise: float) -> float:
    """The level that the last such word of ``text`` says."""
    words = [(match.start(), value) for value, pattern in _LEVEL for match in pattern.finditer(text)]
    return max(words)[1] if words else otherwise
