"""The test as a document: the paper, the key with its sources, marks and statistics."""

from collections.abc import Sequence

from workbench.scenario import Cell, Section
from workbench.texts import Lang, text

from .models import KINDS, Assessment, Item


def sections(test: Assessment, lang: Lang) -> Sequence[Section]:
    """The whole: for the company, not for candidates. :func:`paper` is what they get."""

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.hr:{key}", lang, **values)

    found = [Section(test.title or say("task.assess"), tuple(filter(None, test.summary.split("\n"))))]
    found += paper(test, lang)
    rows: list[tuple[Cell, ...]] = [tuple(say(f"field.{name}") for name in ("id", "key", "points", "source", "quote"))]
    for one in test.items:
        for source in one.evidence:
            rows.append((one.id, "".join(one.key) or "-", one.points, source.source, source.quote))
    found.append(Section(say("section.key"), table=tuple(rows)))
    for one in test.items:
        if one.rubric:
            header = (say("field.criterion"), say("field.points"))
            lines: list[tuple[Cell, ...]] = [(part.text, part.points) for part in one.rubric]
            found.append(Section(say("section.rubric", id=one.id), table=(header, *lines), level=2))
    return [*found, *_marks(test, lang)]


def paper(test: Assessment, lang: Lang) -> list[Section]:
    """What candidates see: no key, no rubric, no source."""
    found = []
    for kind in KINDS:
        items = [one for one in test.items if one.kind == kind]
        if items:
            name = text(f"scenarios.hr:itemkind.{kind}", lang)
            found.append(Section(name, tuple(line for one in items for line in _asked(one, lang)), level=2))
    return found


def handed_out(test: Assessment, lang: Lang) -> list[Section]:
    """The paper as a candidate gets it: a line for the name, then the items without keys."""
    head = tuple(text(f"scenarios.hr:assess.{key}", lang) for key in ("name_line", "how_to_answer"))
    return [Section(test.title or text("scenarios.hr:task.assess", lang), head), *paper(test, lang)]


def answer_sheet(test: Assessment, lang: Lang) -> list[Section]:
    """A sheet to write answers on; filled and handed back it is read as it stands."""
    head = [text(f"scenarios.hr:assess.{key}", lang) for key in ("name_line", "how_to_fill")]
    lines = [*head, *(f"{one.id[1:]}. " for one in test.items)]
    return [Section(text("scenarios.hr:assess.answer_sheet", lang), tuple(lines))]


def _asked(one: Item, lang: Lang) -> list[str]:
    points = text("scenarios.hr:assess.points", lang, points=f"{one.points:g}")
    return [f"{one.id[1:]}. {one.stem} {points}", *(f"{option.key}. {option.text}" for option in one.options)]


def _marks(test: Assessment, lang: Lang) -> list[Section]:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.hr:{key}", lang, **values)

    if not test.results:
        return []
    ids = [one.id for one in test.items]
    rows: list[tuple[Cell, ...]] = [(say("field.candidate"), say("field.score"), *ids, say("field.second_look"))]
    for one in test.results:
        looks = ", ".join(mark.item for mark in one.marks if mark.second_look)
        rows.append((one.candidate, one.score, *(mark.points for mark in one.marks), looks or "-"))
    alpha = () if test.reliability is None else (say("assess.alpha", value=test.reliability),)
    names = ("id", "taken", "difficulty", "discrimination", "upper_lower", "chosen", "note")
    table: list[tuple[Cell, ...]] = [tuple(say(f"field.{name}") for name in names)]
    for line in test.statistics:
        ticked = " ".join(f"{letter}:{count}" for letter, count in line.chosen.items())
        table.append((line.item, line.taken, line.difficulty, line.discrimination, line.upper_lower, ticked, line.note))
    return [
        Section(say("section.results"), table=tuple(rows)),
        Section(say("section.statistics"), alpha, tuple(table)),
    ]
