"""The examples that a form offers: invented requests, written in ``knowledge/examples/<scenario>.yaml``."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from .engine import Finished, Order
from .errors import ConfigError
from .files import Files, file_fields
from .forms import validated
from .history import Filter
from .scenario import Request, Scenario
from .services import Services
from .texts import ROOT, Lang

FOLDER = ROOT / "knowledge" / "examples"
_PAST = 50
"""So many of the latest runs are looked through for one that an example follows."""


class Example(BaseModel):
    """A request for ``task``, in the words of ``lang``. Its files are named relative to :data:`FOLDER`.

    ``after`` are fields that name an earlier run, each with the task whose first example is run for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    task: str
    lang: Lang
    title: str
    request: dict[str, Any]
    after: dict[str, str] = {}


@cache
def examples(slug: str) -> tuple[Example, ...]:
    """All examples of a scenario, in the order of their file; none where it has no file. Raises ``ConfigError``."""
    path = FOLDER / f"{slug}.yaml"
    if not path.exists():
        return ()
    try:
        return tuple(TypeAdapter(list[Example]).validate_python(yaml.safe_load(path.read_text("utf-8"))))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigError("workbench:example.invalid", path=path.name, reason=error) from error


def offered(slug: str, task: str, lang: Lang) -> list[Example]:
    """The examples of a task, those in the person's language first."""
    return sorted((one for one in examples(slug) if one.task == task), key=lambda one: one.lang != lang)


def loaded(example: Example, scenario: Scenario, services: Services, person: str) -> Request:
    """The request of ``example``: its files kept as if ``person`` had uploaded them, the runs it follows made unless
    they were. Raises ``WorkbenchError``."""
    task, values = scenario.task(example.task), dict(example.request)
    for name in file_fields(task.request):
        if given := values.get(name):
            kept = [str(_kept(one, services.files)) for one in ([given] if isinstance(given, str) else given)]
            values[name] = kept[0] if isinstance(given, str) else kept
    for name, first in example.after.items():
        before = next(one for one in offered(scenario.slug, first, example.lang))
        values[name] = _made(before, scenario, services, person)
    request: Request = validated(task.request, values)
    return request


def _kept(name: str, files: Files) -> Path:
    path = FOLDER / name
    try:
        return files.keep(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigError("workbench:example.no_file", path=path.name) from error


def _made(example: Example, scenario: Scenario, services: Services, person: str) -> str:
    """The id of a run of ``example`` by the built-in engine, made once."""
    request = loaded(example, scenario, services, person).model_dump(mode="json")
    past = services.history.find(Filter(scenario=scenario.slug, task=example.task, status="done"), _PAST)
    for one in sorted(past, key=lambda one: one.created_at):
        if services.views.may(one, person) and services.runs.get(one.run_id).request == request:
            return one.run_id
    order = Order(scenario, example.task, request, example.lang, author=person)
    *_, last = services.engine.execute(order)
    if not isinstance(last, Finished) or last.run.status != "done":
        raise ConfigError("workbench:example.no_run", title=example.title)
    return last.run.run_id
