"""Finding a Chinese font on this machine to draw with: none is shipped, for a good one weighs 15 MB."""

from functools import cache
from pathlib import Path

# Windows, macOS, Linux.
_FOLDERS = (
    "C:/Windows/Fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/.local/share/fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
)
_NAMES = (
    "msyh.ttc",
    "simhei.ttf",
    "pingfang.ttc",
    "stheiti light.ttc",
    "notosanscjk-regular.ttc",
    "notosanscjksc-regular.otf",
    "notosanssc-regular.ttf",
    "sourcehansanssc-regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "droidsansfallbackfull.ttf",
)


@cache
def chinese() -> Path | None:
    """The first of the usual Chinese fonts that is there; None where there is none."""
    there: dict[str, Path] = {}
    for folder in map(Path, _FOLDERS):
        for path in folder.expanduser().rglob("*.[ot]t[cf]"):
            there.setdefault(path.name.lower(), path)
    return next((there[name] for name in _NAMES if name in there), None)
