"""The fake answers OpenAI's own client."""

import openai
import pytest

from tests.fakes.openai_server import FakeOpenAI, Reply, openai_server, vector

__all__ = ["openai_server"]


@pytest.fixture
def client(openai_server: FakeOpenAI) -> openai.OpenAI:
    return openai.OpenAI(base_url=openai_server.url, api_key="k", max_retries=0)


def test_models_are_listed(client):
    assert [model.id for model in client.models.list()] == ["fake"]


def test_a_chat_is_answered_whole(client, openai_server):
    openai_server.script(Reply("Hello there."))
    answer = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Hi"}])
    assert answer.choices[0].message.content == "Hello there."
    assert openai_server.requests[0].body["messages"][0]["content"] == "Hi"


def test_embeddings_depend_on_the_text_alone(client):
    data = client.embeddings.create(model="m", input=["a", "b", "a"], encoding_format="float").data
    assert data[0].embedding == data[2].embedding == vector("a") != data[1].embedding
    assert sum(value * value for value in data[0].embedding) == pytest.approx(1)


def test_only_the_right_key_is_accepted(client, openai_server):
    openai_server.key = "other"
    with pytest.raises(openai.AuthenticationError):
        client.models.list()
