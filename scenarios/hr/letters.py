"""Letters to candidates from approved templates, for those about whom a named person decided."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.errors import ConfigError
from workbench.scenario import Section
from workbench.texts import Lang, text

from .models import Candidate, Match

_FILE = Path(__file__).with_name("letters.yaml")
_FIELDS = ("name", "title", "sender", "date")


class Letter(BaseModel):
    """One template in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    body: str


@cache
def templates() -> dict[str, dict[Lang, Letter]]:
    """The letters by decision. Raises ``ConfigError`` for a field that nothing fills."""
    raw = yaml.safe_load(_FILE.read_text("utf-8"))
    found = {name: {lang: Letter.model_validate(one) for lang, one in langs.items()} for name, langs in raw.items()}
    for name, langs in found.items():
        for one in langs.values():
            try:
                (one.subject + one.body).format(**dict.fromkeys(_FIELDS, ""))
            except (KeyError, ValueError, IndexError) as error:
                raise ConfigError("scenarios.hr:error.letter", name=name, field=error) from error
    return found


def letters(found: Match, lang: Lang, sender: str, day: date) -> Sequence[Section]:
    """A letter for each person who is invited or declined, in the order of the shortlist."""
    return [_letter(found, one, lang, sender, day) for one in found.candidates if one.decision in templates()]


def _letter(found: Match, one: Candidate, lang: Lang, sender: str, day: date) -> Section:
    letter = templates()[one.decision][lang]
    values = {
        "name": one.name or text("scenarios.hr:letter.name", lang),
        "title": found.title or text("scenarios.hr:summary.job", lang),
        "sender": sender or text("scenarios.hr:letter.sender", lang),
        "date": day.isoformat(),
    }
    lines = letter.body.format(**values).split("\n")
    return Section(letter.subject.format(**values), tuple(filter(None, map(str.strip, lines))))
