"""Approved answers: what somebody edited and sent becomes a proposal, is reviewed, and answers the next who asks so.

An approved answer is a document of the knowledge base ``FAQ``, its question the title: it is found, quoted, cited
and checked like any other. Until it is approved it answers nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal, Protocol

from .approvals import Actor, Frozen
from .document import SourceDocument
from .errors import AccessError, RequestError
from .evidence import Citation
from .knowledge import Knowledge, Material

FAQ = "support-faq"
"""The knowledge base of approved answers."""
State = Literal["proposed", "approved", "rejected"]


class Proposal(Frozen):
    """A question with the answer that a person gave. ``evidence`` is what the answer cited; ``run_id`` where it came
    from. ``proposer`` and ``reviewer`` are people's ids."""

    run_id: str
    question: str
    answer: str
    evidence: list[Citation] = []
    state: State = "proposed"
    proposer: str
    reviewer: str = ""
    reason: str = ""
    created_at: datetime
    decided_at: datetime | None = None


class ProposalStore(Protocol):
    """Where proposals are kept, one for a run."""

    def put(self, proposal: Proposal) -> None:
        """Keep it in place of the run's last one."""
        ...

    def get(self, run_id: str) -> Proposal:
        """Raises ``NotFoundError``."""
        ...

    def list(self, state: State | None = None, limit: int = 200) -> Sequence[Proposal]:
        """The latest first."""
        ...


@dataclass(frozen=True)
class Faq:
    """The way from an edit to an answer."""

    store: ProposalStore
    knowledge: Knowledge

    def propose(self, run_id: str, question: str, answer: str, evidence: Sequence[Citation], actor: Actor) -> Proposal:
        """Put an answer up for review. Raises ``RequestError`` for an empty one."""
        if not question.strip() or not answer.strip():
            raise RequestError("workbench:faq.empty")
        made = Proposal(
            run_id=run_id,
            question=question.strip(),
            answer=answer.strip(),
            evidence=list(evidence),
            proposer=actor.person,
            created_at=datetime.now(UTC),
        )
        self.store.put(made)
        return made

    def decide(self, run_id: str, actor: Actor, *, approve: bool, reason: str = "", answer: str = "") -> Proposal:
        """Approve a proposal, with the reviewer's wording when given, or reject it.

        Nobody reviews what they proposed: raises ``AccessError``. A rejection needs a reason: ``RequestError``.
        """
        proposal = self.store.get(run_id)
        if proposal.proposer == actor.person:
            raise AccessError("workbench:faq.own")
        if not approve and not reason.strip():
            raise RequestError("workbench:faq.reason")
        decided = proposal.model_copy(
            update={
                "state": "approved" if approve else "rejected",
                "answer": answer.strip() or proposal.answer,
                "reviewer": actor.person,
                "reason": reason.strip(),
                "decided_at": datetime.now(UTC),
            }
        )
        if approve:
            self._publish(decided)
        elif proposal.state == "approved":
            self.knowledge.delete_document(FAQ, run_id)
        self.store.put(decided)
        return decided

    def _publish(self, proposal: Proposal) -> None:
        if FAQ not in {base.name for base in self.knowledge.list()}:
            self.knowledge.create(FAQ, title=FAQ)
        text = proposal.answer
        document = SourceDocument(text=text, title=proposal.question, media_type="text/plain")
        digest = sha256(f"{proposal.question}\n{text}".encode()).hexdigest()
        self.knowledge.ingest_material(
            FAQ, Material(id=proposal.run_id, document=document, sha256=digest, parts=[(0, len(text), "")])
        )
