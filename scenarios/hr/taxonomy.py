# ruff: noqa: E501  # a pattern is read best in one piece
"""Finds in a text what ``taxonomy.yaml`` names: skills, roles, certificates, languages, majors, with their synonyms."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from workbench.errors import ConfigError
from workbench.texts import Lang

Kind = Literal["skill", "soft", "role", "industry", "certificate", "language", "major"]
Key = tuple[Kind, str]
"""Kind and name: what tells one concept from all others."""

_FILE = Path(__file__).with_name("taxonomy.yaml")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2019: 0x27}
_SPACES = {ord(char): " " for char in "\n\t\r"}
# Names that are also everyday English words count only with a capital first letter.
_EVERYDAY = frozenset(
    [
        "go",
        "rest",
        "less",
        "node",
        "word",
        "office",
        "excel",
        "swift",
        "spark",
        "hive",
        "sketch",
        "flask",
        "spring",
        "rust",
        "ruby",
        "scala",
        "react",
        "lean",
        "c",
        "r",
        "ug",
        "cs",
        "rag",
        "vite",
        "torch",
        "mongo",
        "rails",
        "keras",
        "sage",
        "events",
        "claims",
        "audits",
        "law",
        "cook",
        "coach",
        "design",
        "management",
        "business",
    ]
)
_PATTERN = re.compile("/.+/")
_CHINESE = re.compile("[\u3400-\u9fff]+")
_AFTER_LETTER = frozenset("&'.+#-0123456789")


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the taxonomy. ``wider`` are the keys of all concepts that it is a case of, near and far; ``patterns``
    are regular expressions for names that mean it only in certain places; ``denials`` are those of ``names`` that say it
    is refused: 只上白班 of shift work."""

    name: str
    kind: Kind
    names: tuple[str, ...]
    wider: frozenset[Key]
    patterns: tuple[str, ...] = ()
    denials: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        return self.kind, self.name

    def label(self, lang: Lang) -> str:
        """What people call it: in Chinese its first Chinese name, unless it is a proper name such as Java or PMP."""
        proper = self.name.isupper() if self.kind == "certificate" else self.name[0].isupper() and self.kind == "skill"
        if lang != "zh" or proper:
            return self.name
        return next((name for name in self.names if _CHINESE.fullmatch(name)), self.name)


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named at ``start`` to ``end`` (characters, end exclusive) of a text."""

    concept: Concept
    start: int
    end: int

    def shows(self, wanted: Concept) -> bool:
        """Whether this mention is evidence of ``wanted``: the same thing or a case of it."""
        return self.concept.key == wanted.key or wanted.key in self.concept.wider


def folded(text: str) -> str:
    """Lower case and half width, character by character, so that places stay the same."""
    plain = text.translate(_FULL_WIDTH).translate(_SPACES)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(char.lower()[:1] or char for char in plain)


@cache
def concepts() -> dict[Key, Concept]:
    """All concepts by kind and name. Raises ``ConfigError`` for an unknown kind or wider concept."""
    raw = yaml.safe_load(_FILE.read_text("utf-8"))
    lines = {
        (kind, str(name)): [[word.strip() for word in part.split(",") if word.strip()] for part in line.split(">")]
        for kind, entries in raw.items()
        for name, line in entries.items()
    }

    def wider(kind: Kind, name: str) -> set[Key]:
        found: set[Key] = set()
        for above in (lines[kind, name] + [[]])[1]:
            other, slash, rest = above.partition("/")
            key: Key = (cast(Kind, other), rest) if slash and other in get_args(Kind) else (kind, above)
            if key not in lines:
                raise ConfigError("scenarios.hr:error.taxonomy", place=name, name=above)
            found |= {key} | wider(*key)
        return found

    for kind, name in lines:
        if kind not in get_args(Kind):
            raise ConfigError("scenarios.hr:error.taxonomy", place=kind, name=name)
    return {
        (kind, name): Concept(
            name,
            kind,
            tuple(folded(word.lstrip("-")) for word in (name, *parts[0]) if not _PATTERN.fullmatch(word)),
            frozenset(wider(kind, name)),
            tuple(word[1:-1] for word in parts[0] if _PATTERN.fullmatch(word)),
            frozenset(folded(word[1:]) for word in parts[0] if word.startswith("-")),
        )
        for (kind, name), parts in lines.items()
    }


@cache
def _index() -> dict[str, list[tuple[str, Concept]]]:
    """By first four characters, or all of a shorter name: (name, concept), the longest name first."""
    called: dict[tuple[Kind, str], Concept] = {}
    for concept in concepts().values():
        for name in concept.names:  # a name of two concepts means the narrower one
            if called.get((concept.kind, name), concept).key in {*concept.wider, concept.key}:
                called[concept.kind, name] = concept
    index: dict[str, list[tuple[str, Concept]]] = {}
    for (_, name), concept in called.items():
        index.setdefault(name[:4], []).append((name, concept))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


@cache
def _patterns() -> list[tuple[re.Pattern[str], Concept]]:
    return [(re.compile(pattern), concept) for concept in concepts().values() for pattern in concept.patterns]


_START = re.compile(r"[^\x00-\u2e7f]|\.|(?<![a-z0-9])[a-z0-9]")
"""Where a name can begin: at each Chinese character and at the first letter or digit of a word."""


def find(text: str, *kinds: Kind) -> list[Mention]:
    """The concepts of ``kinds`` (all, unless named) that ``text`` names, in order. Of two names of one kind in one place
    the longer counts."""
    plain = folded(text)
    wanted = kinds or get_args(Kind)
    index = _index()
    found = []
    reached: dict[str, int] = {}
    for match in _START.finditer(plain):
        start = match.start()
        for length in (4, 3, 2, 1):
            for name, concept in index.get(plain[start : start + length], ()):
                if len(name) < length or not plain.startswith(name, start):
                    continue
                if concept.kind not in wanted or start < reached.get(concept.kind, 0):
                    continue
                end = start + len(name)
                if not _bounded(text, plain, name, start, end):
                    continue
                if plain[end : end + 1] == "s" and not plain[end + 1 : end + 2].isalnum():
                    end += 1
                found.append(Mention(concept, start, end))
                reached[concept.kind] = end
    placed = [
        Mention(concept, *match.span())
        for pattern, concept in _patterns()
        if concept.kind in wanted
        for match in pattern.finditer(plain)
    ]
    return sorted([*found, *placed], key=lambda one: one.start) if placed else found


def _bounded(text: str, plain: str, name: str, start: int, end: int) -> bool:
    """Whether the name ends where its word ends, and is not just an everyday word."""
    after = plain[end : end + 1]
    if name[-1].isascii() and name[-1].isalnum() and after.isascii() and after.isalnum():
        plural = after == "s" and len(name) > 2 and not plain[end + 1 : end + 2].isalnum()
        if not plural:
            return False
    if name in _EVERYDAY and not text[start].isupper():
        return False
    return not (
        len(name) == 1 and name.isascii() and (after in _AFTER_LETTER or plain[start - 1 : start] in ("&", "'", "-"))
    )
