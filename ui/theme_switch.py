"""Light, dark or as the system is; the choice stays in the browser."""

from .component import component
from .language import t


def theme_switch() -> None:
    """Draw the three buttons."""
    words = {name: t(f"theme.{name}") for name in ("label", "light", "system", "dark")}
    component("theme_switch")(data=[words], key="theme-switch", height="content")
