"""Files that carry the AI-content label in their metadata: putting it there, reading it back, digesting the content."""

from .carrier import Carrier, Content, carrier

__all__ = ["Carrier", "Content", "carrier"]
