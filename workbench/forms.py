"""Filled forms: checked against their type, read back from the record, and without the words that are not kept."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from .errors import RequestError, UnmetError
from .run import Run

Form = TypeVar("Form", bound=BaseModel)


def validated(kind: type[Form], values: dict[str, Any]) -> Form:
    """``values`` as a ``kind``. Raises ``RequestError`` naming the first wrong place."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        unmet = str(first.get("ctx", {}).get("error", ""))
        if " / " in unmet:  # a form says what it asks for itself, in English and Chinese
            en, _, zh = unmet.partition(" / ")
            raise UnmetError(zh, en) from error
        place = ".".join(map(str, first["loc"])) or kind.__name__
        raise RequestError("workbench:request.invalid", place=place, reason=first["msg"]) from error


def recorded(kind: type[Form], run: Run) -> Form:
    """The request of a run. Where the words of it were not kept, they are empty in it. Raises ``RequestError``."""
    if run.purged_at is not None:
        raise RequestError("workbench:run.purged", run_id=run.run_id)
    if run.inputs_kept:
        return validated(kind, run.request)
    values = {}
    for name, one in kind.model_fields.items():
        try:
            values[name] = TypeAdapter[Any](one.annotation or str).validate_python(run.request.get(name))
        except ValidationError:  # an empty word where some are asked for
            values[name] = run.request.get(name)
    return kind.model_construct(**values)


def blanked(request: Form) -> Form:
    """``request`` without what a person wrote: choices, figures, days and switches stay."""
    empty: dict[type, Any] = {str: "", list: [], dict: {}, tuple: ()}
    values = {}
    for name, one in type(request).model_fields.items():
        value = getattr(request, name)
        chosen = "Literal" in repr(one.annotation) and isinstance(value, str)
        plain = value is None or isinstance(value, bool | int | float | date | Decimal | Enum)
        values[name] = value if chosen or plain else empty.get(type(value))
    return type(request).model_construct(**values)
