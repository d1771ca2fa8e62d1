"""How much of a text is still what was generated: a measure for the label of versions that people edited."""

import re
import unicodedata

_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]|[^\W_]+")
RUN = 4
"""Tokens that must stand together in both texts to count as kept. Measured on 800-character pieces of statutes and
manuals that have nothing to do with each other: in Chinese runs of 3 find 7% in common and runs of 4 find 2%. With a
tenth of the tokens replaced at random, runs of 4 find 85% of the 90% that stayed (runs of 5: 83%)."""
CHANCE = 0.05
"""Below this share two texts have no more in common than unrelated ones of one trade."""


def kept_share(original: str, text: str) -> float:
    """The share, 0 to 1, of ``text`` that stands in ``original`` too, by tokens; 0 for a text without any.

    A token is a Chinese character, or a word or number in letters; punctuation, case and width do not count. A token is
    kept when it lies in a run of ``RUN`` tokens that stands anywhere in the original, so that a passage that was only
    moved still counts. When one of the texts is shorter than a run, it counts when it stands whole in the other.
    """
    before, after = _tokens(original), _tokens(text)
    size = min(RUN, len(before), len(after))
    if not size:
        return 0.0
    known = {tuple(before[at : at + size]) for at in range(len(before) - size + 1)}
    kept = 0
    end = 0  # tokens before this place are counted
    for at in range(len(after) - size + 1):
        if tuple(after[at : at + size]) in known:
            kept += at + size - max(at, end)
            end = at + size
    return kept / len(after)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
