"""What a contract review is asked with and what it is."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request
from workbench.texts import Lang

from .playbooks.playbook import Playbook

ContractKind = Literal[
    "purchase", "lease", "services", "technology", "nda", "employment", "loan", "cooperation", "construction",
    "processing", "transport", "guarantee", "storage", "software", "agency", "gift", "equity", "other",
]  # fmt: skip


PlaybookName = Literal[
    "none", "auto", "purchase", "sales", "lease", "services", "nda", "employment", "loan", "software",
]  # fmt: skip


def _one_of(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": ["text"]}, {"required": ["file"]}]


class ReviewRequest(Request):
    """A contract, as a file or as text. ``side``: our role in it (甲方, buyer); ``contract_type``: when it is known.

    ``playbook`` is a shipped playbook to hold it against; ``auto`` takes the one for its type and side.
    ``playbook_file`` is the company's own, YAML or a Word table.
    """

    model_config = ConfigDict(json_schema_extra=_one_of)

    file: FilePath | None = None
    text: str | None = Field(None, max_length=3_000_000)
    side: str = Field("", max_length=40)
    contract_type: str = Field("", max_length=40)
    playbook: PlaybookName = "none"
    playbook_file: FilePath | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if bool(self.file) == bool(self.text):
            raise ValueError("give either file or text / 请上传合同文件，或粘贴合同全文")
        return self


class PartyRead(BaseModel):
    """A party as the contract introduces it. ``name`` is empty where it was left blank."""

    role: str
    name: str


class Review(Deliverable):
    """The contract as it was read; the findings, which stand beside it, are the review.

    ``pages`` are the offsets in ``text`` at which pages begin, empty where the format has none; ``notes`` are things
    to know about the reading; ``hidden`` are words that the file does not show, ``remarks`` its comments and ``asides``
    its headers, footers, properties and deleted words, none of which is part of ``text``; ``summary`` says in a few
    words what the contract is; ``playbook`` is what it is held against.
    """

    text: str
    title: str
    contract_type: ContractKind
    language: Lang
    side: str = ""
    parties: list[PartyRead] = []
    pages: list[int] = []
    notes: list[str] = []
    hidden: list[str] = []
    remarks: list[str] = []
    asides: list[str] = []
    summary: str = ""
    playbook: Playbook | None = None


class ReviewDraft(BaseModel):
    """What a chat model writes: the summary alone. Findings are made by code."""

    summary: str = Field(
        max_length=1200, description="what the contract is about, for a business reader, in 3 sentences"
    )
