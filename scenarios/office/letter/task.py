"""``office letter``: composed from the form; a model may word the paragraphs, but brings no figure of its own."""

from collections.abc import Sequence

from workbench.findings import Finding
from workbench.language import figures
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang

from .checks import check_letter
from .compose import composed, sections, told
from .models import Letter, LetterDraft, LetterRequest


class LetterWriting(Task[LetterRequest, Letter, LetterDraft]):
    """From a form to a letter in official style."""

    name = "letter"
    request, deliverable, draft = LetterRequest, Letter, LetterDraft

    def gather(self, request: LetterRequest, context: RunContext) -> None:
        context.notes["letter"] = composed(request, context)

    def compose(self, request: LetterRequest, context: RunContext) -> Letter:
        made: Letter = context.notes["letter"]
        return made

    def brief(self, request: LetterRequest, context: RunContext) -> dict[str, str]:
        made: Letter = context.notes["letter"]
        passages = "\n".join(f"{passage.marker} {passage.title}\n{passage.passage}" for passage in context.passages)
        return {"title": made.title, "body": "\n".join(made.body), "passages": passages or "-"}

    def settle(self, request: LetterRequest, draft: LetterDraft, context: RunContext) -> Letter:
        """A model's paragraphs stand when they bring no figure of their own; otherwise the composed ones do."""
        made: Letter = context.notes["letter"]
        body = [line.strip() for line in draft.body if line.strip()]
        known = figures(made.text) | {figure for passage in context.passages for figure in figures(passage.passage)}
        if len(body) < 2 or figures("\n".join(body)) - known:
            return made
        return told(
            made.model_copy(update={"body": [*body, made.body[-1]] if made.body[-1] not in body else body}),
            context.lang,
        )

    def check(self, request: LetterRequest, deliverable: Letter, context: RunContext) -> list[Finding]:
        return list(check_letter(request, deliverable, context))

    def recomputed(self, request: LetterRequest, deliverable: Letter, lang: Lang) -> Letter:
        return told(deliverable, lang)

    def revised(self, deliverable: Letter, text: str) -> Letter:
        return deliverable.model_copy(update={"text": text})

    def text(self, deliverable: Letter) -> str:
        return deliverable.text

    def sections(self, deliverable: Letter, lang: Lang) -> Sequence[Section]:
        return sections(deliverable, lang)
