"""``builtin``: the sample company and the law library; ``worker``: the process that loads them."""

import logging
import os
import signal
import sys
import time
from typing import Annotated, Any

import typer

from workbench.settings import load

from .session import Session, note, say, services, t

app = typer.Typer(no_args_is_help=True, help="The sample company and the law library that come with the product.")
top = typer.Typer()


@app.command("load")
def builtin_load(
    names: Annotated[list[str] | None, typer.Argument(help="All of the default ones unless named.")] = None,
    wait: Annotated[bool, typer.Option(help="Until everything is loaded.")] = False,
) -> None:
    """Load built-in knowledge behind."""
    known = services().builtin
    for name in names or [name for name in known.names() if name != "laws-more"]:
        known.load(name)
    while wait and (left := known.progress()):
        note(_progress(left))
        time.sleep(1)
    say({"loading": dict(known.progress())}, [_progress(known.progress()) or t("loaded")])


@app.command("remove")
def builtin_remove(name: str) -> None:
    """Delete built-in knowledge and do not load it again by itself."""
    services().builtin.remove(name)
    say({"name": name, "deleted": True}, [t("deleted", name=name)])


@app.command("status")
def builtin_status() -> None:
    """What there is and how far it is loaded."""
    known = services().builtin
    left = known.progress()
    say({"names": list(known.names()), "loading": dict(left)}, [_progress(left) or t("loaded")])


def _progress(left: Any) -> str:
    return "  ".join(f"{name} {done}/{total or '?'}" for name, (done, total) in left.items())


@top.command(hidden=True)
def worker(
    defaults: Annotated[bool, typer.Option(help="Ask for the default built-in knowledge first.")] = False,
    once: Annotated[bool, typer.Option(help="Work in this process and do not start again after a crash.")] = False,
) -> None:
    """Ingest what waits, then end. Pages start it by themselves."""
    from vectorstore.worker import supervise

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("vectorstore").setLevel(logging.INFO)
    settings = load(data=Session.data)
    if not once:
        command = [
            sys.executable,
            sys.argv[0],
            "--data",
            str(settings.data),
            "--lang",
            Session.lang,
            "worker",
            "--once",
        ]
        raise typer.Exit(supervise([*command, "--defaults"] if defaults else command))
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    import wiring

    working = wiring.worker(settings, Session.lang)
    signal.signal(signal.SIGTERM, lambda *_: working.stop())
    working.run(defaults=defaults and settings.load_builtin_knowledge)
