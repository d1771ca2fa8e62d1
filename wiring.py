"""Settings to services: the one file that names concrete classes."""

import sys
from collections.abc import Callable, Sequence
from functools import partial

from backends.registry import ConfiguredBackends
from backends.speech import open_speech
from documents.export.exporter import DocumentExporter
from documents.files import RequestFiles
from documents.guarded import read
from documents.kept_readings import KeptReadings
from documents.sheets import TableFiles
from governance.authorship import kept_share
from governance.labels import Label, label
from governance.seal import Seals
from records.batches import BatchRecords
from records.daily import Daily
from records.desk import DeskRecords
from records.feedback import FeedbackRecords
from records.history import HistoryRecords
from records.runs import RunRecords
from records.threads import ProposalRecords, ThreadRecords
from records.usage import UsageRecords
from records.views import ViewRecords
from scenarios.registry import SCENARIOS
from vectorstore.builtin import Builtin
from vectorstore.dense import VectorIndexes
from vectorstore.embedders import open_embedder, without_vectors
from vectorstore.knowledge import KnowledgeBases
from vectorstore.laws import LawLibrary
from vectorstore.queue import Queue
from vectorstore.rerank import open_reranker
from vectorstore.worker import Starter, Worker
from workbench.batch import Batches
from workbench.chains import Chain, staffed
from workbench.chat import Gate
from workbench.desk import Desk
from workbench.engine import Engine
from workbench.errors import ConfigError, NotFoundError
from workbench.faq import Faq
from workbench.feedback import Judgements
from workbench.forms import validated
from workbench.history import History
from workbench.ledger import Ledger
from workbench.publishing import Publishing
from workbench.run import Run, Version
from workbench.scenario import Scenario, Section
from workbench.services import Services
from workbench.settings import Settings
from workbench.speech import Voice
from workbench.texts import ROOT, Lang
from workbench.threads import Threads
from workbench.views import Views


def services(settings: Settings, lang: Lang = "zh") -> Services:
    """Everything that pages and ``cli.py`` use, over the data folder of ``settings``. ``lang`` is for stored errors."""
    known = {scenario.slug for scenario in SCENARIOS}
    for name in settings.approvals.keys() - known:
        raise ConfigError("workbench:chain.unknown_scenario", scenario=name, known=", ".join(sorted(known)))
    settings.retention.check(known)
    departments = [person.department for person in settings.people]
    settings.cost.check([person.id for person in settings.people], departments, known)
    knowledge = _knowledge(settings, lang)
    start = Starter(settings.data, [sys.executable, str(ROOT / "cli.py"), "--data", str(settings.data), "worker"])
    queue = Queue(settings.data, start, settings.limits)
    backends = ConfiguredBackends(settings)
    runs = RunRecords(settings.database_url or f"sqlite:///{settings.data / 'records.sqlite3'}")
    models = {name: backend.model for name, backend in settings.backends.items()}
    ledger = Ledger(settings.cost, settings.people, UsageRecords(runs.database), models)
    readings = KeptReadings(settings.data / "readings.sqlite3")
    files = RequestFiles(settings.data / "received", settings.limits, readings)
    statutes = LawLibrary.read(ROOT / "knowledge" / "laws.yaml")
    gate = Gate(backends)
    engine = Engine(knowledge, gate, runs, files, statutes, ledger, _keeps_inputs(settings))
    scenarios = {scenario.slug: scenario for scenario in SCENARIOS}
    desk = Desk(scenarios, settings.people, partial(_chain, settings), engine, DeskRecords(runs.database))
    make_label = partial(_label, settings.producer, runs)
    exporter = DocumentExporter(
        sections=_sections,
        make_label=make_label,
        seals=Seals(settings.data / "labels.key"),
        require_final=lambda run, version: desk.check_leaving(run.run_id, version.number),
        version_of=partial(_version, runs),
        company=settings.producer,
        template=settings.export.template,
    )
    tables = TableFiles(
        settings.limits,
        visible=lambda run: make_label(run, _version(runs, run.run_id, 1)).visible,
        stamp=lambda path, run: exporter.stamp(run, _version(runs, run.run_id, 1), path),
    )
    program = [sys.executable, str(ROOT / "cli.py"), "--data", str(settings.data), "--lang", lang]
    batches = Batches(
        scenarios,
        engine,
        runs,
        BatchRecords(runs.database),
        tables,
        Starter(settings.data, [*program, "batches", "work"], "batches.log", lambda: False),
        settings.batch.parallel,
    )
    return Services(
        settings=settings,
        scenarios=scenarios,
        knowledge=knowledge,
        queue=queue,
        builtin=Builtin(ROOT / "knowledge", knowledge, queue, start, lang),
        backends=backends,
        runs=runs,
        exporter=exporter,
        voice=Voice(gate, open_speech(settings.speech), exporter),
        engine=engine,
        files=files,
        desk=desk,
        batches=batches,
        ledger=ledger,
        history=History(
            scenarios,
            runs,
            HistoryRecords(runs.database),
            settings.retention,
            files.forget,
            Daily(settings.data / "purged.day"),
            Starter(settings.data, [*program, "runs", "purge", "--due", "--daily"], "purge.log", lambda: False),
        ),
        views=Views(scenarios, settings.people, ViewRecords(runs.database)),
        judgements=Judgements(runs, FeedbackRecords(runs.database)),
        publishing=Publishing(desk, knowledge),
        threads=Threads(ThreadRecords(runs.database)),
        faq=Faq(ProposalRecords(runs.database), knowledge),
        notices=tuple(filter(None, [without_vectors(settings.embedding)])),
    )


def worker(settings: Settings, lang: Lang = "zh") -> Worker:
    """The process that ingests for this data folder."""
    knowledge = _knowledge(settings, lang)
    queue = Queue(settings.data, lambda: None)
    builtin = Builtin(ROOT / "knowledge", knowledge, queue, lambda: None, lang)
    return Worker(settings.data, queue, builtin, knowledge, lang)


def scenario(slug: str) -> Scenario:
    """The scenario called ``slug``. Raises ``NotFoundError`` naming those there are."""
    for known in SCENARIOS:
        if known.slug == slug:
            return known
    names = ", ".join(known.slug for known in SCENARIOS)
    raise NotFoundError("workbench:request.unknown_scenario", name=slug, known=names)


def _knowledge(settings: Settings, lang: Lang) -> KnowledgeBases:
    return KnowledgeBases(
        settings.data / "knowledge",
        VectorIndexes(settings.data / "chroma", settings.chroma_url),
        partial(open_embedder, settings.embedding, settings.models),
        lambda path, name: read(path, settings.limits, name=name),
        lang,
        settings.limits,
        partial(open_reranker, settings.rerank, settings.models),
        settings.rerank.candidates,
    )


def _sections(run: Run, version: Version) -> Sequence[Section]:
    task = scenario(run.scenario).task(run.task)
    return task.sections(validated(task.deliverable, version.deliverable), run.lang)


def _chain(settings: Settings, slug: str) -> Chain:
    """Who approves what a scenario makes."""
    return settings.approvals.get(slug) or staffed(scenario(slug).chain, settings.people)


def _keeps_inputs(settings: Settings) -> Callable[[str], bool]:
    return lambda scenario: settings.retention.of(scenario).store_inputs


def _label(producer: str, runs: RunRecords, run: Run, version: Version) -> Label:
    task = scenario(run.scenario).task(run.task)
    first = version if version.number == 1 else _version(runs, run.run_id, 1)
    # What a review says of a text is made anew from each state of it: people change the text, not what is said.
    same = not task.errors_block or version.deliverable == first.deliverable
    kept = 1.0 if same else kept_share(_words(run, first), _words(run, version))
    quotes = any(part.quoted for part in _sections(run, version))
    return label(run, version, kept, producer, run.lang, quotes=quotes)


def _words(run: Run, version: Version) -> str:
    """All that a version says, without what it quotes of others."""
    return "\n".join(
        "\n".join((part.heading, *part.paragraphs, *part.items, *(str(cell) for row in part.table for cell in row)))
        for part in _sections(run, version)
        if not part.quoted
    )


def _version(runs: RunRecords, run_id: str, number: int) -> Version:
    """That version of a run. Raises ``NotFoundError``."""
    for version in runs.versions(run_id):
        if version.number == number:
            return version
    raise NotFoundError("workbench:run.no_version", run_id=run_id, version=number)
