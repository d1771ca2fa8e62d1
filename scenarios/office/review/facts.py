"""What a sentence of a rule says, clause by clause: when it holds, its figures, who acts, what it allows or forbids."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from .quantities import Quantity, frequency, plain, quantities, unquantified
from .wording import Polarity, actor, polarity, topics

_BREAK = re.compile(r"[，；;]|,(?!\d)")


@cache
def _written() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("facts.yaml").read_text("utf-8"))
    return written


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name; those of a group and of a line as ``acts.keep`` and ``english.0``."""
    found: Any = _written()
    for key in name.split("."):
        found = found[int(key) if key.isdigit() else key]
    posts, person = re.sub(r"\s", "", _written()["posts"]), re.sub(r"\n?\*\s\(", "*(", _written()["name"])
    filled = re.sub(r"(?<=[|)*+]) (?=\(|[|]|\S)", "", found) if name in _FOLDED else re.sub(r"\|\s+", "|", found)
    filled = filled.replace("{posts}", posts).replace("{name}", person)
    return re.compile(filled.replace("{{", "{").replace("}}", "}"), re.IGNORECASE)


_FOLDED = frozenset({"by", "subject"})


@dataclass(frozen=True)
class Clause:
    """A part of a sentence. ``before`` is what the sentence said before it, ``around`` its headings and columns."""

    text: str
    around: str = ""
    row: bool = False
    before: str = ""

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    @cached_property
    def conditions(self) -> list[Quantity]:
        """The figures that say when it holds."""
        return [one for one in self.quantities if one.bearing in ("over", "under")]

    @cached_property
    def limits(self) -> list[Quantity]:
        """The figures that it asks for."""
        return [one for one in self.quantities if one.bearing not in ("over", "under")]

    @cached_property
    def frequencies(self) -> list[tuple[float, str]]:
        return frequency(self.text)

    @cached_property
    def polarity(self) -> Polarity:
        return polarity(self.text)[0]

    @cached_property
    def actors(self) -> dict[str, frozenset[str]]:
        """Who does what: kind of act to the names that are meant."""
        return dict(_actors(self))

    @cached_property
    def subject(self) -> frozenset[str]:
        """What it speaks of, without figures, who acts and what they do; a short one speaks of what was before."""
        own = self._topics(self.text)
        return own | self._topics(self.before) if len(own) < 2 else own

    def _topics(self, words: str) -> frozenset[str]:
        return topics(_pattern("idle").sub(" ", _without_names(polarity(unquantified(words))[1], self.actors)))

    @cached_property
    def wide(self) -> frozenset[str]:
        """The same, with what stands around it."""
        return self.subject | topics(f"{self.around} {self.before}")

    @property
    def adds(self) -> bool:
        """Whether it asks for something beside what others ask for."""
        return bool(_pattern("adds").search(self.text))

    @property
    def only_holds(self) -> bool:
        """Whether it says when something holds, and not what."""
        return bool(self.conditions) and not (self.limits or self.frequencies or self.actors or self.polarity)

    @cached_property
    def kept(self) -> bool:
        """Whether it says how long something is kept, and not by when something is done."""
        return bool(_pattern("kept").search(self.text))

    @property
    def says(self) -> bool:
        """Whether there is anything in it that could be contradicted."""
        return bool(
            self.quantities or self.frequencies or self.actors or self.polarity or self.covers or self.leaves_out
        )

    @cached_property
    def covers(self) -> frozenset[str]:
        return _listed("covers", self.text)

    @cached_property
    def leaves_out(self) -> frozenset[str]:
        return _listed("leaves_out", self.text)


def clauses(sentence: str, around: str = "", row: bool = False) -> list[Clause]:
    """The clauses that say something, each with what was said before it; a row of a table is one."""
    if row or not _BREAK.search(sentence):
        return [Clause(sentence, around, row)]
    parts: list[str] = []
    held = ""
    for part in _parts(sentence):
        held += part
        if (
            Clause(held).says
            and not _pattern("unfinished").search(held.strip("，；,; 。."))
            and not Clause(held).only_holds
        ):
            parts.append(held)
            held = ""
    if held:
        parts.append(held)
    made: list[Clause] = []
    before = ""
    for part in parts:
        made.append(Clause(part.strip("，；,; "), around, before=before))
        before += part
    return made


def _parts(sentence: str) -> Iterator[str]:
    at = 0
    for found in _BREAK.finditer(sentence):
        yield sentence[at : found.end()]
        at = found.end()
    yield sentence[at:]


def _actors(clause: Clause) -> Iterator[tuple[str, frozenset[str]]]:
    words = _pattern("chain").sub("，经", plain(clause.text))
    found: dict[str, set[str]] = {}

    def add(act: str, names: str) -> None:
        told = (name.strip() for name in re.split(_written()["joined"], names, flags=re.IGNORECASE))
        people = {actor(name) for name in told if len(name) > 1 and not _pattern("nobody").match(name)}
        for kind in [kind for kind in _written()["acts"] if _pattern(f"acts.{kind}").search(act)] or ["own"]:
            found.setdefault(kind, set()).update(people)

    if clause.row:
        _in_row(clause, words, add)
    if not found:
        for one in _pattern("by").finditer(words):
            told = _act(one["act"]) or words
            if _pattern("acts.own").fullmatch(told):  # 验收由质量部负责
                told = _act(words[: one.start()]) or told
            add(told, one["who"] + one["more"])
        if (
            not found
            and not clause.row
            and (subject := _pattern("subject").search(words))
            and (told := _act(subject["act"]))
        ):
            add(told, subject["who"] + subject["more"])
        for number in range(len(_written()["english"])):
            for one in _pattern(f"english.{number}").finditer(words):
                add(one["act"], one["who"])
    return ((kind, frozenset(names)) for kind, names in found.items() if names)


def _act(words: str) -> str:
    """The first act that ``words`` speak of, empty without one; of 组织验收 and 负责保管 both."""
    found = [one for kind in _written()["acts"] if (one := _pattern(f"acts.{kind}").search(words))]
    if not found:
        return ""
    first, *more = sorted(found, key=lambda one: one.start())
    leads = any(_pattern(f"acts.{kind}").fullmatch(first.group()) for kind in ("organise", "own"))
    return first.group() + (more[0].group() if leads and more and more[0].start() - first.end() <= 2 else "")


def _in_row(clause: Clause, words: str, add: Callable[[str, str], None]) -> None:
    """Who a row of a table names, by its columns."""
    told = any(_pattern(f"acts.{kind}").search(clause.around) for kind in ("approve", "review", "keep"))
    act = _act(clause.around) if told else ""
    if act or re.search("负责|部门|owner", clause.around):
        cells = [cell.strip() for cell in re.split(r"[，,]", words)]
        posts = re.compile(rf"(?:{re.sub(chr(92) + 's', '', _written()['posts'])})(?:、|$)")
        names = [cell for cell in cells if posts.search(cell) and not re.search(r"\d", cell)]
        if names:
            add(act or "负责", "、".join(name.removeprefix("再加") for name in names))


def _without_names(words: str, actors: dict[str, frozenset[str]]) -> str:
    if not actors:
        return words
    words = _pattern("by").sub(lambda found: f" {found['act']} ", words)
    for act, names in actors.items():
        for name in names:
            words = re.sub(re.escape(name), " ", words, flags=re.IGNORECASE)
        if act in ("approve", "review", "own"):  # the others say what it is about
            words = _pattern(f"acts.{act}").sub(" ", words)
    return words


def _listed(name: str, words: str) -> frozenset[str]:
    told = [next(filter(None, found.groups()), "") for found in _pattern(name).finditer(words)]
    rest = [_pattern("whole").sub(" ", one) for one in told]
    items = (item.strip(" .。") for one in rest for item in re.split(r"、|和|与|及|以及|或|,|\band\b|\bor\b", one))
    return frozenset(item for item in items if item)
