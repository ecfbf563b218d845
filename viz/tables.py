"""Print tables: for people, as JSON, as CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from chidao.graph.export import no_formula
from chidao.viz.speech import Speech
from chidao.viz.words import words

FORMATS = ("table", "json", "csv")
NAMED_BY = {
    "document": "label", "directive": "label", "body": "name", "first": "firstLabel", "actor": "name", "provision": "name",
    "basis": "basisLabel", "by": "byLabel", "above": "aboveLabel", "below": "belowLabel", "candidate": "candidateLabel",
}  # fmt: skip
"""Columns that hold things of the graph, and those of their names."""
SAID = frozenset({"certainty", "kind", "reason", "what", "why", "conflict", "role", "field"})
"""Columns whose cells are the program's own words or messages."""
_ENGLISH = Speech("en")


def print_table(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any] | Sequence[Any]],
    format_: str = "table",
    say: Speech = _ENGLISH,
    heads: Sequence[str] = (),
) -> None:
    """Print rows (mappings by column, or sequences in column order). A table is drawn to the width of a terminal, wrapping
    long cells; piped, it is tab-separated lines with a head, and nothing is cut. Its heads (`heads`, where those of the columns do not
    fit) and words are in the language of the command line; what programs read, JSON and CSV, is the same in each."""
    plain = plain_rows(columns, rows)
    if format_ not in ("json", "csv") and say.language != "en":
        plain = [told_row(row, say) for row in plain]
    if format_ == "json":
        click.echo(_json(columns, plain))
    elif format_ == "csv":
        click.echo(csv_text(columns, plain), nl=False)
    elif sys.stdout.isatty():
        _draw(columns, heads_of(columns, say, heads), plain)
    else:
        click.echo("\t".join(heads_of(columns, say, heads)))
        for row in plain:
            click.echo("\t".join(" ".join(_text(row.get(c)).split()) for c in columns))


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any] | Sequence[Any]], format_: str
) -> None:
    """Write rows to a file: as JSON, else as CSV with the mark by which spreadsheet programs know UTF-8."""
    plain = plain_rows(columns, rows)
    text = _json(columns, plain) + "\n" if format_ == "json" else "\ufeff" + csv_text(columns, plain)
    path.write_text(text, encoding="utf-8", newline="\n")


def plain_rows(columns: Sequence[str], rows: Iterable[Mapping[str, Any] | Sequence[Any]]) -> list[dict[str, Any]]:
    """Return rows, mappings by column or sequences in column order, as mappings."""
    return [dict(row) if isinstance(row, Mapping) else dict(zip(columns, row, strict=True)) for row in rows]


def _json(columns: Sequence[str], rows: list[dict[str, Any]]) -> str:
    return json.dumps([{c: row.get(c) for c in columns} for row in rows], ensure_ascii=False, indent=1)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a head; no cell can run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([no_formula(_text(row.get(c))) for c in columns] for row in rows)
    return out.getvalue()


def named_by(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns that hold things, each with the column of their names, where that is there.

    >>> named_by(("document", "label", "by", "date"))
    {'document': 'label'}
    """
    taken: dict[str, str] = {}
    for column in columns:
        if (by := NAMED_BY.get(column)) and by in columns and by not in taken.values():
            taken[column] = by
    return taken


def told_row(row: Mapping[str, Any], say: Speech) -> dict[str, Any]:
    """Return a row with its cells in the words of a language.

    >>> told_row({"date": "2022-05-05", "relation": "implements", "certainty": "explicit", "days": 3}, Speech("vi"))
    {'date': '05/05/2022', 'relation': 'thực hiện', 'certainty': 'nêu rõ', 'days': 3}
    """
    told = words(say.language)

    def cell(column: str, text: str) -> str:
        said = told.cell(column, text)
        return said if said != text or column not in SAID else say.told(text)

    return {column: cell(column, value) if isinstance(value, str) else value for column, value in row.items()}


def heads_of(columns: Sequence[str], say: Speech, heads: Sequence[str] = ()) -> list[str]:
    """Return the heads of columns as they are printed; English has the names that programs know.

    >>> heads_of(["date", "days", "?"], Speech("vi"))
    ['Ngày', 'Số ngày', '?']
    """
    return list(columns) if say.language == "en" else sheet_heads(columns, say, heads)


def sheet_heads(columns: Sequence[str], say: Speech, heads: Sequence[str] = ()) -> list[str]:
    """Return the heads of columns as people read them on a sheet.

    >>> sheet_heads(["date", "days"], Speech("en"))
    ['Date', 'Days']
    """
    known = words(say.language).columns
    return [say(head) for head in heads] or [known.get(column) or say(column) for column in columns]


def _draw(columns: Sequence[str], heads: Sequence[str], rows: list[dict[str, Any]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_text(row.get(c))) for c in columns))
    Console().print(table)


def _text(value: Any) -> str:
    return "" if value is None else printable(str(value))


def printable(text: str) -> str:
    """Without the control characters by which a document's text could command a terminal."""
    return "".join(c for c in text if (c >= " " and c != "\x7f" and not "\x80" <= c < "\xa0") or c in "\t\n")
