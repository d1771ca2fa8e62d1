"""Years of doing something, from dated entries; months in several of them count once."""

from collections.abc import Sequence
from dataclasses import replace

from .. import requirement as asked
from ..dates import label, union
from ..resume import Entry, Resume
from ..taxonomy import Concept, find
from ..wording import likeness
from .mentions import COURSE, LEARNING, clause, item, mentions_of, negated
from .part import Part, Say, best, joined, plain
from .words import words

_LIKE, _ALL = 0.5, 0.99


def years(resume: Resume, condition: asked.Years, about: Sequence[Concept], say: Say) -> Part:
    """``about`` are the concepts of the job's title: what "relevant" means."""
    if not condition.groups:
        return _in_all(resume, condition, about, say)
    if condition.any_group:
        return _of(resume, condition.groups, condition, say)
    return joined([_of(resume, [group], condition, say) for group in condition.groups])


def _in_all(resume: Resume, condition: asked.Years, about: Sequence[Concept], say: Say) -> Part:
    entries = [entry for entry in resume.entries if entry.kind == "work"]
    if condition.subject:
        said = condition.subject
        close = [entry for entry in entries if likeness(said, resume.seen[entry.start : entry.end]) >= _LIKE]
        if not close and about and (own := [entry for entry in entries if _about(resume, entry, about)]):
            close = own
        if not close:
            part = words(resume, said, say)
            return Part("partly" if part.decision == "met" else part.decision, part.places, part.reason)
        entries = close
    elif condition.relevant and about:
        entries = [entry for entry in entries if _about(resume, entry, about)] or entries
    return _counted(resume, entries, condition, [], (), say, claim=not condition.subject)


def _about(resume: Resume, entry: Entry, about: Sequence[Concept]) -> bool:
    """Whether an entry shows something of the job's title, or of what that is a case of."""
    fields = {key for concept in about for key in (concept.key, *concept.wider)}
    return any(
        entry.start <= mention.start < entry.end and fields & {mention.concept.key, *mention.concept.wider}
        for mention in resume.claims
    )


def _of(resume: Resume, groups: Sequence[Sequence[Concept]], condition: asked.Years, say: Say) -> Part:
    """The years in which one of ``groups`` was done, those of all of them together."""
    shown: dict[int, Entry] = {}
    proofs: list[tuple[int, int]] = []
    by_concept = {
        concept: [
            one
            for one in mentions_of(resume, concept)
            if not negated(resume, one) and not LEARNING.search(item(resume, one))
        ]
        for group in groups
        for concept in group
    }
    for group in groups:
        for number, entry in enumerate(resume.entries):
            if entry.kind not in ("work", "project"):
                continue
            inside = [[m for m in by_concept[concept] if entry.start <= m.start < entry.end] for concept in group]
            if all(inside):
                shown[number] = entry
                proofs += [(found[0].start, found[0].end) for found in inside]
    if not shown and (trades := _trades(groups)):
        part = _of(resume, trades, replace(condition, groups=trades), say)
        return replace(part, decision="partly" if part.decision == "met" else part.decision)
    if shown and condition.subject:
        narrow = {
            number: entry
            for number, entry in shown.items()
            if likeness(condition.subject, resume.seen[entry.start : entry.end]) >= _ALL
        }
        shown = narrow or shown
    if shown:
        return _counted(resume, list(shown.values()), condition, proofs, groups[0], say, claim=True)
    return best([_counted(resume, [], condition, [], group, say, claim=True) for group in groups])


def _trades(groups: Sequence[Sequence[Concept]]) -> tuple[tuple[Concept, ...], ...]:
    """The groups without their industries, which an employer's name alone may not tell; empty where nothing changes."""
    kept = tuple(trade for group in groups if (trade := tuple(one for one in group if one.kind != "industry")))
    return kept if kept and kept != tuple(map(tuple, groups)) else ()


def _counted(
    resume: Resume,
    entries: Sequence[Entry],
    condition: asked.Years,
    proofs: list[tuple[int, int]],
    group: Sequence[Concept],
    say: Say,
    *,
    claim: bool,
) -> Part:
    dated = [entry for entry in entries if entry.span.valid]
    months = union(entry.span for entry in dated)
    if months:
        enough = months >= condition.least * 12 - 0.01 and (condition.least or months <= (condition.most or 99) * 12)
        spans = ", ".join(
            f"{label(e.span.first)}–{label(e.span.last)}" for e in sorted(dated, key=lambda e: e.span.first)
        )
        asked_for = plain(condition.least or condition.most or 0)
        reason = say("reason.years", spans=spans, years=plain(round(months / 12, 1)), months=months, least=asked_for)
        places = [(entry.span.start, entry.span.end) for entry in dated]
        return Part("met" if enough else "not_met", places + proofs, reason)
    claimed = _claims(resume, group) if claim else []
    if claimed:
        said, start, end = max(claimed)
        reason = say("reason.claimed", years=plain(said), least=plain(condition.least))
        return Part("met" if said >= condition.least else "not_met", [(start, end)], reason)
    return _undated(resume, group, say)


def _undated(resume: Resume, group: Sequence[Concept], say: Say) -> Part:
    """Where no dated work shows it: internships, a denial, a bare mention, or silence."""
    named = [mentions_of(resume, concept) for concept in group]
    interned = [
        (entry.span.start, entry.span.end)
        for entry in resume.entries
        if entry.kind == "internship" and all(any(entry.start <= m.start < entry.end for m in found) for found in named)
    ]
    if interned:
        return Part("not_met", interned, say("reason.internship"))
    denied = [mention for found in named for mention in found if negated(resume, mention)]
    if denied:
        return Part("not_met", [(denied[0].start, denied[0].end)], say("reason.denied", concept=denied[0].concept))
    if named and all(named):
        if not any(entry.kind == "work" for entry in resume.entries) and all(
            resume.line_at(m.start).section in ("education", "internship") or COURSE.search(clause(resume, m))
            for found in named
            for m in found
        ):
            return Part("not_met", [(found[0].start, found[0].end) for found in named], say("reason.internship"))
        return Part("partly", [(found[0].start, found[0].end) for found in named], say("reason.undated"))
    return Part("not_stated", [], say("reason.silent"))


def _claims(resume: Resume, group: Sequence[Concept]) -> list[tuple[float, int, int]]:
    """(years, start, end) of what the resume says of itself, where it concerns all of ``group``."""
    found = []
    for start, end in resume.units:
        seen = resume.seen[start:end]
        if resume.line_at(start).section in ("work", "project", "education", "internship"):
            continue
        for low, _, at, upto in asked.years_said(seen):
            near = seen[max(0, at - 40) : upto + 40]
            mentions = find(near)
            if asked.CLAIM.search(near) and all(any(m.shows(concept) for m in mentions) for concept in group):
                found.append((low, start + at, start + upto))
    return found
