"""``contracts register``: contract by clause, present or missing, with quotes, key facts and open errors."""

from collections import Counter
from collections.abc import Sequence

from workbench.findings import Finding
from workbench.run import RunContext
from workbench.scenario import Section, Task
from workbench.texts import Lang, text

from . import table
from .models import Entry, Register, RegisterDraft, RegisterRequest, Unreadable
from .rows import named, rows
from .topics import topics


class RegisterTask(Task[RegisterRequest, Register, RegisterDraft]):
    """The table is code's; a model may only summarise it."""

    name = "register"
    request = RegisterRequest
    deliverable = Register
    draft = RegisterDraft

    def gather(self, request: RegisterRequest, context: RunContext) -> None:
        made = list(rows(request, context))
        contracts = [one for one in made if isinstance(one, Entry)]
        read = {clause.topic for one in contracts for clause in one.clauses}
        register = Register(
            summary="",
            topics=[topic for key, topic in topics().items() if key in read],
            contracts=contracts,
            unreadable=[one for one in made if isinstance(one, Unreadable)],
        )
        context.notes["register"] = register

    def compose(self, request: RegisterRequest, context: RunContext) -> Register:
        made: Register = context.notes["register"]
        return made.model_copy(update={"summary": _summary(made, context.lang)})

    def brief(self, request: RegisterRequest, context: RunContext) -> dict[str, str]:
        made: Register = context.notes["register"]
        return {"counts": _summary(made, context.lang), "contracts": "\n".join(_lines(made, context.lang)) or "-"}

    def settle(self, request: RegisterRequest, draft: RegisterDraft, context: RunContext) -> Register:
        made: Register = context.notes["register"]
        return made.model_copy(update={"summary": draft.summary})

    def check(self, request: RegisterRequest, deliverable: Register, context: RunContext) -> list[Finding]:
        """What to look at first. Errors of the contracts themselves are warnings here: the table is right."""
        return [
            *_unread(deliverable, context.lang),
            *_open(deliverable, context.lang),
            *_laws(deliverable, context.lang),
        ]

    def revised(self, deliverable: Register, text: str) -> Register:
        return deliverable.model_copy(update={"summary": text})

    def text(self, deliverable: Register) -> str:
        return deliverable.summary

    def sections(self, deliverable: Register, lang: Lang) -> Sequence[Section]:
        return table.sections(deliverable, lang)


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.contracts.register:{key}", lang, **values)


def _summary(made: Register, lang: Lang) -> str:
    """How many contracts of which types, what they are worth by currency, and what most of them lack."""
    between = "、" if lang == "zh" else ", "
    kinds = Counter(one.contract_type for one in made.contracts)
    told = between.join(
        f"{text(f'scenarios.contracts:kind.{kind}', lang)} {count}" for kind, count in kinds.most_common()
    )
    lines = [_say("summary", lang, count=len(made.contracts), kinds=told or "—", unreadable=len(made.unreadable))]
    sums: Counter[str] = Counter()
    for one in made.contracts:
        if one.facts.amount is not None:
            sums[one.facts.currency] += one.facts.amount  # type: ignore[assignment]
    if sums:
        amounts = between.join(f"{currency} {value:,.2f}" for currency, value in sums.items())
        lines.append(_say("summary.sums", lang, amounts=amounts))
    lacking = Counter(
        one.topic for entry in made.contracts for one in entry.clauses if one.essential and not one.present
    )
    names = {topic.id: topic.name(lang) for topic in made.topics}
    if lacking:
        words = between.join(f"{names[key]} {count}" for key, count in lacking.most_common(6))
        lines.append(_say("summary.lacking", lang, clauses=words))
    return "\n".join(lines)


def _lines(made: Register, lang: Lang) -> list[str]:
    """The table for a model: a contract a line, its clauses by name."""
    lines = []
    for one in made.contracts[:60]:
        cells = "; ".join(
            f"{key}: {value}" for key, value in table.fact_cells(one, lang).items() if value not in ("", None)
        )
        lacking = ", ".join(clause.topic for clause in one.clauses if clause.essential and not clause.present)
        lines.append(f"- {cells}; lacking: {lacking or '-'}".replace("\n", " / "))
    return lines


def _unread(made: Register, lang: Lang) -> list[Finding]:
    return [
        Finding(
            rule="register.unreadable", severity="warning", message=_say("check.unreadable", lang, **one.model_dump())
        )
        for one in made.unreadable
    ]


def _open(made: Register, lang: Lang) -> list[Finding]:
    """A contract with errors, its gravest findings told."""
    return [
        Finding(
            rule="register.open_errors", severity="warning",
            message=_say(
                "check.errors", lang, contract=named(one, lang), count=one.errors, first=" ".join(one.gravest)
            ),
            suggestion=_say("fix.errors", lang),
        )
        for one in made.contracts
        if one.errors
    ]  # fmt: skip


def _laws(made: Register, lang: Lang) -> list[Finding]:
    """Contracts under different laws, which one who reads the table for a whole must know."""
    laws = Counter(one.facts.law for one in made.contracts if one.facts.law)
    if len(laws) < 2:
        return []
    words = ("；" if lang == "zh" else "; ").join(f"{law} ({count})" for law, count in laws.most_common())
    return [Finding(rule="register.laws_differ", severity="info", message=_say("check.laws", lang, laws=words))]
