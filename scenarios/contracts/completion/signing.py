"""What an electronic signing service is handed: whose signature is needed where, and on exactly which text.

The package is plain JSON, so that any service's adapter can read it; docs/signing.md describes it and the hook.
"""

import json
from typing import Any, Literal

from pydantic import BaseModel

from workbench.run import Version

FORMAT: Literal["workbench-signing/1"] = "workbench-signing/1"


class Signer(BaseModel):
    """A party that signs. ``anchor`` is the line of the signature page at which its signature goes."""

    role: str
    name: str
    identity: str = ""
    email: str = ""
    anchor: str


class SigningPackage(BaseModel):
    """A text to be signed. ``content_sha256`` binds the signatures to the approved version's words."""

    format: Literal["workbench-signing/1"] = FORMAT
    run_id: str
    version: int
    title: str
    language: str
    content_sha256: str
    file_sha256: str = ""
    pdf_sha256: str = ""
    signers: list[Signer]


def package(
    run_id: str, version: Version, request: dict[str, Any], file_sha256: str = "", pdf_sha256: str = ""
) -> SigningPackage:
    """The package of a drafted contract's version. The hashes are of the final files, Word and PDF, where they are."""
    draft = version.deliverable
    emails = {one.get("name"): one.get("email", "") for one in request.get("parties") or []}
    lines = version.text.split("\n")
    return SigningPackage(
        run_id=run_id,
        version=version.number,
        title=draft["title"],
        language=draft["language"],
        content_sha256=version.sha256,
        file_sha256=file_sha256,
        pdf_sha256=pdf_sha256,
        signers=[
            Signer(
                role=one["role"], name=one["name"], identity=one["identity"], email=emails.get(one["name"], ""),
                anchor=_anchor(lines, one["role"]),
            )
            for one in draft["parties"]
        ],
    )  # fmt: skip


def as_bytes(made: SigningPackage) -> bytes:
    """The package as a file."""
    return json.dumps(made.model_dump(mode="json"), ensure_ascii=False, indent=2).encode()


def _anchor(lines: list[str], role: str) -> str:
    """The last line that begins with the role: where the signature page has its place."""
    return next((line for line in reversed(lines) if line.startswith(role)), "")
