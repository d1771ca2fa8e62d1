"""Kind ``ollama``: Ollama's own API.

Its ``/v1`` would do, but cannot be told the context window, and Ollama silently cuts off a prompt that is longer than
its default. Imported only when such a backend is opened.
"""

from typing import Any

import httpx
from langchain_core.messages import BaseMessage
from langchain_ollama import ChatOllama

from workbench.settings import Backend

from .client import Client

DEFAULT = "http://localhost:11434"


class NativeChat(ChatOllama):
    """``ChatOllama`` that keeps the thinking which comes without asking for it: not every model may be asked."""

    reasoning: bool | str | None = True
    extra_body: dict[str, Any] = {}

    def _chat_params(self, messages: list[BaseMessage], stop: list[str] | None = None, **kwargs: Any) -> dict[str, Any]:
        params = super()._chat_params(messages, stop, **kwargs)
        params["think"] = None
        options = {**params["options"], **self.extra_body.get("options", {})}
        return {**params, **self.extra_body, "options": options}


def connect(settings: Backend, key: str) -> Client:
    """A client of the Ollama server. Nothing is sent yet."""
    where = (settings.base_url or DEFAULT).rstrip("/").removesuffix("/v1")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    model = NativeChat(
        model=settings.model,
        base_url=where,
        temperature=settings.temperature,
        num_predict=settings.max_tokens,
        num_ctx=settings.context,
        extra_body=settings.extra_body,
        client_kwargs={
            "timeout": httpx.Timeout(settings.timeout, connect=min(settings.timeout, 10)),
            "headers": headers,
        },
    )
    return Client(
        model,
        where,
        late=(httpx.TimeoutException,),
        lost=(httpx.TransportError, ConnectionError),
        secret=key,
    )
