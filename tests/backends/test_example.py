"""The example of a settings file is one."""

import re
import tomllib
from pathlib import Path

import pytest

from workbench.chains import SAMPLE_PEOPLE, Chain, Person, Step
from workbench.costs import Costs
from workbench.settings import Backend, Embedding, Export, Limits, Retention, Settings, load
from workbench.texts import ROOT

EXAMPLE = ROOT / "workbench.example.toml"
COMMENTED = re.compile(r"^#(?=[a-z\[])", re.MULTILINE)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The example with everything uncommented."""
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    path = tmp_path / "workbench.toml"
    path.write_text(COMMENTED.sub("", EXAMPLE.read_text("utf-8")), "utf-8")
    return load(path)


def test_the_example_as_it_stands_means_defaults():
    assert load(EXAMPLE, data=ROOT / "data") == load(None, data=ROOT / "data")


def test_everything_in_the_example_is_accepted(settings):
    assert {"openai", "deepseek", "qwen", "moonshot", "zhipu", "vllm", "ollama", "gguf"} == set(settings.backends)
    assert {backend.kind for backend in settings.backends.values()} == {"openai", "ollama", "llamacpp"}


def test_the_example_shows_the_defaults(settings, tmp_path):
    assert settings.limits == Limits()
    assert settings.embedding == Embedding()
    entered = {"backends": {}, "people": SAMPLE_PEOPLE, "approvals": {}, "export": Export(), "cost": Costs()}
    entered["retention"] = Retention()
    assert settings.model_copy(update=entered) == Settings(data=tmp_path / "data", models=tmp_path / "data" / "models")


@pytest.mark.parametrize("model", [Settings, Backend, Embedding, Limits, Person, Chain, Step])
def test_every_setting_is_in_the_example(model):
    values = tomllib.loads(COMMENTED.sub("", EXAMPLE.read_text("utf-8")))
    shown = {Settings: values.keys(), Embedding: values["embedding"].keys(), Limits: values["limits"].keys()}
    shown[Backend] = set().union(*values["backends"].values())
    shown[Person], shown[Chain] = values["people"][0].keys(), values["approvals"]["contracts"].keys()
    shown[Step] = set().union(*values["approvals"]["contracts"]["steps"])
    assert set(model.model_fields) <= set(shown[model])
