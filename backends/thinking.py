"""Keep what a reasoning model thinks, ``<think>…</think>``, apart from what it answers."""

from workbench.chat import Delta, Thought

OPEN, CLOSE = "<think>", "</think>"
ANSWERS = ("{", "[", "```")
"""What a structured answer begins with. Thinking does not."""


class Thinking:
    """Splits a stream of text. Thinking stands only before the answer; the tags may be cut across pieces.

    Some servers put the opening tag into the prompt, so that the answer begins inside the thinking and only the closing
    tag shows. That cannot be known before the tag comes, so with ``hold`` an answer which does not begin as JSON waits
    until the tag or the end of the answer. ``stray`` says that such a tag came.
    """

    def __init__(self, *, hold: bool) -> None:
        self._hold = hold
        self._state = "start"
        self._rest = ""
        self._passed = False
        self.stray = False

    def feed(self, text: str) -> list[Delta | Thought]:
        """The pieces that are certain after ``text``."""
        self._rest += text
        pieces: list[Delta | Thought] = []
        while (step := self._step()) is not None:
            pieces += step
        return pieces

    def end(self) -> list[Delta | Thought]:
        """What was still held back. Thinking that was never closed stays thinking."""
        rest, self._rest = self._rest, ""
        if not rest:
            return []
        return [Thought(rest) if self._state == "thinking" else Delta(rest)]

    @property
    def leaked(self) -> bool:
        """Whether thinking had been passed on as answer before its closing tag came."""
        return self.stray and self._passed

    def _step(self) -> list[Delta | Thought] | None:
        """Take what is certain off the rest; None when more text is needed."""
        match self._state:
            case "start":
                return self._start()
            case "thinking":
                return self._until_closed()
            case "plain":
                return self._unless_stray()
            case "after":
                self._rest = self._rest.lstrip()
                return self._go("answer") if self._rest else None
        rest, self._rest = self._rest, ""
        return [Delta(rest)] if rest else None

    def _start(self) -> list[Delta | Thought] | None:
        begin = self._rest.lstrip()
        if begin.startswith(OPEN):
            self._rest = begin.removeprefix(OPEN)
            return self._go("thinking")
        if not begin or OPEN.startswith(begin) or any(mark.startswith(begin) and mark != begin for mark in ANSWERS):
            return None
        return self._go("answer" if begin.startswith(ANSWERS) else "plain")

    def _until_closed(self) -> list[Delta | Thought] | None:
        thought, tag, after = self._rest.partition(CLOSE)
        if tag:
            self._rest, self._state = after, "after"
            return [Thought(thought)] if thought else []
        sure = len(self._rest) - _begun(self._rest, CLOSE)
        thought, self._rest = self._rest[:sure], self._rest[sure:]
        return [Thought(thought)] if thought else None

    def _unless_stray(self) -> list[Delta | Thought] | None:
        before, tag, after = self._rest.partition(CLOSE)
        if tag:
            self.stray = True
            self._rest, self._state = after, "after"
            return [Thought(before)] if before else []
        sure = 0 if self._hold else len(self._rest) - _begun(self._rest, CLOSE)
        before, self._rest = self._rest[:sure], self._rest[sure:]
        self._passed = self._passed or bool(before)
        return [Delta(before)] if before else None

    def _go(self, state: str) -> list[Delta | Thought]:
        self._state = state
        return []


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of ``text`` may be the beginning of ``tag``."""
    return next((size for size in range(len(tag) - 1, 0, -1) if text.endswith(tag[:size])), 0)
