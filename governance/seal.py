"""The seal in a label's ``ReservedCode1``: tells later whether a file is ours and still as it was.

``wb1.<status>.<digest>.<mac>``: the status that the file left in (``draft`` or ``final``), the SHA-256 of its content,
and an HMAC-SHA256 over status, digest, ``Label``, ``ContentProducer`` and ``ProduceID`` with a key that stays in the
data folder. A platform that passes the file on may fill the propagator's fields without breaking the seal. GB
45438-2025 Annex E leaves the field to the producer for protecting content and label; anyone can check the digest.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workbench.errors import StoreError
from workbench.services import SealState

_SEALED = ("Label", "ContentProducer", "ProduceID")
_FORM = "wb1"


class Seals:
    """``documents.export.exporter.Seals`` with the key in ``path``, made when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def seal(self, metadata: Mapping[str, str], digest: str, final: bool) -> str:
        """The value of ``ReservedCode1``. Raises ``StoreError`` when there can be no key."""
        status = "final" if final else "draft"
        return ".".join((_FORM, status, digest, self._mac(metadata, status, digest)))

    def check(self, metadata: Mapping[str, str], digest: str) -> SealState:
        """What the seal in ``metadata`` says of a file whose content has ``digest``."""
        parts = metadata.get("ReservedCode1", "").split(".")
        if len(parts) != 4 or parts[0] != _FORM:
            return SealState()
        _, status, sealed, mac = parts
        return SealState(
            intact=hmac.compare_digest(sealed.encode(), digest.encode()),
            signed=hmac.compare_digest(mac.encode(), self._mac(metadata, status, sealed).encode()),
            final=status == "final",
        )

    def _mac(self, metadata: Mapping[str, str], status: str, digest: str) -> str:
        told = [status, digest, *(metadata.get(name, "") for name in _SEALED)]
        return hmac.new(self._key(), json.dumps(told).encode(), hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        try:
            if not self._path.exists():
                self._make()
            return bytes.fromhex(self._path.read_text("ascii").strip())
        except (OSError, ValueError) as error:
            raise StoreError("governance:key", path=self._path, reason=error) from error

    def _make(self) -> None:
        """Write a key that only its owner reads; of two processes that try at once, one writes and both read it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f".{secrets.token_hex(4)}.key")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, self._path)  # unlike a rename, this does not replace a key that came in between
        draft.unlink()
