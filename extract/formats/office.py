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
from chidao.extract.formats.limits import office_seconds

__all__ = ["program", "read_office"]

_NOWHERE = "127.0.0.1"
"""A proxy that is none: at its discard port (9) nobody listens. Where the system lets the reader give up the network, it is not even
asked for (see `network`); elsewhere it is why nothing is fetched."""
_NO_PROXY = {f"{scheme}_proxy": f"http://{_NOWHERE}:9" for scheme in ("http", "https", "ftp", "all")} | {"no_proxy": ""}
_SETTINGS = (
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{scheme}ProxyName", _NOWHERE) for scheme in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{scheme}ProxyPort", "9") for scheme in ("HTTP", "HTTPS", "FTP")),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Load", "UpdateDocumentMode", "0"),
)
"""Which of LibreOffice's settings are what: a proxy given by hand; no macros, nothing linked, nothing updated."""
_PLACES = ("HOME", "TMPDIR", "TMP", "TEMP")
"""Where LibreOffice writes besides its profile. In a folder of ours all of it goes with the reader, also when a build is ended."""
_ROOM = 1 << 20
"""The bytes that LibreOffice needs for a small document."""
_MISSING = "needs LibreOffice, which is not installed: install it (Debian: apt install libreoffice-writer-nogui), or save as .docx"


def program() -> str | None:
    """LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return None


def read_office(data: bytes, suffix: str) -> Converted:
    """Return the text of a file that LibreOffice can open; `suffix` (".doc") tells it the format. It runs without a screen, with a
    profile and a temporary folder of its own that are thrown away, and is stopped after `limits.office_seconds`.

    Raises SourceError (without a path) where LibreOffice is missing, fails, or takes too long."""
    soffice = program()
    if soffice is None:
        raise SourceError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_settings(), encoding="utf-8")
        seconds = office_seconds(len(data))
        command = [
            soffice, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, timeout=seconds, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                env={**os.environ, **_NO_PROXY, **dict.fromkeys(_PLACES, folder), "SAL_USE_VCLPLUGIN": "svp"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise SourceError(f"LibreOffice did not finish within {seconds} s") from None
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            Path(folder, "room").write_bytes(
                bytes(_ROOM + len(data))
            )  # raises, and so says why, where the disk is full
            raise SourceError("LibreOffice cannot open it: damaged, truncated, or protected by a password")
        return read_docx(made.read_bytes())


def _settings() -> str:
    """The profile's settings as LibreOffice keeps them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def read_doc(data: bytes) -> Converted:
    """Return the text of an old Word document. See `read_office`."""
    return read_office(data, ".doc")


def read_odt(data: bytes) -> Converted:
    """Return the text of an OpenDocument text. See `read_office`."""
    return read_office(data, ".odt")


def read_rtf(data: bytes) -> Converted:
    """Return the text of a Rich Text file. See `read_office`."""
    return read_office(data, ".rtf")
