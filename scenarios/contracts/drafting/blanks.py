"""What the form does not say, marked in the contract: 【待填：交货地点】, [insert place of delivery]."""

from jinja2 import Undefined

from workbench.texts import Lang, catalogue, text

_ROOM = "scenarios.contracts.drafting"


def label(field: str, lang: Lang) -> str:
    """The name for people of a field of the form."""
    key = f"form.{field}"
    return text(f"{_ROOM}:{key}", lang) if key in catalogue(_ROOM) else field.replace("_", " ")


def mark(field: str, lang: Lang) -> str:
    """What stands in the contract where ``field`` was left empty."""
    return f"【待填：{label(field, lang)}】" if lang == "zh" else f"[insert {label(field, lang).lower()}]"


def blank_type(lang: Lang, missing: list[str]) -> type[Undefined]:
    """A jinja value that is false, prints as a mark and adds its field to ``missing`` when it is printed."""

    class Blank(Undefined):
        def __str__(self) -> str:
            field = self._undefined_name or ""
            missing.append(field)
            return mark(field, lang)

    return Blank
