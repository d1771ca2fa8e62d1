"""Full width to half width, character by character, so that every offset stays what it was."""

_PAIRS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；！？"}
_PAIRS |= {ord("￥"): "¥", ord("　"): " ", ord("\xa0"): " ", ord("〔"): "(", ord("〕"): ")"}
_PAIRS |= {
    ord("—"): "-",
    ord("–"): "-",
    ord("－"): "-",
    ord("\xad"): "-",
    ord("～"): "~",
    ord("﹪"): "%",
    ord("\t"): " ",
}


def fold(text: str) -> str:
    """``text`` in half width and of the same length. Chinese commas, semicolons and stops stay as they are."""
    return text.translate(_PAIRS)
