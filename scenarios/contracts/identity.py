"""Check characters of Chinese identity numbers."""

from datetime import date

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def credit_check(code: str) -> str | None:
    """The check character that belongs to the first 17 of a 统一社会信用代码 (GB 32100-2015, modulus 31).

    None when one of them is not of its alphabet (no I, O, S, V, Z).
    """
    if any(char not in _CREDIT for char in code[:17]):
        return None
    total = sum(_CREDIT.index(char) * pow(3, place, 31) for place, char in enumerate(code[:17]))
    return _CREDIT[(31 - total % 31) % 31]


def id_check(number: str) -> str:
    """The check digit that belongs to the first 17 digits of an identity number (GB 11643-1999, modulus 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True)) % 11]


def id_birth(number: str) -> date | None:
    """The birthday in an identity number; None when there is no such day or it is yet to come."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date.today() else None
