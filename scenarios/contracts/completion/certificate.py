"""The completeness certificate of a version: blanks, attachments, findings, approval, all of it bound to its hash."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel

from workbench.desk import Desk
from workbench.desk_store import Waiver
from workbench.findings import Finding, keyed
from workbench.run import Version, numbered
from workbench.texts import Lang, text

_ROOM = "scenarios.contracts.completion"
Point = Literal["blanks", "attachments", "parties", "findings", "approval"]
_RULES: dict[Point, tuple[str, ...]] = {
    "blanks": ("blank.placeholder",),
    "attachments": ("reference.missing_attachment",),
    "parties": ("party.missing", "party.name_drift", "identity.credit_code", "identity.id_number"),
}


class Checked(BaseModel):
    """One point: met or not, with what is open and what somebody answers for by name."""

    point: Point
    met: bool
    open: list[str] = []
    waived: list[str] = []


class Certificate(BaseModel):
    """``complete`` when every point is met. It holds for the text with ``sha256`` and for no other."""

    run_id: str
    version: int
    sha256: str
    complete: bool
    points: list[Checked]
    issued_at: datetime


def certificate(desk: Desk, run_id: str, lang: Lang, number: int | None = None) -> Certificate:
    """The certificate of a version, the newest unless told. A waiver counts as long as its finding persists."""
    version = numbered(desk.engine.runs.versions(run_id), number, run_id)
    waivers = desk.in_force(run_id, version.number)
    points = []
    taken: set[str] = set()
    for point, rules in _RULES.items():
        own = [(key, one) for key, one in keyed(version.findings) if one.rule in rules]
        taken |= {key for key, _ in own}
        points.append(_checked(point, own, waivers, desk, lang))
    rest = [(key, one) for key, one in keyed(version.findings) if key not in taken and one.severity != "info"]
    points += [_checked("findings", rest, waivers, desk, lang), _approved(desk, run_id, version, lang)]
    return Certificate(
        run_id=run_id, version=version.number, sha256=version.sha256, complete=all(one.met for one in points),
        points=points, issued_at=datetime.now(UTC),
    )  # fmt: skip


def _checked(
    point: Point, findings: list[tuple[str, Finding]], waivers: dict[str, Waiver], desk: Desk, lang: Lang
) -> Checked:
    left, waived = [], []
    for key, finding in findings:
        waiver = waivers.get(key)
        if waiver is None:
            left.append(finding.message)
        else:
            name = desk.name(waiver.actor.person)
            reason = waiver.reason
            waived.append(text(f"{_ROOM}:waived", lang, message=finding.message, person=name, reason=reason))
    return Checked(point=point, met=not left, open=left, waived=waived)


def _approved(desk: Desk, run_id: str, version: Version, lang: Lang) -> Checked:
    """Approved, and for these very words."""
    approval = desk.store.approval(run_id)
    if approval is None:
        return Checked(point="approval", met=False, open=[text(f"{_ROOM}:approval.none", lang)])
    if approval.sha256 != version.sha256:
        return Checked(
            point="approval", met=False, open=[text(f"{_ROOM}:approval.other", lang, version=approval.version)]
        )
    met = approval.status in ("approved", "archived")
    return Checked(point="approval", met=met, open=[] if met else [text(f"{_ROOM}:approval.{approval.status}", lang)])
