"""The starting processes: one YAML file a family in ``families/``, every phrase as a pair of Chinese and English."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from workbench.language import folded
from workbench.texts import Lang

_FOLDER = Path(__file__).parent / "families"
GENERAL = "general"

Pair = tuple[str, str]
"""(Chinese, English)"""


def said(pair: Pair, lang: Lang) -> str:
    """The phrase in ``lang``."""
    return pair[lang == "en"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def _listed(value: Any) -> Any:
    """``[zh, en]`` where a list of pairs is expected."""
    return [value] if value and isinstance(value[0], str) else value


class Step(_Strict):
    """A task of a family. ``by`` does it, ``head`` answers for it, both keys of the family's roles."""

    id: str
    name: Pair
    by: str
    head: str = Field(alias="for")
    ask: list[str] = []
    tell: list[str] = []
    days: float = Field(ge=0)
    after: list[str] = []
    inputs: Annotated[list[Pair], BeforeValidator(_listed)] = Field([], alias="in")
    out: Pair
    duty: str = ""
    branches: list[tuple[str, str, str]] = []
    risk: Pair
    control: Pair


class StageOf(_Strict):
    name: Pair
    owner: str
    tasks: list[Step]


class Family(_Strict):
    """A starting process. ``roles`` are (zh, en, duties zh, duties en); ``years`` is how long its records are kept."""

    title: Pair
    cues: list[str]
    trigger: Pair
    scope: Pair
    roles: dict[str, tuple[str, str, str, str]]
    terms: list[tuple[str, str, str, str]] = []
    stages: list[StageOf]
    exceptions: list[Pair]
    metrics: list[tuple[str, str, str, str, str, str]]
    years: int

    @model_validator(mode="after")
    def _roles_exist(self) -> "Family":
        used = {stage.owner for stage in self.stages}
        for task in (task for stage in self.stages for task in stage.tasks):
            used |= {task.by, task.head, *task.ask, *task.tell}
        if unknown := used - self.roles.keys():
            raise ValueError(f"roles that are not declared: {', '.join(sorted(unknown))}")
        return self


@cache
def families() -> Mapping[str, Family]:
    """All families by name, the general one last."""
    names = sorted((path.stem for path in _FOLDER.glob("*.yaml")), key=lambda name: (name == GENERAL, name))
    return {
        name: Family.model_validate(yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))) for name in names
    }


def guess(words: str) -> str:
    """The family that ``words`` speak of: most and longest cues, the earliest where they tie; else the general one."""
    plain = folded(words)
    best, score = GENERAL, (0, 0)
    for name, family in families().items():
        places = [plain.find(folded(cue)) for cue in family.cues if folded(cue) in plain]
        weight = sum(len(cue) for cue in family.cues if folded(cue) in plain)
        if places and (weight, -min(places)) > score:
            best, score = name, (weight, -min(places))
    return best
