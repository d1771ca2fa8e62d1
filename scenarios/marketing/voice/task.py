"""``marketing voice``: from past copy to a voice with a name, to be kept and to score new copy against."""

from collections.abc import Sequence

from workbench.errors import RequestError
from workbench.findings import Finding, Where
from workbench.language import folded
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, listed, text

from .models import Voice, VoiceDraft, VoiceRequest
from .profile import FEWEST, learn

_SHOWN = 40
_LONGEST = 2000


class VoiceTask(Task[VoiceRequest, Voice, VoiceDraft]):
    """The measures come from the copy by code; a model may only find other words for them."""

    name = "voice"
    errors_block = False
    request, deliverable, draft = VoiceRequest, Voice, VoiceDraft

    def gather(self, request: VoiceRequest, context: RunContext) -> None:
        """The copy is the evidence."""
        pieces = [*request.copies, *(_lines(request, context) if request.copy_file else ())]
        pieces = list(dict.fromkeys(piece.strip()[:_LONGEST] for piece in pieces if piece.strip()))
        context.notes["pieces"] = pieces
        voice = learn(request, pieces)
        context.notes["voice"] = voice.model_copy(update={"summary": _told(voice, context.lang)})

    def compose(self, request: VoiceRequest, context: RunContext) -> Voice:
        made: Voice = context.notes["voice"]
        return made

    def brief(self, request: VoiceRequest, context: RunContext) -> dict[str, str]:
        voice: Voice = context.notes["voice"]
        pieces: list[str] = context.notes["pieces"]
        return {"name": voice.name, "measures": voice.summary, "pieces": "\n---\n".join(pieces[:_SHOWN]) or "-"}

    def settle(self, request: VoiceRequest, draft: VoiceDraft, context: RunContext) -> Voice:
        voice: Voice = context.notes["voice"]
        words = draft.summary.strip()
        return voice.model_copy(update={"summary": f"{words}\n{voice.summary}" if words else voice.summary})

    def check(self, request: VoiceRequest, deliverable: Voice, context: RunContext) -> list[Finding]:
        found = []
        if deliverable.pieces < FEWEST:
            found.append(_finding("voice.few", context.lang, pieces=deliverable.pieces, fewest=FEWEST))
        used = [word for word in deliverable.banned if any(folded(word) in folded(one) for one in request.copies)]
        if used:
            found.append(_finding("voice.banned_used", context.lang, words=used))
        return found

    def revised(self, deliverable: Voice, text: str) -> Voice:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Voice) -> str:
        return deliverable.summary

    def sections(self, deliverable: Voice, lang: Lang) -> Sequence[Section]:
        def say(key: str) -> str:
            return text(f"scenarios.marketing:voice.{key}", lang)

        rows = [(say(f"trait.{one.trait}"), one.median, one.low, one.high) for one in deliverable.traits]
        header = (say("column.trait"), say("column.median"), say("column.low"), say("column.high"))
        return [
            Section(f"{say('section.summary')} · {deliverable.name}", tuple(deliverable.summary.split("\n"))),
            Section(say("section.traits"), table=(header, *rows)),
            Section(say("section.favourites"), (listed(deliverable.favourites, lang) or "-",)),
            Section(say("section.banned"), (listed(deliverable.banned, lang) or "-",)),
        ]


def heard(run_id: str, context: RunContext) -> Voice:
    """The voice of an earlier run. Raises ``NotFoundError``, ``RequestError`` for a run of another task."""
    run, version = context.earlier(run_id)
    if (run.scenario, run.task) != ("marketing", "voice"):
        raise RequestError("scenarios.marketing:voice.no_voice", run_id=run_id)
    return Voice.model_validate(version.deliverable)


def _lines(request: VoiceRequest, context: RunContext) -> list[str]:
    """The pieces of a file: the longest cell of each row of a table, each paragraph of a document."""
    if request.copy_file.casefold().endswith((".csv", ".tsv", ".xlsx", ".xls", ".ods")):
        rows = context.files.grid(request.copy_file)
        return [max(map(str, row), key=len) for row in rows[1:] if row]
    return context.files.read(request.copy_file).text.split("\n")


def _told(voice: Voice, lang: Lang) -> str:
    """The voice in a few sentences."""
    if not voice.traits:
        return text("scenarios.marketing:voice.nothing", lang)
    middle = {one.trait: one.median for one in voice.traits}
    used = {one.trait for one in voice.traits if one.high}  # by a tenth of the pieces or more

    def say(key: str, **values: object) -> str:
        return text(f"scenarios.marketing:voice.told.{key}", lang, **values)

    lines = [say("length", sentence=f"{middle['sentence']:.0f}", clause=f"{middle['clause']:.0f}")]
    lines.append(say("formal" if middle["formal"] > middle["casual"] else "casual" if middle["casual"] else "plain"))
    lines.append(say("you" if middle["you"] >= middle["we"] else "we"))
    for trait in ("exclamations", "questions", "emoji", "figures"):
        lines.append(say(f"{trait}.{'often' if middle[trait] >= 1 else 'seldom' if trait in used else 'never'}"))
    if voice.favourites:
        lines.append(say("favourites", words=voice.favourites))
    if voice.banned:
        lines.append(say("banned", words=voice.banned))
    return "\n".join(lines)


def _finding(rule: str, lang: Lang, **values: object) -> Finding:
    return Finding(
        rule=rule,
        severity="warning",
        message=text(f"scenarios.marketing:{rule}", lang, **values),
        where=Where(quote=""),
        suggestion=text(f"scenarios.marketing:{rule}.fix", lang),
    )
