"""The command line: thin commands that parse, call and print.

Whatever is heavy is imported by the command that needs it, so that help answers at once.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from types import FrameType

    from chidao.extract.model import Facts

GRAPH = "./chidao-graph"


def take_interrupts() -> None:
    """Have Ctrl-C end a command in order, and a second one at once, without a word: what it had started ends with it."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)


class Commands(click.Group):
    """Shows every error that a user can act on as one line on standard error."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        take_interrupts()  # in a process of its own, as the shell starts it
        return super().__call__(*arguments, **options)

    def invoke(self, context: click.Context) -> object:
        from chidao.extract.errors import ChidaoError, fault_of

        for stream in (sys.stdout, sys.stderr):
            # Vietnamese letters must not stop a command on a console or pipe of another encoding.
            if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().invoke(context)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            context.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(0)
        except OSError as error:
            click.echo(f"chidao: {error.filename or 'output'}: {error.strerror or error}", err=True)
            context.exit(1)
        except KeyboardInterrupt:
            click.echo("chidao: interrupted; nothing was changed", err=True)
            context.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            click.echo(
                f"chidao: stopped, by a fault of its own or a graph that was forged: please report it ({fault_of(error)})",
                err=True,
            )
            context.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="chidao")
def main() -> None:
    """Knowledge graphs of Vietnamese official documents: who issued what, and what implements what."""


def printed_as(*forms: str, help_: str = "How it is printed.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--format`: one of these forms, the first where the user names none."""
    return click.option(
        "--format", "format_", type=click.Choice(forms), default=forms[0], show_default=True, help=help_
    )


graph_option = click.option("--graph", "graph_dir", default=GRAPH, show_default=True, help="Folder of the graph.")
columns_option = click.option(
    "--columns", multiple=True, metavar="FIELD=HEADER",
    help="Which column of a register holds what, where its header does not say: “number=Mã số; title=3”. "
    "Fields: number, symbol, date, title, typed_title, issuer, type, signer, signer_role, recipients.",
)  # fmt: skip


@main.command()
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

    from chidao.extract import ChidaoError, records, resolve
    from chidao.extract.facts import home_place
    from chidao.extract.formats.archive import expand
    from chidao.extract.paths import extract_file, file_bounded
    from chidao.extract.records import BASE
    from chidao.extract.registers.columns import parse_columns

    home_place(home)
    chosen = parse_columns(columns)
    facts: list[Facts] = []
    failed = 0
    names: list[str] = []
    for file in files:
        try:
            names += expand(file)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            failed += 1
    for name in names:
        try:
            with file_bounded(name) as raw:
                found = extract_file(raw, home, chosen)
            facts += found
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            failed += 1
            continue
        if found and found[0].source.encoding.lower() not in ("utf-8", "utf-8-sig", "ascii"):
            click.echo(f"chidao: {name}: read as {found[0].source.encoding}", err=True)
        for note in found[0].source.notes if found else ():
            click.echo(f"chidao: {name}: {note}", err=True)
    for record in records(resolve(facts), base or BASE, name_files=len(names) > 1):
        click.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        sys.exit(1)


@main.command()
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
        click.echo(f"chidao: {file}: {note}", err=True)
    try:
        click.echo(source.text, nl=False)
    except UnicodeEncodeError:
        raise ChidaoError("this terminal cannot show Vietnamese: set PYTHONUTF8=1", path=str(file)) from None


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@graph_option
@click.option(
    "--home", metavar="PLACE",
    help="Jurisdiction of documents that do not say their own, e.g. “Hà Nội”; the graph remembers it ('' for none).",
)  # fmt: skip
@columns_option
@click.option("--base", metavar="IRI", help="Where instance IRIs live.")
@click.option("--fresh", is_flag=True, help="Start anew instead of adding to the graph.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Files read at once (default: one for each processor)."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def build(
    paths: tuple[Path, ...],
    graph_dir: str,
    home: str | None,
    columns: tuple[str, ...],
    base: str | None,
    fresh: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build or extend a graph from PATHS (files and folders). Building twice changes nothing."""
    from chidao.extract.errors import in_a_line
    from chidao.extract.records import BASE
    from chidao.extract.registers.columns import parse_columns
    from chidao.graph.write.build import build as run
    from chidao.viz.progress import progress_bar, summary_lines

    chosen = parse_columns(columns)
    with progress_bar(quiet) as tell:
        summary = run(
            paths, graph_dir, home=home, columns=chosen, base=base or BASE, fresh=fresh, jobs=jobs, progress=tell
        )
    for path, reason in summary.failed:
        click.echo(f"chidao: {in_a_line(f'{path}: {reason}')}", err=True)
    for note in summary.notes:
        click.echo(f"chidao: {in_a_line(note)}", err=True)
    for line in summary_lines(summary, graph_dir):
        click.echo(line)
    if summary.failed:
        sys.exit(1)


@main.command()
@graph_option
@printed_as("table", "json", "csv", help_="How the figures are printed.")
@click.option("--files", is_flag=True, help="List the files that were not read, and why, instead.")
def stats(graph_dir: str, format_: str, files: bool) -> None:
    """Say how much of what the graph holds."""
    from chidao.graph.answers.graph import Graph
    from chidao.graph.answers.stats import unread_files
    from chidao.viz.tables import print_table

    if files:
        print_table(("file", "reason"), unread_files(graph_dir), format_)
        return
    print_table(("what", "count"), Graph.open(graph_dir).stats(), format_)


@main.command()
@graph_option
@printed_as("turtle", "trig", "nquads", "json-ld", "graphml", "gexf", "csv", help_="The form.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="File to write (for csv a folder); default chidao.EXTENSION."
)
def export(graph_dir: str, format_: str, out: Path | None) -> None:
    """Write the graph, with all its evidence, in another form."""
    from chidao.graph.export import export as run

    endings = {"turtle": ".ttl", "nquads": ".nq", "json-ld": ".jsonld", "csv": "-csv"}
    path = run(graph_dir, format_, out or Path("chidao" + endings.get(format_, f".{format_}")))
    click.echo(str(path))


@main.command()
@graph_option
@click.option("--deep", is_flag=True, help="First read every file of the graph and compare it with its checksum.")
def validate(graph_dir: str, deep: bool) -> None:
    """Check the graph against the shipped SHACL shapes."""
    from chidao.graph.validate import validate as run
    from chidao.graph.write.inspection import inspect

    if deep:
        found = inspect(graph_dir)
        for damage in found.damage:
            click.echo(f"chidao: {damage}", err=True)
        if found.damage:
            click.echo("chidao: damaged graph; build it anew with --fresh", err=True)
            sys.exit(1)
        click.echo(
            f"{found.files} files, {found.quads} quads and the facts of {found.facts} files are as they were written"
        )
    count, violations = run(graph_dir)
    for v in violations:
        click.echo(f"{v.node}  {v.path}  {v.message}" + (f"  ({v.value})" if v.value else ""))
    click.echo(f"{count} triples checked, {len(violations)} violations")
    if violations:
        sys.exit(1)


def the_day(on: datetime | None) -> date | None:
    """The day of an option, None where it is not given."""
    return on.date() if on else None


on_option = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="What is in force on this day (default: today)."
)
which_options = (
    click.option(
        "--year", type=int, metavar="YYYY", help="The document of this year, where several are called the same."
    ),
    click.option(
        "--scope", metavar="PLACE", help="The document of this jurisdiction, where several are called the same."
    ),
)


def which(command: Any) -> Any:
    """The options that pick one document among several with the same number."""
    for option in reversed(which_options):
        command = option(command)
    return command


@main.command()
@click.argument("reference", metavar="REF")
@which
@click.option("--evidence", is_flag=True, help="With the sentences that say so, and their places.")
@click.option(
    "--tree", is_flag=True, help="With the documents that carry these out in turn: central, province, district."
)
@on_option
@printed_as("table", "json", "csv")
@graph_option
def implements(
    reference: str, year: int | None, scope: str | None, evidence: bool, tree: bool, on: datetime | None, format_: str, graph_dir: str,
) -> None:  # fmt: skip
    """List the documents that carry out the directive REF.

    REF is a number such as 15-NQ/TW, in any case, with or without type word and diacritics, or a name or an IRI.
    """
    from chidao.graph.answers.graph import Graph
    from chidao.viz.law_words import ended_words
    from chidao.viz.tables import print_table, printable
    from chidao.viz.terminal import COLUMNS, implementation_lines, implementation_row, tree_lines

    found = Graph.open(graph_dir).implements(reference, year=year, scope=scope, chain=tree, on=the_day(on))
    items = found.documents
    if format_ == "json":
        import json

        click.echo(json.dumps([item.plain() for item in items], ensure_ascii=False, indent=1))
        return
    if format_ == "csv":
        rows = [
            implementation_row(i) | {"evidence": i.evidence[0].sentence if evidence and i.evidence else ""}
            for i in items
        ]
        print_table((*COLUMNS, "evidence") if evidence else COLUMNS, rows, "csv")
        return
    title = found.directive.title
    over = f"  [{ended_words(found.ended)}]" if found.ended else ""
    click.echo(printable(found.directive.line() + (f"  {title}" if title else "") + over))
    if not items:
        click.echo("The files name no document that carries it out. Nothing known is not the same as not done.")
    lines = tree_lines(items, evidence=evidence) if tree else implementation_lines(items, evidence=evidence)
    for line in lines:
        click.echo(printable(line))


@main.command()
@click.argument("reference", metavar="REF_OR_BODY")
@which
@on_option
@printed_as("table", "json")
@graph_option
def show(
    reference: str, year: int | None, scope: str | None, on: datetime | None, format_: str, graph_dir: str
) -> None:
    """Show all that is known of one document, body or provision (“khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP”)."""
    import json

    from chidao.graph.answers.graph import Graph
    from chidao.viz.tables import printable
    from chidao.viz.terminal import show_lines

    found = Graph.open(graph_dir).show(reference, year=year, scope=scope, on=the_day(on))
    if format_ == "json":
        click.echo(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    else:
        for line in show_lines(found):
            click.echo(printable(line))


@main.command()
@click.argument("name", required=False)
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; may be given again for another one.",
)
@click.option("--list", "list_", is_flag=True, help="List the questions and their parameters.")
@which
@on_option
@printed_as("table", "json", "csv", "xlsx")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (xlsx: default NAME.xlsx).")
@graph_option
def ask(
    name: str | None, params: tuple[str, ...], list_: bool, year: int | None, scope: str | None, on: datetime | None, format_: str,
    out: Path | None, graph_dir: str,
) -> None:  # fmt: skip
    """Ask a named question, or list them.

    For example: chidao ask who-acted --param directive=15-NQ/TW
    """
    from chidao.graph.answers.graph import Graph
    from chidao.viz.tables import print_table, write_table

    if list_ or name is None:
        for question in Graph.questions().values():
            click.echo(question.name)
            click.echo(f"    {question.vi}")
            click.echo(f"    {question.en}")
            for p in question.params:
                click.echo(f"    --param {p.name}=…  {p.help}{'' if p.required else ' (optional)'}")
        return
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"--param is NAME=VALUE, not {param!r}")
        if key in given:
            raise click.UsageError(f"--param {key} is given twice")
        given[key] = value
    answer = Graph.open(graph_dir).ask(name, given, year=year, scope=scope, on=the_day(on))
    if format_ == "xlsx":
        from chidao.viz.documents.sheet import workbook

        out = out or Path(f"{name}.xlsx")
        out.write_bytes(workbook(answer.columns, answer.rows, title=name))
    elif out:
        write_table(out, answer.columns, answer.rows, format_)
    else:
        print_table(answer.columns, answer.rows, format_)
    if out:
        click.echo(f"{out}: {len(answer.rows)} rows")


@main.command()
@click.argument("text", metavar="[TEXT|FILE.rq|-]", default="-")
@printed_as("table", "json", "csv", "xml", "ttl")
@click.option(
    "--time-limit", default=30.0, show_default=True, type=click.FloatRange(0, 86400, min_open=True), metavar="SECONDS",
    help="A query that takes longer is ended.",
)  # fmt: skip
@graph_option
def query(text: str, format_: str, time_limit: float, graph_dir: str) -> None:
    """Run SPARQL: the text itself, a .rq file, or - for standard input. The usual prefixes are there."""
    from chidao.extract import read_source
    from chidao.graph.answers.graph import Graph
    from chidao.viz.tables import print_table

    path = None
    if text == "-":
        text, path = sys.stdin.read(), "standard input"
    elif text.endswith(".rq") and "\n" not in text and "{" not in text:
        path = text
        text = read_source(Path(text)).text
    with Graph.open(graph_dir, time_limit=time_limit) as graph:
        answer = graph.query(text, format_, path=path)
    if answer.document is not None:
        click.echo(answer.document, nl=not answer.document.endswith("\n"))
    else:
        print_table(answer.columns, answer.rows, format_)


@main.command("graph")
@click.argument("reference", required=False, metavar="[REF]")
@click.option("--all", "everything", is_flag=True, help="Draw the whole graph instead of what surrounds REF.")
@click.option(
    "-o", "--out", default="graph.html", show_default=True, type=click.Path(path_type=Path), help="Page to write."
)
@click.option("--depth", default=2, show_default=True, type=click.IntRange(0), help="How many steps from REF.")
@click.option(
    "--direction",
    default="both",
    show_default=True,
    type=click.Choice(["up", "down", "both"]),
    help="To what REF rests on (up), to what rests on it (down).",
)
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME", help="Only this one, e.g. implements; repeatable."
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(["central", "province", "district", "commune"]),
    help="Only documents of this level; repeatable.",
)
@which
@click.option("--bodies", is_flag=True, help="Draw the issuing bodies too.")
@click.option("--max-nodes", default=500, show_default=True, type=click.IntRange(1), help="Keep the most connected.")
@graph_option
def graph_page(
    reference: str | None,
    everything: bool,
    out: Path,
    graph_dir: str,
    year: int | None,
    scope: str | None,
    **options: Any,
) -> None:
    """Draw REF and what surrounds it as one HTML page that works offline, with the sentences that say so.

    REF is a number such as 15-NQ/TW, with type, year or issuer where several documents share it, or an IRI.
    """
    if (reference is None) != everything:
        raise click.UsageError("give either REF or --all")
    from chidao.viz.drawing.data import View
    from chidao.viz.drawing.draw import draw

    drawing = draw(graph=graph_dir, output=out, reference=reference, view=View(**options), year=year, scope=scope)
    left = f"; {drawing.omitted} less connected ones left out (--max-nodes)" if drawing.omitted else ""
    click.echo(f"{drawing.path}: {drawing.nodes} nodes{left}")


@main.command()
@click.option("--body", metavar="NAME", help="Tasks that this body leads or supports: a body, or a group as printed.")
@click.option("--document", metavar="REF", help="Tasks that this document assigns.")
@which
@click.option("--due-before", type=click.DateTime(["%Y-%m-%d"]), help="Due before this day (YYYY-MM-DD).")
@click.option("--due-after", type=click.DateTime(["%Y-%m-%d"]), help="Due after this day (YYYY-MM-DD).")
@printed_as(
    "table",
    "json",
    "csv",
    "ical",
    help_="How tasks are given; ical: those with a due date or that recur, for a calendar.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (ical: default tasks.ics).")
@graph_option
def tasks(
    body: str | None, document: str | None, year: int | None, scope: str | None, due_before: datetime | None,
    due_after: datetime | None, format_: str, out: Path | None, graph_dir: str,
) -> None:  # fmt: skip
    """List what documents make bodies do: who leads, who supports, by when."""
    from chidao.graph.answers.calendar import calendar, recurs
    from chidao.graph.answers.graph import Graph
    from chidao.graph.answers.tasks import COLUMNS, task_cells
    from chidao.viz.tables import print_table, printable, write_table
    from chidao.viz.terminal import task_lines

    found = Graph.open(graph_dir).tasks(
        body=body, document=document or None, year=year, scope=scope, due_before=due_before.date() if due_before else None,
        due_after=due_after.date() if due_after else None,
    )  # fmt: skip
    if format_ == "ical":
        path = out or Path("tasks.ics")
        path.write_bytes(calendar(found))
        dated, recurring = sum(t.due is not None for t in found), sum(recurs(t) for t in found)
        also = f" or that recur ({recurring})" if recurring else ""
        click.echo(f"{path}: {dated + recurring} of {len(found)} tasks, those with a due date{also}")
    elif out is not None:
        write_table(out, COLUMNS, map(task_cells, found), format_)
        click.echo(str(out))
    elif format_ == "table":
        for line in task_lines(found):
            click.echo(printable(line))
    else:
        print_table(COLUMNS, map(task_cells, found), format_)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--graph", "graph_dir", metavar="DIR", help="A graph that knows more: dates, and what has been replaced.")
@click.option("--home", metavar="PLACE", help="Jurisdiction of a document that does not say its own, e.g. “Hà Nội”.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
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
        click.echo(f"{written}: {len(findings)} comments")
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


@main.command()
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@which
@click.option(
    "--level", type=click.Choice(["province", "department", "district", "commune", "central"]), default="province",
    show_default=True, help="Whose rows: of provinces; of the departments, districts or communes of one; of central bodies.",
)  # fmt: skip
@click.option("--within", metavar="PLACE", help="The province, for levels below it.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The provinces and bodies of this day (default: today's)."
)
@printed_as("table", "json", "csv", "xlsx", help_="How it is given.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (xlsx: default coverage.xlsx).")
@graph_option
def coverage(
    references: tuple[str, ...], year: int | None, scope: str | None, level: str, within: str | None, on: datetime | None,
    format_: str, out: Path | None, graph_dir: str,
) -> None:  # fmt: skip
    """Show which bodies of a level have carried out the directives REF, as far as the files tell.

    Nothing known is not the same as not done.
    """
    from chidao.graph.answers.graph import Graph
    from chidao.viz.documents.matrix import COLUMNS, coverage_json, coverage_rows, coverage_workbook
    from chidao.viz.tables import print_table, printable, write_table
    from chidao.viz.terminal import coverage_lines

    found = Graph.open(graph_dir).coverage(
        references, level=level, within=within, on=the_day(on), year=year, scope=scope
    )
    if format_ == "xlsx":
        out = out or Path("coverage.xlsx")
        out.write_bytes(coverage_workbook(found))
    elif format_ == "json":
        if out is None:
            click.echo(coverage_json(found))
        else:
            out.write_text(coverage_json(found) + "\n", encoding="utf-8", newline="\n")
    elif format_ == "csv" and out is None:
        print_table(COLUMNS, coverage_rows(found), "csv")
    elif format_ == "csv" and out is not None:
        write_table(out, COLUMNS, coverage_rows(found), "csv")
    else:
        text = "\n".join(printable(line) for line in coverage_lines(found))
        if out is None:
            click.echo(text)
        else:
            out.write_text(text + "\n", encoding="utf-8", newline="\n")
    if out is not None:
        click.echo(str(out))


@main.command()
@graph_option
@click.option(
    "-o", "--out", default="./chidao-site", show_default=True, type=click.Path(path_type=Path),
    help="Folder to write; a site that stands there is replaced.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="The language of the pages."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def site(graph_dir: str, out: Path, language: str, quiet: bool) -> None:
    """Write the site as files that open without a server, for instance from a USB stick."""
    from chidao.viz.progress import progress_bar
    from chidao.viz.web.site import write_site

    with progress_bar(quiet, {"pages": "writing pages"}) as tell:
        done = write_site(graph_dir, out, language=language, progress=lambda *count: tell("pages", *count))
    click.echo(f"{done.path / 'index.html'}: {done.pages} pages, {done.size / 1e6:.1f} MB")


@main.command("mcp")
@graph_option
@click.option(
    "--time-limit", default=30.0, show_default=True, type=click.FloatRange(0.1), metavar="SECONDS",
    help="A SPARQL query that takes longer is stopped.",
)  # fmt: skip
def model_context(graph_dir: str, time_limit: float) -> None:
    """Serve the graph to a language model: Model Context Protocol over standard input and output.

    It is started by the program that runs the model; needs the package mcp (pip install 'chidao[mcp]').
    """
    from chidao.viz.model_context import run

    run(graph_dir, time_limit=time_limit)


@main.command()
@graph_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: all, for others too."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: any free one.")
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="A name by which others reach the site, beside its address and this machine's own name; repeatable.",
)  # fmt: skip
@click.option(
    "--cors", multiple=True, metavar="ORIGIN", help="Pages of this origin may read /api and /sparql; repeatable."
)
@click.option(
    "--time-limit", default=30.0, show_default=True, type=click.FloatRange(0.1), metavar="SECONDS",
    help="A SPARQL query that takes longer is stopped.",
)  # fmt: skip
def serve(
    graph_dir: str, host: str, port: int, names: tuple[str, ...], cors: tuple[str, ...], time_limit: float
) -> None:
    """Show the graph as a local site: search, documents, bodies, coverage, timelines, SPARQL, an API.

    A new build is picked up while the server runs.
    """
    from chidao.viz.web.hosts import is_local
    from chidao.viz.web.serve import serve as run

    def announce(address: str) -> None:
        click.echo(f"{address}  (Ctrl+C stops it)")
        if not is_local(host):
            click.echo("chidao: everybody who reaches this machine can read the graph", err=True)

    run(graph_dir, host=host, port=port, names=names, cors=cors, time_limit=time_limit, announce=announce)


@main.command()
@click.option(
    "-o", "--out", default="./chidao-demo", show_default=True, type=click.Path(path_type=Path),
    help="Folder for the graph and the page.",
)  # fmt: skip
def demo(out: Path) -> None:
    """Build a graph from the sample documents that come with chidao, ask it, and draw it."""
    import shlex
    import shutil

    from chidao.extract.errors import ChidaoError

    samples = Path(__file__).parent / "samples"
    if not samples.is_dir():
        raise ChidaoError("the sample documents are not installed; run this from a checkout", path=str(samples))
    graph, page = out / "graph", out / "15-nq-tw.html"
    # What is shown can be typed: by its path where the shell does not find it, as after `make demo`.
    program = "chidao" if shutil.which("chidao") else shlex.quote(sys.argv[0])
    for step in (
        ["build", samples, "--graph", graph, "--fresh", "--quiet"],
        ["implements", "15-NQ/TW", "--graph", graph, "--tree"],
        ["graph", "15-NQ/TW", "--graph", graph, "-o", page],
    ):
        arguments = [str(part) for part in step]
        click.echo(f"$ {program} {shlex.join(arguments)}")
        if code := main.main(arguments, prog_name="chidao", standalone_mode=False):
            sys.exit(code)
        click.echo()
    click.echo(f"Open {page.absolute()} in a browser; it needs no network.")
    click.echo(f"Or browse everything: {program} serve --graph {shlex.quote(str(graph))}")


if __name__ == "__main__":
    main()
