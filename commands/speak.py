"""``speak``: a version read aloud into a sound file."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.errors import DocumentError
from workbench.run import numbered

from .session import say, services, t

app = typer.Typer()


@app.command("speak")
def speak(
    run_id: str,
    out: Annotated[Path, typer.Option(help="The .wav file to write.")],
    version: Annotated[int | None, typer.Option(help="The newest unless told.")] = None,
) -> None:
    """Read a version aloud: a WAV file that says first that it is AI-made, and carries the label in its metadata."""
    if out.suffix.lower() != ".wav":
        raise DocumentError("documents:unsupported", name=out.name, known="wav")
    known = services()
    run = known.runs.get(run_id)
    label = known.voice.write(run, numbered(known.runs.versions(run_id), version, run_id), out)
    answer = {"file": str(out), "label": label, "voice": known.voice.speech.name}
    say(answer, [t("spoken", file=out, voice=known.voice.speech.name), label])
