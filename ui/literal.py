"""Text as it is, where Streamlit would read Markdown."""

_MARKS = frozenset(r"\`*_{}[]()#+-.!|<>~$:^=&")


def literal(text: str) -> str:
    """``text`` on one line with every character escaped that Streamlit's Markdown would read."""
    return "".join(f"\\{char}" if char in _MARKS else char for char in " ".join(text.split()))


def short(text: str, length: int) -> str:
    """The beginning of ``text`` on one line, at most ``length`` characters and an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rstrip() + "…"
