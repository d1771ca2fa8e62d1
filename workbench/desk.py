"""The desk that every deliverable passes: editing, waiving findings, approval, archive.

Who may do what is checked here and in the state machine, so that pages and commands cannot get it wrong.
"""

import getpass
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean, median
from typing import Any

from .answers import Answer, AnswerAct, worded
from .approvals import Act, Actor, Approval, Comment, Decision, plan
from .chains import Chain, Name, Person
from .desk_store import DeskStore, Duration, Edit, Listed, Waiver
from .engine import Engine
from .errors import AccessError, NotFoundError, RequestError
from .findings import Finding, keyed
from .language import folded
from .run import Run, Version, numbered
from .scenario import Extra, Scenario


@dataclass(frozen=True)
class Desk:
    """``chain`` tells who approves what a scenario makes."""

    scenarios: Mapping[str, Scenario]
    people: Sequence[Person]
    chain: Callable[[str], Chain]
    engine: Engine
    store: DeskStore

    # -- people

    def actor(self, person: str) -> Actor:
        """Somebody of the list, acted for by the account of this machine until there is sign-in."""
        if person not in {known.id for known in self.people}:
            known = ", ".join(known.id for known in self.people)
            raise RequestError("workbench:approval.unknown_person", person=person, known=known)
        return Actor(person=person, real=_account())

    def caller(self, person: str = "") -> Actor:
        """Who looks: somebody of the list, or, where nobody is named, the account of this machine alone."""
        return self.actor(person) if person else Actor(person="", real=_account())

    def name(self, person: str) -> str:
        """A person's name; what was recorded where nobody has that id any more."""
        return next((known.name for known in self.people if known.id == person), person)

    # -- versions

    def revise(self, run_id: str, text: str, actor: Actor, base: int | None = None) -> Version:
        """Keep ``text`` as the next version, made from ``base``, and end this person's edit in progress."""
        kept = self.engine.revise(self._scenario(run_id), run_id, text, actor.person, base, actor.real)
        self.store.drop_edit(run_id, actor.person)
        return kept

    def edit_fields(self, run_id: str, fields: dict[str, Any], actor: Actor, base: int | None = None) -> Version:
        """Keep changed fields of the deliverable as the next version, made from ``base``."""
        return self.engine.edit(self._scenario(run_id), run_id, fields, actor.person, base, actor.real)

    def extras(self, run_id: str, number: int | None = None) -> Sequence[Extra]:
        """The further files of a version."""
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        answers = {answer.key: answer for answer in self.store.answers(run_id)}
        who = next((one.actor.person for one in reversed(answers.values())), version.author)
        return self.engine.extras(
            self._scenario(run_id), run_id, number, tuple(answers.values()), self.name(who) if who else ""
        )

    def find_extra(self, run_id: str, name: str, number: int | None = None) -> Extra:
        """The one called ``name``. Raises ``NotFoundError`` naming those there are."""
        found = {one.name: one for one in self.extras(run_id, number)}
        if name not in found:
            raise NotFoundError("workbench:run.no_extra", name=name, known=", ".join(found) or "-")
        return found[name]

    def restore(self, run_id: str, number: int, actor: Actor) -> Version:
        """Bring version ``number`` back as the newest."""
        return self.engine.restore(self._scenario(run_id), run_id, number, actor.person, actor.real)

    def keep_edit(self, run_id: str, actor: Actor, base: int, text: str) -> None:
        """Keep an edit in progress."""
        self.store.keep_edit(run_id, Edit(person=actor.person, base=base, text=text, updated_at=datetime.now(UTC)))

    # -- findings

    def in_force(self, run_id: str, number: int | None = None) -> dict[str, Waiver]:
        """The waivers that hold for a version, by finding.

        One holds while its finding persists: in the version it was given for and in each that was made from that.
        """
        versions = {version.number: version for version in self.engine.runs.versions(run_id)}
        version = numbered(list(versions.values()), number, run_id)
        last = {waiver.key: waiver for waiver in self.store.waivers(run_id)}
        return {
            key: last[key]
            for key, _ in keyed(version.findings)
            if key in last and not last[key].lifted and _persists(key, last[key].version, version, versions)
        }

    def answered(self, run_id: str, number: int | None = None) -> dict[str, Answer]:
        """The answers that hold for a version, by finding; while their findings persist, as waivers do."""
        versions = {version.number: version for version in self.engine.runs.versions(run_id)}
        version = numbered(list(versions.values()), number, run_id)
        last = {answer.key: answer for answer in self.store.answers(run_id)}
        return {
            key: last[key]
            for key, _ in keyed(version.findings)
            if key in last and last[key].act != "undo" and _persists(key, last[key].version, version, versions)
        }

    def answer(
        self, run_id: str, key: str, act: AnswerAct, actor: Actor, *, wording: str = "", note: str = ""
    ) -> Answer:
        """Decide about a finding of the newest version: its proposal (``accept``), other words (``edit``) or neither.

        The text changes by :meth:`settle`. A finding without a proposal that is accepted is said in the margin only.
        """
        _, version = self._newest(run_id)
        finding = dict(keyed(version.findings)).get(key)
        if finding is None:
            raise RequestError("workbench:waiver.unknown", version=version.number, finding=key)
        if act == "edit" and finding.where.start is None:
            raise RequestError("workbench:answer.no_place")
        answer = Answer(
            key=key,
            rule=finding.rule,
            quote=finding.where.quote,
            act=act,
            wording={"accept": finding.proposal, "edit": wording}.get(act),
            note=note.strip(),
            actor=actor,
            version=version.number,
            at=datetime.now(UTC),
        )
        self.store.answer(run_id, answer)
        return answer

    def settle(self, run_id: str, actor: Actor) -> Version:
        """Put the wordings that were decided on into the newest text: a new version, checked again."""
        _, version = self._newest(run_id)
        held = self.answered(run_id, version.number)
        text = worded(version.text, ((finding, held[key]) for key, finding in keyed(version.findings) if key in held))
        return self.revise(run_id, text, actor, version.number)

    def open_items(self, run_id: str, number: int | None = None) -> list[tuple[str, Finding]]:
        """Errors and warnings of a version that nobody answered or waived."""
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        done = self.in_force(run_id, version.number).keys() | self.answered(run_id, version.number).keys()
        return [
            (key, finding) for key, finding in keyed(version.findings) if finding.severity != "info" and key not in done
        ]

    def open_errors(self, run_id: str, number: int | None = None) -> list[tuple[str, Finding]]:
        """The errors of a version that nobody answers for. They block approval and a final export."""
        run = self.engine.runs.get(run_id)
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        if not self.scenarios[run.scenario].task(run.task).errors_block:
            return []
        waived = self.in_force(run_id, version.number)
        return [
            (key, finding)
            for key, finding in keyed(version.findings)
            if finding.severity == "error" and key not in waived
        ]

    def check_final(self, run_id: str, number: int | None = None) -> None:
        """Raise ``RequestError`` when a version has open errors: it may leave as a draft only."""
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        if errors := self.open_errors(run_id, version.number):
            raise RequestError("workbench:approval.errors_open", version=version.number, count=len(errors))

    def check_leaving(self, run_id: str, number: int | None = None) -> None:
        """Raise ``RequestError`` unless a version may leave as final: no open error, and the approval that it needs."""
        self.check_final(run_id, number)
        run = self.engine.runs.get(run_id)
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        if not self.chain(run.scenario).required:
            return
        approval = self.store.approval(run_id)
        if approval is None or approval.status not in ("approved", "archived") or approval.sha256 != version.sha256:
            raise RequestError("workbench:approval.missing", version=version.number)

    def waive(
        self, run_id: str, key: str, reason: str, actor: Actor, number: int | None = None, *, lift: bool = False
    ) -> Waiver:
        """Answer for a finding by name, or take that back. Raises ``AccessError`` without a role the chain asks for."""
        run = self.engine.runs.get(run_id)
        version = numbered(self.engine.runs.versions(run_id), number, run_id)
        wanted = self.chain(run.scenario).waivers
        roles = next((known.roles for known in self.people if known.id == actor.person), ())
        if wanted and not set(wanted) & set(roles):
            raise AccessError("workbench:waiver.role", roles=", ".join(wanted))
        finding = dict(keyed(version.findings)).get(key)
        if finding is None:
            raise RequestError("workbench:waiver.unknown", version=version.number, finding=key)
        if not reason.strip():
            raise RequestError("workbench:waiver.reason")
        waiver = Waiver(
            key=key,
            rule=finding.rule,
            quote=finding.where.quote,
            message=finding.message,
            reason=reason.strip(),
            actor=actor,
            version=version.number,
            at=datetime.now(UTC),
            lifted=lift,
        )
        self.store.waive(run_id, waiver)
        return waiver

    # -- approval

    def submit(self, run_id: str, actor: Actor, sha256: str = "") -> Approval:
        """Ask for approval of the newest version; of the text with ``sha256`` and no other when that is given."""
        run, newest = self._newest(run_id)
        steps = plan(self.chain(run.scenario), self.people, actor.person)
        return self.store.decide(
            run_id,
            Decision(
                act="submit",
                actor=actor,
                version=newest.number,
                sha256=sha256 or newest.sha256,
                at=datetime.now(UTC),
                plan=steps,
            ),
        )

    def decide(
        self,
        run_id: str,
        act: Act,
        actor: Actor,
        sha256: str,
        *,
        step: int | None = None,
        to: str = "",
        comments: Sequence[Comment] = (),
    ) -> Approval:
        """Record a decision on the text with ``sha256``: what the person saw. Refused when the text is another now.

        Raises ``AccessError`` for somebody whose turn it is not and ``RequestError`` for what cannot be done.
        """
        _, newest = self._newest(run_id)
        for comment in comments:
            if folded(comment.quote) not in folded(newest.text):
                raise RequestError("workbench:approval.quote", quote=comment.quote)
        if to:
            self.actor(to)
        decision = Decision(
            act=act,
            actor=actor,
            version=newest.number,
            sha256=sha256,
            at=datetime.now(UTC),
            step=step,
            to=to,
            comments=tuple(comment for comment in comments if comment.text.strip()),
        )
        if act in ("approve", "archive") and sha256 == newest.sha256:
            self.check_final(run_id, newest.number)
        return self.store.decide(run_id, decision)

    def inbox(self, person: str) -> list[Listed]:
        """What waits for ``person``: first what they were reminded of, then what moved last."""
        mine = [listed for listed in self.store.waiting() if listed.approval.open_steps(person)]
        return sorted(mine, key=lambda listed: -listed.approval.reminders(person)[0])

    def durations(self, scenario: str = "") -> list[Duration]:
        """How long each step takes, the slowest first."""
        hours: dict[Name, list[float]] = {}
        for turn in self.store.spent(scenario):
            hours.setdefault(turn.name, []).append((turn.closed_at - turn.opened_at).total_seconds() / 3600)
        found = [
            Duration(name=name, count=len(turns), median=median(turns), mean=mean(turns))
            for name, turns in hours.items()
        ]
        return sorted(found, key=lambda duration: -duration.median)

    def _scenario(self, run_id: str) -> Scenario:
        return self.scenarios[self.engine.runs.get(run_id).scenario]

    def _newest(self, run_id: str) -> tuple[Run, Version]:
        run = self.engine.runs.get(run_id)
        versions = self.engine.runs.versions(run_id)
        if not versions:
            raise RequestError("workbench:run.nothing_to_edit", run_id=run_id)
        return run, versions[-1]


def _persists(key: str, given: int, version: Version, versions: Mapping[int, Version]) -> bool:
    """Whether ``version`` was made from version ``given`` and the finding ``key`` stands in all between."""
    at: Version | None = version
    while at is not None and key in dict(keyed(at.findings)):
        if at.number == given:
            return True
        at = versions.get(at.restored or at.base)
    return False


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return "unknown"
