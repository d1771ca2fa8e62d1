"""The conditions that code can test: what one requirement asks for, in parts."""

from dataclasses import dataclass

from ..money import Salary
from ..places import Place
from ..taxonomy import Concept


@dataclass(frozen=True, slots=True)
class Years:
    """At least ``least`` years (at most ``most`` where only that is said) doing one of ``groups``; with no groups, in
    all. Each group holds concepts that an entry must show together. ``subject``: what else its words name, which no
    concept does. ``relevant``: in the job's own field.
    """

    least: float
    most: float | None
    groups: tuple[tuple[Concept, ...], ...]
    subject: str = ""
    any_group: bool = False
    relevant: bool = False


@dataclass(frozen=True, slots=True)
class DegreeLevel:
    """A completed degree of at least ``level``, in one of ``majors`` if any; ``or_experience``: work may stand for it;
    ``or_certificate``: a professional certificate may.

    ``title`` names the only degree that will do, such as ``mba``.
    """

    level: int
    majors: tuple[str, ...] = ()
    full_time: bool = False
    or_experience: bool = False
    or_certificate: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """Studied at a university of at least ``tier`` (see ``schools.TIERS``)."""

    tier: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All of ``concepts``, or one of them with ``any_of``. ``level`` 1 to 4: heard of, familiar, good, expert.

    ``practised``: experience is asked for, which an internship or a course only begins. ``words``: the requirement.
    """

    concepts: tuple[Concept, ...]
    any_of: bool = False
    level: float = 2.0
    practised: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Speaks:
    """A language at ``level`` 1 to 5: beginner, everyday, working, fluent, native. ``instead`` of a test: no less."""

    language: Concept
    level: float
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A test result of at least ``least``: IELTS 6.5."""

    test: Concept
    least: float


@dataclass(frozen=True, slots=True)
class TeamSize:
    """Has led at least ``least`` people."""

    least: int


@dataclass(frozen=True, slots=True)
class Starts:
    """Can begin within ``days`` days, or by the end of the month ``month`` counted from year 0."""

    days: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Lives:
    """Lives or wants to work in one of ``places``; ``or_moves``: being ready to move there is enough; ``resident``:
    wanting to work there is not."""

    places: tuple[Place, ...]
    or_moves: bool = False
    resident: bool = False


@dataclass(frozen=True, slots=True)
class Pays:
    """Expects a salary within what the job offers."""

    salary: Salary


@dataclass(frozen=True, slots=True)
class Words:
    """What no rule knows: the resume should speak of it in much the same words."""

    text: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of ``parts`` is enough."""

    parts: "tuple[Condition, ...]"


Condition = Years | DegreeLevel | Shown | Speaks | Score | TeamSize | Starts | Lives | Pays | School | Words | Either
