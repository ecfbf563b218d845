"""Read one file as text, whatever its format: or say in one clear line why not.

The promise that every offset rests on: of a plain text file, `open(path, encoding=source.encoding).read() == source.text`. So
line ends are "\\n" (universal newlines), a byte order mark is not part of the text, and nothing is normalized. The text of
any other format is what its reader makes of it, always the same for the same bytes; `chidao text FILE` prints it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.formats.archive import read_member, split_member
from chidao.extract.formats.kinds import Kind, kind_of
from chidao.extract.formats.legacy import from_tcvn3, from_vni, is_tcvn3, is_vni, restored
from chidao.extract.formats.sandbox import Convert, convert
from chidao.extract.model import Source

__all__ = [
    "MAX_BYTES",
    "RawFile",
    "content_hash",
    "decode",
    "errors_named",
    "open_file",
    "read_bytes",
    "read_source",
    "source_of",
]

MAX_BYTES = 256 * 1024 * 1024

_BOMS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r"))
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | frozenset("đĐ")
_MARKS = frozenset("“”‘’«»–—…•·°§±×²³¹½¼¾₫©®\u00a0\u00ad€")
_SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's bytes, their SHA-256, and what they are."""

    name: str
    data: bytes
    sha256: str
    kind: Kind


def open_file(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> RawFile:
    """Return the bytes of a file, or of a member of an archive ("papers.zip!plan.docx"), and what they are.

    Raises SourceError when the file is missing, no document, larger than `max_bytes`, not permitted, damaged, or protected."""
    name = os.fspath(path)
    with errors_named(name):
        data = read_bytes(name, max_bytes)
        return RawFile(name, data, hashlib.sha256(data).hexdigest(), kind_of(data))


def source_of(file: RawFile, using: Convert = convert) -> Source:
    """Return a file's text, its format by content, and the encoding it was read with. `using` reads formats (see `formats.sandbox`).

    Raises SourceError when the file is empty, damaged, holds no running text, or is beyond the limits of `formats.sandbox`."""
    with errors_named(file.name):
        if file.kind is Kind.TEXT:
            text, encoding = decode(file.data)
            text, notes = restored(text)
            if encoding in ("tcvn3", "vni"):
                notes = (f"not Unicode: read as {encoding.upper()}",)
            return Source(
                file.name, file.sha256, "tcvn3" if notes and encoding != "vni" else encoding, text, notes=notes
            )
        if file.kind is Kind.ZIP:
            raise SourceError("an archive: name a file in it")
        if file.kind is Kind.XLSX:
            raise SourceError("a workbook, which holds no running text")
        found = using(file.kind, file.data)
        read = file.name, file.sha256, "utf-8", _checked(found.text), file.kind.value
        return Source(*read, found.pages, found.notes, found.doubts)


def read_source(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Source:
    """Return the file's text, its format by content, the encoding it was read with, and the SHA-256 of its bytes.

    Raises SourceError as `open_file` and `source_of` do."""
    return source_of(open_file(path, max_bytes=max_bytes))


@contextmanager
def errors_named(name: str) -> Iterator[None]:
    """Give the errors of what is done with a file its name."""
    try:
        yield
    except ChidaoError as error:
        raise type(error)(error.message, path=error.path or name, offset=error.offset) from error.__cause__


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of a file's bytes. Raises `SourceError` (without a path) when they are not text."""
    if not data:
        raise SourceError("is empty")
    for bom, encoding, label in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data, encoding, label)), encoding
    if b"\x00" in data:
        encoding = _utf16_without_bom(data)
        return _checked(_strict(data, encoding, "UTF-16")), encoding
    if _controls(data):
        raise SourceError("binary, not text: full of control characters")
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _eight_bit(data)


def read_bytes(name: str, max_bytes: int) -> bytes:
    """Return the bytes of a regular file or of a member of an archive. Raises `SourceError` (without a path) for any other, and
    for more than `max_bytes`."""
    if not os.path.lexists(name) and (member := split_member(name)):
        return read_member(*member, max_bytes)
    try:
        status = os.stat(name)
        if stat.S_ISDIR(status.st_mode):
            raise SourceError("is a directory, not a file")
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("is a device or a pipe, not a file")
        if status.st_size > max_bytes:
            raise SourceError(f"too large: {_size(status.st_size)}, the limit is {_size(max_bytes)}")
        with open(name, "rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise SourceError("no such file") from None
    except PermissionError:
        raise SourceError("permission denied") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise SourceError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > max_bytes:  # it grew since the look at its size, or its file system knows no sizes
        raise SourceError(f"too large: the limit is {_size(max_bytes)}")
    return data


def content_hash(path: str | os.PathLike[str]) -> str:
    """SHA-256 of the bytes of a file or of a member of an archive. Raises `SourceError` (without a path) as `read_bytes`."""
    return hashlib.sha256(read_bytes(os.fspath(path), MAX_BYTES)).hexdigest()


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:,.1f} MB" if count >= 100_000 else f"{count:,} bytes"


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise SourceError("is empty: it holds only blanks")
    return text


def _strict(data: bytes, encoding: str, label: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"damaged {label}: {error.reason} at byte {error.start:,}") from None
    if "\x00" in text:
        raise SourceError("binary, not text: it holds NUL characters")
    return text


def _controls(data: bytes) -> bool:
    """Whether more than one byte in a thousand is a control character that no text has."""
    return (len(data) - len(data.translate(None, _CONTROLS))) * 1000 > len(data)


def _utf16_without_bom(data: bytes) -> str:
    """Which byte order makes text of bytes with NULs: text in our alphabets has its blanks and ASCII letters there."""
    sample = data[:_SAMPLE]
    best, encoding = max(
        (_familiar(sample.decode(encoding, "replace")), encoding) for encoding in ("utf-16-le", "utf-16-be")
    )
    if best < 0.9:
        raise SourceError("binary, not text: it holds NUL bytes")
    return encoding


def _familiar(text: str) -> float:
    """The share of characters that Vietnamese text is made of."""
    known = sum(
        char in "\t\n\r\f" or " " <= char <= "~" or "\u00a0" <= char <= "\u036f" or "\u1e00" <= char <= "\u20bf"
        for char in text
    )
    return known / len(text) if text else 0.0


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Bytes that are nearly all UTF-8 are damaged UTF-8; any 8-bit encoding would make nonsense of them."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - len(data.translate(None, bytes(range(128, 256))))
    if good > 4 * bad:
        where = "at its end" if error.start >= len(data) - 3 else f"at byte {error.start:,}"
        raise SourceError(f"damaged UTF-8: {error.reason} {where}", offset=len(text[: text.index("\ufffd")])) from None


def _eight_bit(data: bytes) -> tuple[str, str]:
    if _is_windows_1258(data):
        return _checked(_strict(data, "windows-1258", "windows-1258")), "windows-1258"
    if is_tcvn3(data):
        return _checked(from_tcvn3(data)), "tcvn3"
    if is_vni(data):
        return _checked(from_vni(data)), "vni"
    from charset_normalizer import from_bytes  # the last resort, seldom needed

    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is None:
        raise SourceError("not UTF-8, and no other encoding fits: convert it to UTF-8 first")
    return _checked(_strict(data, guess.encoding, guess.encoding)), guess.encoding


def _is_windows_1258(data: bytes) -> bool:
    """Every tone mark stands after a vowel it can stand after, and what is not ASCII is Vietnamese, nearly always."""
    try:
        text = unicodedata.normalize("NFC", data.decode("windows-1258"))
    except UnicodeDecodeError:
        return False
    foreign = [char for char in text if char > "~"]
    letters = sum(char in _VIETNAMESE for char in foreign)
    return letters > 0 and letters + sum(char in _MARKS for char in foreign) >= 0.98 * len(foreign)
