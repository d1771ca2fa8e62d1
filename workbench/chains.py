"""Who approves what: people and chains of steps, as settings write them.

::

    [[people]]
    id = "zhou"
    name = "周宁"
    department = "财务部"
    roles = ["finance"]

    [[approvals.contracts.steps]]
    name = { zh = "财务审核", en = "Finance review" }
    roles = ["finance"]
    parallel = "reviews"        # neighbours with the same word are open at the same time
    quorum = "all"              # everybody named must approve; "any": one of them
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field, model_validator

from .errors import ConfigError
from .strict import Strict
from .texts import Lang


class Person(Strict):
    """Somebody who works here. ``roles`` are the company's own words for what a person may decide."""

    id: str = Field(min_length=1, max_length=64, pattern=r"^[\w.@-]+$")
    name: str = Field(min_length=1, max_length=64)
    department: str = ""
    roles: tuple[str, ...] = ()


class Name(Strict):
    """A step's name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, lang: Lang) -> str:
        """The name in ``lang``."""
        return self.zh if lang == "zh" else self.en

    @property
    def both(self) -> str:
        """For a message that may be read in either language."""
        return f"{self.zh} / {self.en}"


class Step(Strict):
    """One step. Who decides: everybody with one of ``roles``, the ``people`` named by id, or ``anyone`` at all.

    ``kind``: ``draft`` is done by asking for approval; ``review`` is a decision; ``archive`` files what was approved.
    """

    name: Name
    kind: Literal["draft", "review", "archive"] = "review"
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    anyone: bool = False
    quorum: Literal["any", "all"] = "any"
    parallel: str = ""

    def deciders(self, people: Sequence[Person]) -> tuple[str, ...]:
        """The ids of those who may decide, in the order of ``people``."""
        return tuple(
            person.id
            for person in people
            if self.anyone or person.id in self.people or not set(self.roles).isdisjoint(person.roles)
        )


class Chain(Strict):
    """The steps in order. ``waivers`` are the roles that may waive findings (empty: anybody).

    ``self_approval``: whether who asks for approval may also decide a review step. ``required``: whether a version may
    be exported as final only once it is approved.
    """

    steps: tuple[Step, ...] = Field(min_length=1)
    waivers: tuple[str, ...] = ()
    self_approval: bool = False
    required: bool = True

    @model_validator(mode="after")
    def _in_order(self) -> "Chain":
        kinds = [step.kind for step in self.steps]
        if "draft" in kinds[1:] or "archive" in kinds[:-1] or "review" not in kinds:
            raise ConfigError("workbench:chain.order")
        return self


SAMPLE_PEOPLE = (
    Person(id="chen", name="陈晨", department="业务部", roles=("author",)),
    Person(id="wang", name="王芳", department="业务部", roles=("business",)),
    Person(id="zhou", name="周宁", department="财务部", roles=("finance",)),
    Person(id="lin", name="林悦", department="法务部", roles=("legal",)),
    Person(id="he", name="何建国", department="总经办", roles=("leader",)),
    Person(id="xu", name="许文", department="行政部", roles=("archive",)),
)
"""Invented persons, so that approvals can be tried before anybody is entered."""


DRAFTING = Step(name=Name(zh="起草", en="Drafting"), kind="draft")

ONE_APPROVAL = Chain(
    steps=(DRAFTING, Step(name=Name(zh="审批", en="Approval"), roles=("leader",))),
    required=False,
)
"""The chain of a scenario that declares none: a reply to a customer can leave without approval."""


def staffed(chain: Chain, people: Sequence[Person]) -> Chain:
    """``chain`` with the steps that nobody of ``people`` has a role for open to anybody, so that a company's own list
    of people needs no roles to begin with."""
    steps = (
        step if step.kind == "draft" or step.deciders(people) else step.model_copy(update={"anyone": True})
        for step in chain.steps
    )
    return chain.model_copy(update={"steps": tuple(steps)})


def check_chains(people: Sequence[Person], chains: Mapping[str, Chain]) -> None:
    """Raise ``ConfigError`` for a step that names nobody, a role that nobody has or a person who is not there."""
    known = [person.id for person in people]
    if twice := next((one for one in known if known.count(one) > 1), None):
        raise ConfigError("workbench:chain.person_twice", person=twice)
    if not known:
        raise ConfigError("workbench:chain.no_people")
    roles = {role for person in people for role in person.roles}
    for scenario, chain in chains.items():
        for role in chain.waivers:
            if role not in roles:
                raise ConfigError("workbench:chain.unknown_role", scenario=scenario, step="waivers", role=role)
        for step in chain.steps:
            place = {"scenario": scenario, "step": step.name.both}
            for role in step.roles:
                if role not in roles:
                    raise ConfigError("workbench:chain.unknown_role", **place, role=role)
            for one in step.people:
                if one not in known:
                    raise ConfigError("workbench:chain.unknown_person", **place, person=one)
            if step.kind != "draft" and not step.deciders(people):
                raise ConfigError("workbench:chain.nobody", **place)
