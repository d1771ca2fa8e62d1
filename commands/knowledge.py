"""``kb``: make, fill, search, measure and delete knowledge bases."""

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from .session import DONE, OUT_OF_REACH, SOME_FAILED, Session, note, note_notices, say, services, t

if TYPE_CHECKING:
    from datetime import date

    from workbench.knowledge import KnowledgeBase

app = typer.Typer(no_args_is_help=True, help="Knowledge bases.")

Name = Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")]
SearchMode = Literal["hybrid", "dense", "lexical"]
Level = Literal["public", "internal", "confidential"]
From = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day in force.")]
To = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day in force.")]


@app.command("create")
def kb_create(
    name: str,
    title: str = "",
    sensitivity: Level = "internal",
) -> None:
    """Make an empty knowledge base."""
    made = services().knowledge.create(name, title=title, sensitivity=sensitivity)
    say({"name": made.name}, [made.name])


@app.command("ingest")
def kb_ingest(paths: list[Path], name: Name, start: From = None, end: To = None) -> None:
    """Read files, folders, zips of them and .jsonl corpora into a knowledge base.

    A document that is there already gets a new version.
    """
    from workbench.knowledge import Ingested

    note_notices()
    began = time.perf_counter()
    results: list[Ingested] = []
    given = services().knowledge.ingest(name, paths, effective_from=_day(start), effective_to=_day(end))
    for result in given:
        results.append(result)
        note(f"{len(results)} {result.status} {result.id or result.path} {result.error}".rstrip())
    failed = sum(result.status == "failed" for result in results)
    chunks, seconds = sum(result.chunks for result in results), round(time.perf_counter() - began, 3)
    say(
        {"documents": results, "chunks": chunks, "seconds": seconds},
        [t("ingested", documents=len(results) - failed, failed=failed, chunks=chunks, seconds=seconds)],
    )
    raise typer.Exit(SOME_FAILED if failed else DONE)


@app.command("search")
def kb_search(
    query: str,
    name: Annotated[list[str], typer.Option("--kb", help="Name of a knowledge base; may be repeated.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    mode: SearchMode = "hybrid",
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="What applied on that day.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="Only this document; may be repeated.")] = None,
) -> None:
    """Search. ``score`` is fused from ``dense`` (a cosine) and ``lexical`` (BM25).

    ``ms`` counts the search with the query's embedding, not the program's start.
    """
    knowledge = services().knowledge
    if mode != "lexical":
        note_notices()
        knowledge.likeness(query, [""])  # open the embedder before the clock runs
    began = time.perf_counter()
    hits = knowledge.search(query, names=name, limit=limit, mode=mode, as_of=_day(as_of), documents=document)
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
            "dense": None if hit.dense is None else round(hit.dense, 6),
            "lexical": round(hit.lexical, 6),
        }
        for hit in hits
    ]
    for base in name:
        if mode != "lexical" and knowledge.get(base).stale:
            note(t("stale", name=base))
    lines = [
        t("hit", score=f"{hit.score:.3f}", dense=f"{hit.dense or 0:.3f}", lexical=f"{hit.lexical:.2f}")
        + f"  {hit.chunk.title}\n{hit.chunk.text}\n"
        for hit in hits
    ]
    say({"hits": found, "ms": ms}, lines or [t("none")])


@app.command("eval")
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


@app.command("list")
def kb_list() -> None:
    """All knowledge bases."""
    found = [_titled(base) for base in services().knowledge.list()]
    lines = [t("kb", name=base.name, title=base.title, documents=base.documents, chunks=base.chunks) for base in found]
    say({"knowledge_bases": found}, lines or [t("none")])


@app.command("show")
def kb_show(name: str) -> None:
    """A knowledge base and its documents."""
    knowledge = services().knowledge
    say({**_titled(knowledge.get(name)).model_dump(mode="json"), "document_list": knowledge.documents(name)})


@app.command("delete")
def kb_delete(name: str, document: Annotated[str, typer.Option(help="Only this document.")] = "") -> None:
    """Delete a knowledge base, or one document of it."""
    if document:
        services().knowledge.delete_document(name, document)
    elif name in services().builtin.names():
        services().builtin.remove(name)
    else:
        services().knowledge.delete(name)
    say({"name": name, "document": document or None, "deleted": True}, [t("deleted", name=document or name)])


@app.command("change")
def kb_change(name: str, title: str | None = None, sensitivity: Level | None = None) -> None:
    """Give a knowledge base another title or sensitivity."""
    say({"knowledge_base": services().knowledge.change(name, title=title, sensitivity=sensitivity)})


@app.command("dates")
def kb_dates(
    document: str,
    name: Name,
    start: From = None,
    end: To = None,
    version: Annotated[int | None, typer.Option(min=1, help="The newest unless told.")] = None,
) -> None:
    """Say from when to when a document is in force; without a day there is no limit. The next search obeys."""
    known = services().knowledge.set_dates(
        name, document, effective_from=_day(start), effective_to=_day(end), version=version
    )
    say({"document": known}, [_version_line(known)])


@app.command("versions")
def kb_versions(document: str, name: Name) -> None:
    """All versions of a document, the newest first, and when each answers."""
    known = services().knowledge.versions(name, document)
    say({"versions": known}, [_version_line(version) for version in known])


@app.command("text")
def kb_text(
    document: str,
    name: Name,
    version: Annotated[int | None, typer.Option(min=1, help="The newest unless told.")] = None,
) -> None:
    """The text of a document as it was read, and its passages."""
    knowledge = services().knowledge
    text = knowledge.text(name, document, version)
    passages = [
        {"start": chunk.start, "end": chunk.end, "page": chunk.page, "context": chunk.context}
        for chunk in knowledge.chunks(name, document, version)
    ]
    say({"text": text, "passages": passages}, [text])


@app.command("reindex")
def kb_reindex(name: str) -> None:
    """Make the vectors that the configured embedder lacks, and the vector index anew."""
    began = time.perf_counter()

    def progress(done: int, total: int) -> None:
        note(f"{done}/{total}")

    made = services().knowledge.reindex(name, progress=progress)
    seconds = round(time.perf_counter() - began, 3)
    say({"name": name, "vectors": made, "seconds": seconds}, [t("reindexed", vectors=made, seconds=seconds)])


@app.command("export")
def kb_export(name: str, out: Annotated[Path, typer.Option(help="The file to write.")]) -> None:
    """Write a knowledge base with its history and vectors as one file."""
    services().knowledge.export(name, out)
    say({"name": name, "file": out, "bytes": out.stat().st_size}, [str(out)])


@app.command("import")
def kb_import(
    file: Path, name: Annotated[str, typer.Option("--as", help="Another name for the knowledge base.")] = ""
) -> None:
    """Make a knowledge base from an exported file."""
    made = services().knowledge.import_file(file, name)
    say({"name": made.name, "documents": made.documents, "chunks": made.chunks}, [made.name])


@app.command("check")
def kb_check(name: str) -> None:
    """Look whether a knowledge base is whole, and who writes its vector index now."""
    found = services().knowledge.check(name)
    say(found.model_dump(mode="json"), [t("check.ok" if found.ok else "check.bad", name=name, index=found.index)])
    raise typer.Exit(DONE if found.ok else OUT_OF_REACH)


def _titled(base: "KnowledgeBase") -> "KnowledgeBase":
    """With the title of a built-in one in the caller's language."""
    return base.model_copy(update={"title": services().builtin.title(base.name, Session.lang, base.title)})


def _day(given: datetime | None) -> "date | None":
    return given.date() if given else None


def _version_line(known: Any) -> str:
    return t("version", number=known.version, begins=known.begins or "…", ends=known.ends or "…", title=known.title)
