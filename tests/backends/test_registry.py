"""Which backends there are, and how one that cannot work says so."""

import subprocess
import sys
from threading import Thread

import pytest

from backends.registry import ConfiguredBackends
from tests.fakes.openai_server import Reply
from workbench.errors import ConfigError, NotFoundError
from workbench.settings import Backend, Settings


def registry(**settings: object) -> ConfiguredBackends:
    values = {"kind": "openai", "model": "m", "base_url": "http://127.0.0.1:9/v1", **settings}
    return ConfiguredBackends(Settings(backends={"one": Backend.model_validate(values)}))


def test_the_composer_is_listed_first():
    names = [info.name for info in registry().list()]
    assert names == ["composer", "one"]


def test_llamacpp_is_always_local(tmp_path):
    (tmp_path / "Tiny.gguf").touch()
    info = registry(kind="llamacpp", model="", path=tmp_path / "Tiny.gguf").open("one").info
    assert (info.local, info.model) == (True, "Tiny")
    assert not registry().list()[1].local
    assert registry(local=True).list()[1].local


def test_an_unknown_name_is_answered_with_those_there_are():
    with pytest.raises(NotFoundError, match="composer, one"):
        registry().open("two")


def test_a_backend_is_opened_once_by_many_threads():
    backends, opened = registry(), []
    threads = [Thread(target=lambda: opened.append(backends.open("one"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 8 and len(set(map(id, opened))) == 1


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"api_key_env": "NO_SUCH_KEY"}, "key.unset"),
        ({"base_url": ""}, "key.unset"),
        ({"api_key_env": "ODD_KEY"}, "key.malformed"),
        ({"base_url": "localhost:11434/v1"}, "url.malformed"),
        ({"base_url": "http://"}, "url.malformed"),
        ({"base_url": "http://host:port/v1"}, "url.malformed"),
        ({"model": ""}, "model.unset"),
        ({"kind": "llamacpp", "path": "/no/such.gguf"}, "gguf.missing"),
        ({"kind": "llamacpp"}, "gguf.missing"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_one_sentence(monkeypatch, settings, key):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("ODD_KEY", "密钥")
    with pytest.raises(ConfigError) as caught:
        registry(**settings).open("one")
    assert caught.value.key == f"backends:{key}"
    assert caught.value.text("zh") and "密钥\n" not in caught.value.text("en")


def test_check_says_that_a_backend_answers(configured, openai_server):
    openai_server.script(Reply("ready", finish="length"))
    health = configured().check("fake")
    assert health.ok and health.message == ""


def test_check_never_raises_and_gives_the_sentence(configured, openai_server):
    openai_server.default = Reply(status=401)
    health = configured().check("fake", "zh")
    assert not health.ok and "密钥" in health.message
    assert "there are" in configured().check("nothing").message
    assert len(openai_server.requests) == 1


def test_check_gives_up_on_a_silent_server(configured, openai_server, monkeypatch):
    monkeypatch.setattr("backends.registry.CHECK_SECONDS", 0.3)
    openai_server.script(Reply(first_byte=30))
    health = configured(timeout=60).check("fake")
    assert not health.ok and "0.3 s" in health.message
    assert openai_server.hung_up.wait(5)


def test_check_of_the_composer_is_fine():
    assert registry().check("composer").ok


def test_importing_the_registry_loads_no_vendors_library():
    heavy = {"langchain_openai", "langchain_core", "langchain_ollama", "openai", "ollama", "xllamacpp", "httpx"}
    code = f"import sys, backends.registry; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
