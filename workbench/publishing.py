"""From approval to knowledge: what was approved begins to answer, and the version before it stops."""

import hashlib
from dataclasses import dataclass
from datetime import date

from .approvals import Actor
from .desk import Desk
from .document import SourceDocument
from .errors import RequestError
from .knowledge import Ingested, Knowledge, Material
from .language import folded
from .run import Run, Version, numbered


@dataclass(frozen=True)
class Publishing:
    """Puts approved texts into a knowledge base. A text of the same title takes the place of the one before."""

    desk: Desk
    knowledge: Knowledge

    def publish(
        self,
        run_id: str,
        knowledge_base: str,
        actor: Actor,
        *,
        effective_from: date | None = None,
        effective_to: date | None = None,
    ) -> Ingested:
        """Add the newest version of a run, in force from and to the days given (both included; today, and for ever).

        The version before answers until the day before and is kept. Raises ``RequestError`` for what is not approved
        as it stands or of a kind that is not published, ``NotFoundError`` for an unknown run or knowledge base.
        """
        engine = self.desk.engine
        run = engine.runs.get(run_id)
        version = numbered(engine.runs.versions(run_id), None, run_id)
        self._check(run, version)
        first = effective_from or date.today()
        if effective_to and effective_to < first:
            raise RequestError("workbench:publish.dates", first=first, last=effective_to)
        title = self.title(run, version)
        digest = hashlib.sha256(folded(title).encode()).hexdigest()[:12]
        document = SourceDocument(
            version.text, title, "text/plain", metadata={"run": run_id, "sha256": version.sha256, "by": actor.person}
        )
        material = Material(
            id=f"{run.scenario}-{run.task}-{digest}",
            document=document,
            sha256=version.sha256,
            effective_from=first,
            effective_to=effective_to,
        )
        return self.knowledge.ingest_material(knowledge_base, material)

    def title(self, run: Run, version: Version) -> str:
        """What the text is called in the knowledge base: the deliverable's title, else its first line."""
        named = version.deliverable.get("title")
        return str(named or version.text.strip().split("\n", 1)[0])[:200]

    def _check(self, run: Run, version: Version) -> None:
        if not self.desk.scenarios[run.scenario].task(run.task).publishes:
            raise RequestError("workbench:publish.kind", run_id=run.run_id)
        approval = self.desk.store.approval(run.run_id)
        approved = approval is not None and approval.status in ("approved", "archived")
        if not approved or approval is None or approval.sha256 != version.sha256:
            raise RequestError("workbench:publish.unapproved", version=version.number)
