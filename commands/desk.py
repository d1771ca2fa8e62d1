"""``versions``, ``waive`` and ``approvals``: the life of a deliverable once it is made.

``--as`` says as whom: a person's id from the settings. Every record also names the account that ran the command.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from workbench.approvals import Approval, Comment
from workbench.comparison import compare
from workbench.desk_store import Listed
from workbench.errors import RequestError
from workbench.findings import keyed
from workbench.run import Version, numbered

from .making import request_of
from .session import Session, day_of, opened, say, services, t

versions = typer.Typer(no_args_is_help=True, help="The versions of a run's deliverable.")
approvals = typer.Typer(no_args_is_help=True, help="Who has approved what, and what waits.")
top = typer.Typer()

As = Annotated[str, typer.Option("--as", help="Id of the person who acts.")]
See = Annotated[str, typer.Option("--as", help="Id of the person who looks.")]
Number = Annotated[int | None, typer.Option("--version", help="Which version; the newest unless told.")]


@versions.command("list")
def versions_list(run_id: str, person: See = "") -> None:
    """All versions with author, time, base and SHA-256."""
    opened(run_id, person)
    found = [_version(version) for version in services().runs.versions(run_id)]
    lines = [f"{one['number']}  {one['created_at']}  {one['author'] or '-'}  {one['sha256'][:12]}" for one in found]
    say({"run_id": run_id, "versions": found}, lines or [t("none")])


@versions.command("diff")
def versions_diff(run_id: str, before: int, after: int, person: See = "") -> None:
    """Two versions word by word: [-gone-] and {+new+}."""
    opened(run_id, person)
    kept = services().runs.versions(run_id)
    rows = compare(numbered(kept, before, run_id).text, numbered(kept, after, run_id).text)
    answer = {
        "run_id": run_id,
        "before": before,
        "after": after,
        "rows": [
            {
                side: [{"kind": piece.kind, "text": piece.text} for piece in getattr(row, side)]
                for side in ("before", "after")
            }
            | {"changed": row.changed}
            for row in rows
        ],
    }
    marks = {"same": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    shown = [
        "".join(
            marks[piece.kind].format(piece.text)
            for piece in (*row.before, *(piece for piece in row.after if piece.kind == "insert"))
        )
        for row in rows
    ]
    say(answer, ["".join(shown)])


@versions.command("edit")
def versions_edit(
    run_id: str,
    fields: Annotated[Path, typer.Option(help="JSON object: fields of the deliverable and their new values.")],
    person: As,
    base: Annotated[int | None, typer.Option(help="The version that was edited; the newest unless told.")] = None,
) -> None:
    """Change fields of the deliverable: what follows is reckoned and checked again, and kept as a new version."""
    opened(run_id, person)
    desk = services().desk
    made = desk.edit_fields(run_id, request_of(fields), desk.actor(person), base)
    say({"run_id": run_id, **_version(made)}, [f"{made.number}  {made.sha256[:12]}"])


@versions.command("restore")
def versions_restore(run_id: str, number: int, person: As) -> None:
    """Bring an older version back as the newest."""
    opened(run_id, person)
    desk = services().desk
    made = desk.restore(run_id, number, desk.actor(person))
    say({"run_id": run_id, **_version(made)}, [f"{made.number}  {made.sha256[:12]}"])


@versions.command("findings")
def versions_findings(run_id: str, number: Number = None, person: See = "") -> None:
    """The check results of a version with their keys, and who answers for those that were waived."""
    opened(run_id, person)
    known = services()
    version = numbered(known.runs.versions(run_id), number, run_id)
    waived = known.desk.in_force(run_id, version.number)
    answered = known.desk.answered(run_id, version.number)
    found = [
        {"key": key, **finding.model_dump(mode="json"), "waiver": waived.get(key), "answer": answered.get(key)}
        for key, finding in keyed(version.findings)
    ]
    lines = [f"{one['key']}  {one['severity']}  {one['rule']}  {one['message']}" for one in found]
    say({"run_id": run_id, "version": version.number, "findings": found}, lines or [t("none")])


@top.command("waive")
def waive(
    run_id: str,
    key: Annotated[str, typer.Argument(help="The finding's key, see `versions findings`.")],
    person: As,
    reason: Annotated[str, typer.Option(help="Why this may stay as it is.")],
    number: Number = None,
    lift: Annotated[bool, typer.Option("--lift", help="Take an earlier waiver back.")] = False,
) -> None:
    """Answer for a finding by name."""
    opened(run_id, person)
    desk = services().desk
    waiver = desk.waive(run_id, key, reason, desk.actor(person), number, lift=lift)
    say(
        {"run_id": run_id, **waiver.model_dump(mode="json"), "open_errors": len(desk.open_errors(run_id, number))},
        [f"{waiver.key}  {waiver.rule}  {waiver.reason}"],
    )


@top.command("answer")
def answer(
    run_id: str,
    key: Annotated[str, typer.Argument(help="The finding's key, see `versions findings`.")],
    act: Literal["accept", "edit", "reject", "undo"],
    person: As,
    wording: Annotated[str, typer.Option(help="With edit: the words to put in place of the quoted ones.")] = "",
    note: Annotated[str, typer.Option(help="What to say in the margin, or why it is rejected.")] = "",
) -> None:
    """Decide about a finding of the newest version: its proposed wording, other words, or neither."""
    opened(run_id, person)
    desk = services().desk
    made = desk.answer(run_id, key, act, desk.actor(person), wording=wording, note=note)
    say({"run_id": run_id, **made.model_dump(mode="json")}, [f"{made.key}  {made.act}  {made.wording or ''}"])


@top.command("settle")
def settle(run_id: str, person: As) -> None:
    """Put the wordings that were decided on into the text: a new version, checked again. Says what is still open."""
    opened(run_id, person)
    desk = services().desk
    made = desk.settle(run_id, desk.actor(person))
    found = [{"key": key, **finding.model_dump(mode="json")} for key, finding in desk.open_items(run_id)]
    lines = [f"{one['key']}  {one['severity']}  {one['rule']}  {one['message']}" for one in found]
    say({"run_id": run_id, **_version(made), "open": found}, [f"{made.number}  {made.sha256[:12]}", *lines])


@approvals.command("list")
def approvals_list(
    person: Annotated[str, typer.Option("--as", help="What waits for this person; for anybody unless told.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="What this person asked approval for.")] = False,
    archive: Annotated[bool, typer.Option("--archive", help="What is finished.")] = False,
    words: Annotated[str, typer.Option(help="With --archive: words that stand in the text.")] = "",
    scenario: str = "",
) -> None:
    """What waits, what somebody asked for, or what is finished."""
    desk = services().desk
    if person:
        desk.actor(person)
    if mine and not person:
        raise RequestError("commands:mine.as")
    if archive:
        found = list(desk.store.archive(words, scenario))
    elif mine:
        found = list(desk.store.submitted(person))
    else:
        found = desk.inbox(person) if person else list(desk.store.waiting())
    if scenario:
        found = [one for one in found if one.scenario == scenario]
    if not mine and (archive or not person):  # what waits for somebody was asked of them
        found = [one for one in found if _may_see(one, person)]
    entries = [_listed(one) for one in found]
    say(
        {"approvals": entries},
        ["  ".join((one["run_id"], one["scenario"], one["status"], one["text"][:40])) for one in entries]
        or [t("none")],
    )


def _may_see(one: Listed, person: str) -> bool:
    known = services()
    return known.views.allows(one.scenario, known.runs.get(one.run_id).author, person)


@approvals.command("submit")
def approvals_submit(
    run_id: str,
    person: As,
    sha256: Annotated[str, typer.Option(help="Only if the newest text is this one.")] = "",
) -> None:
    """Ask for approval of the newest version."""
    desk = services().desk
    _answer(run_id, desk.submit(run_id, desk.actor(person), sha256))


@approvals.command("decide")
def approvals_decide(
    run_id: str,
    act: Literal["approve", "return", "reject", "delegate", "withdraw", "remind", "archive"],
    person: As,
    sha256: Annotated[str, typer.Option(help="The text that was read; the newest unless told.")] = "",
    comment: Annotated[str, typer.Option(help="Needed to return or reject.")] = "",
    quote: Annotated[str, typer.Option(help="Words of the text that the comment is about.")] = "",
    to: Annotated[str, typer.Option(help="Whom to delegate to.")] = "",
    step: Annotated[int | None, typer.Option(help="Which step, where several wait for this person.")] = None,
) -> None:
    """Decide about a text. Refused when the text is no longer the one that was read."""
    known = services()
    desk = known.desk
    read = sha256 or numbered(known.runs.versions(run_id), None, run_id).sha256
    comments = [Comment(text=comment, quote=quote)] if comment else []
    _answer(run_id, desk.decide(run_id, act, desk.actor(person), read, step=step, to=to, comments=comments))


@approvals.command("publish")
def approvals_publish(
    run_id: str,
    kb: Annotated[str, typer.Option(help="The knowledge base.")],
    person: As,
    first: Annotated[str, typer.Option("--from", help="First day in force, YYYY-MM-DD; today unless told.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last day in force, YYYY-MM-DD; for ever unless told.")] = "",
) -> None:
    """Put an approved text into a knowledge base; the version before it answers until the day before."""
    known = services()
    made = known.publishing.publish(
        run_id, kb, known.desk.actor(person), effective_from=day_of(first), effective_to=day_of(last)
    )
    say({"run_id": run_id, **made.model_dump(mode="json")}, [f"{made.status}  {made.id}"])


@approvals.command("show")
def approvals_show(run_id: str, person: See = "") -> None:
    """Where a run's approval stands, with every decision and waiver."""
    known = services()
    now = known.desk.store.approval(run_id)
    if not (now and person and now.open_steps(person)):
        opened(run_id, person)
    say(
        {
            "run_id": run_id,
            **(_state(now) if now else {"status": None}),
            "decisions": [one.model_dump(mode="json", exclude={"plan"}) for one in known.desk.store.decisions(run_id)],
            "waivers": known.desk.store.waivers(run_id),
        }
    )


def _answer(run_id: str, now: Approval) -> None:
    waiting = ", ".join(services().desk.name(one) for one in now.waiting_for)
    say({"run_id": run_id, **_state(now)}, [f"{now.status}  {waiting}".rstrip()])


def _state(now: Approval) -> dict[str, Any]:
    return {
        "status": now.status,
        "version": now.version,
        "sha256": now.sha256,
        "submitted_by": now.submitted_by,
        "submitted_at": now.submitted_at,
        "waiting_for": now.waiting_for,
        "steps": [
            {"step": place, "name": step.name.text(Session.lang), "kind": step.kind, "open": state.open}
            | state.model_dump(mode="json", include={"deciders", "approved", "opened_at", "done_at"})
            for place, (step, state) in enumerate(zip(now.plan, now.steps, strict=True))
        ],
    }


def _listed(one: Listed) -> dict[str, Any]:
    kept = one.model_dump(mode="json", include={"run_id", "scenario", "task", "text", "moved_at"})
    keys = ("status", "version", "sha256", "submitted_by", "waiting_for")
    return kept | {key: value for key, value in _state(one.approval).items() if key in keys}


def _version(version: Version) -> dict[str, Any]:
    keys = {"number", "base", "restored", "author", "real", "created_at", "sha256", "text"}
    return version.model_dump(mode="json", include=keys) | {
        "branched": version.branched,
        "findings": len(version.findings),
    }
