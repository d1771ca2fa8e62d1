"""``contracts draft``: the form becomes a contract that passes its own review."""

from collections.abc import Sequence

from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang

from ..contract import Contract
from ..review import review
from .adapting import adapted, briefed
from .assembly import drafted
from .beginning import complete
from .document import sections
from .draft import Drafted, DraftNotes
from .editing import reread
from .form import DraftRequest
from .library import form
from .limits import require

_ROOM = "scenarios.contracts.drafting"


class DraftTask(Task[DraftRequest, Drafted, DraftNotes]):
    """``contracts draft``: clauses from the library, figures and numbers from code; a model explains and adapts."""

    name = "draft"
    request = DraftRequest
    deliverable = Drafted
    draft = DraftNotes

    def language(self, request: DraftRequest, lang: Lang) -> Lang:
        return request.language or lang

    def gather(self, request: DraftRequest, context: RunContext) -> None:
        """Read the deal or the past contract, then hold the form to the law. Raises ``RequestError``."""
        filled, notes = complete(request, context)
        require(filled)
        context.notes.update(form=filled, notes=notes)

    def compose(self, request: DraftRequest, context: RunContext) -> Drafted:
        filled: DraftRequest = context.notes["form"]
        return drafted(filled, filled.language or "zh").model_copy(update={"notes": context.notes["notes"]})

    def brief(self, request: DraftRequest, context: RunContext) -> dict[str, str]:
        return briefed(self.compose(request, context), context.notes["form"])

    def settle(self, request: DraftRequest, draft: DraftNotes, context: RunContext) -> Drafted:
        return adapted(self.compose(request, context), draft, context.lang)

    def check(self, request: DraftRequest, deliverable: Drafted, context: RunContext) -> list[Finding]:
        """The review of the finished text. A blank names its field."""
        contract = Contract(deliverable.text, form(deliverable.type).kind)
        return review(contract, context.lang, context.statutes)

    def revised(self, deliverable: Drafted, text: str) -> Drafted:
        return reread(deliverable, text)

    def text(self, deliverable: Drafted) -> str:
        return deliverable.text

    def sections(self, deliverable: Drafted, lang: Lang) -> Sequence[Section]:
        return sections(deliverable, lang)
