"""The deliverable of a review without a model: what the contract is, read by rules."""

import re
from collections.abc import Sequence
from typing import cast

from workbench.document import SourceDocument
from workbench.texts import Lang, text

from .contract import Contract
from .english_parties import english_parties
from .models import ContractKind, PartyRead, Review, ReviewRequest
from .parties import Party
from .rules.categories import titled

_NAMED = re.compile(r"合同书?$|协议书?$|契约$|借条$|借据$|agreement|contract|lease", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:EXHIBIT|Exhibit)\s+[\d.()a-zA-Z-]+\s+|(?:EXECUTION|Execution)\s+(?:COPY|Copy|VERSION|Version)\s+)+"
)


def read_contract(request: ReviewRequest, document: SourceDocument, lang: Lang) -> Review:
    """The contract as read from ``document``."""
    contract = Contract(document.text, request.contract_type)
    made = Review(
        text=document.text,
        title=_title(contract) or document.title,
        contract_type=cast("ContractKind", contract.kind),
        language=contract.lang,
        side=request.side,
        parties=[PartyRead(role=party.role, name=party.name) for party in _parties(contract)],
        pages=[page.start for page in document.pages],
        notes=[text(note, lang) for note in document.notes],
        hidden=[one.text for one in document.hidden],
        remarks=[one.text for one in document.comments],
        asides=[*document.asides, *(one.text for one in document.revisions if one.kind == "delete")],
    )
    return made.model_copy(update={"summary": summary(made, lang)})


def summary(review: Review, lang: Lang) -> str:
    """A line on what the contract is; a model's summary where there is one."""
    if review.summary:
        return review.summary
    kind = text(f"scenarios.contracts:kind.{review.contract_type}", lang)
    parties = "；".join(f"{party.role}：{party.name or '—'}" for party in review.parties) or "—"
    return text("scenarios.contracts:summary", lang, kind=kind, parties=parties, characters=len(review.text))


def _parties(contract: Contract) -> Sequence[Party]:
    return contract.parties or (english_parties(contract.text) if contract.lang == "en" else ())


def _title(contract: Contract) -> str:
    """The first of the first lines that reads like the title of a contract."""
    for start, end in contract.lines[:4]:
        line = contract.text[start:end].strip().lstrip("# ")
        if len(line) <= 60 and _NAMED.search(line):
            return line
    if contract.lang == "en" and (place := titled(contract.text)):
        return _LEADING.sub("", re.split(r"\s+T(?:HIS|his)\s", " ".join(contract.text[slice(*place)].split()))[0])[:80]
    return ""
