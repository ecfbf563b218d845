"""Old and foreign word processor files (.doc, .odt, .rtf) through LibreOffice, when that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.docx import read_docx

__all__ = ["program", "read_office"]

SECONDS = 150
_MISSING = "needs LibreOffice, which is not installed: install it (Debian: apt install libreoffice-writer-nogui), or save as .docx"


def program() -> str | None:
    """LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return None


def read_office(data: bytes, suffix: str) -> Converted:
    """The text of a file that LibreOffice can open; `suffix` (".doc") tells it the format. It runs without a screen, with a
    profile of its own that is thrown away, and is stopped after `SECONDS`.

    Raises SourceError (without a path) where LibreOffice is missing, fails, or takes too long."""
    soffice = program()
    if soffice is None:
        raise SourceError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        command = [
            soffice, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, timeout=SECONDS, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                env={**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise SourceError(f"LibreOffice did not finish within {SECONDS} s") from None
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            raise SourceError("LibreOffice cannot open it: damaged, truncated, or protected by a password")
        return read_docx(made.read_bytes())


def read_doc(data: bytes) -> Converted:
    """The text of an old Word document. See `read_office`."""
    return read_office(data, ".doc")


def read_odt(data: bytes) -> Converted:
    """The text of an OpenDocument text. See `read_office`."""
    return read_office(data, ".odt")


def read_rtf(data: bytes) -> Converted:
    """The text of a Rich Text file. See `read_office`."""
    return read_office(data, ".rtf")
