"""What can go wrong, in one tree. Pages and ``cli.py`` know these and nothing of vendors' errors.

::

    WorkbenchError
    ├── RequestError        the request is wrong: mend it and try again          (cli exit 2)
    │   ├── UnmetError      a form lacks what it asks for
    │   ├── ConfigError     a settings, rule or prompt file is wrong
    │   ├── PromptError     a prompt file is wrong or a value is missing
    │   ├── DocumentError   a file cannot be read or written
    │   ├── AccessError     this person may not do this
    │   └── BudgetError     a budget is used up
    ├── NotFoundError       a run, knowledge base or document that is not there  (cli exit 2)
    ├── StoreError          a database or index is out of reach                  (cli exit 3)
    ├── BackendError        a chat model or embedder failed                      (cli exit 3)
    └── Cancelled           the person stopped the work

A message is a key of a ``texts.yaml``, so that every error speaks Chinese and English and names the fix.
"""

from typing import TYPE_CHECKING

from .texts import Lang, text

if TYPE_CHECKING:
    from .ledger import BudgetState


class WorkbenchError(Exception):
    """One sentence for the person: what happened and what to do. ``key`` is a text key, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(text(key, "en", **values))

    def text(self, lang: Lang) -> str:
        """The sentence in the person's language."""
        return text(self.key, lang, **self.values)


class RequestError(WorkbenchError):
    """The request is wrong; the message says how to mend it."""


class UnmetError(RequestError):
    """A form lacks what it asks for; the reason is said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("workbench:request.unmet", reason=en)
        self._reason: dict[Lang, str] = {"zh": zh, "en": en}

    def text(self, lang: Lang) -> str:
        return text(self.key, lang, reason=self._reason[lang])


class ConfigError(RequestError):
    """A settings or rule file is wrong."""


class PromptError(RequestError):
    """A prompt file is wrong, or a value that it needs is missing."""


class DocumentError(RequestError):
    """A file cannot be read or written."""


class AccessError(RequestError):
    """This person may not do this."""


class BudgetError(RequestError):
    """A budget is used up: ``state`` tells which and how far. No run was begun."""

    def __init__(self, state: "BudgetState", currency: str) -> None:
        super().__init__("workbench:cost.no_more", state=state.sentence("en", currency))
        self.state = state
        self.currency = currency

    def text(self, lang: Lang) -> str:
        return text(self.key, lang, state=self.state.sentence(lang, self.currency))


class NotFoundError(WorkbenchError):
    """The thing that was named does not exist."""


class StoreError(WorkbenchError):
    """A database or index is out of reach or damaged."""


class BackendError(WorkbenchError):
    """A chat model or embedder failed. ``retryable`` says whether the same call may succeed later."""

    def __init__(self, key: str, *, retryable: bool = False, **values: object) -> None:
        super().__init__(key, **values)
        self.retryable = retryable


class Cancelled(WorkbenchError):
    """The person stopped the work."""

    def __init__(self) -> None:
        super().__init__("workbench:cancelled")
