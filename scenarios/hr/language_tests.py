"""Tests of languages: which language each is of, and how well who passed it speaks.

Levels run from 1, beginner, to 5, native. CET results are of 710; 425 is the pass mark of certificates today.
"""

LANGUAGE_OF = {
    "CET-4": "English", "CET-6": "English", "TEM-4": "English", "TEM-8": "English", "IELTS": "English",
    "TOEFL": "English", "TOEIC": "English", "BEC": "English", "JLPT N1": "Japanese", "JLPT N2": "Japanese",
    "JLPT N3": "Japanese", "TOPIK": "Korean", "DELF": "French", "TestDaF": "German", "HSK": "Mandarin",
    "Mandarin certificate": "Mandarin", "Mandarin level 3A": "Mandarin", "Mandarin level 2B": "Mandarin",
    "Mandarin level 2A": "Mandarin", "Mandarin level 1B": "Mandarin",
}  # fmt: skip
LEVEL_OF = {
    "CET-4": 2.0, "CET-6": 3.0, "TEM-4": 3.0, "TEM-8": 4.0, "JLPT N1": 4.0, "JLPT N2": 3.0, "JLPT N3": 2.0, "BEC": 3.5,
}  # fmt: skip
FLUENT = {"IELTS": (7.0, 6.0), "TOEFL": (100, 80), "TOEIC": (860, 730)}
"""Results from which somebody is fluent, or good."""
HIGHEST = {"IELTS": 9, "TOEFL": 120, "TOEIC": 990, "CET-4": 710, "CET-6": 710, "HSK": 6}
PASSED = 425
GOOD = 550
"""A CET-6 result from which somebody works in English."""


def level(test: str, points: float | None) -> float:
    """How well who passed ``test``, with so many ``points``, speaks its language."""
    if test in FLUENT and points:
        high, good = FLUENT[test]
        return 4.0 if points >= high else 3.0 if points >= good else 2.0
    if test == "HSK" and points:
        return {6: 4.0, 5: 3.5, 4: 3.0, 3: 2.0}.get(int(points), 1.0)
    if test.startswith("CET") and points and points < PASSED:
        return 1.5
    return 3.5 if test == "CET-6" and points and points >= GOOD else LEVEL_OF.get(test, 2.5)
