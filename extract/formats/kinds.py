"""What a file is, by its first bytes and, for packages, by the parts inside."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

from chidao.extract.errors import NotADocumentError, SourceError

__all__ = ["KINDS", "kind_of", "package_kind"]

KINDS = {
    "text": "plain text",
    "html": "HTML",
    "docx": "Word (.docx)",
    "doc": "old Word (.doc)",
    "odt": "OpenDocument text (.odt)",
    "rtf": "Rich Text Format (.rtf)",
    "pdf": "PDF",
    "image": "picture",
    "xlsx": "workbook (.xlsx)",
    "zip": "ZIP archive",
}
"""What can be read, and what a person calls it."""

MAX_UNPACKED = 1024 * 1024 * 1024
"""Bytes that a document's package may unpack to."""
MAX_RATIO = 200
"""How much larger a part above `_LARGE` may be than it is packed; long Word documents reach about 30."""
_LARGE = 16 * 1024 * 1024

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OTHER = (
    (b"\x7fELF", "ELF program"),
    (b"MZ\x90", "Windows program"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"SQLite format 3\x00", "SQLite database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.I | re.S,
)


def kind_of(data: bytes) -> str:
    """A key of `KINDS`. What has no mark of its own is "text", and `decode` tells whether it is.

    Raises SourceError (without a path) for a known kind that cannot be read, a damaged package, and for one that a password
    protects.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return package_kind(io.BytesIO(data))
    if data.startswith(b"PK\x05\x06"):
        raise NotADocumentError("an empty ZIP archive")
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_IMAGES):
        return "image"
    for magic, label in _OTHER:
        if data.startswith(magic):
            raise NotADocumentError(f"not a document: {label}")
    return "html" if _HTML.match(data[:4096]) else "text"


def package_kind(stream: IO[bytes]) -> str:
    """What a ZIP file is: a Word document, a workbook, an OpenDocument text, or an archive. Raises as `kind_of` does."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            _check_size(package)
            if "word/document.xml" in names or (
                "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)
            ):
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                mime = package.read("mimetype")
                if mime.startswith(b"application/vnd.oasis.opendocument.text"):
                    return "odt"
                if mime.startswith(b"application/vnd.oasis.opendocument"):
                    raise NotADocumentError("not a document: an OpenDocument file that is no text")
            return "zip"
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError) as error:
        raise SourceError(f"damaged or truncated: {error}") from None


def _check_size(package: zipfile.ZipFile) -> None:
    """A document's parts are parsed whole, so what they unpack to is bounded before. Archives are read member by member."""
    infos = package.infolist()
    if "[Content_Types].xml" not in package.namelist() and "mimetype" not in package.namelist():
        return
    for info in infos:
        if info.filename.endswith((".xml", ".rels")) and info.file_size > max(_LARGE, MAX_RATIO * info.compress_size):
            ratio = info.file_size // max(1, info.compress_size)
            raise SourceError(f"a part of it unpacks to {ratio:,} times its size: not read")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise SourceError(f"unpacks to more than {MAX_UNPACKED >> 20:,} MB")


def _compound(data: bytes) -> str:
    """An old Office file: a small file system whose names stand in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise SourceError("protected by a password: save a copy without one")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        raise NotADocumentError("an old workbook (.xls): save it as .xlsx")
    raise NotADocumentError("not a document: an old Microsoft Office file that is no Word document")
