"""The rules of advertising law as data: ``rules/*.yaml`` read, checked and compiled."""

import re
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field

from workbench.findings import Severity
from workbench.texts import Lang

RULES = Path(__file__).parent / "rules"
FILES = ("absolute", "health", "sectors_law", "claims", "order", "english")
_WIDE = str.maketrans("，：；！％", ",:;!%")
_DIGITS = "零一二三四五六七八九"
Words = dict[Lang, str]
Kind = TypeVar("Kind", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Law(_Strict):
    """A law's names. ``regulation``: the law library does not hold it."""

    zh: str
    en: str
    regulation: bool = False


class Basis(_Strict):
    """An article: ``article`` is ``9(3)`` for article 9 item 3, ``28.2(2)`` with paragraph 2, empty for a whole law."""

    law: str
    article: str = ""

    def words(self, lang: Lang) -> str:
        """The citation for a person."""
        law = laws()[self.law]
        if lang == "en":
            return f"{law.en}, art. {self.article}" if self.article else law.en
        title = law.zh if "《" in law.zh else f"《{law.zh}》"
        if self.law.startswith("ftc"):
            return f"{title}§{self.article}" if self.article else title
        return title + _chinese_article(self.article)


class Rule(_Strict):
    """One rule. Patterns are regular expressions over folded text; ``<name>`` is a word list of ``vocabulary.yaml``.

    A sentence breaks the rule where ``find`` matches, unless
    - ``allow`` matches across the same place (第一 inside 第一步),
    - ``unless`` matches anywhere in the sentence, or ``unless_text`` anywhere in the copy,
    - ``near`` is given and nothing of it is in the sentence,
    - the words before it deny it, quote the law or warn of it (``negatable``),
    - ``sectors`` are given and the copy belongs to none of them (``presumed`` rules also read copy of no known
      sector), or it belongs to one of ``not_sectors``.
    A rule without ``find`` matches nothing by itself: ``suspicion.yaml`` holds those that a suspicion cites.
    ``replace`` holds (pattern, words) pairs for the rewrite; what they do not mend loses its clause. ``append`` is
    what the copy lacks and the rewrite adds.
    """

    id: str
    family: str
    severity: Severity = "error"
    basis: list[Basis] = Field(min_length=1)
    reason: Words
    fix: Words
    find: list[str] = []
    allow: list[str] = []
    unless: list[str] = []
    unless_text: list[str] = []
    near: list[str] = []
    sectors: list[str] = []
    not_sectors: list[str] = []
    presumed: bool = False
    channels: list[str] = []
    negatable: bool = True
    aspiration: bool = False
    replace: list[tuple[str, str]] = []
    append: str = ""


class Sector(_Strict):
    """A sector: what requests call it (``names``) and which words of the copy speak of it (``words``)."""

    names: str
    words: str


class Compiled:
    """A rule with its patterns compiled. Each list of patterns becomes one pattern, None when it is empty."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.find = [pattern(each) for each in rule.find]
        self.allow = _any(rule.allow)
        self.unless = _any(rule.unless)
        self.unless_text = _any(rule.unless_text)
        self.near = _any(rule.near)
        self.replace = [(pattern(before), after) for before, after in rule.replace]


def pattern(source: str) -> re.Pattern[str]:
    """Compile a rule's pattern: word lists put in, full-width punctuation as folded text has it."""
    words = _vocabulary()
    expanded = re.sub(r"<([a-z_]+)>", lambda match: f"(?:{words[match[1]]})", source)
    return re.compile(expanded.translate(_WIDE), re.IGNORECASE)


@cache
def rules() -> tuple[Compiled, ...]:
    """All rules, in the order of their files. Raises ``ValueError`` when a rule is wrong or an id is used twice."""
    found = [one for name in FILES for one in compiled(name)]
    ids = [one.rule.id for one in found]
    if len(set(ids)) < len(ids):
        raise ValueError(f"rule ids are used twice: {sorted({name for name in ids if ids.count(name) > 1})}")
    return tuple(found)


def compiled(name: str) -> list[Compiled]:
    """The rules of one file."""
    entries = yaml.safe_load((RULES / f"{name}.yaml").read_text("utf-8"))
    return [Compiled(Rule.model_validate(entry)) for entry in entries]


@cache
def sectors() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Sector -> (names, words), compiled."""
    entries = _mapping("sectors", Sector)
    return {name: (pattern(sector.names), pattern(sector.words)) for name, sector in entries.items()}


@cache
def laws() -> dict[str, Law]:
    """Key -> the law."""
    return _mapping("laws", Law)


def _mapping(name: str, kind: type[Kind]) -> dict[str, Kind]:
    entries = yaml.safe_load((RULES / f"{name}.yaml").read_text("utf-8"))
    return {key: kind.model_validate(value) for key, value in entries.items()}


@cache
def _vocabulary() -> dict[str, str]:
    entries: dict[str, str] = yaml.safe_load((RULES / "vocabulary.yaml").read_text("utf-8"))
    return {name: re.sub(r"\s+", "", words) for name, words in entries.items()}


def _any(sources: list[str]) -> re.Pattern[str] | None:
    return pattern("|".join(f"(?:{source})" for source in sources)) if sources else None


def _chinese_article(article: str) -> str:
    """``28.2(2)`` as 第二十八条第二款第（二）项."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?(?:\((\d+)\))?", article)
    if match is None:
        return ""
    number, paragraph, item = match.groups()
    words = f"第{_han(int(number))}条"
    if paragraph:
        words += f"第{_han(int(paragraph))}款"
    return words + (f"第（{_han(int(item))}）项" if item else "")


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
