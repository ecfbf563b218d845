"""What a build has its readers do: look into archives, and read files to facts. Each function runs in a guarded process, which
`chidao.extract.formats.sandbox` calls by its name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from chidao.extract.formats.archive import split_member
from chidao.extract.formats.limits import limits_of
from chidao.extract.formats.sandbox import Call, Readers
from chidao.extract.formats.source import content_hash, open_file
from chidao.extract.formats.worker import Bound, unguarded
from chidao.extract.paths import extract_file
from chidao.graph.write.kept import encode
from chidao.graph.write.manifest import Entry

__all__ = ["digest_of", "facts_call", "members_of"]

_HERE = __name__


def facts_call(path: Path, entry: Entry) -> Call:
    """Return the call whose answer is the facts of the file at `path` as they are kept for its entry."""
    return Call(f"{_HERE}:read_facts", [str(path), entry.home, dict(entry.columns), entry.key])


def read_facts(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `facts_call`. Raises SourceError for a file that cannot be read."""
    path, home, columns, key = arguments
    file = open_file(path)
    bound(limits_of(file.kind, len(file.data)))
    return encode(key, extract_file(file, home, columns, unguarded(bound)))


def members_of(path: Path, readers: Readers) -> list[str]:
    """Return the names of what is in an archive, the file's own for any other. Raises SourceError for one that is damaged or holds too
    much."""
    found: list[str] = json.loads(readers.ask(Call("chidao.extract.formats.worker:names", [str(path)])))
    return found


def digest_of(path: Path, readers: Readers) -> str:
    """Return the SHA-256 of the bytes of a file or of a member. Raises SourceError (without a path) when there are none."""
    if not os.path.lexists(path) and split_member(str(path)):
        return readers.ask(Call(f"{_HERE}:read_digest", [str(path)])).decode()
    return content_hash(path)


def read_digest(bound: Bound, arguments: list[Any], body: bytes) -> bytes:
    """In a reader: the answer to `digest_of`."""
    return content_hash(arguments[0]).encode()
