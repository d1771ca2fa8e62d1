"""The built-in writer: a family's process, fitted to the form and to what past cases say, then scheduled."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from workbench.language import sentences
from workbench.run import RunContext
from workbench.texts import Lang, text

from .families import Family, Step, families, guess, said
from .models import Metric, Norm, NormRequest, NormTask, Revision, Role, Size, Stage, Term
from .timing import finished
from .words import days_in, overlap

_FACTOR: Mapping[Size, float] = {"small": 0.5, "medium": 1.0, "large": 1.5}


def compose_norm(request: NormRequest, context: RunContext) -> Norm:
    """A full norm for the form, with no model."""
    name = family_of(request)
    family, lang = families()[name], context.lang
    roles = _roles(family, request, lang)
    stages = [
        Stage(
            id=f"S{number}",
            name=said(stage.name, lang),
            owner=roles[stage.owner].name,
            tasks=[_task(step, roles, request.size, lang) for step in stage.tasks],
        )
        for number, stage in enumerate(family.stages, 1)
    ]
    norm = Norm(
        title=text("scenarios.office:norm.title", lang, process=said(family.title, lang)),
        process=name,
        purpose=request.purpose,
        scope=request.scope or said(family.scope, lang),
        trigger=request.trigger or said(family.trigger, lang),
        terms=[Term(term=row[lang == "en"], meaning=row[2 + (lang == "en")]) for row in family.terms],
        roles=list({role.name: role for role in roles.values()}.values()),
        stages=stages,
        exceptions=[said(pair, lang) for pair in family.exceptions],
        metrics=[
            Metric(name=row[lang == "en"], formula=row[2 + (lang == "en")], target=row[4 + (lang == "en")])
            for row in family.metrics
        ],
        constraints=list(request.constraints),
        revisions=[Revision(version="1.0", day=date.today(), change=text("scenarios.office:norm.first", lang))],
        deadline=request.deadline,
        level=request.level,
        days_off=request.days_off,
        days_on=request.days_on,
    )
    _involve(norm, roles)
    _learn(norm, context)
    _constrain(norm, request.constraints, lang)
    return finished(norm, lang, family.years, request.start, request.deadline)


def family_of(request: NormRequest) -> str:
    """The family asked for, or guessed from the form."""
    return request.process or guess(f"{request.purpose} {request.trigger} {request.scope}")


_SUFFIX = re.compile(r"(部门|部|中心|科|处|组|室|事业部| department| dept\.?| team)$", re.IGNORECASE)


def _roles(family: Family, request: NormRequest, lang: Lang) -> dict[str, Role]:
    """The family's roles by key, under the names of the form's departments where they mean the same."""
    roles = {key: Role(name=row[lang == "en"], duties=row[2 + (lang == "en")]) for key, row in family.roles.items()}
    for department in filter(None, map(str.strip, request.departments)):
        core = _SUFFIX.sub("", department) or department
        same = [role for role in roles.values() if role.name.casefold().startswith(core.casefold())]
        for role in same:
            rest = role.name[len(core) :].removeprefix("部")
            role.name = department + (rest if lang == "zh" or not rest else f" {rest.strip()}")
        if not same:
            roles[f"+{department}"] = Role(name=department, duties=text("scenarios.office:role.takes_part", lang))
    return roles


def _task(step: Step, roles: Mapping[str, Role], size: Size, lang: Lang) -> NormTask:
    days = step.days * (1 if step.duty == "approve" else _FACTOR[size])
    return NormTask(
        id=step.id,
        name=said(step.name, lang),
        responsible=roles[step.by].name,
        accountable=roles[step.head].name,
        consulted=[roles[key].name for key in step.ask],
        informed=[roles[key].name for key in step.tell],
        duration_days=max(round(days * 2) / 2, 0.5) if step.days else 0,
        depends_on=list(step.after),
        deliverable=said(step.out, lang),
        record=said(step.out, lang),
        inputs=[said(pair, lang) for pair in step.inputs],
        control=said(step.control, lang),
        risk=said(step.risk, lang),
        branches={branch[lang == "en"]: branch[2] for branch in step.branches},
        duty=step.duty,
    )


def _learn(norm: Norm, context: RunContext) -> None:
    """Take durations from past cases: a sentence that speaks of a task and states working days, with its marker."""
    context.retrieve(f"{norm.title} {norm.purpose}", limit=6)
    used: set[str] = set()
    for passage in context.passages:
        for start, end in sentences(passage.passage):
            sentence = " ".join(passage.passage[start:end].split())
            days = days_in(sentence)
            if days is None or sentence in used:
                continue
            near = max(norm.tasks(), key=lambda task: overlap(task.name, sentence))
            if overlap(near.name, sentence) >= 0.6 and not near.source:
                near.duration_days, near.source = days, passage.marker
                used.add(sentence)
                norm.basis.append(
                    text(
                        "scenarios.office:norm.learnt", context.lang,
                        task=near.name, quote=sentence, marker=passage.marker, days=f"{days:g}",
                    )
                )  # fmt: skip


_ABOVE = re.compile(r"以上|超过|高于|大于|不少于|above|over|more than|exceed", re.IGNORECASE)
_APPROVER = re.compile(
    r"(?:须|需|应|由|经|报|再加)+(?P<zh>[一-鿿]{2,8}?)(?:书面)?(?:批准|审批|核准)"
    r"|(?:approved by|approval (?:of|by)) (?:the )?(?P<en>[A-Za-z ]{2,30}?)(?=[,.;]|$)",
    re.IGNORECASE,
)


def _constrain(norm: Norm, constraints: Sequence[str], lang: Lang) -> None:
    """Each constraint becomes part of the control of the task that it speaks of.

    A limit of days caps the task's length; an approver who has no part yet gets an approval step of their own.
    """
    for constraint in constraints:
        approver = _APPROVER.search(constraint)
        pool = [task for task in norm.tasks() if task.duty == "approve"] if approver else norm.tasks()
        near = max(pool or norm.tasks(), key=lambda task: overlap(task.name, constraint))
        if overlap(near.name, constraint) < 0.25 and not approver:
            continue
        near.control = text("scenarios.office:norm.constraint", lang, control=near.control, constraint=constraint)
        who = (approver["zh"] or approver["en"]).strip() if approver else ""
        if who and who not in {role.name for role in norm.roles}:
            _add_approval(norm, near, who, constraint, lang)
        days = days_in(constraint)
        if days is not None and not _ABOVE.search(constraint):
            near.duration_days = min(near.duration_days, days)


def _add_approval(norm: Norm, after: NormTask, who: str, constraint: str, lang: Lang) -> None:
    """A step in which ``who`` approves, between ``after`` and what followed when it passed."""

    def say(key: str) -> str:
        return text(f"scenarios.office:approval.{key}", lang, who=who, task=after.name)

    step = NormTask(
        id=f"{after.id}.1",
        name=say("name"),
        responsible=who,
        accountable=who,
        duration_days=1,
        depends_on=[after.id],
        deliverable=say("out"),
        record=say("out"),
        inputs=[after.deliverable],
        control=constraint,
        risk=say("risk"),
        duty="approve",
    )
    order = [task.id for task in norm.tasks()]
    onward = [to for to in after.branches.values() if to != "end" and order.index(to) > order.index(after.id)]
    step.branches = dict(after.branches)
    for outcome, target in after.branches.items():
        if [target] == onward[:1]:
            after.branches[outcome] = step.id
            break
    for task in norm.tasks():
        if task.id not in onward[1:]:
            task.depends_on = [step.id if id == after.id else id for id in task.depends_on]
    stage = next(stage for stage in norm.stages if after in stage.tasks)
    stage.tasks.insert(stage.tasks.index(after) + 1, step)
    norm.roles.append(Role(name=who, duties=say("duties")))


def _involve(norm: Norm, roles: Mapping[str, Role]) -> None:
    """Departments of the form that the process gives no part are asked at its start and told of its end."""
    for key, role in roles.items():
        if key.startswith("+"):
            norm.tasks()[0].consulted.append(role.name)
            norm.tasks()[-1].informed.append(role.name)
