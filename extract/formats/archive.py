"""ZIP archives as folders: what lies in them, and the bytes of one member, without unpacking anything to disk.

A member is named by the archive's path, an exclamation mark and its own path: "papers.zip!2024/plan.docx"; in an archive
within an archive, one behind the other. What a small file may unpack to is bounded, whatever its directory promises.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from chidao.extract.errors import SourceError
from chidao.extract.formats.kinds import Kind, first_line, is_package, package_kind

__all__ = ["expand", "is_archive", "is_packed", "member_names", "read_member", "split_member"]

MAX_MEMBERS = 10_000
"""Files in one archive, those of archives within included."""
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
"""Bytes that one archive may unpack to in all."""
MAX_NESTED = 256 * 1024 * 1024
"""Bytes of an archive within an archive."""
MAX_RATIO = 200
"""How much larger a member above `_SMALL` may be than it is packed; text reaches about 10, empty scans 100."""
MAX_DEPTH = 3
_SMALL = 4 * 1024 * 1024


def split_member(name: str) -> tuple[str, str] | None:
    """Return the archive's path and the member's, where `name` is that of a member: the shortest prefix that is a file."""
    at = name.find("!")
    while at > 0:
        if os.path.isfile(name[:at]):
            return name[:at], name[at + 1 :]
        at = name.find("!", at + 1)
    return None


def is_packed(path: str | os.PathLike[str]) -> bool:
    """Return whether a file begins as a ZIP file does: an archive, or a document. Nothing of it is unpacked."""
    if not os.path.isfile(path):
        return False  # to open a pipe would wait for a writer
    try:
        with open(path, "rb") as stream:
            return is_package(stream)
    except (OSError, ValueError):
        return False


def is_archive(path: str | os.PathLike[str]) -> bool:
    """Return whether the file is a ZIP archive that is no document itself, by its content."""
    try:
        if not is_packed(path):
            return False
        with open(path, "rb") as stream:
            return package_kind(stream) is Kind.ZIP
    except (OSError, ValueError, SourceError):
        return False


def member_names(path: str | os.PathLike[str]) -> list[str]:
    """Return the full name of every file in the archive, in its order; hidden files and system folders are left out.

    Raises SourceError (with the path) for a damaged archive, and for one that holds or unpacks to too much."""
    name = os.fspath(path)
    try:
        with zipfile.ZipFile(name) as archive:
            return [f"{name}!{member}" for member in _members(archive, 1, [0, 0])]
    except SourceError as error:
        raise SourceError(error.message, path=name) from None
    except MemoryError:
        raise
    except Exception as error:  # zipfile and zlib let through whatever damaged bytes make of them
        raise SourceError(f"damaged archive: {first_line(error)}", path=name) from None


def expand(path: str | os.PathLike[str]) -> list[str]:
    """Return the file's own name, or those of its members where it is an archive. Raises as `member_names`."""
    return member_names(path) if is_archive(path) else [os.fspath(path)]


def read_member(archive_path: str, member: str, max_bytes: int) -> bytes:
    """Return the bytes of one member. Raises SourceError (without a path) when it is missing, too large or protected."""
    parts = member.split("!")
    try:
        status = os.stat(archive_path)
        mark = status.st_mtime_ns, status.st_size, status.st_ino
        for depth in range(len(parts)):
            # A member's own path may hold an exclamation mark: then the rest of the name is tried as a whole.
            archive = _opened(archive_path, mark, tuple(parts[:depth]))
            if whole := archive.NameToInfo.get("!".join(parts[depth:])):
                return _read(archive, whole, max_bytes)
    except KeyError:
        raise SourceError("no such file in the archive") from None
    except (SourceError, MemoryError):
        raise
    except Exception as error:
        raise SourceError(f"damaged archive: {first_line(error)}") from None
    raise SourceError("no such file in the archive")


@lru_cache(maxsize=MAX_DEPTH + 1)
def _opened(path: str, mark: tuple[int, ...], inside: tuple[str, ...]) -> zipfile.ZipFile:
    """The archive at a path that has a mark, or one within it; kept, for its other members are read next: their list alone takes as long
    as many of them."""
    if not inside:
        return zipfile.ZipFile(path)
    outer = _opened(path, mark, inside[:-1])
    return zipfile.ZipFile(io.BytesIO(_read(outer, outer.getinfo(inside[-1]), MAX_NESTED)))


def _members(archive: zipfile.ZipFile, depth: int, spent: list[int]) -> Iterator[str]:
    for info in archive.infolist():
        hidden = any(p.startswith((".", "__MACOSX")) for p in info.filename.split("/"))
        if info.is_dir() or hidden:
            continue
        spent[0] += 1
        spent[1] += info.file_size
        if spent[0] > MAX_MEMBERS:
            raise SourceError(f"holds more than {MAX_MEMBERS:,} files")
        if spent[1] > MAX_UNPACKED:
            raise SourceError(f"unpacks to more than {MAX_UNPACKED >> 30} GB")
        if depth < MAX_DEPTH and (inner := _inner(archive, info)):
            with zipfile.ZipFile(inner) as within:
                yield from (f"{info.filename}!{name}" for name in _members(within, depth + 1, spent))
            continue
        yield info.filename


def _inner(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> io.BytesIO | None:
    """The member as an archive, where its content is one; what cannot be read is left to be told when it is read."""
    try:
        with archive.open(info) as stream:
            if not is_package(stream):
                return None
        data = io.BytesIO(_read(archive, info, MAX_NESTED))
        return data if package_kind(data) is Kind.ZIP else None
    except MemoryError:
        raise
    except Exception:
        return None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> bytes:
    if info.flag_bits & 0x1:
        raise SourceError("protected by a password: unpack it first")
    if info.file_size > max_bytes:
        raise SourceError(f"too large: it unpacks to {info.file_size / 1024 / 1024:,.1f} MB")
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise SourceError(f"unpacks to {info.file_size // max(1, info.compress_size):,} times its size: not read")
    with archive.open(info) as stream:
        data = stream.read(info.file_size + 1)  # zipfile ends at the promised size; a lie fails its checksum
    return data
