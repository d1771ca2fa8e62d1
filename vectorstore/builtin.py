"""The knowledge that comes with the product: an invented sample company and the law library."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.chat import Cancel
from workbench.errors import Cancelled, NotFoundError, WorkbenchError
from workbench.knowledge import Ingested, Sensitivity
from workbench.texts import LANGS, Lang, text

from .knowledge import KnowledgeBases
from .laws import LawLibrary
from .queue import Queue

log = logging.getLogger(__name__)

LAWS = "laws"
MORE_LAWS = "laws-more"


class _SampleBase(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str
    title: dict[Lang, str]
    sensitivity: Sensitivity = "internal"
    folder: str
    documents: list["_SampleDocument"] = []


class _SampleDocument(BaseModel):
    model_config = ConfigDict(extra="ignore")
    file: str
    effective_from: date | None = None
    effective_to: date | None = None


class Builtin:
    """Implements ``workbench.services.BuiltinKnowledge``: pages state wishes, the worker fulfils them."""

    def __init__(
        self, folder: Path, knowledge: KnowledgeBases, queue: Queue, start_worker: Callable[[], None], lang: Lang
    ) -> None:
        self._folder = folder
        self._knowledge = knowledge
        self._queue = queue
        self._start_worker = start_worker
        self._lang = lang
        self._failed: set[str] = set()

    # -- for pages

    def names(self) -> Sequence[str]:
        return [*self._samples, LAWS, MORE_LAWS]

    def title(self, name: str, lang: Lang, stored: str = "") -> str:
        titles = self._titles(name)
        return titles[lang] if titles and (not stored or stored in titles.values()) else stored or name

    def progress(self) -> Mapping[str, tuple[int, int]]:
        wishes = self._queue.wishes().items()
        return {name: (done, total) for name, (wanted, done, total) in wishes if wanted and (done < total or not total)}

    def load(self, name: str) -> None:
        if name not in self.names():
            raise NotFoundError("vectorstore:builtin.unknown", name=name, known=", ".join(self.names()))
        if name in (LAWS, MORE_LAWS):
            self._laws().database()  # say at once when the data is missing
        self._queue.wish(name, True)
        self._start_worker()

    def remove(self, name: str) -> None:
        self._queue.wish(name, False)
        if any(known.name == name for known in self._knowledge.list()):
            self._knowledge.delete(name)

    def load_defaults(self) -> None:
        """Ask for the sample company and the law library unless somebody did, or removed them, before."""
        known = self._queue.wishes()
        fresh = [name for name in [*self._samples, LAWS] if name not in known]
        for name in fresh:
            self._queue.wish(name, True)
        if fresh or self.progress():
            self._start_worker()

    # -- for the worker

    def fulfil(self, between: Callable[[], bool] = lambda: True) -> Iterator[Ingested]:
        """Load what is wanted and not complete, yielding document by document.

        ``between`` is called after every few passages, so that uploads need not wait for a long statute; False stops.
        """
        for name in self.names():
            wanted, done, total = self._queue.wishes().get(name, (False, 0, 0))
            if wanted and name not in self._failed and (done < total or not total):
                try:
                    yield from self._load(name, between)
                except Cancelled:
                    log.info("built-in knowledge %s was stopped", name)
                except WorkbenchError:
                    self._failed.add(name)  # not again until the next start: the reason will not go away by itself
                    log.exception("built-in knowledge %s", name)

    def _load(self, name: str, between: Callable[[], bool]) -> Iterator[Ingested]:
        sample = self._samples.get(name)
        if sample is None:
            sensitivity: Sensitivity = "public"
        else:
            sensitivity = sample.sensitivity
        steps = self._law_steps(name) if sample is None else self._sample_steps(sample)
        if all(known.name != name for known in self._knowledge.list()):
            title = self.title(name, self._lang)
            self._knowledge.create(name, title=title, sensitivity=sensitivity, builtin=True)
        cancel = Cancel()

        def progress(_done: int, _total: int) -> None:
            if not (between() and self._wanted(name)):
                cancel.set()

        for done, step in enumerate(steps, 1):
            result = step(progress=progress, cancel=cancel)
            if not self._wanted(name):
                return  # removed meanwhile
            if result.status == "failed":
                log.warning("built-in knowledge %s: %s", name, result.error)
            yield result
            self._queue.note_builtin(name, done, len(steps))
        if not steps:
            self._queue.note_builtin(name, 1, 1)

    def _titles(self, name: str) -> dict[Lang, str]:
        if name in (LAWS, MORE_LAWS):
            return {lang: text(f"vectorstore:{name}.title", lang) for lang in LANGS}
        sample = self._samples.get(name)
        return sample.title if sample else {}

    def _wanted(self, name: str) -> bool:
        return self._queue.wishes().get(name, (False, 0, 0))[0]

    def _law_steps(self, name: str) -> list[Callable[..., Ingested]]:
        materials = self._laws().materials(default=name == LAWS)
        return [partial(self._knowledge.ingest_material, name, material) for material in materials]

    def _sample_steps(self, sample: _SampleBase) -> list[Callable[..., Ingested]]:
        folder = self._folder / "sample_company" / sample.folder
        dates = {document.file: document for document in sample.documents}

        def step(path: Path) -> Callable[..., Ingested]:
            document = path.relative_to(folder).as_posix()
            known = dates.get(document) or _SampleDocument(file=document)
            return partial(
                self._knowledge.ingest_file,
                sample.name,
                path,
                document,
                effective_from=known.effective_from,
                effective_to=known.effective_to,
            )

        return [step(path) for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]

    @cached_property
    def _samples(self) -> dict[str, _SampleBase]:
        manifest = self._folder / "sample_company" / "manifest.yaml"
        if not manifest.exists():
            return {}
        bases = yaml.safe_load(manifest.read_text("utf-8"))["knowledge_bases"]
        return {base["name"]: _SampleBase.model_validate(base) for base in bases}

    def _laws(self) -> LawLibrary:
        return LawLibrary.read(self._folder / "laws.yaml")
