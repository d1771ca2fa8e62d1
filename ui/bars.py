"""Figures as bars, one under the other, each with its name and its value in words."""

from collections.abc import Sequence

from .component import component


def bars(rows: Sequence[tuple[str, float, str]], label: str, key: str) -> None:
    """Draw ``rows`` of (name, value, what the value says); the longest bar is the largest value."""
    most = max((value for _, value, _ in rows), default=0.0)
    shown = [{"name": name, "share": value / most if most else 0.0, "words": words} for name, value, words in rows]
    component("bars")(data={"rows": shown, "label": label}, key=key)
