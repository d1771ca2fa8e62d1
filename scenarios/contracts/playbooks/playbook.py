"""A playbook: positions with preferred, fallback and never, from YAML or from a table in Word."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from workbench.document import SourceDocument
from workbench.errors import ConfigError
from workbench.files import Files

from ..roles import Role

_FOLDER = Path(__file__).with_name("data")
_ROOM = "scenarios.contracts.playbooks"

Measure = Literal["percent", "days", "months"]

_COLUMNS = {
    "clause": ("条款", "事项", "clause", "topic"),
    "preferred": ("我方立场", "首选", "标准", "preferred", "our position"),
    "fallback": ("可接受", "退让", "备选", "fallback", "acceptable"),
    "never": ("不接受", "红线", "底线", "never", "unacceptable"),
    "role": ("负责", "角色", "role", "owner"),
    "about": ("关键词", "keywords", "about"),
    "required": ("必备", "required", "must"),
}
_ROLE_WORDS = {"业务": "business", "财务": "finance", "法务": "legal"}


class Signs(BaseModel):
    """Patterns that tell a wording's level at once; ``<us>`` and ``<them>`` stand for the parties' words."""

    model_config = ConfigDict(extra="forbid")

    never: str = ""
    preferred: str = ""
    fallback: str = ""

    @field_validator("*")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern}: {error}") from error
        return pattern


class Position(BaseModel):
    """What we want of a clause. ``about`` finds its sentences; left out, the clause's name does.

    Limits are read from the words: 不超过30% in ``preferred`` is a limit of the ``measure``, percent unless told.
    ``after``: only figures behind these words count.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    clause: str = Field(min_length=1)
    role: Role = "legal"
    about: str = ""
    preferred: str = Field(min_length=1)
    fallback: str = ""
    never: str = ""
    required: bool = False
    measure: Measure | None = None
    after: str = ""
    signs: Signs = Signs()


class Playbook(BaseModel):
    """Positions for types of contract (keys of ``kinds.yaml``) and a side."""

    model_config = ConfigDict(extra="forbid")

    title: str
    kinds: list[str] = []
    side: str = ""
    version: str = ""
    positions: list[Position] = Field(min_length=1)


@cache
def shipped() -> dict[str, Playbook]:
    """The playbooks that come with the product, by name."""
    return {path.stem: _read(path.read_text("utf-8"), path.name) for path in sorted(_FOLDER.glob("*.yaml"))}


def playbook(name: str) -> Playbook:
    """A shipped playbook. Raises ``ConfigError`` naming those there are."""
    if name not in shipped():
        raise ConfigError(f"{_ROOM}:unknown", name=name, known=", ".join(shipped()))
    return shipped()[name]


def suited(kind: str, side: str = "") -> str:
    """The name of the shipped playbook for a type and our side; empty without one."""
    fitting = [name for name, one in shipped().items() if kind in one.kinds]
    ours = [name for name in fitting if side and side in SIDES.get(playbook(name).side, ())]
    return next(iter([*ours, *fitting]), "")


SIDES = {
    "buyer": ("buyer", "买方", "需方", "购买方", "采购方", "买受人", "购方"),
    "seller": ("seller", "卖方", "供方", "供应商", "出卖人", "销售方", "供货方"),
    "lessor": ("lessor", "出租方", "出租人", "房东"),
    "lessee": ("lessee", "承租方", "承租人", "租户"),
    "client": ("client", "委托方", "委托人", "客户", "发包方"),
    "provider": ("provider", "服务方", "受托方", "受托人", "服务商"),
    "discloser": ("discloser", "披露方"),
    "recipient": ("recipient", "接收方"),
    "employer": ("employer", "用人单位", "公司", "单位", "聘用方"),
    "employee": ("employee", "劳动者", "员工", "受聘方"),
    "lender": ("lender", "出借人", "出借方", "贷款人", "贷款方"),
    "borrower": ("borrower", "借款人", "借款方"),
    "licensor": ("licensor", "许可方", "许可人", "供应商", "开发方"),
    "licensee": ("licensee", "被许可方", "被许可人", "使用方", "委托方", "用户"),
}
"""The words that contracts have for a side."""
OTHERS = {
    "buyer": "seller", "seller": "buyer", "lessor": "lessee", "lessee": "lessor",
    "client": "provider", "provider": "client",
    "discloser": "recipient", "recipient": "discloser", "employer": "employee", "employee": "employer",
    "lender": "borrower", "borrower": "lender", "licensor": "licensee", "licensee": "licensor",
}  # fmt: skip


def from_file(path: str, files: Files) -> Playbook:
    """A company's playbook: YAML, or a table in Word. Raises ``DocumentError`` and ``ConfigError``."""
    if Path(path).suffix.lower() not in (".yaml", ".yml"):
        return from_document(files.read(path))
    try:
        return _read(Path(path).read_text("utf-8-sig"), Path(path).name)
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{_ROOM}:broken", name=Path(path).name, reason=error) from error


def from_document(document: SourceDocument) -> Playbook:
    """A playbook out of the first table that has the columns. Raises ``ConfigError`` saying what is missing."""
    for block in document.blocks:
        rows = _cells(document.text[block.start : block.end]) if block.kind == "table" else []
        columns = _columns(rows[0]) if rows else {}
        if {"clause", "preferred"} <= columns.keys():
            positions = [_position(number, row, columns) for number, row in enumerate(rows[1:], 1)]
            return _made({"title": document.title, "positions": [one for one in positions if one]}, document.title)
    raise ConfigError(f"{_ROOM}:no_table", name=document.title)


def as_rows(book: Playbook) -> list[tuple[str, ...]]:
    """The table that :func:`from_document` reads back, header first."""
    header = tuple(names[0] for names in _COLUMNS.values())
    spoken = {value: key for key, value in _ROLE_WORDS.items()}
    return [header] + [
        (one.clause, one.preferred, one.fallback, one.never, spoken[one.role], one.about, "是" if one.required else "")
        for one in book.positions
    ]


def _position(number: int, row: Sequence[str], columns: dict[str, int]) -> dict[str, Any] | None:
    told = {name: row[place].strip() for name, place in columns.items() if place < len(row)}
    if not told.get("clause") or not told.get("preferred"):
        return None
    told["role"] = _ROLE_WORDS.get(told.get("role", ""), told.get("role") or "legal")
    required = told.pop("required", "").lower() in ("是", "yes", "y", "true", "1", "√")
    about = told.pop("about", "")
    if about and not re.search(r"[\\|\[(?*]", about):
        about = "|".join(re.escape(word) for word in re.split(r"[、,，;；\s]+", about) if word)
    return {"id": f"row{number}", "required": required, "about": about, **told}


def _cells(table: str) -> list[list[str]]:
    lines = [line for line in table.split("\n") if line.strip().startswith("|")]
    rows = [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])] for line in lines]
    return [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, title in enumerate(header):
        for name, words in _COLUMNS.items():
            if name not in found and any(word in title.lower() for word in words):
                found[name] = place
                break
    return found


def _read(words: str, name: str) -> Playbook:
    try:
        return _made(yaml.safe_load(words), name)
    except yaml.YAMLError as error:
        raise ConfigError(f"{_ROOM}:broken", name=name, reason=str(error).split("\n")[0]) from error


def _made(values: Any, name: str) -> Playbook:
    try:
        return Playbook.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{_ROOM}:broken", name=name, reason=f"{place}: {first['msg']}") from error
