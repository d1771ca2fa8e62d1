"""What a scenario declares: its tasks, each with a typed request, a typed deliverable, two writers and checks."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from .chains import ONE_APPROVAL, Chain
from .errors import NotFoundError
from .findings import Finding
from .subjects import first_words
from .texts import Lang, text

if TYPE_CHECKING:
    from .run import RunContext


class Request(BaseModel):
    """A filled form. Unknown keys are refused so that a slip in a program's request is noticed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Deliverable(BaseModel):
    """What a run makes."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that a spreadsheet reckons; other formats show ``value``, what it comes to.

    ``expression`` is written by code alone, never taken from a text: ``=SUMPRODUCT(B{row}:D{row},B{first}:D{first})``.
    The letters are the table's columns, A being the first; ``{row}`` stands for the row of the cell in its sheet,
    ``{first}`` and ``{last}`` for the first and the last row below the header, ``{rows[0]}`` for any one by its place.
    """

    expression: str
    value: str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as PNG bytes. ``alt`` says in words what it shows, where it cannot be seen; ``width`` in centimetres."""

    png: bytes
    alt: str
    width: float = 16


Cell = str | int | float | Decimal | date | Formula | None
Kind = Literal["", "number", "money", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an exported deliverable: heading, paragraphs, a list, a picture, a table; each of them may be missing.

    ``items`` are numbered when ``ordered``. The first row of ``table`` is its header; its cells keep their types, so
    that a spreadsheet can count with them. ``kinds`` says for each column how its numbers are shown (``percent`` takes
    0.125 for 12.5%); left out, the type decides. ``level`` of the heading is 1 to 3. ``quoted`` words were handed in by
    somebody: the label of generated content does not speak of them. A ``sheet`` is for spreadsheets alone. ``new_page``
    begins a page, where there are pages.
    """

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    table: tuple[tuple[Cell, ...], ...] = ()
    items: tuple[str, ...] = ()
    ordered: bool = True
    kinds: tuple[Kind, ...] = ()
    level: int = 1
    picture: Picture | None = None
    quoted: bool = False
    sheet: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A further file of a version: ``plan.ics``, ``redline.docx``. ``title`` says on a button what it is.

    ``make`` gives its bytes when somebody asks for it; it may raise ``WorkbenchError``.
    """

    name: str
    title: str
    make: Callable[[], bytes]


Req = TypeVar("Req", bound=Request)
Del = TypeVar("Del", bound=Deliverable)
Draft = TypeVar("Draft", bound=BaseModel)


class Task(ABC, Generic[Req, Del, Draft]):
    """One job of a scenario. ``compose`` needs no model; ``brief`` and ``settle`` serve a chat model.

    Class attributes:
        name: as in ``cli.py run SCENARIO NAME`` and ``prompts/<scenario>/<name>.<lang>.yaml``
        request, deliverable: the pydantic types
        draft: what a model is asked to write, as a pydantic type; code fills the rest of the deliverable
        errors_block: whether open errors keep a version from approval and final export; False where the findings are
            the result itself, as in a review of somebody else's text
        publishes: whether an approved text may go into a knowledge base and answer there, as a rule does
    """

    name: ClassVar[str]
    errors_block: ClassVar[bool] = True
    publishes: ClassVar[bool] = False
    request: type[Req]
    deliverable: type[Del]
    draft: type[Draft]

    def language(self, request: Req, lang: Lang) -> Lang:
        """The language to write in. The person's, unless the task follows its input's."""
        return lang

    def subject(self, request: Req) -> str:
        """What a run of it is about, in a line, for lists: what was filled in first."""
        return first_words(request)

    @abstractmethod
    def gather(self, request: Req, context: "RunContext") -> None:
        """Collect the evidence with ``context.retrieve``."""

    @abstractmethod
    def compose(self, request: Req, context: "RunContext") -> Del:
        """Write the deliverable from templates and quoted evidence alone."""

    @abstractmethod
    def brief(self, request: Req, context: "RunContext") -> dict[str, str]:
        """The values of the prompt file's placeholders."""

    @abstractmethod
    def settle(self, request: Req, draft: Draft, context: "RunContext") -> Del:
        """Turn a model's draft into the deliverable: code decides what a model must not."""

    @abstractmethod
    def check(self, request: Req, deliverable: Del, context: "RunContext") -> list[Finding]:
        """The deterministic checks. The same for both writers and for edited versions."""

    @abstractmethod
    def revised(self, deliverable: Del, text: str) -> Del:
        """The deliverable with ``text`` in place of what :meth:`text` gives: a person edited it."""

    @abstractmethod
    def text(self, deliverable: Del) -> str:
        """The part of the deliverable that people edit, copy and cite, as plain text with markers."""

    @abstractmethod
    def sections(self, deliverable: Del, lang: Lang) -> Sequence[Section]:
        """The deliverable as a document for export, in order."""

    def recomputed(self, request: Req, deliverable: Del, lang: Lang) -> Del:
        """The deliverable after somebody changed fields of it: what follows from them is reckoned again."""
        return deliverable

    def without(self, request: Req, deliverable: Del, file: str, lang: Lang) -> tuple[Req, Del] | None:
        """Request and deliverable without the person of ``file``, who asked to be forgotten; None where the
        whole run is about them. Both as they are where no run of this task holds single people."""
        return request, deliverable

    def extras(self, request: Req, deliverable: Del, context: "RunContext") -> Sequence[Extra]:
        """Further files that this deliverable can leave as."""
        return ()


@dataclass(frozen=True)
class Scenario:
    """One scenario: a page, its tasks, its texts (``scenarios/<slug>/texts.yaml`` with title and purpose).

    ``icon`` is a Material symbol's name; ``knowledge`` names the knowledge bases chosen at first. Settings may say
    otherwise of the last two: ``chain``, who approves; ``keep_days``, after how many days the words of its runs are
    removed (0: never). ``readers`` are the roles that may see its runs, each view on record; empty: everybody.
    """

    slug: str
    icon: str
    tasks: tuple[Task[Any, Any, Any], ...]
    knowledge: tuple[str, ...] = ()
    chain: Chain = ONE_APPROVAL
    keep_days: int = 0
    readers: tuple[str, ...] = ()

    def task(self, name: str) -> Task[Any, Any, Any]:
        """The task called ``name``. Raises ``NotFoundError`` naming those there are."""
        for task in self.tasks:
            if task.name == name:
                return task
        known = ", ".join(task.name for task in self.tasks)
        raise NotFoundError("workbench:request.unknown_task", scenario=self.slug, name=name, known=known)

    def title(self, lang: Lang) -> str:
        """The scenario's name for people."""
        return text(f"scenarios.{self.slug}:title", lang)
