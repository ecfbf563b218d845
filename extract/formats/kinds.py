"""What a file is: by its first bytes; a package by the parts inside; a text by its name, or by what its rows hold.

Nothing else decides it: whoever has to know asks for the `Kind`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import IO

from chidao.extract.errors import NotADocumentError, SourceError

__all__ = ["Kind", "first_line", "is_package", "kind_of", "package_kind", "text_kind"]


class Kind(StrEnum):
    """What can be read. The value is what `Source.format` says."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    IMAGE = "image"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    ZIP = "zip"

    @property
    def is_table(self) -> bool:
        """Whether each row is a document: a register."""
        return self in (Kind.CSV, Kind.JSON, Kind.XLSX)


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
_OBJECT = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")
_PACKED = ("gzip", "bzip2", "xz", "7-Zip", "RAR")
_PACKAGE = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]|"
    rb"(?!(?:<table[\s>](?:(?!</table>).){0,3000}</table>\s*)+[^<\s])"
    rb"<(?:article|center|div|h[1-6]|main|meta|p|section|span|style|table|title)[\s>](?:.{0,2000}?</(?:div|h[1-6]|p|t[drh])>){2})",
    re.I | re.S,
)
"""A page, or paragraphs of one without its frame: "<p>TỈNH ỦY …</p><p>Số 61-KH/TU</p>"; and no Markdown whose letterhead is a table
("<table>…</table>", and behind it "# KẾ HOẠCH"), as converters write it: its lines would run together."""


def kind_of(data: bytes) -> Kind:
    """Return the kind of a file's bytes. What has no mark of its own is TEXT: `decode` tells whether it is, `text_kind` which.

    Raises SourceError (without a path) for a known kind that cannot be read, a damaged package, and for one that a password
    protects.
    """
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if package := package_kind(io.BytesIO(data)):
        return package
    if data.startswith(b"PK\x05\x06"):
        raise NotADocumentError("an empty ZIP archive")
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    if data.startswith(_IMAGES):
        return Kind.IMAGE
    for magic, label in _OTHER:
        if data.startswith(magic):
            todo = "; unpack it and name the folder, or pack it as .zip" if label in _PACKED else ""
            raise NotADocumentError(f"not a document: {label}{todo}")
    return Kind.HTML if _HTML.match(data[:4096]) else Kind.TEXT


def text_kind(name: str, text: str, is_register: Callable[[str, Kind], bool]) -> Kind:
    """Return CSV or JSON where a text is a table, else TEXT. Its name says so, so that a table without a column we know is
    refused and not read as prose; or `is_register`, asked with the text and which of the two it would be."""
    name = name.lower()
    by_name = name.endswith((".csv", ".tsv"))
    table = Kind.JSON if text.lstrip()[:1] in ("{", "[") and not by_name else Kind.CSV
    return table if by_name or name.endswith((".json", ".jsonl")) or is_register(text, table) else Kind.TEXT


def is_package(stream: IO[bytes]) -> bool:
    """Return whether the next bytes of a stream are those that a ZIP file begins with."""
    return stream.read(len(_PACKAGE)) == _PACKAGE


def package_kind(stream: IO[bytes]) -> Kind | None:
    """Return what a ZIP file is: a Word document, a workbook, an OpenDocument text, or an archive; None for what is no ZIP file.

    Raises as `kind_of` does."""
    if not is_package(stream):
        return None
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            _check_size(package)
            if "word/document.xml" in names or (
                "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)
            ):
                return Kind.DOCX
            if "xl/workbook.xml" in names:
                return Kind.XLSX
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                mime = package.read("mimetype")
                if mime.startswith(b"application/vnd.oasis.opendocument.text"):
                    return Kind.ODT
                if mime.startswith(b"application/vnd.oasis.opendocument"):
                    raise NotADocumentError("not a document: an OpenDocument file that is no text")
            return Kind.ZIP
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib let through whatever damaged bytes make of them
        raise SourceError(f"damaged or truncated: {first_line(error)}") from None


def first_line(error: BaseException) -> str:
    """Return a library's words for an error in one line, without the names of its own objects; for want of words "unreadable"."""
    words = _OBJECT.sub("", (str(error).splitlines() or [""])[0])
    return " ".join(words.split()) or "unreadable"


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


def _compound(data: bytes) -> Kind:
    """An old Office file: a small file system whose names stand in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise SourceError("protected by a password: save a copy without one")
    if holds("WordDocument"):
        return Kind.DOC
    if holds("Workbook") or holds("Book"):
        raise NotADocumentError("an old workbook (.xls): save it as .xlsx")
    raise NotADocumentError(
        "not a document: an old Microsoft Office file that is no Word document; save it as .docx, .xlsx or .pdf"
    )
