"""Commands on files alone, without a graph: what they say, their text, the faults of a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.viz.commands.language import speech
from chidao.viz.commands.options import DAY, columns_option, printed_as, the_day

if TYPE_CHECKING:
    from datetime import datetime

    from chidao.extract.model import Facts


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@printed_as("jsonl", help_="How records are printed.")
@click.option("--home", metavar="PLACE", help="Jurisdiction of documents that do not say their own, e.g. “Hà Nội”.")
@columns_option
@click.option("--base", metavar="IRI", help="Where instance IRIs live.")
def extract(
    files: tuple[Path, ...], format_: str, home: str | None, columns: tuple[str, ...], base: str | None
) -> None:
    """Print what FILES say: one JSON object a line for each document, reference, body, relation and action."""
    import json

    from chidao.extract.language.kept_patterns import kept_patterns

    with kept_patterns("extract"):
        from chidao.extract import ChidaoError, records, resolve
        from chidao.extract.formats.archive import expand
        from chidao.extract.iris import BASE
        from chidao.extract.language.jurisdictions import home_place
        from chidao.extract.paths import extract_file, file_bounded
        from chidao.extract.registers.columns import parse_columns

    say = speech()
    home_place(home)
    chosen = parse_columns(columns)
    facts: list[Facts] = []
    failed = 0
    names: list[str] = []
    for file in files:
        try:
            names += expand(file)
        except ChidaoError as error:
            click.echo(f"chidao: {say.error(error)}", err=True)
            failed += 1
    for name in names:
        try:
            with file_bounded(name) as raw:
                found = extract_file(raw, home, chosen)
            facts += found
        except ChidaoError as error:
            click.echo(f"chidao: {say.error(error)}", err=True)
            failed += 1
            continue
        if found and found[0].source.encoding.lower() not in ("utf-8", "utf-8-sig", "ascii"):
            click.echo(f"chidao: {name}: {say('read as {encoding}', encoding=found[0].source.encoding)}", err=True)
        for note in found[0].source.notes if found else ():
            click.echo(f"chidao: {name}: {say.told(note)}", err=True)
    for record in records(resolve(facts), base or BASE, name_files=len(names) > 1):
        click.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def text(file: Path) -> None:
    """Print the text of FILE, exactly as the offsets of all facts count it.

    Of a register, whose offsets count in each row's title, the titles are printed, one a line; of a JSON object that holds a document's
    text, that. FILE may be a file in an archive: papers.zip!plan.docx.
    """
    from chidao.extract import ChidaoError
    from chidao.extract.formats.kinds import Kind
    from chidao.extract.formats.source import source_of
    from chidao.extract.paths import extract_file, file_bounded

    with file_bounded(file) as raw:
        if raw.kind is Kind.XLSX:
            titles = [" ".join(row.source.text.split()) for row in extract_file(raw)]
            click.echo("\n".join(titles))
            return
        source = source_of(raw)
        if raw.kind is Kind.TEXT and source.text.lstrip().startswith("{"):
            found = extract_file(raw)
            source = found[0].source if found[0].row is None else source
    for note in source.notes:
        click.echo(f"chidao: {file}: {speech().told(note)}", err=True)
    try:
        click.echo(source.text, nl=False)
    except UnicodeEncodeError:
        raise ChidaoError("this terminal cannot show Vietnamese: set PYTHONUTF8=1", path=str(file)) from None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--graph", "graph_dir", metavar="DIR", help="A graph that knows more: dates, and what has been replaced.")
@click.option("--home", metavar="PLACE", help="Jurisdiction of a document that does not say its own, e.g. “Hà Nội”.")
@click.option(
    "--on",
    type=DAY,
    metavar="DAY",
    help="What has ended by this day (default: the draft's, or today).",
)
@click.option(
    "--level", type=click.Choice(["error", "warning", "hint"]), default="hint", show_default=True,
    help="The mildest findings to be given; milder ones count as nothing found.",
)  # fmt: skip
@printed_as("table", "json", "docx", help_="How findings are given; docx: as comments in a copy of FILE.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (docx: default FILE-check.docx).")
def check(
    file: Path, graph_dir: str | None, home: str | None, on: datetime | None, level: str, format_: str, out: Path | None
) -> None:
    """Proofread the draft FILE: codes, dates, issuers, first citations, documents no longer in force.

    Exit code 1 when something was found (at --level or worse), 0 when nothing. Messages are in Vietnamese.
    """
    import json

    from chidao.extract.paths import file_bounded
    from chidao.graph.proofread.check import SEVERITIES, check_path
    from chidao.graph.store import read_store
    from chidao.viz.documents.findings import finding_lines, finding_rows
    from chidao.viz.tables import printable

    store = read_store(graph_dir) if graph_dir else None
    with file_bounded(file):
        source, findings = check_path(file, home=home, store=store, on=the_day(on))
    worst = SEVERITIES[: SEVERITIES.index(level) + 1]
    findings = [f for f in findings if f.severity in worst]
    if format_ == "docx":
        from chidao.viz.documents.comments import write_comments

        written = write_comments(file, source, findings, out)
        click.echo(speech()("{path}: {count} comments", path=written, count=len(findings)))
    else:
        text = (
            json.dumps(finding_rows(findings), ensure_ascii=False, indent=1)
            if format_ == "json"
            else "\n".join(printable(line) for line in finding_lines(str(file), findings))
        )
        if out is None:
            click.echo(text)
        else:
            from chidao.viz.documents.comments import write_text

            write_text(file, out, text + "\n")
            click.echo(str(out))
    if findings:
        sys.exit(1)
