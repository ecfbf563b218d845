"""What a build has its readers do: look into archives, and read files to facts. Each function runs in a guarded process, which
`chidao.extract.formats.sandbox` calls by its name."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chidao.extract.formats.archive import split_member
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.limits import limits_of
from chidao.extract.formats.sandbox import Call, Readers
from chidao.extract.formats.source import content_hash, decode, open_file
from chidao.extract.formats.worker import Bound, unguarded
from chidao.extract.model import Facts
from chidao.graph.write.kept import encode

if TYPE_CHECKING:  # a reader has no need of graphs
    from chidao.graph.write.manifest import Entry

__all__ = ["check_kind", "digest_of", "facts_call", "members_of", "original_of"]

_HERE = __name__


def facts_call(path: str, entry: Entry) -> Call:
    """Return the call whose answer is the facts of the file at `path` as they are kept for its entry."""
    return Call(f"{_HERE}:read_facts", [path, entry.home, dict(entry.columns), entry.key])


def read_facts(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `facts_call`. Raises SourceError for a file that cannot be read."""
    path, home, columns, key = arguments
    file = open_file(path)
    bound(limits_of(file.kind, len(file.data)))
    return encode(key, _rules()(file, home, columns, unguarded(bound)))


@cache
def _rules() -> Callable[..., Iterable[Facts]]:
    """What reads a file to facts: all rules, which who builds need not load."""
    from chidao.extract.ready import ready

    return ready("reading")


def members_of(path: str, readers: Readers) -> list[str]:
    """Return the names of what is in an archive, the file's own for any other. Raises SourceError for one that is damaged or holds too
    much."""
    found: list[str] = json.loads(readers.ask(Call("chidao.extract.formats.worker:names", [path])))
    return found


def digest_of(path: str, readers: Readers) -> str:
    """Return the SHA-256 of the bytes of a file or of a member. Raises SourceError (without a path) when there are none."""
    if not os.path.lexists(path) and split_member(path):
        return readers.ask(Call(f"{_HERE}:read_digest", [path])).decode()
    return content_hash(path)


def read_digest(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `digest_of`."""
    return content_hash(arguments[0]).encode()


def check_kind(path: Path, readers: Readers) -> None:
    """Look whether a file is of a kind that can be read, without reading it. Raises SourceError (without a path) where it is not."""
    readers.ask(Call(f"{_HERE}:read_kind", [str(path)]))


def read_kind(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: what `check_kind` asks."""
    file = open_file(arguments[0])
    if file.kind is Kind.TEXT:
        decode(file.data)
    return file.kind.value.encode()


def original_of(path: str, readers: Readers) -> bytes:
    """Return the bytes of a file or of a member of an archive. Raises SourceError where there are none."""
    return readers.ask(Call(f"{_HERE}:read_original", [path]))


def read_original(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `original_of`."""
    return open_file(arguments[0]).data
