"""What a question finds and why: each passage with its likeness in meaning, its shared words and the score of both."""

from collections.abc import Sequence

from workbench.evidence import Hit

from .component import component
from .language import t


def hit_list(hits: Sequence[Hit], key: str) -> None:
    """Show ``hits``. Bars compare within the list: a cosine and the fused score as they are, BM25 against its best."""
    best = max((hit.lexical for hit in hits), default=0.0) or 1.0

    def scores(hit: Hit) -> list[dict[str, object]]:
        dense = [("dense", hit.dense, f"{hit.dense:.2f}")] if hit.dense is not None else []
        rows = [("fused", hit.score, f"{hit.score:.2f}"), *dense, ("lexical", hit.lexical / best, f"{hit.lexical:.1f}")]
        return [
            {"label": t(f"hit.{name}"), "share": min(max(share, 0.0), 1.0), "value": value}
            for name, share, value in rows
        ]

    shown = [
        {
            "title": hit.chunk.title
            + (f" · {t('cited.page').replace('{n}', str(hit.chunk.page))}" if hit.chunk.page else ""),
            "heading": hit.chunk.context,
            "text": hit.chunk.text,
            "scores": scores(hit),
        }
        for hit in hits
    ]
    component("hit_list")(data={"hits": shown}, key=key)
