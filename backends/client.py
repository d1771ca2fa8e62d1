"""What a kind of backend hands over: a LangChain model and what the rest must know of its vendor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True)
class Client:
    """``late`` and ``lost`` are the vendor's errors for a server that is silent and for a connection that broke.

    ``tagged``: thinking may come inside the text, perhaps without its opening tag. ``where`` is what a person would
    check: an address or a file. ``secret`` must never show in an error.
    """

    model: "BaseChatModel"
    where: str
    late: tuple[type[Exception], ...] = ()
    lost: tuple[type[Exception], ...] = ()
    tagged: bool = False
    secret: str = ""
