"""Kind ``openai``: any OpenAI-compatible endpoint by its base URL.

OpenAI, DeepSeek, Qwen (DashScope), Moonshot, Zhipu, vLLM, LM Studio, the ``/v1`` of Ollama. Imported only when such a
backend is opened: ``langchain_openai`` takes seconds.
"""

from typing import Any

import httpx2
import openai
from langchain_core.language_models import LanguageModelInput
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from workbench.settings import Backend

from .client import Client

OFFICIAL = "https://api.openai.com/v1"


class CompatibleChat(ChatOpenAI):
    """``ChatOpenAI`` for servers that are only nearly OpenAI's."""

    official: bool = False

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        """Keep ``reasoning_content`` (``reasoning`` with newer vLLM), which ``ChatOpenAI`` drops."""
        generation = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if generation and (choices := chunk.get("choices")):
            delta = choices[0].get("delta") or {}
            if thought := delta.get("reasoning_content") or delta.get("reasoning"):
                generation.message.additional_kwargs["reasoning_content"] = thought
        return generation

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Send ``response_format`` as it is and the token limit under the name that other servers know.

        Seen by ``ChatOpenAI``, a response format turns the stream into one that is parsed on its way: it raises on what
        a run could still repair and loses the usage.
        """
        payload = super()._get_request_payload(input_, stop=stop, **kwargs)
        if "response_format" in payload:
            form = {"response_format": payload.pop("response_format")}
            payload["extra_body"] = {**form, **(payload.get("extra_body") or {})}
        if not self.official and "max_completion_tokens" in payload:
            payload["max_tokens"] = payload.pop("max_completion_tokens")
        return payload


def connect(settings: Backend, key: str) -> Client:
    """A client of the endpoint. Nothing is sent yet. Retries are off here: one place retries, and it can be stopped."""
    where = settings.base_url or OFFICIAL
    timeout = httpx2.Timeout(settings.timeout, connect=min(settings.timeout, 10))
    model = CompatibleChat(
        official=where == OFFICIAL,
        model=settings.model,
        base_url=where,
        api_key=SecretStr(key or "none"),
        temperature=settings.temperature,
        max_completion_tokens=settings.max_tokens,
        timeout=timeout,
        stream_chunk_timeout=None,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        extra_body=settings.extra_body or None,
    )
    return Client(
        model,
        where,
        late=(openai.APITimeoutError,),
        lost=(openai.APIConnectionError, httpx2.TransportError),
        tagged=where != OFFICIAL,
        secret=key,
    )
