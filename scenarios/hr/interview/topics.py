"""The question bank: what to ask about a subject, with what a good answer holds and what should worry."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.errors import ConfigError
from workbench.texts import Lang

from ..taxonomy import Concept, concepts
from .models import QuestionKind

_FILE = Path(__file__).with_name("topics.yaml")


class Topic(BaseModel):
    """One entry of ``topics.yaml``. ``concepts`` are names of the taxonomy that it serves, their cases included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    concepts: tuple[str, ...]
    kind: QuestionKind
    ask: dict[Lang, str]
    good: dict[Lang, str]
    flags: dict[Lang, tuple[str, ...]]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics in order. Raises ``ConfigError`` for one that names what the taxonomy does not hold."""
    known = {concept.name for concept in concepts().values()}
    found = tuple(Topic.model_validate(entry) for entry in yaml.safe_load(_FILE.read_text("utf-8")))
    for topic in found:
        if missing := [name for name in topic.concepts if name not in known]:
            raise ConfigError("scenarios.hr:error.taxonomy", place="topics.yaml", name=missing[0])
    return found


def topic_of(concept: Concept) -> Topic | None:
    """The topic that names ``concept``, else the first that names something wider."""
    exact = next((topic for topic in topics() if concept.name in topic.concepts), None)
    return exact or next(
        (topic for topic in topics() if {name for _, name in concept.wider} & set(topic.concepts)), None
    )
