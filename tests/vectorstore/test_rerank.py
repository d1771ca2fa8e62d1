"""A reranker decides the order of a hybrid search, and no search fails for it."""

import json
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from documents.reader import read
from vectorstore.dense import VectorIndexes
from vectorstore.knowledge import KnowledgeBases
from vectorstore.rerank import Reranker, open_reranker
from workbench.errors import BackendError, ConfigError
from workbench.settings import Limits, Reranking

from .conftest import CountedCharacters, text_material

TEXTS = ("the kettle boils water quickly", "the kettle is blue", "water is wet and blue")


class Longest:
    """Finds the longest passage best."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        return [float(len(passage)) for passage in passages]


class Down:
    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        raise BackendError("vectorstore:rerank.failed", where="there", reason="down")


def found(folder: Path, reranker: Reranker | None, **asked: object) -> list[tuple[str, float | None]]:
    bases = KnowledgeBases(
        folder / "knowledge",
        VectorIndexes(folder / "chroma"),
        CountedCharacters,
        lambda path, name: read(path, Limits(), name=name),
        reranker=lambda: reranker,
    )
    if not bases.list():
        bases.create("kb")
        for number, text in enumerate(TEXTS):
            bases.ingest_material("kb", text_material(f"d{number}", text))
    hits = bases.search("blue kettle", names=["kb"], **asked)
    bases.close()
    return [(hit.chunk.text, hit.reranked) for hit in hits]


def test_its_order_counts_and_the_best_are_chosen_after_it(tmp_path: Path) -> None:
    plain = found(tmp_path, None)
    assert plain[0] == (TEXTS[1], None)
    judged = found(tmp_path, Longest())
    assert [text for text, _ in judged] == sorted(TEXTS, key=len, reverse=True)
    assert all(score for _, score in judged)
    assert [text for text, _ in found(tmp_path, Longest(), limit=1)] == [TEXTS[0]]


def test_other_modes_and_a_reranker_that_is_down_leave_the_order(tmp_path: Path) -> None:
    plain = found(tmp_path, None)
    assert found(tmp_path, Down()) == plain
    assert found(tmp_path, Longest(), mode="lexical") == found(tmp_path, None, mode="lexical")


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A rerank endpoint that finds later documents better and answers them in its own order."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.server.seen = self.path, self.headers["Authorization"], body  # type: ignore[attr-defined]
            results = [{"index": n, "relevance_score": n / 10} for n in reversed(range(len(body["documents"])))]
            answer = json.dumps({"results": results if body["query"] != "odd" else "?"}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    made = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def test_an_endpoint_is_asked_with_its_key(server: HTTPServer, tmp_path: Path, monkeypatch) -> None:
    settings = partial(Reranking, kind="endpoint", model="m", base_url=f"http://127.0.0.1:{server.server_port}/v1/")
    monkeypatch.setenv("RERANK_KEY", "secret")
    reranker = open_reranker(settings(api_key_env="RERANK_KEY"), tmp_path)
    assert reranker.scores("q", ["a", "b", "c"]) == [0.0, 0.1, 0.2]
    path, key, body = server.seen  # type: ignore[attr-defined]
    assert (path, key, body["model"], body["documents"]) == ("/v1/rerank", "Bearer secret", "m", ["a", "b", "c"])
    with pytest.raises(BackendError):
        reranker.scores("odd", ["a"])
    with pytest.raises(ConfigError, match="OTHER_KEY"):
        open_reranker(settings(api_key_env="OTHER_KEY"), tmp_path)


def test_none_is_the_default(tmp_path: Path) -> None:
    assert open_reranker(Reranking(), tmp_path) is None
