"""The one event loop on which all calls to chat models run.

A blocking read cannot be interrupted from another thread, but a task can: cancelling it closes its connection at once,
also while it connects, waits for the first byte or sleeps before a further try. One loop for all keeps the connection
pools of the clients usable from call to call.
"""

import asyncio
from threading import Lock, Thread

_lock = Lock()
_loop: asyncio.AbstractEventLoop | None = None


def background() -> asyncio.AbstractEventLoop:
    """The loop, running in a daemon thread of its own from the first call on."""
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            Thread(target=_loop.run_forever, name="backends", daemon=True).start()
        return _loop
