"""Everything a person reads, in Chinese and English, side by side.

A room keeps its texts in its own ``texts.yaml`` as ``key: {zh: ..., en: ...}``. A text is addressed as
``room:key``, for example ``documents:encrypted`` or ``scenarios.support:title``.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
ROOT = Path(__file__).resolve().parent.parent


@cache
def catalogue(room: str) -> dict[str, dict[Lang, str]]:
    """All texts of a room. Raises ``ValueError`` when an entry lacks one of the two languages."""
    path = ROOT.joinpath(*room.split("."), "texts.yaml")
    entries: dict[str, dict[Lang, str]] = yaml.safe_load(path.read_text("utf-8")) or {}
    for key, entry in entries.items():
        if set(entry) != set(LANGS):
            raise ValueError(f"{path}: {key} needs exactly zh and en")
    return entries


def text(key: str, lang: Lang, **values: object) -> str:
    """The text ``room:key`` in ``lang`` with ``{placeholders}`` filled. Raises ``KeyError`` for an unknown key."""
    room, _, name = key.partition(":")
    try:
        template = catalogue(room)[name][lang]
    except KeyError:
        raise KeyError(f"no text {key}; add it to {room.replace('.', '/')}/texts.yaml") from None
    return template.format(**values) if values else template
