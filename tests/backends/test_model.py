"""How a backend behaves over HTTP: streaming, retries, cancel, errors, structured output."""

import json
import logging
from threading import Thread

import pytest

from backends.model import ModelBackend
from tests.fakes.openai_server import Reply
from workbench.chat import Cancel, Delta, Message, ModelCall, Thought, Usage
from workbench.errors import BackendError, Cancelled

HELLO = ModelCall((Message("system", "Be brief."), Message("user", "Hello?")))
FORM = ModelCall(HELLO.messages, schema={"type": "object", "properties": {"a": {"type": "string"}}})


def ask(backend: ModelBackend, call: ModelCall = HELLO) -> tuple[str, str, Usage]:
    """The answer, the thinking and the usage, which must come last."""
    pieces = list(backend.stream(call, Cancel()))
    assert isinstance(pieces[-1], Usage)
    answer = "".join(piece.text for piece in pieces if isinstance(piece, Delta))
    return answer, "".join(piece.text for piece in pieces if isinstance(piece, Thought)), pieces[-1]


def failure(backend: ModelBackend, call: ModelCall = HELLO) -> BackendError:
    with pytest.raises(BackendError) as caught:
        list(backend.stream(call, Cancel()))
    return caught.value


def test_answer_streams_in_pieces_with_the_usage_last(configured, openai_server):
    openai_server.script(Reply('{"a": "one two three"}'))
    pieces = list(configured().open("fake").stream(HELLO, Cancel()))
    assert sum(isinstance(piece, Delta) for piece in pieces) > 2
    usage = pieces[-1]
    assert isinstance(usage, Usage)
    assert (usage.backend, usage.model, usage.input_tokens, usage.output_tokens) == ("fake", "fake-1", 7, 6)


def test_settings_reach_the_server(configured, openai_server):
    backend = configured(temperature=0.7, max_tokens=99, extra_body={"top_k": 3}).open("fake")
    ask(backend)
    body = openai_server.requests[0].body
    assert (body["temperature"], body["max_tokens"], body["top_k"], body["model"]) == (0.7, 99, 3, "fake-1")
    assert body["messages"] == [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello?"}]


def test_usage_is_none_when_the_server_did_not_say(configured, openai_server):
    openai_server.script(Reply(usage=False))
    usage = ask(configured().open("fake"))[2]
    assert (usage.input_tokens, usage.output_tokens) == (None, None)


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reasoning_field_becomes_thoughts(configured, openai_server, field):
    openai_server.script(Reply("Yes.", reasoning=["I ", "think"], reasoning_field=field))
    assert ask(configured().open("fake"))[:2] == ("Yes.", "I think")


@pytest.mark.parametrize("text", ["<think>I {think}</think>\n\nYes.", "I {think}</think>\n\nYes."])
def test_think_tags_become_thoughts(configured, openai_server, text):
    openai_server.script(Reply(text))
    assert ask(configured().open("fake"))[:2] == ("Yes.", "I {think}")


def test_second_plain_answer_streams_at_once(configured, openai_server):
    openai_server.script(Reply("A plain answer."), Reply(pieces=["Another ", "one."], between=30))
    backend = configured().open("fake")
    ask(backend)
    stream = backend.stream(HELLO, Cancel())
    assert next(stream) == Delta("Another ")
    stream.close()
    assert openai_server.hung_up.wait(5)


def test_thinking_that_leaks_into_an_answer_is_an_error_once_and_split_from_then_on(configured, openai_server):
    openai_server.script(Reply("A plain answer."), Reply("Hm, well</think>Yes."), Reply("Hm, well</think>Yes."))
    backend = configured().open("fake")
    ask(backend)
    error = failure(backend)
    assert (error.key, error.retryable) == ("backends:leaked", True)
    assert ask(backend)[:2] == ("Yes.", "Hm, well")


@pytest.mark.parametrize(
    "fault", [Reply(status=429, headers={"Retry-After": "0"}), Reply(status=500), Reply(status=503), Reply(reset=True)]
)
def test_passing_faults_are_tried_again(configured, openai_server, fault):
    openai_server.script(fault, fault, Reply("Done."))
    assert ask(configured(retries=2).open("fake"))[0] == "Done."
    assert len(openai_server.requests) == 3


def test_retries_are_bounded(configured, openai_server):
    openai_server.default = Reply(status=500)
    error = failure(configured(retries=1).open("fake"))
    assert (error.key, error.retryable, len(openai_server.requests)) == ("backends:server", True, 2)


def test_a_long_retry_after_is_told_and_not_waited_for(configured, openai_server):
    openai_server.default = Reply(status=429, headers={"Retry-After": "600"})
    error = failure(configured().open("fake"))
    assert (error.key, error.retryable, len(openai_server.requests)) == ("backends:busy.until", True, 1)
    assert "600" in error.text("zh")


def test_retry_after_is_waited_for(configured, openai_server, monkeypatch):
    waits = []
    monkeypatch.setattr("backends.model.pause", lambda attempt, wait: waits.append(wait) or 0)
    openai_server.script(Reply(status=429, headers={"Retry-After": "3"}))
    ask(configured().open("fake"))
    assert waits == [3]


def test_a_stream_cut_in_the_middle_is_an_error_and_not_tried_again(configured, openai_server):
    openai_server.script(Reply('{"a": "one two three"}', cut_after=3))
    pieces = []
    with pytest.raises(BackendError) as caught:
        for piece in configured().open("fake").stream(HELLO, Cancel()):
            pieces.append(piece)
    assert (caught.value.key, caught.value.retryable) == ("backends:cut", True)
    assert pieces and all(isinstance(piece, Delta) for piece in pieces)
    assert len(openai_server.requests) == 1


def test_a_stream_cut_before_the_first_piece_is_tried_again(configured, openai_server):
    openai_server.script(Reply(cut_after=0), Reply("Done."))
    assert ask(configured().open("fake"))[0] == "Done."


def test_an_unreadable_stream_is_an_error(configured, openai_server):
    openai_server.script(Reply('{"a": 1}', garbled=True))
    assert failure(configured(retries=0).open("fake")).key == "backends:garbled"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("<html><body>Welcome</body></html>", "garbled"),
        ('data: {"error": {"message": "engine crashed"}}\n\n', "server"),
        ("data: [DONE]\n\n", "garbled"),
    ],
)
def test_a_body_that_is_no_answer_is_an_error(configured, openai_server, body, key):
    openai_server.default = Reply(body=body)
    error = failure(configured(retries=1).open("fake"))
    assert (error.key, error.retryable, len(openai_server.requests)) == (f"backends:{key}", True, 2)


def test_silence_ends_in_an_error_after_the_timeout(configured, openai_server):
    openai_server.script(Reply(first_byte=30))
    error = failure(configured(timeout=0.3, retries=0).open("fake"))
    assert (error.key, error.retryable) == ("backends:late", True)
    assert openai_server.hung_up.wait(5)


def test_silence_in_the_middle_ends_in_an_error(configured, openai_server):
    openai_server.script(Reply('{"a": "b"}', between=30))
    assert failure(configured(timeout=0.3).open("fake")).key == "backends:late"
    assert len(openai_server.requests) == 1


@pytest.mark.parametrize("reply", [Reply(first_byte=30), Reply('{"a": "b"}', between=30)], ids=["first byte", "middle"])
def test_cancel_closes_the_connection(configured, openai_server, reply):
    openai_server.script(reply)
    cancel = Cancel()
    Thread(target=lambda: openai_server.asked.wait(30) and cancel.set()).start()
    with pytest.raises(Cancelled):
        list(configured(timeout=60).open("fake").stream(HELLO, cancel))
    assert openai_server.hung_up.wait(5)


def test_cancel_ends_the_wait_for_a_further_try(configured, openai_server):
    openai_server.default = Reply(status=429, headers={"Retry-After": "29"})
    cancel = Cancel()
    Thread(target=lambda: openai_server.asked.wait(30) and cancel.set()).start()
    with pytest.raises(Cancelled):
        list(configured().open("fake").stream(HELLO, cancel))
    assert len(openai_server.requests) == 1


def test_a_cancelled_call_is_never_sent(configured, openai_server):
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        list(configured().open("fake").stream(HELLO, cancel))
    assert not openai_server.requests


@pytest.mark.parametrize(
    ("status", "message", "key"),
    [
        (401, "no", "key.refused"),
        (403, "not allowed", "forbidden"),
        (404, "The model does not exist", "model.unknown"),
        (402, "Insufficient Balance", "quota"),
        (429, "You exceeded your current quota", "quota"),
        (400, "This model's maximum context length is 4096 tokens", "too_long"),
        (400, "Range of input length should be [1, 30720]", "too_long"),
        (413, "too large", "too_long"),
        (400, "temperature must be 1", "rejected"),
    ],
)
def test_lasting_faults_name_the_fix_and_are_not_tried_again(configured, openai_server, status, message, key):
    openai_server.default = Reply(status=status, error=message)
    error = failure(configured().open("fake"))
    assert (error.key, error.retryable, len(openai_server.requests)) == (f"backends:{key}", False, 1)
    assert error.text("zh") and "fake" in error.text("en")


@pytest.mark.parametrize(
    ("finish", "key"),
    [("length", "length"), ("content_filter", "filtered"), ("sensitive", "filtered"), (None, "cut")],
)
def test_an_answer_that_is_not_whole_is_an_error(configured, openai_server, finish, key):
    openai_server.default = Reply('{"a": "b"}', finish=finish)
    assert failure(configured().open("fake")).key == f"backends:{key}"


def test_an_answer_of_thinking_only_is_an_error(configured, openai_server):
    openai_server.default = Reply("<think>and on and on")
    assert failure(configured(retries=0).open("fake")).key == "backends:empty"


def test_the_usage_of_an_answer_that_was_too_long_is_counted(configured, openai_server):
    openai_server.script(Reply('{"a": "b"}', finish="length"))
    pieces = []
    with pytest.raises(BackendError):
        for piece in configured().open("fake").stream(HELLO, Cancel()):
            pieces.append(piece)
    assert isinstance(pieces[-1], Usage) and pieces[-1].output_tokens


def test_schema_is_sent_as_response_format(configured, openai_server):
    openai_server.script(Reply(json.dumps({"a": "b"})))
    assert ask(configured().open("fake"), FORM)[0] == '{"a": "b"}'
    sent = openai_server.requests[0].body["response_format"]
    assert (sent["type"], sent["json_schema"]["schema"]) == ("json_schema", FORM.schema)


def test_schema_is_not_sent_where_the_server_cannot(configured, openai_server):
    ask(configured(json_schema=False).open("fake"), FORM)
    assert "response_format" not in openai_server.requests[0].body


@pytest.mark.parametrize("refused", ["response_format", "stream_options"])
def test_what_a_server_refuses_is_left_out_from_then_on(configured, openai_server, refused):
    openai_server.refuses = {refused}
    backend = configured(retries=0).open("fake")
    ask(backend, FORM)
    ask(backend, FORM)
    assert [refused in request.body for request in openai_server.requests] == [True, False, False]
    assert backend.info.json_schema is (refused != "response_format")


@pytest.mark.parametrize("status", [401, 403, 400, 500])
def test_the_key_shows_in_no_error_and_no_log(configured, openai_server, monkeypatch, caplog, status):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("FAKE_KEY", "sk-topsecret12345")
    openai_server.default = Reply(status=status, error="bad key sk-topsecret12345 or Bearer sk-topsecret12345")
    error = failure(configured(api_key_env="FAKE_KEY", retries=1).open("fake"))
    assert openai_server.requests[0].headers["authorization"] == "Bearer sk-topsecret12345"
    shown = error.text("zh") + error.text("en") + repr(error) + str(error.values) + caplog.text
    assert "topsecret" not in shown
    assert error.__cause__ is None and error.__context__ is None
