"""The comparison without a model: silent changes against tracked ones, each weighed and put in its place."""

from collections import Counter
from collections.abc import Iterator

from workbench.document import SourceDocument
from workbench.language import detect, folded
from workbench.texts import Lang, text

from .changes import Compared, Difference, compared
from .models import Change, CompareRequest, Comparison, Renumbering
from .risk import risk
from .units import Places

_WORD = "wordprocessingml"


def comparison(request: CompareRequest, before: SourceDocument, after: SourceDocument, lang: Lang) -> Comparison:
    """What changed from ``before`` to ``after``.

    Where the file after holds tracked changes, its text without them is compared with the version before: what
    differs there was changed silently. What its tracked changes do is found by itself.
    """
    sent, returned = _base(before, after)
    silent = compared(sent, returned)
    changes = list(_changes(silent, sent, returned, request.side, lang, tracked=False))
    if after.original is not None:
        known = {(one.before, one.after) for one in _own(before, request.side, lang)}
        tracked = compared(returned, after.text)
        marked = _changes(tracked, returned, after.text, request.side, lang, tracked=True)
        changes += [_by(change, after) for change in marked if (change.before, change.after) not in known]
        changes = [_located(change, sent, after.text) for change in changes]
        changes.sort(key=lambda change: -1 if change.after_start is None else change.after_start)
    made = Comparison(
        summary="",
        changes=changes,
        renumbered=[
            Renumbering(before=sent[slice(*one)], after=returned[slice(*other)]) for one, other in silent.renumbered
        ],
        stale=[_context(returned, *span) for span in silent.stale],
        before_text=sent,
        after_text=after.text,
        traceable=_WORD in after.media_type,
        language=detect(after.text),
        side=request.side,
        notes=[text(note, lang) for note in dict.fromkeys((*before.notes, *after.notes))],
    )
    return made.model_copy(update={"summary": summary(made, lang)})


def _base(before: SourceDocument, after: SourceDocument) -> tuple[str, str]:
    """The texts to look for silent changes in: of the version before, with or without the tracked changes that it held
    itself, whichever is nearer to what the file after says it began with.
    """
    returned = after.text if after.original is None else after.original
    if before.original is None:
        return before.text, returned
    return min((before.original, before.text), key=lambda sent: len(compared(sent, returned).differences)), returned


def _own(before: SourceDocument, side: str, lang: Lang) -> Iterator[Change]:
    """Tracked changes that the version before held already."""
    if before.original is not None:
        found = compared(before.original, before.text)
        yield from _changes(found, before.original, before.text, side, lang, tracked=True)


def _changes(found: Compared, before: str, after: str, side: str, lang: Lang, *, tracked: bool) -> Iterator[Change]:
    old, new = Places(before), Places(after)
    for one in found.differences:
        was, now = before[slice(*one.old)], after[slice(*one.new)]
        level, reason = risk(one.kind, was, now, side, lang)
        yield Change(
            kind=one.kind,
            before=was,
            after=now,
            tracked=tracked,
            risk=level,
            reason=reason,
            clause=_clause(one, old, new),
            before_start=one.old[0],
            before_end=one.old[1],
            after_start=one.new[0],
            after_end=one.new[1],
        )


def _clause(one: Difference, old: Places, new: Places) -> str:
    return old.clause(one.old[0]) if one.kind == "delete" else new.clause(one.new[0])


def _by(change: Change, document: SourceDocument) -> Change:
    """With the author whose tracked words stand in it."""
    authors = Counter(
        revision.author
        for revision in document.revisions
        if folded(revision.text) in folded(change.after if revision.kind == "insert" else change.before)
    )
    return change.model_copy(update={"author": authors.most_common(1)[0][0] if authors else ""})


def _located(change: Change, before: str, after: str) -> Change:
    """With its places in the two whole texts: tracked and silent changes were found in a text between them."""
    places: dict[str, int | None] = {}
    for name, whole, words in (("before", before, change.before), ("after", after, change.after)):
        guess = getattr(change, f"{name}_start")
        at = _nearest(whole, words, guess) if words else None
        places |= {f"{name}_start": at, f"{name}_end": None if at is None else at + len(words)}
    return change.model_copy(update=places)


def _nearest(whole: str, words: str, guess: int) -> int | None:
    places = [at for at in (whole.find(words, guess), whole.rfind(words, 0, guess + len(words))) if at >= 0]
    return min(places, key=lambda at: abs(at - guess), default=None)


def _context(whole: str, start: int, end: int) -> str:
    begin = max(whole.rfind(mark, 0, start) for mark in "。；\n") + 1
    return whole[begin : end + 12].strip().split("\n")[0]


def summary(made: Comparison, lang: Lang) -> str:
    """How many changes of which kind, how many weigh heavily, how many nobody tracked."""
    if not made.changes:
        return text("scenarios.contracts:compare.none", lang)
    count = Counter(change.kind for change in made.changes)
    levels = Counter(change.risk for change in made.changes)
    parts = [
        text(
            "scenarios.contracts:compare.summary",
            lang,
            count=len(made.changes),
            **{kind: count[kind] for kind in ("insert", "delete", "replace", "move")},
            high=levels["high"],
        )
    ]
    silent = sum(not change.tracked for change in made.changes)
    if made.traceable and silent:
        parts.append(text("scenarios.contracts:compare.summary.silent", lang, count=silent))
    if made.renumbered:
        parts.append(text("scenarios.contracts:compare.summary.renumbered", lang, count=len(made.renumbered)))
    return "".join(parts) if lang == "zh" else " ".join(parts)
