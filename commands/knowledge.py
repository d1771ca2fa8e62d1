"""``kb``: make, fill, search, measure and delete knowledge bases."""

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .session import DONE, SOME_FAILED, note, say, services, t

app = typer.Typer(no_args_is_help=True, help="Knowledge bases.")

Name = Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")]
SearchMode = Literal["hybrid", "dense", "lexical"]


@app.command("create")
def kb_create(
    name: str,
    title: str = "",
    sensitivity: Literal["public", "internal", "confidential"] = "internal",
) -> None:
    """Make an empty knowledge base."""
    made = services().knowledge.create(name, title=title, sensitivity=sensitivity)
    say({"name": made.name}, [made.name])


@app.command("ingest")
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
    found = services().knowledge.list()
    lines = [t("kb", name=base.name, title=base.title, documents=base.documents, chunks=base.chunks) for base in found]
    say({"knowledge_bases": found}, lines or [t("none")])


@app.command("show")
def kb_show(name: str) -> None:
    """A knowledge base and its documents."""
    knowledge = services().knowledge
    say({**knowledge.get(name).model_dump(mode="json"), "document_list": knowledge.documents(name)})


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
