"""A norm in the forms that other programs read: a flowchart (DOT, Mermaid) and iCalendar; BPMN is in ``bpmn``."""

from workbench.ics import Event, icalendar
from workbench.texts import Lang, text

from .flow import by_role, edges, node
from .models import Norm, NormTask


def dot(norm: Norm) -> str:
    """The flowchart in Graphviz's language, from top to bottom, each step with who carries it out."""
    lines = ['digraph { node [shape=box style=rounded fontsize=13 margin="0.2,0.1"]; edge [fontsize=11];']
    lines.append('start [shape=circle label="" width=0.25]; end [shape=doublecircle label="" width=0.2];')
    for task in norm.tasks():
        label = f"{task.id} {task.name}\n{task.responsible}"
        shape = ' style="rounded,filled" fillcolor="#e3ecfa"' if task.branches else ""
        lines.append(f"{_quoted(task.id)} [label={_quoted(label)}{shape}];")
    for source, target, outcome in edges(norm):
        label = f" [label={_quoted(outcome)}]" if outcome else ""
        lines.append(f"{_quoted(source)} -> {_quoted(target)}{label};")
    return "\n".join([*lines, "}"])


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


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _plain(words: str) -> str:
    """Words without what Mermaid would read as its own."""
    return "".join(char for char in words if char not in '"|[]{}<>#;`\n')
