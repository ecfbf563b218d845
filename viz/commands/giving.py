"""How commands give a table: printed, or as a file that a spreadsheet program opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.language import speech
from chidao.viz.speech import Speech

out_option = click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File to write (xlsx: by default the command's name with .xlsx).",
)


def give_table(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any] | Sequence[Any]],
    format_: str,
    out: Path | None,
    *,
    name: str,
    heads: Sequence[str] = (),
    say: Speech | None = None,
) -> None:
    """Print rows, or write them to `out` and say so; a workbook is always a file, `name`.xlsx by default. `heads` are those of people,
    where what the columns are called elsewhere does not fit; `say` the language of heads and cells, where it is not that of the command
    line.

    A CSV file begins with the mark by which spreadsheet programs know UTF-8; what is printed goes to other programs, and has none.
    """
    from chidao.viz.tables import print_table, write_table

    say, found, format_ = say or speech(), list(rows), form_of(format_, out)
    if format_ == "xlsx":
        from chidao.viz.documents.sheet import workbook

        out = out or Path(f"{name}.xlsx")
        out.write_bytes(workbook(columns, found, title=name, say=say, heads=heads))
    elif out is not None:
        write_table(out, columns, found, format_)
    else:
        print_table(columns, found, format_, say, heads)
        return
    click.echo(speech()(N_("{path}: {count} rows"), path=out, count=len(found)))


ENDINGS = {"xlsx": "xlsx", "csv": "csv", "json": "json"}
"""What a file's name ends with, and the form that this asks for."""


def form_of(format_: str, out: Path | None, endings: Mapping[str, str] = ENDINGS) -> str:
    """Return in which form to give a table: as is asked for, else as the file's name ends.

    >>> form_of("table", Path("a.xlsx")), form_of("json", Path("a.xlsx")), form_of("table", None)
    ('xlsx', 'json', 'table')
    """
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return endings.get(ending, format_) if format_ == "table" else format_


def tell_part(shown: int, offset: int, count: int) -> None:
    """Say which part of a list is given, where that is not all of it: beside what is given, so that programs read that alone."""
    if shown < count:
        told = N_("{first} to {last} of {count}") if shown else N_("none: --offset {offset} leaves out all {count}")
        click.echo(speech()(told, first=offset + 1, last=offset + shown, offset=offset, count=count), err=True)


def give_text(text: str, out: Path | None) -> None:
    """Print a text, or write it to `out` and say so."""
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    out.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8", newline="\n")
    click.echo(str(out))


def give_json(found: Any, out: Path | None) -> None:
    """Print what is found as JSON, or write it to `out` and say so."""
    import json

    give_text(json.dumps(found, ensure_ascii=False, indent=1), out)


def give_lines(lines: Iterable[str], out: Path | None) -> None:
    """Print lines for people, or write them to `out` and say so; no letter in them commands a terminal."""
    from chidao.viz.tables import printable

    if out is not None:
        give_text("".join(f"{printable(line)}\n" for line in lines), out)
        return
    for line in lines:
        click.echo(printable(line))
