"""What the desk reads in a thread, when its answer is due, and the request that drafts it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from workbench.knowledge import Knowledge
from workbench.language import detect
from workbench.threads import Post, Thread

from .. import reading
from ..intents import intent
from ..models import Channel

_DESK = Path(__file__).with_name("desk.yaml")


def understood(thread: Thread, knowledge: Knowledge) -> tuple[dict[str, str], int]:
    """What the customer's last message is about and how it is meant, and the minutes until the answer is due."""
    message = reading.without_orders(thread.last.text)
    emotion = reading.emotion(message)
    priority = reading.priority(message, emotion)
    found: dict[str, str] = {
        "intent": intent(message, knowledge),
        "emotion": emotion,
        "priority": priority,
        "language": detect(message or thread.last.text),
    }
    return found, int(_desk()["minutes"][priority])


def request_of(thread: Thread, tone: str = "warm") -> dict[str, Any]:
    """The request of ``support reply`` for the customer's last message."""
    place = len(thread.posts) - 1 - thread.posts[::-1].index(thread.last)
    channel = thread.channel if thread.channel in get_args(Channel) else "chat"
    return {
        "message": thread.last.text,
        "history": [{"role": post.role, "text": post.text} for post in thread.posts[:place]],
        "channel": channel,
        "customer": thread.customer,
        "tone": tone,
    }


def sample_day(now: datetime | None = None) -> Iterable[Thread]:
    """An invented day of traffic that ends ``now``."""
    now = now or datetime.now(UTC)
    for one in _desk()["traffic"]:
        at = now - timedelta(minutes=one["ago"])
        yield Thread(
            thread_id=one["id"],
            channel=one["channel"],
            subject=one.get("subject", ""),
            customer=one["customer"],
            posts=[Post(at=at, **post) for post in one["posts"]],
            received_at=at,
        )


@cache
def _desk() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load(_DESK.read_text("utf-8")))
