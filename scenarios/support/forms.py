"""The form of a reply: what tone and channel make of the same answer."""

from workbench.language import detect, sentences, without_markers
from workbench.texts import Lang, text

from .customer import Customer
from .models import Channel, Decision, Emotion, ReplyRequest, Tone

SMS_LENGTH = 140
"""Characters of a text message that goes out in one piece, citation markers not counted."""


def tone_for(request: ReplyRequest, emotion: Emotion) -> Tone:
    """The tone asked for; an upset customer is met with an apology instead of warmth."""
    return "apologetic" if request.tone == "warm" and emotion in ("angry", "disappointed") else request.tone


def framed(channel: Channel, tone: Tone, customer: Customer, body: str, lang: Lang, *, closing: bool) -> str:
    """The reply around ``body``: greeting, closing and signature as the channel has them.

    A reply that asks or hands over closes only with an apology or formally: "anything else?" would be out of place.
    """
    if channel == "sms":
        return body
    if channel == "phone":
        parts = [_say("phone.opening", lang, you=_you(customer, tone, lang)), spoken(body)]
        parts += [_say("phone.check", lang)] if closing else []
        return "\n\n".join([*parts, _say("phone.closing", lang)])
    last = _say(f"closing.{tone}", lang) if closing or tone in ("apologetic", "formal") else ""
    signature = _say("signature", lang) if channel == "email" else ""
    opening = _say(f"{'email' if channel == 'email' else 'opening'}.{tone}", lang, you=_you(customer, tone, lang))
    return "\n\n".join(part for part in (opening, body, last, signature) if part)


def spoken(body: str) -> str:
    """Text to be read aloud: no list marks and no headings in a telephone script."""
    return "\n".join(line.removeprefix("- ").replace("**", "") for line in body.splitlines())


def fitted(body: str, room: int = SMS_LENGTH) -> str:
    """As many whole sentences of ``body`` as a text message takes; at least the first."""
    kept, length = "", 0
    for start, end in sentences(body):
        sentence = body[start:end]
        length += len(without_markers(sentence)) + 1
        if kept and length > room:
            break
        kept += (" " if kept and detect(body) == "en" else "") + sentence
    return kept


def buttons(channel: Channel, decision: Decision, customer: Customer, lang: Lang) -> list[str]:
    """Quick replies beneath the text where the channel has them."""
    if channel not in ("chat", "app"):
        return []
    if decision == "clarify":
        return [f"{order.number} {order.item}".strip() for order in customer.orders][:5] or [_say("button.human", lang)]
    return [_say("button.solved", lang), _say("button.human", lang)] if decision == "reply" else []


def _you(customer: Customer, tone: Tone, lang: Lang) -> str:
    """How the customer is addressed: by name, formally with the tier; empty or "customer" where no name is known."""
    if not customer.name:
        return _say("you.formal", lang) if tone == "formal" else ""
    tier = customer.tier if tone == "formal" and lang == "zh" else ""
    return _say("you.named", lang, name=f"{tier}{customer.name}") if tone != "formal" else f"{tier}{customer.name}"


def _say(key: str, lang: Lang, **values: object) -> str:
    return text(f"scenarios.support:{key}", lang, **values)
