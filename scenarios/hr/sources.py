"""What a request names: a job or a resume, each as text or as the path of a file."""

import re

from workbench.document import SourceDocument
from workbench.run import RunContext
from workbench.subjects import file_name

_LONGEST_PATH = 1000
_SENTENCE = re.compile(r"\n|[。！？；]|(?: \S+){3,}[.!?]$")
_FILE_NAME = re.compile(r"\.(pdf|docx?|txt|md|html?|rtf|odt|wps|eml|msg|png|jpe?g|xlsx?|pptx?)$", re.IGNORECASE)


def document(given: str, context: RunContext) -> SourceDocument:
    """What stands in the file that ``given`` names, or ``given`` itself where it is no file's name.

    Raises ``DocumentError`` for a file that cannot be read.
    """
    if not looks_like_a_file(given):
        return SourceDocument(text=given, title="", media_type="text/plain")
    return context.files.read(given.strip())


def is_text(given: str) -> bool:
    """Whether ``given`` is words rather than the path of a file or folder: several lines, or a whole sentence."""
    return bool(_SENTENCE.search(given.strip()))


def looks_like_a_file(given: str) -> bool:
    """Whether ``given`` is one short line that ends like a file's name."""
    return "\n" not in given and len(given) <= _LONGEST_PATH and bool(_FILE_NAME.search(given.strip()))


def title_line(job: str) -> str:
    """A job in a line, for lists: its first line, or the name of its file."""
    lines = [line.strip("# *\t") for line in job.splitlines() if line.strip()]
    return file_name(job) or job if looks_like_a_file(job) else lines[0] if lines else ""
