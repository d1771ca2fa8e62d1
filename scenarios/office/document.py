"""A norm as a document: the sections of the export, and the same as plain text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from workbench.scenario import Section
from workbench.texts import Lang, text

from .drawing import shown
from .models import Norm, NormTask


def sections(norm: Norm, lang: Lang) -> Sequence[Section]:
    """The document in the order that rules of procedure have."""
    return [section for section in _sections(norm, lang) if section.paragraphs or section.items or section.table]


def illustrated(norm: Norm, lang: Lang) -> Sequence[Section]:
    """The same with the pictures where they belong: the flow before the stages, the others over their tables."""
    made: list[Section] = []
    first = text("scenarios.office:section.stage", lang, id=norm.stages[0].id, **_named(norm)) if norm.stages else ""
    over = {text(f"scenarios.office:section.{name}", lang): kind for name, kind in _OVER.items()}
    for section in sections(norm, lang):
        if section.heading == first:
            made.append(Section(text("scenarios.office:section.flow", lang), picture=shown(norm, lang, "flow")))
        kind = over.get(section.heading)
        made.append(replace(section, picture=shown(norm, lang, kind)) if kind and norm.tasks() else section)
    return made


_OVER = {"schedule": "gantt", "raci": "raci"}


def _named(norm: Norm) -> dict[str, str]:
    return {"name": norm.stages[0].name, "owner": norm.stages[0].owner}


def _sections(norm: Norm, lang: Lang) -> Iterator[Section]:
    def say(key: str, **values: Any) -> str:
        return text(f"scenarios.office:{key}", lang, **values)

    def head(*fields: str) -> tuple[str, ...]:
        return tuple(say(f"field.{field}") for field in fields)

    joint = "、" if lang == "zh" else ", "
    tasks = norm.tasks()
    yield Section(say("section.purpose"), (norm.purpose,))
    yield Section(say("section.scope"), (norm.scope, say("norm.trigger", trigger=norm.trigger)))
    yield Section(say("section.terms"), tuple(f"{term.term}：{term.meaning}" for term in norm.terms))
    yield Section(
        say("section.roles"), table=(head("role", "duties"), *((role.name, role.duties) for role in norm.roles))
    )
    for stage in norm.stages:
        title = say("section.stage", id=stage.id, name=stage.name, owner=stage.owner)
        yield Section(title, tuple(_told(task, lang) for task in stage.tasks))
    yield Section(
        say("section.schedule"),
        paragraphs=tuple(norm.notes),
        table=(
            head("id", "task", "responsible", "days", "after", "start", "finish", "slack"),
            *(
                (task.id, task.name, task.responsible, task.duration_days, joint.join(task.depends_on), task.start,
                 task.finish, task.slack_days)
                for task in tasks
            ),
        ),
    )  # fmt: skip
    yield Section(
        say("section.raci"),
        table=(
            head("id", "task", "responsible", "accountable", "consulted", "informed"),
            *(
                (t.id, t.name, t.responsible, t.accountable, joint.join(t.consulted), joint.join(t.informed))
                for t in tasks
            ),
        ),
    )
    names = {task.id: task.name for task in tasks}
    yield Section(
        say("section.controls"),
        table=(
            head("task", "risk", "control"),
            *((f"{r.task} {names.get(r.task, '')}", r.risk, r.control) for r in norm.risks),
        ),
    )
    yield Section(
        say("section.records"),
        table=(head("record", "keeper", "years"), *((row.name, row.keeper, row.years) for row in norm.records)),
    )
    yield Section(say("section.constraints"), items=tuple(norm.constraints))
    yield Section(say("section.exceptions"), items=tuple(norm.exceptions))
    yield Section(
        say("section.metrics"),
        table=(head("metric", "formula", "target"), *((row.name, row.formula, row.target) for row in norm.metrics)),
    )
    yield Section(say("section.basis"), items=tuple(norm.basis))
    yield Section(
        say("section.revisions"),
        table=(head("version", "day", "change"), *((row.version, row.day, row.change) for row in norm.revisions)),
    )


def _told(task: NormTask, lang: Lang) -> str:
    """A step in one sentence: who does what in how long, what comes out, what guards it, where a decision leads."""
    key = "scenarios.office:norm.step"
    values = {"id": task.id, "name": task.name, "who": task.responsible, "days": f"{task.duration_days:g}"}
    line = text(key, lang, **values, out=task.deliverable, control=task.control, source=task.source)
    if task.branches:
        joint = "；" if lang == "zh" else "; "
        end = text("scenarios.office:norm.end", lang)
        ways = joint.join(f"{outcome} → {end if to == 'end' else to}" for outcome, to in task.branches.items())
        line += text("scenarios.office:norm.branches", lang, ways=ways)
    return line


def plain(norm: Norm, lang: Lang) -> str:
    """The document as text, what people edit and copy; tables as lines with bars."""
    blocks = [norm.title]
    for number, section in enumerate(sections(norm, lang), 1):
        lines = [f"{number}. {section.heading}", *section.paragraphs]
        lines += [f"({place}) {item}" for place, item in enumerate(section.items, 1)]
        lines += [" | ".join("" if cell is None else f"{cell}" for cell in row) for row in section.table]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
