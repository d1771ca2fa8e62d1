"""The seam to articles of statutes, for findings that name one as their basis."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the law library has it. ``version`` is the day on which this version of the law was adopted."""

    law: str
    number: str
    version: date
    text: str

    @property
    def title(self) -> str:
        """How a finding's basis names it, for example 《民法典》（2020-05-28 版）第五百八十六条."""
        return f"《{self.law}》（{self.version} 版）{self.number}"


class Statutes(Protocol):
    """The statutes of the law library, loaded into a knowledge base or not."""

    def article(self, law: str, number: int) -> Article | None:
        """Article ``number`` of the version in force today of ``law``, by its short name such as 民法典.

        None when there is none such or the library is not installed: who gets an article knows that it exists.
        """
        ...


class NoStatutes:
    """Where no law library is installed."""

    def article(self, law: str, number: int) -> Article | None:
        return None
