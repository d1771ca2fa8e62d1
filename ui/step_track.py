"""Where an approval stands: its steps in order, whose turn it is, and how long each took."""

from datetime import UTC, datetime

from workbench.approvals import ENDED, Approval, PlannedStep, StepState
from workbench.services import Services

from . import language
from .component import component
from .language import t
from .moments import span


def step_track(services: Services, approval: Approval, key: str) -> None:
    """Draw the steps. Steps that are open at the same time stand as such."""
    steps = [_step(services, approval, step, state) for step, state in zip(approval.plan, approval.steps, strict=True)]
    component("step_track")(data={"steps": steps, "label": t("track.label")}, key=key)


def _step(services: Services, approval: Approval, step: PlannedStep, state: StepState) -> dict[str, str]:
    who, note, look = _people(services, state.deciders), "", "ahead"
    if state.done_at is not None:
        who, look = _people(services, state.approved), "done"
        if state.opened_at is not None and step.kind != "draft":
            note = t("track.took", span=span(state.done_at - state.opened_at))
    elif state.opened_at is not None and approval.status in ENDED:
        look, note = "ended", t(f"approval.status.{approval.status}")
    elif state.opened_at is not None:
        look, note = "open", t("track.waiting", span=span(datetime.now(UTC) - state.opened_at))
        if state.approved:
            note = f"{t('track.some', people=_people(services, state.approved))} · {note}"
        if state.reminded_at is not None:
            note = f"{note} · {t('track.reminded', count=state.reminders or 1)}"
    return {"name": step.name.text(language.current()), "who": who, "note": note, "look": look}


def _people(services: Services, people: tuple[str, ...]) -> str:
    names = [services.desk.name(person) for person in people]
    shown = t("track.comma").join(names[:3])
    return shown if len(names) <= 3 else t("track.more", people=shown, count=len(names))
