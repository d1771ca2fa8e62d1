"""The reading process: a request a line on standard input, an answer a line on standard output, until it ends.

Before the answer may stand lines that only say that slow reading goes on (``beat``).
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.errors import DocumentError
from workbench.settings import Limits

from .packing import packed
from .reader import read


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not mix with the answers
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limits = Limits(**request["limits"])

        def say(answer: dict[str, Any]) -> None:
            answers.write(json.dumps(answer, default=str).encode() + b"\n")
            answers.flush()

        def beat(limits: Limits = limits, say: Callable[[dict[str, Any]], None] = say) -> None:
            _bound(limits)
            say({"beat": True})

        _bound(limits)
        say(_answer(request, limits, beat))
        if sys.platform != "win32":
            signal.alarm(0)


def _answer(request: dict[str, Any], limits: Limits, beat: Callable[[], None]) -> dict[str, Any]:
    name = request["name"]
    try:
        return {"document": packed(read(Path(request["path"]), limits, name=name, beat=beat))}
    except DocumentError as error:
        return {"error": error.key, "values": error.values}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"error": "documents:damaged", "values": {"name": name}}
    except Exception as error:  # a parser may raise anything over a broken file
        return {"error": "documents:broke", "values": {"name": name, "kind": type(error).__name__}}


def _bound(limits: Limits) -> None:
    """Memory by the system's own limit, and an alarm for when nobody is left to end this process."""
    if sys.platform == "win32":
        return
    import resource

    most = limits.memory_megabytes * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    signal.alarm(int(limits.seconds) + 5)


if __name__ == "__main__":
    main()
