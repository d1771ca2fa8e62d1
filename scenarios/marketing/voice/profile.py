"""Learns a voice from pieces of copy, and scores a text against it with the reasons."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from workbench.language import detect, folded
from workbench.texts import Lang, text
from workbench.words import query_words

from .models import TRAITS, Likeness, Measured, Trait, Voice, VoiceRequest
from .traits import traits

FEWEST = 5
"""Pieces from which on a voice can be told at all; with fewer the ranges say little."""
_FAVOURITES = 12
_LEAST: dict[Trait, float] = {"sentence": 3, "clause": 2, "rhythm": 0.15}
"""The least spread of a trait in its own unit, 0.5 for those counted in a hundred: less is no difference."""
_WEIGHTS: dict[Trait, float] = {"sentence": 2, "exclamations": 1.5, "emoji": 1.5, "casual": 1.5, "formal": 1.5}
_TOLD = 4


def learn(request: VoiceRequest, pieces: Sequence[str]) -> Voice:
    """The voice of the pieces; ``summary`` is left to the task."""
    found = [one for piece in pieces if (one := traits(piece))]
    measured = [_measured(trait, [one[trait] for one in found]) for trait in TRAITS] if found else []
    own = [*request.favourites, *_favourites(pieces)]
    banned = {folded(word) for word in request.banned}
    return Voice(
        name=request.name,
        pieces=len(found),
        traits=measured,
        favourites=list(dict.fromkeys(word for word in own if folded(word) not in banned))[:_FAVOURITES],
        banned=request.banned,
        summary="",
    )


def likeness(voice: Voice, copy: str, lang: Lang) -> Likeness:
    """How near ``copy`` comes to ``voice``.

    A trait within the voice's range counts full, one outside less the farther it is, none from twice the range's
    width on; the score is their weighted mean in a hundred, less 15 for each banned word. Reasons name the traits
    farthest outside.
    """
    seen = traits(copy)
    if not seen or not voice.traits:
        return Likeness(score=0, reasons=[text("scenarios.marketing:voice.nothing", lang)])
    total, weight, far = 0.0, 0.0, list[tuple[float, Measured]]()
    for one in voice.traits:
        value = seen[one.trait]
        spread = max(one.high - one.low, _LEAST.get(one.trait, 0.5))
        outside = max(one.low - value, value - one.high, 0.0) / spread
        share = _WEIGHTS.get(one.trait, 1.0)
        total, weight = total + share * max(0.0, 1 - outside / 2), weight + share
        far.append((outside * share, one))
    banned = [word for word in voice.banned if word.strip() and folded(word) in folded(copy)]
    reasons = [text("scenarios.marketing:voice.banned", lang, word=word) for word in banned]
    for outside, one in sorted(far, key=lambda pair: -pair[0])[:_TOLD]:
        if outside > 0.25:
            reasons.append(_told(one, seen[one.trait], lang))
    return Likeness(score=max(0, round(100 * total / weight) - 15 * len(banned)), reasons=reasons)


def _told(one: Measured, value: float, lang: Lang) -> str:
    name = text(f"scenarios.marketing:voice.trait.{one.trait}", lang)
    side = text(f"scenarios.marketing:voice.{'above' if value > one.high else 'below'}", lang)
    values = {"low": f"{one.low:.1f}", "high": f"{one.high:.1f}", "value": f"{value:.1f}"}
    return text("scenarios.marketing:voice.outside", lang, trait=name, side=side, **values)


def _measured(trait: Trait, values: Sequence[float]) -> Measured:
    ranked = sorted(values)
    low, high = ranked[int(0.1 * (len(ranked) - 1))], ranked[-1 - int(0.1 * (len(ranked) - 1))]
    return Measured(trait=trait, median=round(median(ranked), 2), low=round(low, 2), high=round(high, 2))


def _favourites(pieces: Sequence[str]) -> list[str]:
    """Words of two signs and more that stand in a fifth of the pieces and in three at least, the commonest first."""
    counts = Counter(word for piece in pieces for word in query_words(piece) if _telling(word, piece))
    least = max(3, len(pieces) / 5)
    return [word for word, count in counts.most_common(3 * _FAVOURITES) if count >= least]


def _telling(word: str, piece: str) -> bool:
    return len(word) >= (2 if detect(piece) == "zh" else 4) and not any(sign.isdigit() for sign in word)
