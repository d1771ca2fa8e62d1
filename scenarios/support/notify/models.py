"""What proactive messages are asked with and what they are."""

from datetime import datetime, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from workbench.files import FilePath
from workbench.scenario import Deliverable, Request
from workbench.texts import Lang

Segment = Literal["shipped", "delayed", "unpaid", "expiring"]
State = Literal["ready", "held", "skipped"]


class NotifyRequest(Request):
    """Whom to write to. ``file`` is a table (Excel, CSV) with a row for each customer or order, ``customers`` the same
    as objects. Messages leave ``at`` (now when empty), never between ``quiet_from`` and ``quiet_to``. ``templates``
    are a company's own words by segment."""

    file: FilePath = ""
    customers: list[dict[str, Any]] = []
    segments: list[Segment] = ["shipped", "delayed", "unpaid", "expiring"]
    at: datetime | None = None
    quiet_from: time = time(21)
    quiet_to: time = time(8)
    templates: dict[Segment, str] = {}


class Notice(BaseModel):
    """One message. ``ready`` ones go out at ``send_at``; ``held`` ones lack something, ``skipped`` ones must not go;
    ``reason`` says why. ``template`` names the words and their version. ``facts`` are the row's, for the checks."""

    customer: str
    segment: Segment
    channel: str
    language: Lang
    text: str
    state: State
    reason: str = ""
    send_at: datetime | None = None
    template: str = ""
    facts: dict[str, str] = {}


class Notices(Deliverable):
    """The messages in the order of the table. ``note`` says so where there are none to send."""

    messages: list[Notice]
    note: str = ""


class Wording(BaseModel):
    """Other words for one segment, with the same variables in braces."""

    segment: Segment
    text: str = Field(max_length=300)


class NotifyDraft(BaseModel):
    """What a chat model writes: templates; code fills them."""

    templates: list[Wording] = Field(max_length=4)
    remark: Annotated[str, Field(max_length=300)] = ""
