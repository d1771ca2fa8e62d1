"""A norm in the forms that other programs read: a Mermaid flowchart and iCalendar; BPMN is in ``bpmn``."""

from workbench.ics import Event, icalendar
from workbench.texts import Lang, text

from .flow import by_role, edges, node
from .models import Norm, NormTask


def mermaid(norm: Norm) -> str:
    """The flowchart as Mermaid text."""
    lines = ["flowchart LR", "  start((start))", "  finish((end))"]
    for number, (role, tasks) in enumerate(by_role(norm).items()):
        lines.append(f'  subgraph L{number}["{_plain(role)}"]')
        for task in tasks:
            opening, closing = ("{", "}") if task.branches else ("[", "]")
            lines.append(f'    {node(task.id)}{opening}"{_plain(_label(task))}"{closing}')
        lines.append("  end")
    for source, target, outcome in edges(norm):
        way = f"-->|{_plain(outcome)}|" if outcome else "-->"
        lines.append(f"  {node(source)} {way} {node(target)}")
    return "\n".join(lines)


def calendar(norm: Norm, lang: Lang) -> bytes:
    """The time nodes as iCalendar: an all-day event for each task on the day on which it is due."""
    return icalendar(
        Event(
            f"{node(task.id)}-{task.finish:%Y%m%d}",
            task.finish,
            text("scenarios.office:calendar.due", lang, id=task.id, name=task.name, who=task.responsible),
            task.control,
        )
        for task in norm.tasks()
        if task.finish
    )


def _label(task: NormTask) -> str:
    return f"{task.id} {task.name}"


def _plain(words: str) -> str:
    """Words without what Mermaid would read as its own."""
    return "".join(char for char in words if char not in '"|[]{}<>#;`\n')
