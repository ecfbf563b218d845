"""The tables of the generation before, as the pages in which they differ from the current ones.

    DIR/tables/0003.pages    which tables they differ from, their size, and each page that is another one, with its number; as zlib over
                             MessagePack

Who asks for them has them put together in a room of its own; they are what their seal says, or nothing. So the generation before costs
what has changed, and the tables that most people read are one plain file.
"""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec

from chidao.graph import disk
from chidao.graph.sums import PART

_PAGE = 4096
"""Bytes of a page of SQLite's, as it makes them where nobody says otherwise."""
_AT_ONCE = PART
"""Bytes that are compared at once, and page by page only where they differ."""
_FEW = 4
"""Part of the pages, as one in so many, beyond which tables are kept as they are."""
_TABLES = re.compile(r"[0-9]{4,9}\.sqlite")


class _Pages(NamedTuple):
    """The name of the newer tables, the size of these, and their pages that are others."""

    newer: str
    size: int
    pages: list[tuple[int, bytes]]


def pages_of(tables: Path) -> Path:
    """Return the place of the pages of tables."""
    return tables.with_suffix(".pages")


def keep_pages(older: Path, newer: Path, parts: Sequence[int] | None = None) -> None:
    """Keep tables as their difference from newer ones, where that is little. The rest is not looked at where it is known in which `parts`
    (see `graph.sums`) they differ. Raises OSError."""
    if not (disk.is_file(older) and disk.is_file(newer)):
        return
    size = older.stat().st_size
    pages: list[tuple[int, bytes]] = []
    for page in _other_pages(older, newer, count(step=_AT_ONCE) if parts is None else (n * PART for n in parts)):
        pages.append(page)
        if len(pages) * _PAGE * _FEW > size:
            return
    disk.write(pages_of(older), zlib.compress(msgspec.msgpack.encode(_Pages(newer.name, size, pages)), 1))
    older.unlink()


def _other_pages(older: Path, newer: Path, places: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    with older.open("rb") as one, newer.open("rb") as other:
        for begin in places:
            one.seek(begin)
            other.seek(begin)
            mine, its = one.read(_AT_ONCE), other.read(_AT_ONCE)
            if not mine:
                return
            for at in range(0, len(mine), _PAGE) if mine != its else ():
                if (page := mine[at : at + _PAGE]) != its[at : at + _PAGE]:
                    yield (begin + at) // _PAGE, page


def put_together(tables: Path, place: Path) -> None:
    """Write tables of which the pages are kept to a place. Raises OSError, and ValueError where they are not to be had."""
    try:
        plain = zlib.decompressobj().decompress(disk.read(pages_of(tables)), disk.MOST)
        newer, size, pages = msgspec.msgpack.decode(plain, type=_Pages)
    except (zlib.error, msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    base = tables.with_name(newer)
    if not _TABLES.fullmatch(newer) or not disk.is_file(base):
        raise ValueError("the tables from which they differ are missing")
    if size > base.stat().st_size + len(plain) or any(not 0 <= number * _PAGE < size for number, _ in pages):
        raise ValueError("they do not fit the tables from which they differ")
    shutil.copyfile(base, place)
    with place.open("r+b") as stream:
        for number, page in pages:
            stream.seek(number * _PAGE)
            stream.write(page)
        stream.truncate(size)
