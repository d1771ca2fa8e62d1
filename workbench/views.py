"""Who may see runs that hold people's data, and who did. Held here, so that sign-in only has to name the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from .approvals import Actor, Frozen
from .chains import Person
from .errors import AccessError
from .history import Found
from .run import Run
from .scenario import Scenario

AGAIN = timedelta(minutes=10)
"""A page is drawn many times while one looks at it: within this time that is one view."""


class View(Frozen):
    """Somebody saw a run."""

    run_id: str
    actor: Actor
    at: datetime


class ViewStore(Protocol):
    """Where views are kept. They are added, never changed, and outlive the words of their run."""

    def add(self, view: View) -> None: ...

    def of(self, run_id: str) -> Sequence[View]:
        """All of a run, the first first."""
        ...


@dataclass(frozen=True)
class Views:
    """A scenario that names ``readers`` shows its runs to people with one of these roles, and to who ordered the run.

    The rule holds as soon as somebody in the settings has such a role; until then everybody may see, and is recorded.
    PIPL, articles 6, 51 and 54: least access, and records that can be audited.
    """

    scenarios: Mapping[str, Scenario]
    people: Sequence[Person]
    store: ViewStore

    def may(self, run: Run | Found, person: str) -> bool:
        """Whether ``person`` may see the run."""
        return self.allows(run.scenario, run.author, person)

    def allows(self, slug: str, author: str, person: str) -> bool:
        """The same for a run of scenario ``slug`` that ``author`` ordered."""
        scenario = self.scenarios.get(slug)
        wanted = set(scenario.readers) if scenario else set()
        holders = {one.id for one in self.people if wanted & set(one.roles)}
        return not wanted or not holders or person in holders or (bool(person) and person == author)

    def open(self, run: Run, actor: Actor, *, asked: bool = False) -> None:
        """Record that ``actor`` sees a run with people's data. Raises ``AccessError`` for who may not; whoever is
        ``asked`` to decide about it may."""
        if not asked and not self.may(run, actor.person):
            raise AccessError("workbench:views.role", roles=", ".join(sorted(self._readers(run))))
        if not self._readers(run):
            return
        now = datetime.now(UTC)
        last = next((one for one in reversed(self.store.of(run.run_id)) if one.actor == actor), None)
        if last is None or now - last.at > AGAIN:
            self.store.add(View(run_id=run.run_id, actor=actor, at=now))

    def _readers(self, run: Run | Found) -> set[str]:
        scenario = self.scenarios.get(run.scenario)
        return set(scenario.readers) if scenario else set()
