"""What every command shares: the common options, the services, and how an answer is printed."""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from workbench.errors import RequestError
from workbench.settings import load
from workbench.texts import Lang, text

if TYPE_CHECKING:
    from workbench.run import Run
    from workbench.services import Services

DONE, SOME_FAILED, WRONG_REQUEST, OUT_OF_REACH = 0, 1, 2, 3
"""Exit statuses."""


class Session:
    """What the options common to all commands say."""

    json = False
    data: Path | None = None
    lang: Lang = "zh"


@cache
def services() -> "Services":
    """The services of this call, made at first need."""
    import wiring

    return wiring.services(load(data=Session.data), Session.lang)


def say(answer: dict[str, Any], lines: Sequence[str] = ()) -> None:
    """Print ``answer`` as JSON, or ``lines`` for a person (the JSON, indented, when there are none)."""
    if Session.json:
        print(json.dumps(answer, ensure_ascii=False, default=_plain))
    else:
        print("\n".join(lines) if lines else json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def note(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def note_notices() -> None:
    """What does not work here as it is set, on standard error."""
    for notice in services().notices:
        note(notice.text(Session.lang))


def t(key: str, **values: object) -> str:
    """The commands' text ``key`` in the caller's language."""
    return text(f"commands:{key}", Session.lang, **values)


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return value.model_dump(mode="json")
        case datetime() | date():
            return value.isoformat()
        case Path():
            return str(value)
    raise TypeError(type(value).__name__)


def opened(run_id: str, person: str = "") -> "Run":
    """The run, seen by ``person``, or by this machine's account alone: refused to who may not, recorded where people's
    data stands in it. Raises ``NotFoundError``, ``AccessError``."""
    run = services().runs.get(run_id)
    services().views.open(run, services().desk.caller(person))
    return run


def day_of(given: str) -> date | None:
    """A day as written, None for nothing. Raises ``RequestError``."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise RequestError("commands:day", day=given) from error
