"""Charts: one description for the page and for the picture in a document."""

import json
from functools import cache
from typing import Any

FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, SimHei, Segoe UI, sans-serif"
INK, MUTED, GRID = "#1f2937", "#6b7280", "#e5e7eb"
ACCENT, GOOD, BAD = "#3457d5", "#1a7f4b", "#b42318"
COLOURS = ("#3457d5", "#e07b39", "#1a7f4b", "#a44ba8", "#c2a000", "#0e7c86", "#b42318", "#6b7280")


def dressed(chart: Any) -> Any:
    """An altair chart in the house's colours and fonts."""
    axis = {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": MUTED, "gridColor": GRID}
    return (
        chart.configure_axis(
            **axis, labelFontSize=12, titleFontSize=12, domainColor=GRID, tickColor=GRID, labelLimit=180
        )
        .configure_legend(labelFont=FONT, titleFont=FONT, labelColor=INK, titleColor=MUTED, orient="top")
        .configure_title(font=FONT, color=INK, fontSize=14, anchor="start")
        .configure_header(labelFont=FONT, titleFont=FONT, labelColor=INK)
        .configure_range(category=list(COLOURS))
        .configure_view(stroke=None)
    )


def png(chart: Any) -> bytes:
    """A chart as a picture, at twice its size."""
    return _drawn(json.dumps(chart.to_dict(), sort_keys=True, ensure_ascii=False))


@cache
def _drawn(spec: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, scale=2))
