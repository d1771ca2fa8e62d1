"""The metadata as JSON: what is read may have been written by anybody."""

import json


def strings(value: str) -> dict[str, str] | None:
    """The fields of a JSON object, also of one under the key ``AIGC``; None when it is no object.

    Other writers put numbers and null where the standard wants strings.
    """
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict) and isinstance(found.get("AIGC"), dict):
        found = found["AIGC"]
    return {str(key): plain(entry) for key, entry in found.items()} if isinstance(found, dict) else None


def plain(value: object) -> str:
    """A field's value as text."""
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
