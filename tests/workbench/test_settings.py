"""Settings come from one file; a slip is named, never ignored."""

from pathlib import Path

import pytest

from workbench.errors import ConfigError
from workbench.settings import load
from workbench.texts import ROOT


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in ("WORKBENCH_CONFIG", "WORKBENCH_DATA"):
        monkeypatch.delenv(name, raising=False)


def written(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "workbench.toml"
    path.write_text(words, "utf-8")
    return path


def test_nothing_set_means_no_model_and_no_network(tmp_path):
    settings = load(written(tmp_path, ""))
    assert (settings.default_backend, settings.backends, settings.embedding.kind) == ("composer", {}, "e5")
    assert settings.data == ROOT / "data"


def test_paths_are_relative_to_the_file_that_names_them(tmp_path):
    assert load(written(tmp_path, 'data = "here"')).data == tmp_path / "here"


def test_the_environment_names_file_and_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CONFIG", str(written(tmp_path, 'producer = "云帆"\ndata = "a"')))
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "b"))
    settings = load()
    assert (settings.producer, settings.data) == ("云帆", tmp_path / "b")
    assert load(data=tmp_path / "c").data == tmp_path / "c"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ('colour = "red"', "colour"),
        ("[limits]\nmegabytes = 0", "limits.megabytes"),
        ('[backends.x]\nkind = "magic"', "backends.x.kind"),
        ('[backends.x]\nkind = "openai"\napi_key = "sk-1"', "backends.x.api_key"),
    ],
)
def test_a_wrong_setting_is_named_by_its_place(tmp_path, words, place):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, words))
    assert caught.value.values["place"] == place


@pytest.mark.parametrize("words", ["data = ", "\x00"])
def test_a_file_that_is_no_toml_is_one_sentence(tmp_path, words):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, words))
    assert caught.value.key == "workbench:config.unreadable"


def test_a_named_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(ConfigError):
        load(tmp_path / "nowhere.toml")
