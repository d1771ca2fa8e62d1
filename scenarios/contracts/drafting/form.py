"""What a draft is asked for: the guided form, a pasted deal, or a contract to start from."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, model_validator

from workbench.files import FilePath
from workbench.scenario import Request
from workbench.texts import Lang

DraftKind = Literal[
    "purchase", "sales", "lease", "services", "technology", "nda", "employment", "loan", "cooperation", "construction",
]  # fmt: skip
Currency = Literal["CNY", "USD", "EUR", "HKD", "GBP", "JPY"]
Line = Annotated[str, Field(max_length=500)]
Sum = Annotated[Decimal, Field(ge=0, lt=10**13, max_digits=18, decimal_places=2)]
"""A sum of money in whole units of the contract's currency, with cents."""
Share = Annotated[Decimal, Field(ge=0, le=1000, max_digits=9, decimal_places=4)]
"""A percentage: 30 is 30%. What is over 100 is refused by name, not by type."""
Months = Annotated[int, Field(ge=0, le=1200)]
Days = Annotated[int, Field(ge=0, le=3650)]


class Part(BaseModel):
    """A part of the form."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class PartyForm(Part):
    """A party. ``role`` is a (甲方) or b (乙方); left out, parties take their roles in order."""

    role: Literal["a", "b", ""] = ""
    name: Line = ""
    credit_code: Annotated[str, Field(max_length=30)] = ""
    id_number: Annotated[str, Field(max_length=30)] = ""
    address: Line = ""
    representative: Line = ""
    contact: Line = ""
    phone: Line = ""
    email: Line = ""
    bank: Line = ""
    account: Line = ""


class Item(Part):
    """A line of goods or services; its sum is ``quantity`` x ``price``."""

    name: Line
    specification: Line = ""
    unit: Annotated[str, Field(max_length=20)] = ""
    quantity: Annotated[Decimal, Field(gt=0, lt=10**10, decimal_places=4)]
    price: Sum


class Instalment(Part):
    """A payment: its share or its sum, and when: by ``due``, or ``days`` after ``trigger`` (合同签订, 验收合格)."""

    name: Annotated[str, Field(max_length=40)] = ""
    percent: Share | None = None
    amount: Sum | None = None
    trigger: Annotated[str, Field(max_length=120)] = ""
    days: Days | None = None
    due: date | None = Field(None, validation_alias=AliasChoices("due", "date"))


class AttachmentForm(Part):
    """An attachment. Without ``content`` it is a page to put it on."""

    title: Annotated[str, Field(min_length=1, max_length=80)]
    content: Annotated[str, Field(max_length=20_000)] = ""


class Contribution(Part):
    """What a partner of a cooperation brings in, and its share of the profit in per cent."""

    party: Literal["a", "b"]
    contribution: Line = ""
    share: Share | None = None


def _one_of(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": [name]} for name in ("contract_type", "deal", "file")]


class DraftRequest(Request):
    """The form. What stays empty is marked as a blank; a field given here wins over ``deal`` and ``file``.

    ``side``: whom we are, a or b, 甲方, 乙方 or the type's word (买方, lender); empty is even-handed. ``risk``: high
    takes the library's stricter variants for our side. ``late_rate`` is per cent a day, ``liability_cap`` per cent of
    the price, ``annual_rate`` per cent a year. ``dispute_place``: the court's place or the arbitration commission.
    """

    model_config = ConfigDict(json_schema_extra=_one_of)

    contract_type: DraftKind | None = None
    side: Annotated[str, Field(max_length=40)] = ""
    risk: Literal["standard", "high"] = "standard"
    language: Lang | None = None
    number: Annotated[str, Field(max_length=60)] = ""
    title: Annotated[str, Field(max_length=80)] = ""

    parties: Annotated[list[PartyForm], Field(max_length=2)] = []

    subject: Annotated[str, Field(max_length=2000)] = ""
    purpose: Annotated[str, Field(max_length=1000)] = ""
    items: Annotated[list[Item], Field(max_length=200)] = []
    deliverables: Annotated[list[Line], Field(max_length=50)] = []

    amount: Sum | None = None
    currency: Currency = "CNY"
    tax_rate: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = None
    deposit: Sum | None = None
    payments: Annotated[list[Instalment], Field(max_length=36)] = []
    late_rate: Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)] | None = None

    sign_date: date | None = None
    sign_place: Line = ""
    start: date | None = None
    end: date | None = None
    term_months: Months | None = None

    delivery_date: date | None = None
    delivery_place: Line = ""
    acceptance_days: Days | None = None
    warranty_months: Months | None = None
    liability_cap: Share | None = None

    dispute: Literal["court", "arbitration"] | None = None
    dispute_place: Line = ""
    law: Line = ""

    premises: Line = ""
    area: Annotated[Decimal, Field(gt=0, lt=10**8, decimal_places=2)] | None = None
    rent: Sum | None = None
    rent_months: Annotated[int, Field(ge=1, le=12)] | None = None
    security: Sum | None = None

    position: Line = ""
    workplace: Line = ""
    hours: Literal["standard", "comprehensive", "flexible"] = "standard"
    wage: Sum | None = None
    pay_day: Annotated[int, Field(ge=1, le=31)] | None = None
    probation_months: Months | None = None
    probation_wage: Sum | None = None
    noncompete_months: Months | None = None
    noncompete_pay: Sum | None = None

    annual_rate: Share | None = None
    repayment: Literal["lump", "monthly_interest", "instalments"] | None = None
    guarantee: Line = ""

    mutual: bool | None = None
    secrecy_months: Months | None = None

    ip_owner: Literal["a", "b", "joint"] | None = None
    contributions: Annotated[list[Contribution], Field(max_length=10)] = []
    quality: Line = ""
    retention: Share | None = None

    attachments: Annotated[list[AttachmentForm], Field(max_length=30)] = []
    special_terms: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=30)] = []

    deal: str | None = Field(None, max_length=20_000)
    file: FilePath | None = None
    template: FilePath | None = None

    @model_validator(mode="after")
    def _begins_somewhere(self) -> Self:
        if not (self.contract_type or self.deal or self.file):
            raise ValueError("give contract_type, deal or file / 请选择合同类型，或粘贴交易说明，或上传过往合同")
        return self
