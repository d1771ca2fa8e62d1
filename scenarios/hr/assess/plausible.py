"""Wrong figures that could stand in a right one's place: of its unit, of its size, as people would write them."""

from collections.abc import Collection, Iterable

_STEPS: dict[str, tuple[float, ...]] = {
    "minute": (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120),
    "hour": (1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72),
    "day": (1, 2, 3, 5, 7, 10, 14, 15, 20, 30, 45, 60, 90, 120, 180),
    "week": (1, 2, 3, 4, 6, 8, 12),
    "month": (1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 60),
    "year": (1, 2, 3, 4, 5, 6, 8, 10, 15, 20),
    "percent": (1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 95, 98, 99, 99.5, 99.9),
    "count": (1, 2, 3, 4, 5, 6, 8, 10),
}
"""The figures that rules usually name."""
_KINDS = {
    "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "工作日": "day", "自然日": "day", "周": "week",
    "个月": "month", "月": "month", "年": "year", "%": "percent", "个百分点": "percent",
    "minute": "minute", "hour": "hour", "day": "day", "business day": "day", "working day": "day",
    "calendar day": "day", "week": "week", "month": "month", "year": "year", "percent": "percent",
    "次": "count", "人": "count", "名": "count", "time": "count", "people": "count",
}  # fmt: skip
_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
_FAR = 5.0
"""A figure more than so many times as large, or as small, gives itself away."""
_MOST = 5


def others(value: float, unit: str, stated: Iterable[float] = (), taken: Collection[float] = ()) -> list[float]:
    """Up to five, the likeliest first: two that the material states of this unit, then the usual ones nearest by;
    none of those ``taken``."""
    kind = _KINDS.get(unit, "")
    usual = _STEPS.get(kind, ())
    if value not in usual and not (kind == "percent" and value < 100):
        usual = tuple(round(one * 10.0**power, 4) for power in range(-2, 8) for one in _ROUND)
    near = [one for one in usual if one not in taken and _plausible(one, value, kind)]
    known = {one for one in stated if one not in taken and _plausible(one, value, kind)}
    first, then = (sorted(group, key=lambda one: _apart(one, value)) for group in (known, near))
    return list(dict.fromkeys([*first[:2], *then]))[:_MOST]


def _plausible(other: float, value: float, kind: str) -> bool:
    if other == value or (kind == "percent" and other >= 100 > value):
        return False
    if kind == "percent" and 90 < value <= 100:
        return 80 <= other <= 100
    whole = value != int(value) or other == int(other) or value < 1
    return whole and max(other, value) <= _FAR * min(other, value)


def _apart(other: float, value: float) -> tuple[float, float]:
    return abs(other - value) / max(other, value), other
