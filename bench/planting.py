"""Plants defects in contract templates: a wrong sentence, a number skipped, a name changed, a clause taken out."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scenarios.contracts.drafting.wording import capital
from scenarios.contracts.folding import fold
from scenarios.contracts.identity import credit_check, id_check
from workbench.texts import Lang

COMPANIES = ("北京华信科技有限公司", "上海明德机械制造有限公司", "深圳市蓝海贸易有限公司", "杭州青松软件股份有限公司")
_HAN = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a defect and its wrong words, and one put right; either may be empty."""

    rule: str
    wrong: str
    words: str
    right: str


def seeded(words: str) -> random.Random:
    """A generator that does the same for the same words."""
    return random.Random(words)  # noqa: S311


def sentences(kind: str, rng: random.Random) -> Iterator[Sentence]:
    """The sentences of ``plants.yaml`` that suit a contract of that type, filled with figures of this contract."""
    values = _figures(rng)
    for rule, entry in _plants().items():
        if entry.get("kind", kind) == kind != entry.get("not"):
            for plant in entry["plants"]:
                yield Sentence(rule, *(plant[part].format(**values) for part in ("wrong", "words", "right")))


def wordings(kind: str, lang: Lang, rng: random.Random, count: int) -> list[Sentence]:
    """So many of the sentences of ``wordings.yaml`` in that language that suit a contract of that type."""
    found = []
    for rule, languages in _wordings().items():
        entry = languages.get(lang, {})
        if entry and entry.get("kind", kind) == kind != entry.get("not"):
            for words in entry.get("wrong", ()):
                marked = re.search("«([^»]*)»", words)
                found.append(Sentence(rule, re.sub("[«»]", "", words), marked[1] if marked else "", ""))
            found += [Sentence(rule, "", "", words) for words in entry.get("right", ())]
    return rng.sample(found, min(count, len(found)))


@cache
def _wordings() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("wordings.yaml").read_text("utf-8"))
    return loaded


@cache
def _plants() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("plants.yaml").read_text("utf-8"))
    return loaded


def _figures(rng: random.Random) -> dict[str, str]:
    """What the names in ``plants.yaml`` stand for: a sum, what belongs to it and what does not; years; numbers."""
    total = rng.choice([12, 35, 86, 120, 268, 450]) * 10000
    other = total + rng.choice([10000, 100000, -20000])
    year = rng.choice([2023, 2024, 2025])
    third = total * 3 // 10
    sums = {
        "sum": total, "other": other, "third": third, "third_off": third + 3000, "rest": total - 2 * third,
        "rest_off": total - 2 * third - 5000, "second": total - third, "second_off": total - third + 20000,
        "tenth": total // 10, "twentieth": total // 20, "four_tenths": total * 4 // 10, "tax6": total * 6 // 100,
        "tax9": total * 9 // 100, "tax13": total * 13 // 100, "tax13_off": total * 13 // 100 + 1000,
        "gross6": total * 106 // 100, "gross13": total * 113 // 100,
    }  # fmt: skip
    code, person = "91110108MA01ABCD1", "11010519900307723"
    code += credit_check(code) or ""
    person += id_check(person)
    return {name: f"{value:,}" for name, value in sums.items()} | {
        "plain": str(total),
        "ten_thousands": str(total // 10000),
        "sum_words": capital(Decimal(total)),
        "other_words": capital(Decimal(other)),
        "sum_round": capital(Decimal(total)).replace("元", "圆"),
        "other_round": capital(Decimal(other)).replace("元", "圆"),
        "year": str(year),
        "year_before": str(year - 1),
        "year_after": str(year + 1),
        "second_year_after": str(year + 2),
        "daily": str(rng.choice([0.6, 0.8, 1, 2])),
        "good_code": code,
        "bad_code": code[:17] + ("A" if code[17] != "A" else "B"),
        "good_id": person,
        "bad_id": person[:17] + ("3" if person[17] != "3" else "4"),
    }


def filled(text: str, rng: random.Random) -> str:
    """A template with its blanks filled, so that it reads like a contract about to be signed."""
    one, two = rng.sample(COMPANIES, 2)
    day = f"{rng.choice([2023, 2024])}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    text = re.sub(r"_*\s*年\s*_*\s*月\s*_*\s*日", day, fold(text))
    names = {"甲方": one, "乙方": two, "供方": one, "需方": two, "买方": two, "卖方": one, "出租方": one, "承租方": two}
    for role, name in names.items():
        text = re.sub(rf"(?m)^({role[0]}\s?{role[1:]}(?:\([^)\n]*\))?\s*:)[_×\s]*$", rf"\g<1>{name}", text)
    for role, name in (("甲方", one), ("乙方", two), ("卖方", one), ("买方", two)):
        text = re.sub(rf"[_×]{{2,}}(?=\s*\((?:以下)?简?称[“\"]?{role})", name, text)
    text = re.sub(r"_{2,}(?=\s*%)|×{2,}(?=\s*%)", "5", text)
    text = re.sub(r"_{2,}(?=\s*(?:元|天|日|份|个))|×{2,}(?=\s*(?:元|天|日|份|个))", "10", text)
    return re.sub(r"_{2,}|×{2,}|X{2,}", "若干", text)


def insert(text: str, sentence: str, rng: random.Random) -> tuple[str, int]:
    """The sentence as a paragraph behind one of the clauses; (text, where it stands)."""
    ends = [match.end() for match in re.finditer(r"(?:。|\.[^\S\n]*)\n", text)]
    ends = [end for end in ends if len(text) * 0.2 < end < len(text) * 0.8] or ends or [len(text)]
    before = text[: rng.choice(ends)].rstrip("\n") + "\n"
    return before + sentence + "\n" + text[len(before) :].lstrip("\n"), len(before)


def _renumber(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """第五条 becomes 第六条 or 第四条: one number is skipped and one used twice."""
    found = list(re.finditer(r"(?m)^第([三四五六七])条", text))
    if len(found) >= 3:
        match = rng.choice(found)
        other = _HAN[_HAN.index(match[1]) + rng.choice([-1, 1])]
        yield text[: match.start(1)] + other + text[match.end(1) :], f"第{other}条"


def _drift(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """One company's name is written otherwise at its last mention, or in a sentence."""
    name = next((name for name in COMPANIES if name in text), None)
    if name is None:
        return
    longer = name.replace("股份", "") if "股份" in name else name.replace("有限公司", "有限责任公司")
    wrong = rng.choice([longer, name[:2] + name[3:], name[:3] + "兴" + name[4:]])
    if text.count(name) > 1:
        place = text.rindex(name)
        yield text[:place] + wrong + text[place + len(name) :], wrong
    else:
        yield insert(text, f"{wrong}应当按照约定履行义务。", rng)[0], wrong


def _unsigned(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The second party's name at the head is lost."""
    match = re.search(r"(?m)^(乙\s?方(?:\([^)\n]*\))?\s*:)(" + "|".join(COMPANIES) + r")\s*$", text)
    if match and any(name in text[: match.start()] for name in COMPANIES):
        yield text[: match.start(2)] + text[match.end(2) :], "乙"


MUTATORS: dict[str, Callable[[str, random.Random], Iterator[tuple[str, str]]]] = {
    "numbering.gap": _renumber,
    "party.name_drift": _drift,
    "party.missing": _unsigned,
}
"""By rule: whole texts with the defect, each with its wrong words."""


def without_clause(text: str) -> Iterator[tuple[str, str]]:
    """The clauses on 违约责任 or 争议 with their headings are taken out: (text, name of the clause)."""
    number = rf"第[{_HAN}十]+条|[{_HAN}十]+、"
    for name, title, cue in (
        ("违约责任", "违约责任", "违约|违反"),
        ("争议解决", "争议|纠纷|仲裁", "仲裁|诉讼|法院|争议|纠纷"),
    ):
        clause = re.compile(rf"(?ms)^(?:{number})[^\n]{{0,6}}(?:{title})[^\n]{{0,10}}\n?.*?(?=^(?:{number})|\Z)")
        match = clause.search(text)
        if match:
            rest = text[: match.start()] + text[match.end() :]
            if not re.search(cue, rest):
                yield rest, name
