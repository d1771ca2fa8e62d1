"""What every format writes: a title, the label, and sections of cleaned text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from workbench.evidence import Citation
from workbench.findings import Finding
from workbench.run import Run, Version
from workbench.scenario import Cell, Formula, Kind, Section
from workbench.texts import Lang, text

# Everything that XML 1.0 does not allow, half surrogate pairs included, and controls that turn or hide words.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Paper:
    """A deliverable ready to be written. Its texts hold only characters that XML allows, with ``\\n`` line ends."""

    title: str
    label: str
    sections: tuple[Section, ...]
    author: str
    company: str
    scenario: str
    run_id: str
    number: int
    created: datetime
    lang: Lang
    draft: bool
    remark: str = ""

    def say(self, key: str, **values: object) -> str:
        """A text of this room in the paper's language."""
        return text(f"documents.export:{key}", self.lang, **values)

    @property
    def status(self) -> str:
        """Draft or final, in words."""
        return self.say("status.draft" if self.draft else "status.final")

    @property
    def about(self) -> str:
        """Scenario, author, day, version and status on one line, unless ``remark`` says something else."""
        if self.remark:
            return self.remark
        parts = (self.scenario, self.author, self.created.date().isoformat(), self.say("version", number=self.number))
        return " · ".join((*filter(None, parts), self.status))


def paper(
    run: Run, version: Version, sections: Sequence[Section], label: str, company: str = "", *, draft: bool = True
) -> Paper:
    """Title, sections, then the sources, and in a draft the findings of this version: those are for the house."""
    parts = [*sections]
    if draft and version.findings:
        parts.append(_findings(version.findings, run.lang))
    if version.citations:
        parts.append(_sources(version.citations, run.lang))
    scenario = text(f"scenarios.{run.scenario}:title", run.lang)
    title = next((part.heading for part in sections if part.heading), "") or scenario
    return Paper(
        title=" ".join(clean(title).split()),
        label=clean(label),
        sections=tuple(map(_cleaned, parts)),
        author=" ".join(clean(version.author or run.author).split()),
        company=" ".join(clean(company).split()),
        scenario=scenario,
        run_id=run.run_id,
        number=version.number,
        created=version.created_at,
        lang=run.lang,
        draft=draft,
    )


def tables(title: str, about: str, sections: Sequence[Section], company: str, lang: Lang) -> Paper:
    """Sections that no model made: no label, no version, ``about`` in the line below the title."""
    return Paper(
        title=" ".join(clean(title).split()),
        label=" ".join(clean(title).split()),
        sections=tuple(map(_cleaned, sections)),
        author="",
        company=" ".join(clean(company).split()),
        scenario="",
        run_id="",
        number=0,
        created=datetime.now().astimezone(),
        lang=lang,
        draft=False,
        remark=" ".join(clean(about).split()),
    )


def clean(value: str) -> str:
    """``value`` without the control characters that XML refuses."""
    return _ILLEGAL.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def shown(cell: Cell, kind: Kind = "") -> str:
    """A cell as words, as a spreadsheet would show it: thousands apart, money with two places, days as 2026-03-01."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Formula():
            return shown(cell.value, kind)
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
    if kind == "percent":
        return f"{cell * 100:.1f}%"
    if kind == "money":
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.2f}".rstrip("0").rstrip(".")


def kind_of(section: Section, column: int) -> Kind:
    """How a column's numbers are shown."""
    return section.kinds[column] if column < len(section.kinds) else ""


def is_number(cell: Cell) -> bool:
    """Whether a cell is set to the right."""
    return isinstance(cell.value if isinstance(cell, Formula) else cell, int | float | Decimal)


def rows(section: Section) -> list[list[str]]:
    """The table of ``section`` as words."""
    return [[shown(cell, kind_of(section, column)) for column, cell in enumerate(row)] for row in section.table]


def _cleaned(section: Section) -> Section:
    width = max(map(len, section.table), default=0)
    return replace(
        section,
        heading=" ".join(clean(section.heading).split()),
        paragraphs=tuple(clean(paragraph) for paragraph in section.paragraphs if clean(paragraph).strip()),
        table=tuple(
            tuple(clean(cell) if isinstance(cell, str) else cell for cell in row) + ("",) * (width - len(row))
            for row in section.table
        )
        if width
        else (),
        items=tuple(" ".join(clean(item).split()) for item in section.items if clean(item).strip()),
        kinds=section.kinds[:width],
        level=min(max(section.level, 1), 3),
    )


def _sources(citations: Sequence[Citation], lang: Lang) -> Section:
    return Section(text("documents.export:citations", lang), tuple(_source(one, lang) for one in citations))


def _source(citation: Citation, lang: Lang) -> str:
    if not citation.quote:
        return text("documents.export:citation.missing", lang, marker=citation.marker)
    page = "" if citation.page is None else text("documents.export:citation.page", lang, page=citation.page)
    entry = text(
        "documents.export:citation",
        lang,
        marker=citation.marker,
        title=citation.title,
        page=page,
        quote=" ".join(citation.quote.split()),
    )
    return entry if citation.verified else entry + text("documents.export:citation.unverified", lang)


def _findings(findings: Sequence[Finding], lang: Lang) -> Section:
    columns = ("severity", "message", "where", "basis", "suggestion")
    header = tuple(text(f"documents.export:findings.{column}", lang) for column in columns)
    table = (
        (
            text(f"documents.export:severity.{one.severity}", lang),
            one.message,
            one.where.quote,
            one.basis,
            one.suggestion,
        )
        for one in findings
    )
    return Section(text("documents.export:findings", lang), table=(header, *table))
