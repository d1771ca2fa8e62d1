"""Minutes as a document and as plain text."""

from collections.abc import Sequence

from workbench.scenario import Section
from workbench.texts import Lang, text

from .models import Minutes


def sections(made: Minutes, lang: Lang) -> Sequence[Section]:
    """Head, decisions, actions as a table, open questions, then what was talked about."""

    def say(key: str) -> str:
        return text(f"scenarios.office:minutes.{key}", lang)

    joint = "、" if lang == "zh" else ", "
    head = [f"{say('day')}{made.day.isoformat()}"]
    if made.attendees:
        head.append(f"{say('attendees')}{joint.join(made.attendees)}")
    found = [Section(made.title, tuple(head))]
    if made.decisions:
        found.append(Section(say("decisions"), items=tuple(one.text for one in made.decisions)))
    if made.actions:
        rows = (
            (one.text, one.owner or say("unnamed"), one.due or one.due_words or say("undated")) for one in made.actions
        )
        found.append(Section(say("actions"), table=((say("what"), say("who"), say("when")), *rows)))
    if made.questions:
        found.append(Section(say("questions"), items=tuple(one.text for one in made.questions)))
    for topic in made.topics:
        title = topic.heading or say("talk")
        found.append(Section(title, items=tuple(topic.points), ordered=False, level=2))
    return found


def plain(made: Minutes, lang: Lang) -> str:
    """The same as text, what people edit and copy."""
    blocks = []
    for section in sections(made, lang):
        lines = [section.heading, *section.paragraphs]
        lines += [
            f"{number}. {item}" if section.ordered else f"- {item}" for number, item in enumerate(section.items, 1)
        ]
        lines += [" | ".join(map(str, row)) for row in section.table]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
