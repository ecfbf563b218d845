"""One file to its facts, whatever it is: a document, a register, a member of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from chidao.extract.facts import extract_text
from chidao.extract.formats.kinds import Kind, text_kind
from chidao.extract.formats.limits import MAX_TEXT, bounded, failure, limits_of, too_long
from chidao.extract.formats.sandbox import Convert, convert
from chidao.extract.formats.source import RawFile, errors_named, open_file, source_of
from chidao.extract.model import Facts, Source
from chidao.extract.registers.rows import is_register, read_register

__all__ = ["extract_file", "extract_path", "file_bounded"]


def extract_path(
    path: str | Path, home: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Facts, ...]:
    """Return the facts of the file at `path` (a tuple, since a register holds many documents). `home` names the jurisdiction of
    documents that do not say their own; `columns` says which column of a register holds what, where its headers do not.

    Raises SourceError for a file that cannot be read, and ChidaoError for an unknown home or column.
    """
    return extract_file(open_file(path), home, columns)


@contextmanager
def file_bounded(path: str | Path) -> Iterator[RawFile]:
    """Open a file for a command, which does in this block, in its own process, what it has to do with it, within the limits that reading
    it may take. Raises SourceError, whatever happens to the file, with its path."""
    file = open_file(path)
    with errors_named(file.name), bounded(limits_of(file.kind, len(file.data))):
        yield file


def extract_file(
    file: RawFile, home: str | None = None, columns: Mapping[str, str] | None = None, using: Convert = convert
) -> tuple[Facts, ...]:
    """Return the facts of a file's bytes; `using` reads formats (see `formats.sandbox`). Raises as `extract_path`."""
    try:
        return _facts(file, home, columns, using)
    except Exception as error:  # no file may end what others wait for
        with errors_named(file.name):
            raise failure(error, limits_of(file.kind, len(file.data)).memory) from error


def _facts(file: RawFile, home: str | None, columns: Mapping[str, str] | None, using: Convert) -> tuple[Facts, ...]:
    if file.kind is Kind.XLSX:
        with errors_named(file.name):
            rows = using(Kind.XLSX, file.data).text
        return read_register(Source(file.name, file.sha256, "utf-8", rows), Kind.XLSX, home, columns)
    source = source_of(file, using)
    kind: Kind = file.kind
    if kind is Kind.TEXT:
        kind = text_kind(file.name, source.text, lambda text, table: is_register(text, table, columns))
    if kind.is_table:
        return read_register(source, kind, home, columns)
    if len(source.text) > MAX_TEXT:
        raise too_long(source.path)
    return (extract_text(source, home),)
