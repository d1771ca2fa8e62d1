# ruff: noqa: E501  # a pattern is read best in one piece
"""Requirements that may not decide a hiring."""

import re

_DISCRIMINATES = re.compile(
    r"(?:限|仅限|只限|只招|要求|优先|须为)\s*[男女]性?|[男女]性?\s*(?:优先|不限除外)|(?<!不限)(?:性别|婚姻|婚否|已婚|未婚|已育|未育|籍贯|户籍|民族|属相|星座|血型)(?!不限)|"
    r"\d{2}\s?周?岁|年龄(?!不限)|相貌|形象气质|身高|五官|乙肝|本地户口|\b(?:male|female|men|women) only\b|\b(?:unmarried|married|single)\b(?! page)|\bage\s?\d|\byears? old\b|\byoung\b|native[- ]born",
    re.IGNORECASE,
)


def is_discriminatory(text: str) -> bool:
    """Whether a requirement asks for gender, age, marriage, origin or looks, which may not decide a hiring.

    Source: PRC Employment Promotion Law, articles 3 and 26 to 29; Law on the Protection of Women's Rights, article 43.
    """
    return bool(_DISCRIMINATES.search(text))
