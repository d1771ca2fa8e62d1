"""The approved clause library: YAML files of clauses with variants, put together by type, side and risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from jinja2 import Undefined, meta
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.texts import Lang

from .form import DraftKind

_FOLDER = Path(__file__).with_name("library")


class Entry(BaseModel):
    """Data of the library; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class Variant(Entry):
    """A wording and when it applies, as an expression over the form's values."""

    when: str = ""
    zh: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return {"zh": given} if isinstance(given, str) else given


class Paragraph(Variant):
    """A paragraph. Of ``any`` the first that applies is taken; with ``each`` it is repeated for a list of the form."""

    any: list[Variant] = []
    each: str = ""

    @property
    def variants(self) -> Sequence[Variant]:
        return self.any or (self,)


class LibraryClause(Entry):
    """A clause: its heading and paragraphs."""

    heading: dict[Lang, str]
    when: str = ""
    paragraphs: list[Paragraph] = Field(min_length=1)


class Role(Entry):
    """A party's part in a type of contract: its name among clauses and for people."""

    id: str
    zh: str
    en: str = ""


class Form(Entry):
    """A type of contract. ``kind`` is the review's type, ``payer`` the role that pays, ``from`` more clause files."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    kind: str
    languages: list[Lang]
    title: dict[Lang, str]
    roles: dict[str, Role]
    payer: str
    shared: list[str] = Field([], alias="from")
    clauses: list[str]
    version: str = ""
    library: dict[str, LibraryClause] = {}


class Shared(Entry):
    """Clauses that several types use."""

    version: str
    clauses: dict[str, LibraryClause]


@cache
def form(kind: DraftKind) -> Form:
    """How a type is drafted."""
    return Form.model_validate(_yaml(kind))


@cache
def _shared(name: str) -> Shared:
    return Shared.model_validate(_yaml(name))


def _yaml(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


def clause(kind: DraftKind, name: str) -> tuple[LibraryClause, str]:
    """The clause ``name`` of a type and where it stands in the library, such as ``goods/quality@2026-11``."""
    own = form(kind)
    if name in own.library:
        return own.library[name], f"{kind}/{name}@{own.version}"
    for file in own.shared:
        shared = _shared(file)
        if name in shared.clauses:
            return shared.clauses[name], f"{file}/{name}@{shared.version}"
    raise KeyError(f"{kind}.yaml names the clause {name}, which no file of the library has")


@dataclass(frozen=True)
class Chosen:
    """A clause with the wordings that apply, before it is filled. ``marks`` tell which variant each is."""

    id: str
    heading: str
    paragraphs: tuple[tuple[str, Mapping[str, object]], ...]
    source: str


def chosen(kind: DraftKind, lang: Lang, values: Mapping[str, object]) -> Iterator[Chosen]:
    """The clauses of a type that apply to the form's ``values``, in order."""
    for name in form(kind).clauses:
        entry, source = clause(kind, name)
        if not applies(entry.when, values):
            continue
        wordings = []
        for place, paragraph in enumerate(entry.paragraphs, 1):
            wanted = paragraph.when if paragraph.any else ""
            variant = next((one for one in paragraph.variants if applies(one.when, values)), None)
            if variant is None or not applies(wanted, values) or not getattr(variant, lang):
                continue
            if paragraph.any and variant.when:
                source += f"#{place}:{variant.when}"
            for item in cast("Sequence[object]", values[paragraph.each]) if paragraph.each else ("",):
                wordings.append((getattr(variant, lang), {paragraph.each: item} if paragraph.each else {}))
        if wordings:
            yield Chosen(name, entry.heading[lang], tuple(wordings), source)


def applies(expression: str, values: Mapping[str, object]) -> bool:
    """Whether a condition of the library holds. What the form does not say is false."""
    if not expression:
        return True
    return bool(_PLAIN.compile_expression(expression, undefined_to_none=True)(**values))


def environment(undefined: type[Undefined] = Undefined) -> SandboxedEnvironment:
    """Where wordings are filled: sandboxed, since a company edits the library."""
    made = SandboxedEnvironment(undefined=undefined, keep_trailing_newline=False)
    made.filters["upper_first"] = lambda words: str(words)[:1].upper() + str(words)[1:]
    return made


_PLAIN = environment()


@cache
def asked(kind: DraftKind) -> frozenset[str]:
    """The values that the clauses of a type speak of or ask about."""
    names: set[str] = set()
    for name in form(kind).clauses:
        entry, _ = clause(kind, name)
        variants = [variant for paragraph in entry.paragraphs for variant in (paragraph, *paragraph.any)]
        names |= {paragraph.each for paragraph in entry.paragraphs}
        conditions = [entry.when, *(variant.when for variant in variants)]
        wordings = [words for variant in variants for words in (variant.zh, variant.en)]
        for words in [*wordings, *(f"{{{{ {condition} }}}}" for condition in conditions if condition)]:
            names |= meta.find_undeclared_variables(_PLAIN.parse(words))
    return frozenset(names)
