"""Read a file in a process of its own, with bounded memory and time.

Formats other than plain text are read by large libraries; a file made to harm, or only an odd one, may make these eat memory
or never end. So each is read in a child that is killed at its limits, and what it says comes back as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import Kind

__all__ = ["LIMITS", "READERS", "WORKER", "convert"]

READERS = {
    Kind.DOCX: "docx:read_docx",
    Kind.HTML: "html:read_html",
    Kind.DOC: "office:read_doc",
    Kind.ODT: "office:read_odt",
    Kind.RTF: "office:read_rtf",
    Kind.PDF: "pdf:read_pdf",
    Kind.IMAGE: "ocr:read_image",
}
"""For each kind the function, in a module of this package, that turns bytes into `Converted`."""

WORKER = "from chidao.extract.formats.worker import main; main()"
"""What the child runs."""
MB = 1024 * 1024
LIMITS = {
    Kind.DOCX: (2048 * MB, 60),
    Kind.HTML: (2048 * MB, 60),
    Kind.PDF: (4096 * MB, 600),
    Kind.IMAGE: (4096 * MB, 600),
}
"""Memory (bytes of address space) and wall time (seconds) that reading one file may take."""
_LIMIT = (8192 * MB, 200)  # LibreOffice reserves much address space that it never uses


def convert(kind: Kind, data: bytes) -> Converted:
    """`data` as text, read by the reader of `kind` in a process of its own.

    Raises SourceError (without a path) with the reader's reason, or when the child was killed at a limit."""
    memory, seconds = LIMITS.get(kind, _LIMIT)
    command = [sys.executable, "-c", WORKER, READERS[kind], str(memory)]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        answer, errors = child.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise SourceError(f"reading it took more than {seconds} s") from None
    finally:
        _stop(child)
    if child.returncode != 0:
        raise SourceError(_reason(child.returncode, errors, memory))
    said = json.loads(answer)
    if "error" in said:
        raise SourceError(said["error"])
    return Converted(said["text"], tuple(said["pages"]), tuple(said["notes"]), tuple(map(tuple, said["doubts"])))


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started (LibreOffice, tesseract)."""
    with suppress(OSError, AttributeError):
        os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        child.kill()
    child.communicate()


def _reason(code: int, errors: bytes, memory: int) -> str:
    last = errors.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
    if "MemoryError" in last or "bad_alloc" in last:
        return f"reading it took more than {memory // MB:,} MB"
    if code < 0:
        return f"reading it killed the reader ({signal.Signals(-code).name})"
    return f"the reader failed: {last or code}"
