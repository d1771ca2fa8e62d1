"""Everything a person reads, in Chinese and English, side by side.

A room keeps its texts in its own ``texts.yaml`` as ``key: {zh: ..., en: ...}``. A text is addressed as
``room:key``, for example ``documents:encrypted`` or ``scenarios.support:title``.
"""

from collections.abc import Iterable
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
    """The text ``room:key`` in ``lang`` with ``{placeholders}`` filled, a list as the language lists words.

    Raises ``KeyError`` for an unknown key.
    """
    room, _, name = key.partition(":")
    try:
        template = catalogue(room)[name][lang]
    except KeyError:
        raise KeyError(f"no text {key}; add it to {room.replace('.', '/')}/texts.yaml") from None
    told = {name: listed(one, lang) if isinstance(one, list | tuple) else one for name, one in values.items()}
    return template.format(**told) if told else template


def listed(words: Iterable[object], lang: Lang) -> str:
    """Words with the language's mark between them."""
    return ("、" if lang == "zh" else ", ").join(map(str, words))
