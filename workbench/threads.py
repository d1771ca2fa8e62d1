"""The support desk's threads: conversations with customers, as they came in and as they were answered.

A draft of a reply is a run like any other; a thread names it by its id.
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ValidationError

from .errors import RequestError

State = Literal["open", "answered", "closed"]


class Post(BaseModel):
    """One message of a thread. ``run_id`` is the run that drafted it, for ours."""

    role: Literal["customer", "agent"]
    text: str
    at: datetime
    run_id: str = ""


class Thread(BaseModel):
    """A conversation. ``customer`` is the card as it was handed in. ``reading`` is what a scenario read in the last
    message (intent, emotion, priority, language), ``due_at`` when the answer is due, ``run_id`` the draft that waits.
    """

    thread_id: str
    channel: str = "chat"
    subject: str = ""
    customer: dict[str, Any] = {}
    posts: list[Post]
    state: State = "open"
    reading: dict[str, str] = {}
    due_at: datetime | None = None
    run_id: str = ""
    answered_at: datetime | None = None
    received_at: datetime

    @property
    def last(self) -> Post:
        """The customer's newest message; the first one of all where the customer said nothing."""
        return next((post for post in reversed(self.posts) if post.role == "customer"), self.posts[0])


class ThreadStore(Protocol):
    """Where threads are kept."""

    def put(self, thread: Thread) -> None:
        """Keep it in place of what is kept under its id."""
        ...

    def get(self, thread_id: str) -> Thread:
        """Raises ``NotFoundError``."""
        ...

    def find(self, thread_id: str) -> Thread | None: ...

    def list(self, state: State | None = None, limit: int = 500) -> Sequence[Thread]:
        """Those that are due first come first, then by when they came in."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete what was closed or answered and came in before that moment. Returns how many went."""
        ...


@dataclass(frozen=True)
class Threads:
    """What pages and commands do with threads."""

    store: ThreadStore

    def receive(self, thread: Thread) -> bool:
        """Take a thread in. One that is known gets what it lacks and opens again; False when nothing was new."""
        known = self.store.find(thread.thread_id)
        if known is None:
            self.store.put(thread)
            return True
        told = {(post.role, post.text) for post in known.posts}
        fresh = [post for post in thread.posts if (post.role, post.text) not in told]
        if not fresh:
            return False
        opened: State = "open" if any(post.role == "customer" for post in fresh) else known.state
        posts = [*known.posts, *fresh]
        update: dict[str, Any] = {"posts": posts, "state": opened, "reading": {}, "due_at": None, "run_id": ""}
        self.store.put(known.model_copy(update=update))
        return True

    def triage(self, thread: Thread, reading: dict[str, str], minutes: int) -> Thread:
        """Keep what was read in the last message; the answer is due so many minutes after it."""
        due = thread.last.at + timedelta(minutes=minutes)
        kept = thread.model_copy(update={"reading": reading, "due_at": due})
        self.store.put(kept)
        return kept

    def drafted(self, thread: Thread, run_id: str) -> Thread:
        """A run wrote a draft of the answer."""
        kept = thread.model_copy(update={"run_id": run_id})
        self.store.put(kept)
        return kept

    def answered(self, thread: Thread, text: str, run_id: str) -> Thread:
        """The answer went out. Whether it may is for the caller to ask (``Desk.check_leaving``)."""
        now = datetime.now(UTC)
        sent = Post(role="agent", text=text, at=now, run_id=run_id)
        kept = thread.model_copy(update={"posts": [*thread.posts, sent], "state": "answered", "answered_at": now})
        self.store.put(kept)
        return kept

    def close(self, thread: Thread) -> None:
        """Nothing is left to do."""
        self.store.put(thread.model_copy(update={"state": "closed"}))

    def intake(self, path: Path) -> tuple[int, list[tuple[str, str]]]:
        """Take in a file or a folder's files. Returns how many threads were new, and (file, why) for what failed."""
        new, failed = 0, []
        files = sorted(one for one in path.iterdir() if one.suffix.lower() in READERS) if path.is_dir() else [path]
        for file in files:
            try:
                new += sum(self.receive(thread) for thread in read(file.name, file.read_bytes()))
            except (RequestError, OSError) as error:
                failed.append((file.name, str(error)))
        return new, failed


def read(name: str, content: bytes) -> list[Thread]:
    """The threads of a CSV, JSON, JSONL or EML file. Raises ``RequestError`` naming what is wrong."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise RequestError("workbench:threads.kind", name=name, known=", ".join(sorted(READERS)))
    try:
        return [_thread(values) for values in reader(content)]
    except (ValueError, KeyError, TypeError, csv.Error) as error:  # a ValidationError is a ValueError
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise RequestError("workbench:threads.unreadable", name=name, reason=reason) from error


def _thread(values: dict[str, Any]) -> Thread:
    """A row or object: ``message`` or ``posts``, and whatever else it tells; other columns describe the customer."""
    if not isinstance(values, dict):
        raise TypeError(type(values).__name__)
    values = {str(key).strip().lower(): value for key, value in values.items() if key and value not in (None, "")}
    at = _moment(values.pop("received_at", None) or values.pop("date", None))
    posts = values.pop("posts", None) or values.pop("history", None) or []
    said = [
        Post(role="agent" if one.get("role") in ("agent", "assistant") else "customer", text=str(one["text"]), at=at)
        for one in posts
    ]
    if "message" in values:
        said.append(Post(role="customer", text=str(values.pop("message")), at=at))
    if not said:
        raise KeyError("message")
    name = str(values.pop("thread_id", "") or values.pop("id", "") or sha256(said[0].text.encode()).hexdigest()[:12])
    channel, subject = str(values.pop("channel", "chat")), str(values.pop("subject", ""))
    card = values.pop("customer", {})
    customer = {**(card if isinstance(card, dict) else {"name": card}), **values}
    return Thread(thread_id=name, channel=channel, subject=subject, customer=customer, posts=said, received_at=at)


def _moment(said: Any) -> datetime:
    if not said:
        return datetime.now(UTC)
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return moment if moment.tzinfo else moment.astimezone()


def _csv(content: bytes) -> Iterator[dict[str, Any]]:
    yield from csv.DictReader(io.StringIO(content.decode("utf-8-sig")))


def _json(content: bytes) -> Iterator[dict[str, Any]]:
    told = json.loads(content)
    yield from told.get("threads", [told]) if isinstance(told, dict) else told


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in content.decode("utf-8-sig").splitlines() if line.strip())


def _eml(content: bytes) -> Iterator[dict[str, Any]]:
    mail = message_from_bytes(content, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    said = body.get_content() if body else ""
    if body and body.get_content_type() == "text/html":
        from bs4 import BeautifulSoup

        said = BeautifulSoup(said, "html.parser").get_text("\n")
    sender = mail["From"].addresses[0] if mail["From"] and mail["From"].addresses else None
    yield {
        "message": said.strip(),
        "subject": str(mail["Subject"] or ""),
        "channel": "email",
        "thread_id": str(mail["Message-ID"] or "").strip("<> "),
        "date": parsedate_to_datetime(str(mail["Date"])) if mail["Date"] else None,
        "customer": {"name": sender.display_name, "email": sender.addr_spec} if sender else {},
    }


READERS = {".csv": _csv, ".json": _json, ".jsonl": _lines, ".eml": _eml}
