"""What is known of channels, goals, audiences and seasons: ``library.yaml`` read and matched to a request."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.texts import Lang

from .models import Goal, ResultKind

_HERE = Path(__file__).parent


class Entry(BaseModel):
    """A channel: words in both languages, fit for goals and audiences, assumed costs (CNY) and rates."""

    model_config = ConfigDict(extra="forbid")

    find: str
    zh: dict[str, str]
    en: dict[str, str]
    fit: dict[Goal, int]
    audiences: list[str]
    cpm: float
    ctr: float
    cvr: float
    least: float

    def words(self, lang: Lang) -> dict[str, str]:
        """Name, reason and the tasks of the stages."""
        return self.zh if lang == "zh" else self.en


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((_HERE / "library.yaml").read_text("utf-8"))
    return data


@cache
def entries() -> dict[str, Entry]:
    """Key -> channel."""
    return {name: Entry.model_validate(entry) for name, entry in _data()["channels"].items()}


def goal_of(words: str) -> tuple[Goal, bool]:
    """The kind of a goal, and whether its words say so; sales where they do not."""
    lowered = words.casefold().strip()
    goals = _data()["goals"]
    if lowered in goals:
        return lowered, True  # type: ignore[return-value]  # a key of the goals
    places = {name: match.start() for name, goal in goals.items() if (match := re.search(goal["find"], lowered))}
    if not places:
        return "sales", False
    return min(places, key=lambda name: places[name]), True


def result_of(goal: Goal) -> ResultKind:
    """What a goal counts."""
    kind: ResultKind = _data()["goals"][goal]["result"]
    return kind


def audiences_of(words: str) -> list[str]:
    """The kinds of people that the words name."""
    lowered = words.casefold()
    return [name for name, find in _data()["audiences"].items() if re.search(find, lowered)]


def season_of(words: str) -> tuple[str, dict[str, Any]] | None:
    """(key, season) that the words name."""
    lowered = words.casefold()
    return next(((name, one) for name, one in _data()["seasons"].items() if re.search(one["find"], lowered)), None)


def channel_of(words: str) -> str | None:
    """The key of the channel that the words name."""
    lowered = words.casefold().strip()
    if lowered in entries():
        return lowered
    return next((name for name, entry in entries().items() if re.search(entry.find, lowered)), None)


def stages() -> dict[str, dict[str, Any]]:
    """Stage -> its names and its weight in the calendar."""
    found: dict[str, dict[str, Any]] = _data()["stages"]
    return found


def rate_of(currency: str) -> float | None:
    """Units of ``currency`` for one CNY, roughly; None for one that is not known."""
    rate: float | None = _data()["currencies"].get(currency.upper())
    return rate
