"""``backends``: the configured chat models."""

from typing import Annotated

import typer

from .session import OUT_OF_REACH, Session, say, services

app = typer.Typer()


@app.command("backends")
def list_backends(check: Annotated[bool, typer.Option("--check", help="Ask each for one word.")] = False) -> None:
    """Each configured chat model and what it can do."""
    known = services().backends
    entries = [
        info.model_dump(mode="json") | (known.check(info.name, Session.lang).model_dump(mode="json") if check else {})
        for info in known.list()
    ]
    say({"backends": entries})
    if any(not entry.get("ok", True) for entry in entries):
        raise typer.Exit(OUT_OF_REACH)
