"""The same runs as the browser, for scripts, schedules, tests and benchmarks.

Every command takes ``--json``, ``--data DIR`` and ``--lang zh|en`` at any place. Exit status: 0 done; 1 done, but some
items failed; 2 the request is wrong; 3 a backend or store is out of reach.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands import (
    backends,
    batch,
    builtin,
    contracts,
    cost,
    desk,
    faq,
    feedback,
    hr,
    knowledge,
    making,
    runs,
    speak,
    threads,
)  # fmt: skip
from commands.session import DONE, OUT_OF_REACH, WRONG_REQUEST, Session, note, services
from workbench.errors import BackendError, StoreError, WorkbenchError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(knowledge.app, name="kb")
app.add_typer(builtin.app, name="builtin")
app.add_typer(runs.app, name="runs")
app.add_typer(batch.app, name="batches")
app.add_typer(cost.app, name="cost")
app.add_typer(contracts.app, name="contracts")
app.add_typer(feedback.app, name="feedback")
app.add_typer(hr.app, name="hr")
app.add_typer(threads.app, name="threads")
app.add_typer(faq.app, name="faq")
app.add_typer(desk.versions, name="versions")
app.add_typer(desk.approvals, name="approvals")
for commands in (making.app, batch.top, runs.top, desk.top, backends.app, builtin.top, speak.app):
    app.add_typer(commands)


@app.callback()
def common(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    data: Annotated[Path | None, typer.Option(help="Where the workspace lives; ./data unless told.")] = None,
    lang: Annotated[Literal["zh", "en"], typer.Option(help="Language of messages.")] = "zh",
) -> None:
    Session.json, Session.data, Session.lang = as_json, data, lang


_COMMON = {"--data", "--lang"}


def arguments(given: Sequence[str]) -> list[str]:
    """``given`` with the common options moved to the front, where Typer wants them; what follows ``--`` stays."""
    common_ones: list[str] = []
    rest: list[str] = []
    queue = list(given)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word == "--json" or word.partition("=")[0] in _COMMON:
            common_ones.append(word)
            if word in _COMMON and queue:
                common_ones.append(queue.pop(0))
        else:
            rest.append(word)
    return common_ones + rest


def main(given: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    services.cache_clear()
    try:
        app(arguments(sys.argv[1:] if given is None else given), standalone_mode=True)
    except SystemExit as ended:
        return int(ended.code or 0)
    except WorkbenchError as error:
        sentence = error.text(Session.lang)
        note(sentence)
        if Session.json:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        return OUT_OF_REACH if isinstance(error, BackendError | StoreError) else WRONG_REQUEST
    return DONE


if __name__ == "__main__":
    sys.exit(main())
