"""What a test is made from: the job and the material, the facts nearest to the job first, each used once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workbench.document import SourceDocument
from workbench.run import RunContext
from workbench.texts import Lang, text

from ..job import Job, read_job
from ..sources import document, is_text
from . import facts
from .facts import Fact
from .material import Material, Passage, Statement, title_of
from .models import AssessRequest, Item, Source, Unread

_SEARCHES, _HITS = 8, 4


@dataclass
class Pool:
    """``near`` is how near each statement is to the job; ``used`` are the places that an item asks about already."""

    job: Job
    described: Passage
    material: Material
    near: dict[str, float]
    lang: Lang
    unreadable: list[Unread] = field(default_factory=list)
    used: set[tuple[str, int]] = field(default_factory=set)

    def say(self, key: str, **values: object) -> str:
        """A text of the test in its language."""
        return text(f"scenarios.hr:assess.{key}", self.lang, **values)

    def take(self, *sources: Source) -> bool:
        """Mark places as asked about; False, and nothing marked, where one is already."""
        places = {(one.source, one.start) for one in sources}
        if places & self.used:
            return False
        self.used |= places
        return True

    def free(self, sources: Iterable[Source]) -> None:
        """Let places be asked about once more."""
        self.used -= {(one.source, one.start) for one in sources}

    def best(self, found: Iterable[Fact]) -> list[Fact]:
        """The facts nearest to the job first, one for each of their texts."""
        once = {one.words: one for one in found}.values()
        return sorted(once, key=lambda one: (-self.near.get(one.words, 0.0), one.source.source, one.start))

    def holds(self, source: Source) -> bool:
        """Whether its words stand in the material or the job."""
        return bool(self.material.find(source.quote)) or source.quote in self.described.document.text


def pool_of(request: AssessRequest, context: RunContext) -> Pool:
    """Read the job, the files and what the knowledge bases say about the job. A file that cannot be read is named."""
    read = document(request.job, context) if request.job else SourceDocument("", "", "text/plain")
    job = read_job(read.text, [])
    material, unreadable = Material(), []
    texts = [given for given in request.material if is_text(given)]
    for number, given in enumerate(texts, 1):
        title = text("scenarios.hr:assess.material", context.lang, number=number)
        material.add(Passage(title, SourceDocument(given, title, "text/plain")))
    for file in context.files.each(given for given in request.material if given not in texts):
        if file.document is None:
            unreadable.append(Unread(file=file.name, error=file.error.text(context.lang) if file.error else ""))
        else:
            material.add(Passage(title_of(file.document, file.name), file.document))
    queries = [job.title or read.text[:200], *(one.text for one in job.requirements)][:_SEARCHES]
    for query in filter(None, queries):
        context.retrieve(query, limit=_HITS)
    for one in context.passages:
        heading = one.heading.split("\n")[-1] if one.heading else ""
        part = SourceDocument(one.passage, one.title, "text/plain")
        material.add(Passage(one.title, part, one.marker, heading))
    words = [one.text for one in material.statements]
    near = context.knowledge.likeness((read.text or job.title)[:1500], words) if words and read.text else []
    return Pool(
        job, Passage(context_title(job, context.lang), read), material, dict(zip(words, near, strict=False)),
        context.lang, unreadable,
    )  # fmt: skip


def context_title(job: Job, lang: Lang) -> str:
    """What evidence from the job itself is called."""
    return job.title or text("scenarios.hr:source.job", lang)


def altered(pool: Pool, statements: Sequence[Statement]) -> list[Fact]:
    """Facts among ``statements`` that can be told wrongly, at most one for each."""
    part = Material(statements=list(statements))
    found: dict[str, Fact] = {}
    for one in (*facts.figures(part), *facts.rules(part), *facts.actors(part, least=1)):
        found.setdefault(one.words, one)
    return pool.best(found.values())


def numbered(items: Sequence[Item]) -> list[Item]:
    """The same, numbered q1, q2, ..."""
    return [one.model_copy(update={"id": f"q{number}"}) for number, one in enumerate(items, 1)]
