"""Puts a contract together: head, numbered clauses with their references, signatures, attachments."""

import re
from collections.abc import Mapping

from workbench.texts import Lang, text

from .blanks import blank_type, label, mark
from .draft import Blank, Clause, DraftAttachment, Drafted, DraftParty
from .form import DraftRequest, PartyForm
from .library import Chosen, Form, chosen, environment, form
from .values import key_dates, payment_lines, plan, total, values
from .wording import capital, day, numeral

_ROOM = "scenarios.contracts.drafting"
_PERSONS = {"employment": ("b",)}
"""Seats that only a human being can take."""
_OPTIONAL = ("representative", "contact", "phone", "email")


def drafted(request: DraftRequest, lang: Lang) -> Drafted:
    """The contract that the form asks for, from the clause library alone."""
    if request.contract_type is None:
        raise ValueError("the type is decided before a contract is put together")
    kind = request.contract_type
    own = form(kind)
    parties = seated(request)
    side = seat(request.side, own)
    us = own.roles[side].id if side else ""
    title = request.title or own.title[lang]
    known = values(request, own, parties, us, lang)
    missing: list[str] = []
    if request.payments:
        known["payment_lines"] = payment_lines(request, lang, missing)
    attachments = _attachments(request, lang)
    if attachments:
        known["attachments"] = True
        known["attachment_list"] = ("、" if lang == "zh" else ", ").join(_named(one, lang) for one in attachments)
    picked = list(chosen(kind, lang, known))
    clauses, missing_by_clause = _filled(picked, known, lang)
    head = _head(request, own, parties, title, lang, missing)
    blanks = _blanks(missing, missing_by_clause, lang)
    made = plan(request, lang)
    whole = total(request)
    blocks = [
        head,
        *(f"{_heading(one, lang)}\n{one.text}" for one in clauses),
        _signatures(request, own, parties, lang),
    ]
    blocks += [f"{_called(one, lang)}\n{one.text or text(f'{_ROOM}:draft.attach', lang)}" for one in attachments]
    return Drafted(
        title=title,
        type=kind,
        side=side,
        risk=request.risk,
        language=lang,
        parties=[
            DraftParty(role=_role(own, at, lang), name=party.name, identity=party.credit_code or party.id_number)
            for at, party in parties.items()
        ],
        amount=whole,
        currency=request.currency,
        amount_words=capital(whole) if whole is not None and request.currency == "CNY" and lang == "zh" else "",
        payments=made,
        dates=key_dates(request, made, lang),
        clauses=clauses,
        attachments=attachments,
        blanks=blanks,
        text="\n\n".join(blocks),
    )


def seated(request: DraftRequest) -> dict[str, PartyForm]:
    """The parties by their seat, a and b: as they say, the others in order."""
    asked = {party.role: party for party in request.parties if party.role}
    others = iter([party for party in request.parties if not party.role])
    return {at: asked.get(at) or next(others, PartyForm()) for at in ("a", "b")}


def seat(side: str, own: Form) -> str:
    """a or b for 甲方, 买方, buyer and the like; empty for somebody even-handed or unknown."""
    asked = side.strip().casefold()
    for at, role in own.roles.items():
        names = {at, role.id, role.zh, role.en.casefold(), "甲方" if at == "a" else "乙方", f"party {at}"}
        if asked and asked in names:
            return at
    return next((at for at, role in own.roles.items() if asked and (role.zh in asked or role.id in asked)), "")


def _role(own: Form, at: str, lang: Lang) -> str:
    return ("甲方" if at == "a" else "乙方") if lang == "zh" else own.roles[at].en


def _head(
    request: DraftRequest, own: Form, parties: Mapping[str, PartyForm], title: str, lang: Lang, missing: list[str]
) -> str:
    lines = [title]
    if request.number:
        lines.append(text(f"{_ROOM}:draft.number", lang, number=request.number))
    for at, party in parties.items():
        lines.append(_introduced(own, at, _or_blank(party.name, "party_name", lang, missing), lang))
        identity = "id_number" if party.id_number or _is_person(own, at, party) else "credit_code"
        for field in (identity, "address", *_OPTIONAL):
            value = getattr(party, field)
            if value or field not in _OPTIONAL:
                shown = _or_blank(value, field, lang, missing)
                lines.append(text(f"{_ROOM}:draft.party.{field}", lang, value=shown))
    if request.sign_date is not None:
        lines.append(text(f"{_ROOM}:draft.signed", lang, day=day(request.sign_date, lang)))
    if request.sign_place:
        lines.append(text(f"{_ROOM}:draft.signed_at", lang, place=request.sign_place))
    law = "employment" if own.kind == "employment" else "general"
    lines.append(text(f"{_ROOM}:draft.preamble.{law}", lang, title=title.rstrip()))
    return "\n".join(lines)


def _introduced(own: Form, at: str, name: str, lang: Lang) -> str:
    role = own.roles[at]
    return f"{_role(own, at, lang)}（{role.zh}）：{name}" if lang == "zh" else f"{role.en}: {name}"


def _is_person(own: Form, at: str, party: PartyForm) -> bool:
    """Whether a party without any number is a human being: an employee, or a name of two to four characters."""
    return (not party.credit_code and at in _PERSONS.get(own.kind, ())) or bool(
        re.fullmatch(r"[\u4e00-\u9fff]{2,4}", party.name)
    )


def _or_blank(value: str, field: str, lang: Lang, missing: list[str]) -> str:
    if value:
        return value
    missing.append(field)
    return mark(field, lang)


def _attachments(request: DraftRequest, lang: Lang) -> list[DraftAttachment]:
    return [
        DraftAttachment(number=numeral(place) if lang == "zh" else str(place), title=one.title, text=one.content)
        for place, one in enumerate(request.attachments, 1)
    ]


def _called(one: DraftAttachment, lang: Lang) -> str:
    return f"附件{one.number}：{one.title}" if lang == "zh" else f"Schedule {one.number}: {one.title}"


def _named(one: DraftAttachment, lang: Lang) -> str:
    """How a clause names it."""
    return f"附件{one.number}《{one.title}》" if lang == "zh" else _called(one, lang)


def _filled(
    picked: list[Chosen], known: Mapping[str, object], lang: Lang
) -> tuple[list[Clause], list[tuple[str, str]]]:
    """The clauses with their numbers, and (field, clause heading) of each blank in them."""
    numbers = {one.id: place for place, one in enumerate(picked, 1)}
    missing: list[str] = []
    blanks: list[tuple[str, str]] = []
    jinja = environment(blank_type(lang, missing))
    made = []

    def ref(name: str) -> str:
        return f"本合同第{numeral(numbers[name])}条" if lang == "zh" else f"Section {numbers[name]}"

    for place, one in enumerate(picked, 1):
        paragraphs = []
        for part, (wording, item) in enumerate(one.paragraphs, 1):
            words = jinja.from_string(wording).render(**{**known, **item}, ref=ref)
            paragraphs.append(f"{place}.{part} {words.strip()}")
        number = f"第{numeral(place)}条" if lang == "zh" else str(place)
        made.append(
            Clause(id=one.id, number=number, heading=one.heading, text="\n".join(paragraphs), source=one.source)
        )
        blanks += [(field, one.heading) for field in missing]
        missing.clear()
    return made, blanks


def _heading(one: Clause, lang: Lang) -> str:
    return f"{one.number} {one.heading}" if lang == "zh" else f"{one.number}. {one.heading}"


def _signatures(request: DraftRequest, own: Form, parties: Mapping[str, PartyForm], lang: Lang) -> str:
    lines = [text(f"{_ROOM}:draft.sign.begin", lang)]
    for at, party in parties.items():
        person = bool(party.id_number) or _is_person(own, at, party)
        kind = "person" if person else "company"
        lines.append(
            text(f"{_ROOM}:draft.sign.{kind}", lang, role=_role(own, at, lang), name=party.name or "________________")
        )
    return "\n\n".join(lines)


def _blanks(missing: list[str], by_clause: list[tuple[str, str]], lang: Lang) -> list[Blank]:
    """Each field once, with the first clause that needs it."""
    found: dict[str, Blank] = {}
    for field, heading in [*((field, "") for field in missing), *by_clause]:
        found.setdefault(field, Blank(field=field, label=label(field, lang), clause=heading))
    return list(found.values())
