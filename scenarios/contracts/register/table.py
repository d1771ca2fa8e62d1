"""The register as a document: facts, the grid of clauses for spreadsheets, each contract's clauses for readers."""

from collections.abc import Sequence

from workbench.scenario import Cell, Section
from workbench.texts import Lang, text

from .models import Clause, Entry, Register, Topic

FACTS = ("title", "source", "type", "parties", "amount", "currency", "signed", "start", "end", "law", "dispute",
         "errors", "warnings")  # fmt: skip
"""The columns of a contract's facts, in order."""


def sections(made: Register, lang: Lang) -> list[Section]:
    """Summary, facts, grid, one contract after the other, and what could not be read."""

    def say(key: str) -> str:
        return text(f"scenarios.contracts.register:{key}", lang)

    shown = looked_for(made)
    header = tuple(say(f"column.{name}") for name in FACTS)
    table = (header, *(tuple(fact_cells(one, lang).values()) for one in made.contracts))
    grid = (
        (say("column.title"), *(topic.name(lang) for topic in shown)),
        *((one.title, *(cell(one.clause(topic.id), lang) for topic in shown)) for one in made.contracts),
    )
    parts = [Section(say("title"), tuple(made.summary.split("\n")))]
    if made.contracts:
        kinds = tuple("money" if name == "amount" else "" for name in FACTS)
        parts.append(Section(say("section.facts"), table=table, kinds=kinds))  # type: ignore[arg-type]
        parts.append(Section(say("section.grid"), table=grid, sheet=True))
        parts += [_one(entry, shown, lang) for entry in made.contracts]
    if made.unreadable:
        parts.append(Section(say("section.unreadable"), items=tuple(f"{o.source}: {o.error}" for o in made.unreadable)))
    return parts


def looked_for(made: Register) -> list[Topic]:
    """The topics that one contract at least speaks of or ought to."""
    wanted = {one.topic for entry in made.contracts for one in entry.clauses if one.present or one.essential}
    return [topic for topic in made.topics if topic.id in wanted]


def fact_cells(entry: Entry, lang: Lang) -> dict[str, Cell]:
    """A contract's facts by the names of ``FACTS``."""
    told = entry.facts
    parties = (f"{one.role}：{one.name}" if lang == "zh" and one.role else one.name for one in told.parties)
    return {
        "title": entry.title,
        "source": "" if entry.run else entry.source,
        "type": text(f"scenarios.contracts:kind.{entry.contract_type}", lang),
        "parties": "\n".join(parties),
        "amount": told.amount,
        "currency": told.currency if told.amount is not None else "",
        "signed": told.signed,
        "start": told.start,
        "end": told.end or told.term,
        "law": told.law,
        "dispute": told.dispute,
        "errors": entry.errors,
        "warnings": entry.warnings,
    }


def cell(clause: Clause | None, lang: Lang) -> str:
    """A clause in the grid: its words; a word for what is missing; nothing where it was not looked for."""
    if clause is None:
        return ""
    if clause.present:
        return clause.quote
    return text(f"scenarios.contracts.register:{'missing.essential' if clause.essential else 'missing'}", lang)


def _one(entry: Entry, shown: Sequence[Topic], lang: Lang) -> Section:
    def say(key: str, **values: object) -> str:
        return text(f"scenarios.contracts.register:{key}", lang, **values)

    header = (say("column.clause"), say("column.there"), say("column.quote"), say("column.page"))
    rows: list[tuple[Cell, ...]] = []
    for topic in shown:
        if clause := entry.clause(topic.id):
            there = say("there") if clause.present else cell(clause, lang)
            rows.append((topic.name(lang), there, clause.quote, clause.page))
    counts = say("counts", errors=entry.errors, warnings=entry.warnings)
    return Section(entry.title, (counts, *entry.gravest, *entry.notes), table=(header, *rows), level=2)
