"""Text to facts: references, bodies, relations and actions in Vietnamese official text.

`extract_path` reads one file to its facts, `resolve` says which documents the facts of all files mean, `records` prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chidao.extract.corpus.resolve import resolve
from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.facts import RULES, extract_text
from chidao.extract.formats.kinds import Kind, text_kind
from chidao.extract.formats.source import open_file, read_source, source_of
from chidao.extract.model import Facts, Source
from chidao.extract.records import records
from chidao.extract.registers.rows import is_register, read_register

__all__ = ["RULES", "ChidaoError", "SourceError", "extract_path", "extract_text", "read_source", "records", "resolve"]


def extract_path(
    path: str | Path, home: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Facts, ...]:
    """The facts of the file at `path` (a tuple, since a register holds many documents). `columns` says which column of a
    register holds what, where its headers do not.

    Raises SourceError for a file that cannot be read as text.
    """
    file = open_file(path)
    if file.kind is Kind.XLSX:
        return read_register(Source(file.name, file.sha256, "utf-8", ""), Kind.XLSX, home, columns, file.data)
    source = source_of(file)
    kind: Kind = file.kind
    if kind is Kind.TEXT:
        kind = text_kind(file.name, source.text, lambda text, table: is_register(text, table, columns))
    return read_register(source, kind, home, columns) if kind.is_table else (extract_text(source, home),)
