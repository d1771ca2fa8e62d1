"""What the register of contracts is asked with and what it is."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request
from workbench.texts import Lang

from ..models import ContractKind, PartyRead


def _files_or_runs(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": ["files"]}, {"required": ["runs"]}]
    schema["properties"]["files"]["minItems"] = schema["properties"]["runs"]["minItems"] = 1


class RegisterRequest(Request):
    """Contracts: files, folders and zips, and reviews or drafts of the history by their run id."""

    model_config = ConfigDict(json_schema_extra=_files_or_runs)

    files: list[FilePath] = Field(default_factory=list, max_length=1000)
    runs: list[str] = Field(default_factory=list, max_length=1000)

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if not self.files and not self.runs:
            raise ValueError("give files or runs / 请给出合同文件，或选择已有的审查、起草")
        return self


class Topic(BaseModel):
    """A column of the register: a clause by its subject."""

    id: str
    zh: str
    en: str

    def name(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Clause(BaseModel):
    """A topic in one contract. ``quote`` are the first words on it, with their offsets in the contract's text.

    ``essential``: a contract of this type must say something of it. ``places`` counts the sentences on it.
    """

    topic: str
    present: bool
    essential: bool = False
    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    places: int = 0


class Facts(BaseModel):
    """What a contract states of itself; empty where it says nothing. ``amount`` is in whole units of ``currency``.

    ``term`` is a span in words where no days are stated; ``dispute`` the court or the institution.
    """

    parties: list[PartyRead] = []
    amount: Decimal | None = None
    currency: str = ""
    signed: date | None = None
    start: date | None = None
    end: date | None = None
    term: str = ""
    law: str = ""
    dispute: str = ""


class Entry(BaseModel):
    """A contract. ``source`` is its file's name, or the run that it comes from, which ``run`` then names.

    ``errors`` and ``warnings`` count its open findings, ``gravest`` are the messages of the first of them.
    """

    source: str
    run: str = ""
    title: str
    contract_type: ContractKind
    language: Lang
    facts: Facts
    clauses: list[Clause]
    errors: int = 0
    warnings: int = 0
    gravest: list[str] = []
    notes: list[str] = []

    def clause(self, topic: str) -> Clause | None:
        """The entry's clause on a topic; None where contracts of its language are not read for it."""
        return next((one for one in self.clauses if one.topic == topic), None)


class Unreadable(BaseModel):
    """A file or a run that no row was made of, and why."""

    source: str
    error: str


class Register(Deliverable):
    """The table: ``topics`` are its columns, in order, ``contracts`` its rows."""

    summary: str
    topics: list[Topic]
    contracts: list[Entry]
    unreadable: list[Unreadable] = []


class RegisterDraft(BaseModel):
    """What a chat model writes: the summary alone. The table is made by code."""

    summary: str = Field(
        max_length=1500, description="what these contracts have in common and how they differ, in 5 sentences"
    )
