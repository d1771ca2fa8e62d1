"""The same runs as the browser, for scripts, schedules, tests and benchmarks.

Every command takes ``--json``, ``--data DIR`` and ``--lang zh|en`` at any place. Exit status: 0 done; 1 done, but some
items failed; 2 the request is wrong; 3 a backend or store is out of reach.
"""

import json
import logging
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer
from pydantic import BaseModel

from workbench.errors import BackendError, RequestError, StoreError, WorkbenchError
from workbench.settings import load
from workbench.texts import Lang, text

if TYPE_CHECKING:
    from workbench.services import Services

DONE, SOME_FAILED, WRONG_REQUEST, OUT_OF_REACH = 0, 1, 2, 3

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
kb = typer.Typer(no_args_is_help=True, help="Knowledge bases.")
runs = typer.Typer(no_args_is_help=True, help="The records of runs.")
builtin = typer.Typer(no_args_is_help=True, help="The sample company and the law library that come with the product.")
app.add_typer(kb, name="kb")
app.add_typer(runs, name="runs")
app.add_typer(builtin, name="builtin")

Name = Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")]
SearchMode = Literal["hybrid", "dense", "lexical"]


class Session:
    """What the options common to all commands say."""

    json = False
    data: Path | None = None
    lang: Lang = "zh"


@app.callback()
def common(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    data: Annotated[Path | None, typer.Option(help="Where the workspace lives; ./data unless told.")] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
) -> None:
    Session.json, Session.data, Session.lang = as_json, data, lang


@cache
def services() -> "Services":
    """The services of this call, made at first need."""
    import wiring

    return wiring.services(load(data=Session.data), Session.lang)


def say(answer: dict[str, Any], lines: Sequence[str] = ()) -> None:
    """Print ``answer`` as JSON, or ``lines`` for a person (the JSON, indented, when there are none)."""
    if Session.json:
        print(json.dumps(answer, ensure_ascii=False, default=_plain))
    else:
        print("\n".join(lines) if lines else json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))


def note(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return value.model_dump(mode="json")
        case datetime() | date():
            return value.isoformat()
        case Path():
            return str(value)
    raise TypeError(type(value).__name__)


# -- knowledge bases


@kb.command("create")
def kb_create(
    name: str,
    title: str = "",
    sensitivity: Literal["public", "internal", "confidential"] = "internal",
) -> None:
    """Make an empty knowledge base."""
    made = services().knowledge.create(name, title=title, sensitivity=sensitivity)
    say({"name": made.name}, [made.name])


@kb.command("ingest")
def kb_ingest(paths: list[Path], name: Name) -> None:
    """Read files, folders and .jsonl corpora into a knowledge base."""
    from workbench.knowledge import Ingested

    began = time.perf_counter()
    results: list[Ingested] = []
    for result in services().knowledge.ingest(name, paths):
        results.append(result)
        note(f"{len(results)} {result.status} {result.id or result.path} {result.error}".rstrip())
    failed = sum(result.status == "failed" for result in results)
    chunks, seconds = sum(result.chunks for result in results), round(time.perf_counter() - began, 3)
    say(
        {"documents": results, "chunks": chunks, "seconds": seconds},
        [_t("ingested", documents=len(results) - failed, failed=failed, chunks=chunks, seconds=seconds)],
    )
    raise typer.Exit(SOME_FAILED if failed else DONE)


@kb.command("search")
def kb_search(
    query: str,
    name: Annotated[list[str], typer.Option("--kb", help="Name of a knowledge base; may be repeated.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    mode: SearchMode = "hybrid",
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What applied on that day.")] = None,
) -> None:
    """Search. ``ms`` counts the search with the query's embedding, not the program's start."""
    knowledge = services().knowledge
    if mode != "lexical":
        knowledge.likeness(query, [""])  # open the embedder before the clock runs
    began = time.perf_counter()
    hits = knowledge.search(query, names=name, limit=limit, mode=mode, as_of=as_of.date() if as_of else None)
    ms = round((time.perf_counter() - began) * 1000, 1)
    found = [
        {
            "knowledge_base": hit.knowledge_base,
            "document_id": hit.chunk.document_id,
            "title": hit.chunk.title,
            "page": hit.chunk.page,
            "start": hit.chunk.start,
            "end": hit.chunk.end,
            "text": hit.chunk.text,
            "score": round(hit.score, 6),
        }
        for hit in hits
    ]
    say({"hits": found, "ms": ms}, [f"{hit['score']:.3f}  {hit['title']}\n{hit['text']}\n" for hit in found])


@kb.command("eval")
def kb_eval(
    name: Name,
    queries: Annotated[Path, typer.Option(help='Lines of {"id", "text"}.')],
    qrels: Annotated[Path, typer.Option(help="Lines of query<TAB>document<TAB>relevance.")],
    mode: SearchMode = "hybrid",
    limit: Annotated[int, typer.Option(min=1)] = 10,
) -> None:
    """Measure retrieval against judged questions, counted by document."""
    from vectorstore.evaluation import evaluate, read_qrels, read_queries

    knowledge = services().knowledge

    def search(query: str, size: int) -> Any:
        return knowledge.search(query, names=[name], limit=size, mode=mode)

    say(evaluate(search, read_queries(queries), read_qrels(qrels), limit))


@kb.command("list")
def kb_list() -> None:
    """All knowledge bases."""
    found = services().knowledge.list()
    lines = [_t("kb", name=base.name, title=base.title, documents=base.documents, chunks=base.chunks) for base in found]
    say({"knowledge_bases": found}, lines or [_t("none")])


@kb.command("show")
def kb_show(name: str) -> None:
    """A knowledge base and its documents."""
    knowledge = services().knowledge
    say({**knowledge.get(name).model_dump(mode="json"), "document_list": knowledge.documents(name)})


@kb.command("delete")
def kb_delete(name: str, document: Annotated[str, typer.Option(help="Only this document.")] = "") -> None:
    """Delete a knowledge base, or one document of it."""
    if document:
        services().knowledge.delete_document(name, document)
    elif name in services().builtin.names():
        services().builtin.remove(name)
    else:
        services().knowledge.delete(name)
    say({"name": name, "document": document or None, "deleted": True}, [_t("deleted", name=document or name)])


# -- built-in knowledge


@builtin.command("load")
def builtin_load(
    names: Annotated[list[str] | None, typer.Argument(help="All of the default ones unless named.")] = None,
    wait: Annotated[bool, typer.Option(help="Until everything is loaded.")] = False,
) -> None:
    """Load built-in knowledge behind."""
    known = services().builtin
    for name in names or [name for name in known.names() if name != "laws-more"]:
        known.load(name)
    while wait and (left := known.progress()):
        note(_progress(left))
        time.sleep(1)
    say({"loading": dict(known.progress())}, [_progress(known.progress()) or _t("loaded")])


@builtin.command("remove")
def builtin_remove(name: str) -> None:
    """Delete built-in knowledge and do not load it again by itself."""
    services().builtin.remove(name)
    say({"name": name, "deleted": True}, [_t("deleted", name=name)])


@builtin.command("status")
def builtin_status() -> None:
    """What there is and how far it is loaded."""
    known = services().builtin
    left = known.progress()
    say({"names": list(known.names()), "loading": dict(left)}, [_progress(left) or _t("loaded")])


def _progress(left: Any) -> str:
    return "  ".join(f"{name} {done}/{total or '?'}" for name, (done, total) in left.items())


@app.command(hidden=True)
def worker(
    defaults: Annotated[bool, typer.Option(help="Ask for the default built-in knowledge first.")] = False,
) -> None:
    """Ingest what waits, then end. Pages start it by themselves."""
    import wiring

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("vectorstore").setLevel(logging.INFO)
    settings = load(data=Session.data)
    if defaults and settings.load_builtin_knowledge:
        wiring.services(settings, Session.lang).builtin.load_defaults()
    wiring.worker(settings, Session.lang).run()


# -- runs


@app.command("scenarios")
def list_scenarios() -> None:
    """Every scenario and task with the JSON schemas of its request and its deliverable."""
    answer = {
        slug: {
            "title": scenario.title(Session.lang),
            "tasks": {
                task.name: {
                    "request": task.request.model_json_schema(),
                    "deliverable": task.deliverable.model_json_schema(),
                }
                for task in scenario.tasks
            },
        }
        for slug, scenario in services().scenarios.items()
    }
    say({"scenarios": answer}, [f"{slug}: {', '.join(entry['tasks'])}" for slug, entry in answer.items()])


@app.command("run")
def run_task(
    scenario: str,
    task: str,
    request: Annotated[Path, typer.Option(help="A JSON file with the filled form; - for standard input.")],
    name: Annotated[list[str] | None, typer.Option("--kb", help="Knowledge base; may be repeated.")] = None,
    backend: Annotated[str, typer.Option(help="Which model writes; the one set in the settings unless named.")] = "",
) -> None:
    """Run a task and print its deliverable, findings and citations."""
    import wiring
    from workbench.chat import Delta
    from workbench.run import Finished, Order, Step

    known = services()
    declared = wiring.scenario(scenario)
    existing = {base.name for base in known.knowledge.list()}
    order = Order(
        scenario=declared,
        task=task,
        request=_request(request),
        lang=Session.lang,
        knowledge_bases=name if name is not None else [base for base in declared.knowledge if base in existing],
        backend=backend or known.settings.default_backend,
    )
    for base in order.knowledge_bases:
        known.knowledge.get(base)
    known.backends.open(order.backend) if order.backend != "composer" else None
    finished: Finished | None = None
    for event in known.engine.execute(order):
        match event:
            case Step(name=step):
                note(_t(f"step.{step}"))
            case Delta(text=part) if not Session.json:
                print(part, end="", file=sys.stderr, flush=True)
            case Finished():
                finished = event
    assert finished is not None  # noqa: S101  # the engine's last event
    run = finished.run
    answer = run.model_dump(
        mode="json", include={"run_id", "status", "deliverable", "findings", "citations", "usage", "error"}
    )
    say(answer)
    if finished.error is not None:
        note(run.error)
        raise typer.Exit(OUT_OF_REACH if isinstance(finished.error, BackendError | StoreError) else SOME_FAILED)


def _request(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig"))
    except OSError as error:
        raise RequestError("workbench:request.unreadable", path=path, reason=error.strerror) from error
    except ValueError as error:
        raise RequestError("workbench:request.not_json", path=path, reason=error) from error
    if not isinstance(values, dict):
        raise RequestError("workbench:request.not_json", path=path, reason=type(values).__name__)
    return cast("dict[str, Any]", values)


@runs.command("list")
def runs_list(scenario: str = "", limit: Annotated[int, typer.Option(min=1)] = 50) -> None:
    """The latest runs."""
    found = services().runs.list(scenario=scenario or None, limit=limit)
    entries = [
        run.model_dump(mode="json", include={"run_id", "scenario", "task", "status", "created_at", "author", "error"})
        for run in found
    ]
    lines = ["  ".join(str(entry[key]) for key in ("run_id", "scenario", "task", "status")) for entry in entries]
    say({"runs": entries}, lines or [_t("none")])


@runs.command("show")
def runs_show(run_id: str) -> None:
    """A run with all that was recorded."""
    records = services().runs
    say({**records.get(run_id).model_dump(mode="json"), "versions": records.versions(run_id)})


@app.command("export")
def export(
    run_id: str,
    out: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[Literal["docx", "xlsx", "md"], typer.Option("--format")] = "docx",
    version: Annotated[int, typer.Option(help="Which version; the newest unless told.")] = 0,
) -> None:
    """Write a run's deliverable as a file that carries the AI-content label."""
    known = services()
    run = known.runs.get(run_id)
    versions = {kept.number: kept for kept in known.runs.versions(run_id)}
    chosen = versions.get(version or max(versions, default=0))
    if chosen is None:
        raise RequestError("workbench:run.no_version", run_id=run_id, version=version or 1)
    label = known.exporter.export(run, chosen, form, out)
    say({"file": str(out), "label": label}, [f"{out}  {label}"])


@app.command("backends")
def list_backends(check: Annotated[bool, typer.Option("--check", help="Ask each for one word.")] = False) -> None:
    """Each configured chat model and what it can do."""
    known = services().backends
    entries = [
        info.model_dump(mode="json") | (known.check(info.name, Session.lang).model_dump(mode="json") if check else {})
        for info in known.list()
    ]
    say({"backends": entries})
    if any(not entry.get("ok", True) for entry in entries):
        raise typer.Exit(OUT_OF_REACH)


def _t(key: str, **values: object) -> str:
    return text(f"workbench:cli.{key}", Session.lang, **values)


_COMMON = {"--data", "--lang"}


def arguments(given: Sequence[str]) -> list[str]:
    """``given`` with the common options moved to the front, where Typer wants them; what follows ``--`` stays."""
    common_ones: list[str] = []
    rest: list[str] = []
    queue = list(given)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word == "--json" or word.partition("=")[0] in _COMMON:
            common_ones.append(word)
            if word in _COMMON and queue:
                common_ones.append(queue.pop(0))
        else:
            rest.append(word)
    return common_ones + rest


def main(given: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    services.cache_clear()
    try:
        app(arguments(sys.argv[1:] if given is None else given), standalone_mode=True)
    except SystemExit as ended:
        return int(ended.code or 0)
    except WorkbenchError as error:
        sentence = error.text(Session.lang)
        note(sentence)
        if Session.json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        return OUT_OF_REACH if isinstance(error, BackendError | StoreError) else WRONG_REQUEST
    return DONE


if __name__ == "__main__":
    sys.exit(main())
