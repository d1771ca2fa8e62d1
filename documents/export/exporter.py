"""Writes the file, labelled and sealed, whole or not at all; and reads one back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from documents.carriers import Content, carrier
from documents.carriers.carrier import kind
from documents.carriers.files import replaced
from documents.carriers.wav import label_sound
from workbench.errors import DocumentError, NotFoundError, RequestError, WorkbenchError
from workbench.run import Run, Version
from workbench.scenario import Extra, Section
from workbench.services import ExportFormat, LabelFound, Outcome, SealState, Verification
from workbench.texts import Lang, text

from .excel import write_excel
from .letterhead import FIELDS, built_in, opened
from .markdown import write_markdown
from .paper import Paper, clean, paper, tables
from .pdf import write_pdf
from .picture import label_picture
from .plain import write_plain
from .slides import label_slides
from .word import write_word

_MARKED = ("docx", "xlsx", "pptx", "pdf", "png", "wav")  # what a scenario makes itself and can be marked afterwards
_NUMBER = re.compile(r"(.+)-(\d+)")  # a ProduceID of ours
# GB 45438-2025 asks that the words name both artificial intelligence and generation or synthesis.
_SPOKEN = re.compile(r"(人工智能|AI|AIGC).{0,12}(生成|合成)|AI[- ]generated", re.IGNORECASE)


class Label(Protocol):
    """The AI-content label: the words to show and the metadata to put under the name ``AIGC``."""

    @property
    def visible(self) -> str: ...

    @property
    def metadata(self) -> Mapping[str, str]: ...

    @property
    def kept(self) -> float: ...

    @property
    def quotes(self) -> bool: ...


class Seals(Protocol):
    """Seals what leaves, so that a change can be told later."""

    def seal(self, metadata: Mapping[str, str], digest: str, final: bool) -> str:
        """The value of ``ReservedCode1``."""
        ...

    def check(self, metadata: Mapping[str, str], digest: str) -> SealState:
        """What the seal in ``metadata`` says of a file whose content has ``digest``."""
        ...


@dataclass(frozen=True)
class DocumentExporter:
    """``workbench.services.Exporter``.

    ``sections`` gives a version as a document, ``make_label`` its AI-content label, ``require_final`` raises
    ``RequestError`` for what may not leave as final, ``version_of`` finds a version by run id and number and raises
    ``NotFoundError``. ``template`` is a company's Word template.
    """

    sections: Callable[[Run, Version], Sequence[Section]]
    make_label: Callable[[Run, Version], Label]
    seals: Seals
    require_final: Callable[[Run, Version], None]
    version_of: Callable[[str, int], Version]
    company: str = ""
    template: Path | None = None

    def label(self, run: Run, version: Version) -> Label:
        """The label that an export of this version carries."""
        return self.make_label(run, version)

    def obstacle(self, run: Run, version: Version) -> RequestError | None:
        """Why this version may not leave as final; None when it may."""
        try:
            self.require_final(run, version)
        except RequestError as error:
            return error
        return None

    def export(
        self,
        run: Run,
        version: Version,
        form: ExportFormat,
        path: Path,
        *,
        final: bool = False,
        markers: bool = False,
    ) -> str:
        """Write ``version`` to ``path`` in ``form``; returns the visible label in it.

        A file that is there is replaced only by a finished one. Raises ``DocumentError`` when it cannot be written,
        ``ConfigError`` for a template that cannot be used, and ``RequestError`` when the version may not be final.
        """
        if final:
            self.require_final(run, version)
        label = self.make_label(run, version)
        sections = [section for section in self.sections(run, version) if form == "xlsx" or not section.sheet]
        content = paper(run, version, sections, label.visible, self.company, draft=not final)
        writers: dict[ExportFormat, Callable[[Paper, Path], None]] = {
            "docx": partial(write_word, template=self.template),
            "xlsx": write_excel,
            "pdf": write_pdf,
            "md": write_markdown,
            "txt": partial(write_plain, markers=markers),
        }
        try:
            with replaced(path) as draft:
                writers[form](content, draft)
                self._stamp(draft, form, label, final)
        except OSError as error:
            raise _unwritable(path, error) from error
        return content.label

    def mark(self, run: Run, version: Version, path: Path, *, final: bool = False) -> str:
        """Put the label on a file that a scenario made: in its metadata, on a .pptx and .png visibly too.

        Returns the visible words. Raises ``DocumentError`` for a file of another kind, or a damaged one.
        """
        form = kind(path, path.name)
        label = self.make_label(run, version)
        visible = clean(label.visible)
        try:
            match form:
                case "pptx":
                    label_slides(path, visible)
                case "png":
                    label_picture(path, visible, text("documents.export:label.short", run.lang))
                case "wav":  # it says so itself; the words stand beside the sound too
                    label_sound(path, visible)
                case "docx" | "xlsx" | "pdf":  # their maker writes the words where they belong
                    pass
                case _:
                    raise DocumentError("documents:unsupported", name=path.name, known=", ".join(_MARKED))
            self._stamp(path, form, label, final)
        except (OSError, WorkbenchError):
            raise
        except Exception as error:  # what the many parsers raise for a damaged file
            raise DocumentError("documents:damaged", name=path.name) from error
        return visible

    def write_extra(self, run: Run, version: Version, extra: Extra, path: Path, *, final: bool = False) -> None:
        """Write a further file of a version, labelled where its kind can carry a label.

        Raises ``DocumentError`` when it cannot be written, ``RequestError`` when the version may not be final.
        """
        if final:
            self.require_final(run, version)
        content = extra.make()
        try:
            with replaced(path) as draft:
                draft.write_bytes(content)
                if Path(extra.name).suffix.lstrip(".") in _MARKED:
                    self.mark(run, version, draft, final=final)
        except OSError as error:
            raise _unwritable(path, error) from error

    def stamp(self, run: Run, version: Version, path: Path, *, final: bool = False) -> None:
        """Put the label into the metadata of a file whose words carry it already. Raises ``OSError``."""
        self._stamp(path, kind(path, path.name), self.make_label(run, version), final)

    def write_tables(self, path: Path, title: str, about: str, sections: Sequence[Section], lang: Lang) -> None:
        """Write sections that no model made as .xlsx, a sheet each. Raises ``DocumentError``."""
        try:
            with replaced(path) as draft:
                write_excel(tables(title, about, sections, self.company, lang), draft)
        except OSError as error:
            raise _unwritable(path, error) from error

    @property
    def template_fields(self) -> Sequence[str]:
        """The fields that a Word template may hold."""
        return FIELDS

    def write_template(self, path: Path, lang: Lang) -> None:
        """Write the built-in Word template, for a company to change. Raises ``DocumentError``."""
        try:
            with replaced(path) as draft:
                built_in(lang).save(str(draft))
        except OSError as error:
            raise _unwritable(path, error) from error

    def check_template(self, path: Path) -> None:
        """Raise ``ConfigError`` saying what is wrong with a Word template."""
        opened(path)

    def verify(self, path: Path, name: str = "") -> Verification:
        """Whose a file is and whether it is as it was exported. Raises ``DocumentError`` when it cannot be read."""
        name = name or path.name
        form = kind(path, name)
        try:
            fields, content = carrier(form).fields(path), carrier(form).content(path)
        except WorkbenchError:
            raise
        except Exception as error:  # what the many parsers raise for a damaged file
            raise DocumentError("documents:damaged", name=name) from error
        seal = self.seals.check(fields, content.digest()) if fields else SealState()
        visible = _spoken(content)
        found = Verification(
            file=name,
            format=form,
            outcome=_outcome(fields, seal, visible),
            label=LabelFound(visible=visible, metadata=fields),
            producer=(fields or {}).get("ContentProducer", ""),
            **seal.model_dump(),
        )
        match = _NUMBER.fullmatch((fields or {}).get("ProduceID", ""))
        if match and seal.intact is not None and len(match.group(2)) < 10:
            found.run_id, found.version = match.group(1), int(match.group(2))
            try:
                version = self.version_of(found.run_id, found.version)
            except NotFoundError:
                return found
            found.known, found.author, found.created_at = True, version.author, version.created_at
        return found

    def _stamp(self, path: Path, form: str, label: Label, final: bool) -> None:
        """Seal the content as it is and put the label into the metadata."""
        fields = {name: clean(value) for name, value in label.metadata.items()}
        holder = carrier(form)
        fields["ReservedCode1"] = self.seals.seal(fields, holder.content(path).digest(), final)
        holder.stamp(path, fields)


def _outcome(fields: dict[str, str] | None, seal: SealState, visible: str | None) -> Outcome:
    if fields is None:
        return "unlabelled" if visible is None else "visible_only"
    if seal.intact is None:
        return "foreign"
    if not seal.intact:
        return "altered"
    return "intact" if seal.signed else "elsewhere"


def _spoken(content: Content) -> str | None:
    """The first line that says that a content is AI-generated."""
    return next((line.strip()[:300] for line in content.texts if _SPOKEN.search(line)), None)


def _unwritable(path: Path, error: OSError) -> DocumentError:
    return DocumentError("documents.export:unwritable", path=path, reason=error.strerror or type(error).__name__)
