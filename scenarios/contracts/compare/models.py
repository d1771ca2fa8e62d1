"""What a comparison is asked with and what it is."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request
from workbench.texts import Lang

from ..models import PlaybookName
from .risk import Level


def _files_or_texts(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": ["before_text", "after_text"]}, {"required": ["before", "after"]}]


class CompareRequest(Request):
    """Two versions of a contract, each as a file or as text. ``side``: our role in it (甲方, buyer).

    ``playbook`` weighs the changes; ``auto`` takes the shipped one for the contract's type and our side, where there
    is one. ``playbook_file`` is the company's own, YAML or a Word table.
    """

    model_config = ConfigDict(json_schema_extra=_files_or_texts)

    before: FilePath | None = None
    after: FilePath | None = None
    side: str = Field("", max_length=40)
    playbook: PlaybookName = "auto"
    before_text: str | None = Field(None, max_length=3_000_000)
    after_text: str | None = Field(None, max_length=3_000_000)
    playbook_file: FilePath | None = None

    @model_validator(mode="after")
    def _has_both(self) -> Self:
        if bool(self.before) == bool(self.before_text) or bool(self.after) == bool(self.after_text):
            raise ValueError("give before and after, each as a file or as text / 请各给出一份修改前和修改后的合同")
        return self


class Change(BaseModel):
    """One change. ``before`` is empty for an insertion, ``after`` for a deletion; offsets are in the two texts.

    ``tracked``: the file after shows it as a tracked change; by whom stands in ``author``. ``clause`` is where it
    stands.
    """

    kind: Literal["insert", "delete", "replace", "move"]
    before: str
    after: str
    tracked: bool
    risk: Level
    reason: str
    clause: str = ""
    author: str = ""
    before_start: int | None = None
    before_end: int | None = None
    after_start: int | None = None
    after_end: int | None = None


class Renumbering(BaseModel):
    """A clause that only got another number."""

    before: str
    after: str


class Comparison(Deliverable):
    """The changes, and both texts. ``traceable``: the file after is of a kind that can show tracked changes."""

    summary: str
    changes: list[Change]
    renumbered: list[Renumbering] = []
    stale: list[str] = []
    before_text: str
    after_text: str
    traceable: bool = False
    language: Lang
    side: str = ""
    notes: list[str] = []


class CompareDraft(BaseModel):
    """What a chat model writes: the summary alone. Changes are found by code."""

    summary: str = Field(max_length=1500, description="what was changed and what matters most, in 5 sentences")
