"""Embedders by configuration: an endpoint, a package that is missing or fails."""

import sys
from types import ModuleType

import numpy as np
import pytest

from tests.fakes.openai_server import FakeOpenAI, openai_server, vector
from vectorstore.embedders import open_embedder
from workbench.errors import BackendError, ConfigError
from workbench.settings import Embedding

__all__ = ["openai_server"]


def test_words_only_needs_no_embedder(tmp_path):
    assert open_embedder(Embedding(kind="none"), tmp_path) is None


def test_an_endpoint_embeds_in_batches_with_its_key(openai_server: FakeOpenAI, tmp_path, monkeypatch):
    monkeypatch.setenv("EMBEDDING_KEY", "secret")
    openai_server.key = "secret"
    settings = Embedding(
        kind="openai", model="text-embedding-v4", base_url=openai_server.url, api_key_env="EMBEDDING_KEY", batch=2
    )
    embedder = open_embedder(settings, tmp_path)
    texts = ["退货", "换货", "return"]
    assert embedder.id == "openai:text-embedding-v4"
    assert np.allclose(embedder.embed_documents(texts), [vector(text) for text in texts], atol=1e-6)
    assert np.allclose(embedder.embed_query("退货"), vector("退货"), atol=1e-6)
    assert [len(request.body["input"]) for request in openai_server.requests] == [2, 1, 1]


def test_an_endpoint_that_refuses_is_a_backend_error(openai_server: FakeOpenAI, tmp_path):
    openai_server.key = "another"
    embedder = open_embedder(Embedding(kind="openai", model="m", base_url=openai_server.url), tmp_path)
    with pytest.raises(BackendError) as error:
        embedder.embed_query("退货")
    assert openai_server.url in error.value.text("zh")


def test_an_endpoint_without_its_key_names_the_variable(tmp_path):
    with pytest.raises(ConfigError, match="UNSET_KEY"):
        open_embedder(Embedding(kind="openai", model="m", api_key_env="UNSET_KEY"), tmp_path)


def test_fastembed_that_is_not_installed_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastembed", None)
    with pytest.raises(ConfigError) as error:
        open_embedder(Embedding(kind="fastembed", model="BAAI/bge-small-zh-v1.5"), tmp_path)
    assert "pip install fastembed" in error.value.text("en")


class _Model:
    """What of fastembed's ``TextEmbedding`` is used; two model names, one of them out of reach."""

    def __init__(self, model: str, cache_dir: str) -> None:
        if model == "away":
            raise ConnectionError("no network")
        if model != "small":
            raise ValueError(f"{model} is not supported")

    def passage_embed(self, texts, batch_size):
        return (np.array([1.0, len(text)], np.float32) for text in texts)

    def query_embed(self, text):
        return iter([np.array([2.0, len(text)], np.float32)])


def test_fastembed_tells_queries_from_passages(tmp_path, monkeypatch):
    module = ModuleType("fastembed")
    module.TextEmbedding = _Model
    monkeypatch.setitem(sys.modules, "fastembed", module)
    embedder = open_embedder(Embedding(kind="fastembed", model="small"), tmp_path)
    assert embedder.id == "fastembed:small"
    assert embedder.embed_documents(["ab", "c"]) == [[1.0, 2.0], [1.0, 1.0]]
    assert embedder.embed_query("abc") == [2.0, 3.0]
    with pytest.raises(ConfigError, match="unheard"):
        open_embedder(Embedding(kind="fastembed", model="unheard"), tmp_path)
    with pytest.raises(BackendError, match="away"):
        open_embedder(Embedding(kind="fastembed", model="away"), tmp_path)
