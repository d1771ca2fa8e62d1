"""Prompt files: ``prompts/<scenario>/<task>.<lang>.yaml``, data only, versioned and reviewed like code.

::

    version: 1
    system: |
      You answer customers of {company} ...
    user: |
      Question: {message}

Every ``{name}`` must be given a value. Literal braces are doubled.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import PromptError
from .texts import ROOT, Lang


class _PromptFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: int
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt ready to be filled. ``id`` names file, version and the hash of its text, for the run's record."""

    id: str
    path: Path
    system: str
    user: str

    def fill(self, **values: str) -> tuple[str, str]:
        """(system, user) with every placeholder replaced. Raises ``PromptError`` naming what is missing."""
        needed = {name for part in (self.system, self.user) for _, name, _, _ in Formatter().parse(part) if name}
        missing = needed - values.keys()
        if missing:
            raise PromptError("workbench:prompt.values", path=self.path.name, missing=", ".join(sorted(missing)))
        return self.system.format(**values), self.user.format(**values)


@cache
def load_prompt(scenario: str, task: str, lang: Lang, folder: Path = ROOT / "prompts") -> Prompt:
    """Read one prompt file. Raises ``PromptError`` when it is missing or wrong."""
    path = folder / scenario / f"{task}.{lang}.yaml"
    try:
        raw = path.read_text("utf-8")
        parsed = _PromptFile.model_validate(yaml.safe_load(raw))
    except FileNotFoundError as error:
        raise PromptError("workbench:prompt.missing", path=path) from error
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise PromptError("workbench:prompt.invalid", path=path, reason=reason) from error
    digest = sha256(raw.encode()).hexdigest()[:8]
    return Prompt(f"{scenario}/{task}.{lang}@{parsed.version}-{digest}", path, parsed.system, parsed.user)
