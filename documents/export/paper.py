"""What every format writes: a title, the label, and sections of cleaned text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workbench.evidence import Citation
from workbench.findings import Finding
from workbench.run import Run, Version
from workbench.scenario import Section
from workbench.texts import Lang, text

# Everything that XML 1.0 does not allow, half surrogate pairs included.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Label(Protocol):
    """The AI-content label: the words to show and the metadata to put under the name ``AIGC``."""

    @property
    def visible(self) -> str: ...

    @property
    def metadata(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Paper:
    """A deliverable ready to be written. Its texts hold only characters that XML allows, with ``\\n`` line ends."""

    title: str
    label: str
    metadata: dict[str, str]
    sections: tuple[Section, ...]
    author: str
    created: datetime
    lang: Lang


def paper(run: Run, version: Version, sections: Sequence[Section], label: Label) -> Paper:
    """Title, sections, then the findings and the sources of this version."""
    lang = run.lang
    parts = [*sections]
    if version.findings:
        parts.append(_findings(version.findings, lang))
    if version.citations:
        parts.append(_sources(version.citations, lang))
    title = next((part.heading for part in sections if part.heading), "") or text(
        f"scenarios.{run.scenario}:title", lang
    )
    return Paper(
        title=" ".join(clean(title).split()),
        label=clean(label.visible),
        metadata={name: clean(value) for name, value in label.metadata.items()},
        sections=tuple(_cleaned(part) for part in parts),
        author=clean(version.author or run.author or label.metadata["ContentProducer"]),
        created=version.created_at,
        lang=lang,
    )


def clean(value: str) -> str:
    """``value`` without the control characters that XML refuses."""
    return _ILLEGAL.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def _cleaned(section: Section) -> Section:
    width = max(map(len, section.table), default=0)
    return Section(
        heading=" ".join(clean(section.heading).split()),
        paragraphs=tuple(clean(paragraph) for paragraph in section.paragraphs if paragraph.strip()),
        table=tuple(tuple(clean(cell) for cell in row) + ("",) * (width - len(row)) for row in section.table),
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
    rows = (
        (
            text(f"documents.export:severity.{one.severity}", lang),
            one.message,
            one.where.quote,
            one.basis,
            one.suggestion,
        )
        for one in findings
    )
    return Section(text("documents.export:findings", lang), table=(header, *rows))
