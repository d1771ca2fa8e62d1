"""A run in a thread of its own, so that the page stays usable and can stop it."""

import json
import re
import threading
from dataclasses import dataclass, field

from workbench.chat import Cancel, Delta, Thought
from workbench.engine import Engine, Evidence, Finished, Order, Started, Step
from workbench.errors import WorkbenchError
from workbench.evidence import Citation
from workbench.run import Run

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)("|$)', re.DOTALL)


@dataclass
class LiveRun:
    """What is known so far of a run that is under way. Written by its thread, read by the page."""

    order: Order
    cancel: Cancel = field(default_factory=Cancel)
    run_id: str = ""
    step: str = "evidence"
    draft: str = ""
    thought: str = ""
    evidence: tuple[Citation, ...] = ()
    run: Run | None = None
    error: WorkbenchError | None = None

    @property
    def over(self) -> bool:
        """Whether it ended, well or not."""
        return self.run is not None or self.error is not None

    def start(self, engine: Engine) -> "LiveRun":
        """Begin; returns at once."""
        threading.Thread(target=self._work, args=(engine,), daemon=True).start()
        return self

    def _work(self, engine: Engine) -> None:
        try:
            for event in engine.execute(self.order, self.cancel):
                match event:
                    case Started(run_id=run_id):
                        self.run_id = run_id
                    case Step(name=name):
                        self.step = name
                    case Evidence(citations=citations):
                        self.evidence = citations
                    case Delta(text=text):
                        self.draft += text
                    case Thought(text=text):
                        self.thought += text
                    case Finished(run=run):
                        self.run = run
        except WorkbenchError as error:  # the form is wrong: nothing was recorded
            self.error = error


def live_key(slug: str) -> str:
    """Where the session keeps the run that is under way in a scenario."""
    return f"{slug}-live"


def readable(draft: str) -> str:
    """The longest text in a JSON answer that is still being written: what a person wants to watch."""
    if not draft.lstrip().startswith(("{", "```")):
        return draft
    strings = [match.group(1) for match in _STRING.finditer(draft)]
    longest = max(strings, key=len, default="")
    try:
        return str(json.loads(f'"{longest}"', strict=False))
    except ValueError:  # cut inside an escape
        return longest
