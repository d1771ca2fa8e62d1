"""Vendors' errors as ``BackendError``: what happened and what to do, and whether another try makes sense."""

import random
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from json import JSONDecodeError

from workbench.errors import BackendError, WorkbenchError

from .client import Client

LONGEST_WAIT = 30.0
"""Seconds. A server that asks for more is not waited for."""
FIRST_WAIT, WAIT_LIMIT = 0.5, 8.0

TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|prompt is too long|max_model_len|exceed_context|"
    r"range of input length|input.{0,20} too long|maximum.{0,20}input.{0,20}(length|tokens)",
    re.IGNORECASE,
)
QUOTA = re.compile(r"insufficient|quota|balance|arrear|billing|欠费|余额", re.IGNORECASE)
SCHEMA = re.compile(r"response_format|json_schema|json schema|guided_json|structured output|grammar", re.IGNORECASE)
USAGE = re.compile(r"stream_options|include_usage", re.IGNORECASE)
KEY_LIKE = re.compile(r"\b(sk|ak|pk|Bearer)[-_ ][\w*.\-]{6,}")


@dataclass(frozen=True)
class Fault:
    """``error`` is what the person reads. ``transient``: the same call may well succeed, ``wait`` seconds later.

    ``refused`` names a feature which the server does not know: ``schema`` or ``usage``.
    """

    error: WorkbenchError
    transient: bool = False
    wait: float | None = None
    refused: str = ""


def fault(error: Exception, client: Client, name: str, model: str, timeout: float) -> Fault:
    """What ``error``, raised while ``client`` answered, means for the backend ``name``."""
    if isinstance(error, WorkbenchError):
        return Fault(error, transient=isinstance(error, BackendError) and error.retryable)
    about: dict[str, object] = {"name": name, "where": client.where, "model": model}
    if isinstance(error, client.late):
        return _passing("late", about, seconds=f"{timeout:g}")
    if isinstance(error, client.lost):
        return _passing("lost", about)
    if isinstance(error, JSONDecodeError):
        return _passing("garbled", about)
    reason = redacted(str(getattr(error, "message", "") or error), client.secret)
    status = getattr(error, "status_code", None)
    if status == 0:
        return _lasting("load", about)
    if isinstance(status, int) and status > 0:
        headers = getattr(getattr(error, "response", None), "headers", {})
        return _of_status(status, reason, retry_after(headers), about)
    if type(error).__module__.partition(".")[0] in ("openai", "langchain_openai", "ollama"):
        return _passing("server", about, reason=reason)
    if isinstance(error, ValueError):
        if SCHEMA.search(reason):
            return _lasting("rejected", about, "schema", reason=reason)
        if "No generation" in reason:
            return _passing("garbled", about)
    return _lasting("unexpected", about, kind=type(error).__name__)


def _of_status(status: int, reason: str, wait: float | None, about: dict[str, object]) -> Fault:
    match status:
        case 401:
            return _lasting("key.refused", about)
        case 403:
            return _lasting("forbidden", about, reason=reason)
        case 404:
            return _lasting("model.unknown", about)
        case 402:
            return _lasting("quota", about)
        case 429 if QUOTA.search(reason) and wait is None:
            return _lasting("quota", about)
        case 429 if wait is not None and wait > LONGEST_WAIT:
            return Fault(_error("busy.until", True, about | {"seconds": round(wait)}))
        case 429:
            return _passing("busy", about, wait)
        case 413:
            return _lasting("too_long", about)
        case 400 | 422 if TOO_LONG.search(reason):
            return _lasting("too_long", about)
        case _ if status in (408, 409) or status >= 500:
            return _passing("server", about, wait, reason=f"HTTP {status}")
    refused = "schema" if SCHEMA.search(reason) else "usage" if USAGE.search(reason) else ""
    return _lasting("rejected", about, refused, reason=reason)


def _passing(key: str, about: dict[str, object], wait: float | None = None, **more: object) -> Fault:
    transient = wait is None or wait <= LONGEST_WAIT
    return Fault(_error(key, True, about | more), transient=transient, wait=wait)


def _lasting(key: str, about: dict[str, object], refused: str = "", **more: object) -> Fault:
    return Fault(_error(key, False, about | more), refused=refused)


def _error(key: str, retryable: bool, values: dict[str, object]) -> BackendError:
    return BackendError(f"backends:{key}", **values | {"retryable": retryable})  # type: ignore[arg-type]


def redacted(reason: str, secret: str) -> str:
    """The server's words in one short line, without the key or anything that looks like one."""
    if secret:
        reason = reason.replace(secret, "***")
    return " ".join(KEY_LIKE.sub("***", reason).split())[:200]


def retry_after(headers: object) -> float | None:
    """Seconds from now that a ``Retry-After`` header asks for, as a number or a date; None without one."""
    value = str(getattr(headers, "get", lambda _: None)("retry-after") or "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def pause(attempt: int, wait: float | None) -> float:
    """Seconds before try ``attempt + 1``: what the server asked for, else growing from try to try, with jitter."""
    grown: float = min(WAIT_LIMIT, FIRST_WAIT * 2**attempt) * random.uniform(0.5, 1)  # noqa: S311 - spreads load
    return grown if wait is None else wait
