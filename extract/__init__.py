"""Text to facts: references, bodies, relations and actions in Vietnamese official text.

`extract_path` reads one file to its facts, `resolve` says which documents the facts of all files mean, `records` prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chidao.extract.corpus.resolve import resolve
from chidao.extract.errors import ChidaoError, SourceError
from chidao.extract.facts import RULES, extract_text
from chidao.extract.formats.source import read_source
from chidao.extract.model import Facts
from chidao.extract.records import records
from chidao.extract.registers.rows import form_of, is_workbook, read_register, read_workbook

__all__ = ["RULES", "ChidaoError", "SourceError", "extract_path", "extract_text", "read_source", "records", "resolve"]


def extract_path(
    path: str | Path, home: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Facts, ...]:
    """The facts of the file at `path` (a tuple, since a register holds many documents). `columns` says which column of a
    register holds what, where its headers do not.

    Raises SourceError for a file that cannot be read as text.
    """
    if is_workbook(path):
        return read_workbook(path, home, columns)
    source = read_source(path)
    form = form_of(source, columns)
    return read_register(source, b"", form, home, columns) if form else (extract_text(source, home),)
