"""Mail: .eml by the standard library, Outlook's .msg from its streams. Attachments are named, not read."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from workbench.errors import DocumentError

from .builder import Builder
from .encoding import decode
from .html import read_html
from .plain import read_text

_HEADERS = ("From", "To", "Cc", "Date")
# Properties of [MS-OXPROPS]: PidTagSubject, PidTagSenderName, PidTagDisplayTo, PidTagDisplayCc, PidTagBody, PidTagHtml
_SUBJECT, _SENDER, _TO, _CC, _BODY, _HTML, _FILE = "0037", "0C1A", "0E04", "0E03", "1000", "1013", "3707"


def read_eml(path: Path, name: str, built: Builder) -> None:
    """Fill ``built`` with headers and body. Raises ``DocumentError`` for what is no mail or is encrypted."""
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    if not isinstance(message, EmailMessage) or not any(message.get(header) for header in ("From", "Subject", "Date")):
        raise DocumentError("documents:mislabelled", name=name)
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise DocumentError("documents:encrypted", name=name)
    heads = {header: str(message[header]) for header in _HEADERS if message[header]}
    files = [part.get_filename() or "" for part in message.iter_attachments()]
    body = message.get_body(("plain", "html"))
    _put_heads(str(message["Subject"] or ""), heads, files, built)
    content = body.get_payload(decode=True) if body is not None else b""
    if body is None or not isinstance(content, bytes):
        return
    stated = body.get_content_charset() or "utf-8"
    try:
        words = content.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(stated.lower(), stated))
    except (LookupError, UnicodeDecodeError):  # many mails state none or a wrong one
        words = decode(content, name)
    words = words.replace("\r\n", "\n")
    read_html(words, built) if body.get_content_subtype() == "html" and words.strip() else read_text(words, built)


def read_msg(container: Any, name: str, built: Builder) -> None:
    """Fill ``built`` from an open ``olefile.OleFileIO``."""

    def stream(tag: str, folder: str = "") -> str:
        for kind, encoding in (("001F", "utf-16-le"), ("001E", ""), ("0102", "")):
            place = f"{folder}__substg1.0_{tag}{kind}"
            if container.exists(place):
                content = container.openstream(place).read()
                content = content if encoding else content.rstrip(b"\x00")
                return content.decode(encoding, "replace") if encoding else decode(content, name, declared=True)
        return ""

    heads = {"From": stream(_SENDER), "To": stream(_TO), "Cc": stream(_CC)}
    folders = {entry[0] for entry in container.listdir() if entry[0].startswith("__attach_version1.0_")}
    _put_heads(stream(_SUBJECT), heads, [stream(_FILE, f"{folder}/") for folder in sorted(folders)], built)
    if body := stream(_BODY).replace("\r\n", "\n").replace("\x00", ""):
        read_text(body, built)
    elif markup := stream(_HTML):
        read_html(markup, built)


def _put_heads(subject: str, heads: dict[str, str], files: list[str], built: Builder) -> None:
    built.add("heading", " ".join(subject.replace("\x00", "").split()), 1)
    built.add(
        "paragraph", "\n".join(f"{head}: {' '.join(words.split())}" for head, words in heads.items() if words.strip())
    )
    named = [file.replace("\x00", "") for file in files if file]
    if named:
        built.add("paragraph", f"Attachments: {', '.join(named)}")
        built.note("documents:note.attachments")
