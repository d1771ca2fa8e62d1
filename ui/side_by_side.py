"""Two texts side by side, word by word."""

from workbench.comparison import compare

from .component import component
from .language import t


def side_by_side(before: str, after: str, titles: tuple[str, str], key: str) -> None:
    """Show what ``before`` and ``after`` differ in; long stretches that are the same fold away."""
    rows = [
        {
            "before": [{"kind": piece.kind, "text": piece.text} for piece in row.before],
            "after": [{"kind": piece.kind, "text": piece.text} for piece in row.after],
            "changed": row.changed,
        }
        for row in compare(before, after)
    ]
    words = {
        "same": t("compare.same"),
        "folded": t("compare.folded"),
        "gone": t("compare.gone"),
        "new": t("compare.new"),
    }
    component("side_by_side")(data={"titles": titles, "rows": rows, "words": words}, key=key)
