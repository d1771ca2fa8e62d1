"""``office minutes``: sorted by code; a model may sort too, but only what it quotes from the notes counts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from workbench.errors import RequestError
from workbench.findings import Finding, Severity, Where
from workbench.ics import Event, icalendar
from workbench.language import folded
from workbench.run import RunContext
from workbench.scenario import Extra, Section, Task
from workbench.texts import Lang, text

from ..workdays import Workdays
from .document import plain, sections
from .models import Action, DraftItem, Item, Minutes, MinutesDraft, MinutesRequest
from .reading import action, read_notes


class MinutesTaking(Task[MinutesRequest, Minutes, MinutesDraft]):
    """From notes to minutes that people can act on."""

    name = "minutes"
    request, deliverable, draft = MinutesRequest, Minutes, MinutesDraft

    def subject(self, request: MinutesRequest) -> str:
        return request.title or super().subject(request)

    def gather(self, request: MinutesRequest, context: RunContext) -> None:
        """Read the notes. Raises ``DocumentError``, and ``RequestError`` where there are none."""
        notes = context.files.read(request.file).text if request.file else request.notes
        if not notes.strip():
            raise RequestError("scenarios.office:minutes.empty")
        day = request.day or date.today()
        people = [name.strip() for name in request.attendees if name.strip()]
        made = read_notes(notes, request.title, day, people)
        made.title = made.title or text("scenarios.office:minutes.untitled", context.lang)
        context.notes["minutes"] = made

    def compose(self, request: MinutesRequest, context: RunContext) -> Minutes:
        return _told(context.notes["minutes"], context.lang)

    def brief(self, request: MinutesRequest, context: RunContext) -> dict[str, str]:
        made: Minutes = context.notes["minutes"]
        return {"notes": made.notes[:20_000], "people": "、".join(made.attendees) or "-"}

    def settle(self, request: MinutesRequest, draft: MinutesDraft, context: RunContext) -> Minutes:
        """A model's items whose quote stands in the notes; an owner must stand there too, and code reads the days."""
        made: Minutes = context.notes["minutes"].model_copy(deep=True)
        notes = folded(made.notes)

        def true(items: Sequence[DraftItem]) -> list[DraftItem]:
            return [one for one in items if one.quote.strip() and folded(one.quote) in notes]

        made.decisions = [Item(text=one.text, quote=one.quote) for one in true(draft.decisions)] or made.decisions
        made.questions = [Item(text=one.text, quote=one.quote) for one in true(draft.questions)] or made.questions
        made.actions = [
            action(one.quote, one.owner if folded(one.owner) in notes else "", made.day, words=one.text)
            for one in true(draft.actions)
        ] or made.actions
        return _told(made, context.lang)

    def check(self, request: MinutesRequest, deliverable: Minutes, context: RunContext) -> list[Finding]:
        return list(_findings(deliverable, context.lang))

    def recomputed(self, request: MinutesRequest, deliverable: Minutes, lang: Lang) -> Minutes:
        return _told(deliverable, lang)

    def revised(self, deliverable: Minutes, text: str) -> Minutes:
        return deliverable.model_copy(update={"text": text})

    def text(self, deliverable: Minutes) -> str:
        return deliverable.text

    def sections(self, deliverable: Minutes, lang: Lang) -> Sequence[Section]:
        if deliverable.text.strip() == plain(deliverable, lang).strip():
            return sections(deliverable, lang)
        return [Section(deliverable.title, tuple(filter(None, deliverable.text.splitlines())))]

    def extras(self, request: MinutesRequest, deliverable: Minutes, context: RunContext) -> Sequence[Extra]:
        events = [
            Event(f"action-{number}-{one.due:%Y%m%d}", one.due, f"{one.owner} {one.text}".strip(), one.quote, remind=1)
            for number, one in enumerate(deliverable.actions, 1)
            if one.due
        ]
        title = text("scenarios.office:minutes.calendar", context.lang)
        return [Extra("actions.ics", title, partial(icalendar, events))] if events else []


def _told(made: Minutes, lang: Lang) -> Minutes:
    return made.model_copy(update={"text": plain(made, lang)})


def _findings(made: Minutes, lang: Lang) -> Iterator[Finding]:
    def say(rule: str, severity: Severity, one: Action, **values: Any) -> Finding:
        key = f"scenarios.office:minutes.check.{rule}"
        return Finding(
            rule=f"minutes.{rule}",
            severity=severity,
            message=text(key, lang, what=one.text[:60], owner=one.owner, **values),
            where=Where(quote=one.quote),
            suggestion=text(f"{key}.fix", lang),
        )

    for one in made.actions:
        if not one.owner:
            yield say("owner", "warning", one)
        elif made.attendees and one.owner not in made.attendees:
            yield say("absent", "info", one)
        if one.due is None:
            yield say("due", "warning", one)
        elif one.due < made.day:
            yield say("past", "error", one, due=one.due)
        elif not Workdays().works(one.due):
            before = Workdays().on_or_before(one.due - timedelta(days=1))
            yield say("holiday", "info", one, due=one.due, before=before)
    if not made.actions:
        yield Finding(rule="minutes.none", severity="info", message=text("scenarios.office:minutes.check.none", lang))
