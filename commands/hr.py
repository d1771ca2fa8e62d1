"""``hr``: the talent pool."""

from typing import Annotated

import typer

from workbench.errors import RequestError

from .making import finish, ordered
from .session import services

app = typer.Typer(no_args_is_help=True, help="The talent pool.")


@app.command("pool")
def hr_pool(
    sentence: Annotated[str, typer.Argument(help="Who is looked for: “Java，5年以上，上海”.")],
    person: Annotated[str, typer.Option("--as", help="Id of the person who looks.")] = "",
) -> None:
    """Match all stored resumes against a sentence or a job; prints what `run hr match` prints, the best first."""
    from scenarios.hr.stored import stored

    found = stored(services(), person)
    if not found:
        raise RequestError("commands:pool.empty")
    finish(ordered("hr", "match", {"job": sentence, "resumes": found}, None, "", person))
