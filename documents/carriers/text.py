"""Markdown with the label as front matter, and plain text with the label as its last line."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .carrier import FIELD, Content
from .files import replaced
from .json_fields import plain, strings

_FENCE = "---"
_LAST = f"{FIELD}:"


class Markdown:
    """``Carrier`` for .md: ``AIGC`` is a key of the YAML front matter; other keys stay."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        front, body = _split(_read(path))
        kept = {key: value for key, value in front.items() if key != FIELD}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in kept.items()]
        lines += [
            f"{FIELD}:",
            *(f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()),
        ]
        _write(path, "\n".join([_FENCE, *lines, _FENCE, "", body.lstrip("\n")]))

    def fields(self, path: Path) -> dict[str, str] | None:
        found = _split(_read(path))[0].get(FIELD)
        if isinstance(found, str):
            return strings(found)
        return {str(key): plain(value) for key, value in found.items()} if isinstance(found, dict) else None

    def content(self, path: Path) -> Content:
        return Content(tuple(_split(_read(path))[1].splitlines()))


class Plain:
    """``Carrier`` for .txt, which has no place for metadata: its last line is ``AIGC:`` and the JSON."""

    def stamp(self, path: Path, fields: Mapping[str, str]) -> None:
        body = self._split(_read(path))[0]
        _write(path, f"{body.rstrip()}\n\n{_LAST}{json.dumps(dict(fields), ensure_ascii=False)}\n")

    def fields(self, path: Path) -> dict[str, str] | None:
        return self._split(_read(path))[1]

    def content(self, path: Path) -> Content:
        return Content(tuple(self._split(_read(path))[0].splitlines()))

    def _split(self, text: str) -> tuple[str, dict[str, str] | None]:
        body, _, last = text.rstrip().rpartition("\n")
        found = strings(last.strip().removeprefix(_LAST)) if last.strip().startswith(_LAST) else None
        return (text, None) if found is None else (body, found)


def _split(text: str) -> tuple[dict[str, Any], str]:
    """The front matter and the rest. What only looks like front matter is the text's own."""
    import yaml

    first, *rest = text.split("\n")
    places = [place for place, line in enumerate(rest) if line.rstrip() == _FENCE]
    if first.rstrip() != _FENCE or not places:
        return {}, text
    try:
        front = yaml.safe_load("\n".join(rest[: places[0]]))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (front, "\n".join(rest[places[0] + 1 :])) if isinstance(front, dict) else ({}, text)


def _read(path: Path) -> str:
    """Text in any of the encodings that editors in China write; raises ``UnicodeError`` for what is none."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _write(path: Path, text: str) -> None:
    with replaced(path) as draft:
        draft.write_text(text, "utf-8")
