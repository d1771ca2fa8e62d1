"""A second, slower look at the best passages: a cross-encoder reads the question and each passage together.

Off unless ``[rerank]`` names one. What it says decides the order of a hybrid search; when it does not answer, the fused
order stays: a search never fails for it.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from workbench.errors import BackendError, ConfigError
from workbench.evidence import Hit
from workbench.settings import Reranking

log = logging.getLogger(__name__)


class Reranker(Protocol):
    """Scores passages for a question; higher is better, the scale is its own. Raises ``BackendError``."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]: ...


class FastEmbedReranker:
    """A cross-encoder of the ``fastembed`` package, such as ``BAAI/bge-reranker-base``: fetched once over the network.

    Raises ``ConfigError`` without the package or for a model that it does not know, ``BackendError`` when the model
    cannot be fetched.
    """

    def __init__(self, settings: Reranking, models: Path) -> None:
        try:
            from fastembed.rerank.cross_encoder import TextCrossEncoder
        except ImportError as error:
            raise ConfigError("vectorstore:rerank.no_fastembed") from error
        try:
            self._model = TextCrossEncoder(settings.model, cache_dir=str(models))
        except ValueError as error:
            raise ConfigError("vectorstore:rerank.unknown_model", model=settings.model, reason=error) from error
        except Exception as error:  # of the network, the hub's client or onnxruntime
            raise _failed(settings.model, type(error).__name__) from error

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        return [float(score) for score in self._model.rerank(query, list(passages))]


class EndpointReranker:
    """A ``POST {base_url}/rerank`` endpoint as Jina, Cohere, SiliconFlow, Xinference and vLLM serve it."""

    def __init__(self, settings: Reranking) -> None:
        self._key = os.environ.get(settings.api_key_env, "") if settings.api_key_env else ""
        if settings.api_key_env and not self._key:
            raise ConfigError("vectorstore:rerank.no_key", variable=settings.api_key_env)
        self._settings = settings
        self._url = f"{settings.base_url.rstrip('/')}/rerank"

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        import httpx

        body = {"model": self._settings.model, "query": query, "documents": list(passages), "top_n": len(passages)}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            answer = httpx.post(self._url, json=body, headers=headers, timeout=self._settings.timeout)
            answer.raise_for_status()
            found = {int(line["index"]): float(line["relevance_score"]) for line in answer.json()["results"]}
            return [found[place] for place in range(len(passages))]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise _failed(self._url, type(error).__name__) from error


def _failed(where: str, reason: str) -> BackendError:
    return BackendError("vectorstore:rerank.failed", retryable=True, where=where, reason=reason)


def open_reranker(settings: Reranking, models: Path) -> Reranker | None:
    """The configured reranker; None for ``none``. Raises ``ConfigError`` or ``BackendError`` when it cannot run."""
    match settings.kind:
        case "none":
            return None
        case "fastembed":
            return FastEmbedReranker(settings, models)
        case "endpoint":
            return EndpointReranker(settings)


def reranked(reranker: Reranker, query: str, hits: Sequence[Hit]) -> list[Hit]:
    """``hits`` in the reranker's order, each with what it said; as they were when it does not answer."""
    texts = [f"{hit.chunk.title}\n{hit.chunk.context}\n{hit.chunk.text}" for hit in hits]
    try:
        scores = reranker.scores(query, texts)
    except BackendError as error:
        log.warning("%s", error.text("en"))
        return list(hits)
    judged = [replace(hit, reranked=score) for hit, score in zip(hits, scores, strict=True)]
    return sorted(judged, key=lambda hit: -(hit.reranked or 0.0))
