"""Read a text aloud: the seam to speech programs, and what they read.

A voice made by a machine says so first. GB 45438-2025 asks of audio a spoken label at its start, its end or in between,
whose words name artificial intelligence (人工智能 or AI) and generation or synthesis (生成, 合成), besides the label in
the file's metadata, which the exporter writes.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .chat import Gate, Speech
from .errors import ConfigError, RequestError
from .language import detect, without_markers
from .run import Run, Version
from .scenario import Extra
from .texts import Lang, text

if TYPE_CHECKING:
    from .services import Exporter

_MARKS = re.compile(r"\*\*|[#_`]|^- |【[^】]*】|^\[[A-Z][a-z]+\] ?", re.MULTILINE)
LONGEST = 4000
"""Characters of a text that is read; speech endpoints refuse longer ones."""


class Silence:
    """No speech program is set and none is installed."""

    name = ""

    def speak(self, words: str, lang: Lang) -> bytes:
        raise ConfigError("workbench:speech.none")


@dataclass(frozen=True)
class Voice:
    """Versions of runs as sound, labelled like every export."""

    gate: Gate
    speech: Speech
    exporter: "Exporter"

    def write(self, run: Run, version: Version, path: Path) -> str:
        """Write ``version`` as a WAV file; returns its visible label. Raises as :class:`Speech` and ``Exporter`` do."""
        sound = Extra(f"{run.scenario}-{run.run_id}-v{version.number}.wav", "", lambda: self._spoken(version))
        self.exporter.write_extra(run, version, sound, path)
        return self.exporter.label(run, version).visible

    def _spoken(self, version: Version) -> bytes:
        words = plain(version.text)
        if not words:
            raise RequestError("workbench:speech.nothing")
        if len(words) > LONGEST:
            raise RequestError("workbench:speech.long", limit=LONGEST, length=len(words))
        lang = detect(words)
        return self.gate.speak(self.speech, f"{text('workbench:speech.label', lang)}\n{words}", lang)


def plain(words: str) -> str:
    """``words`` without citation markers and marks that are only for the eye."""
    return _MARKS.sub("", without_markers(words)).strip()
