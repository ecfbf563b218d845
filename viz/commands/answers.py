"""Commands that ask a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.giving import (
    ENDINGS,
    form_of,
    give_json,
    give_lines,
    give_table,
    give_text,
    out_option,
    tell_part,
)
from chidao.viz.commands.language import speech
from chidao.viz.commands.options import (
    DAY,
    asked,
    graph_option,
    on_option,
    paged,
    printed_as,
    the_day,
    the_graph,
    which,
    workspace_option,
)
from chidao.viz.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from chidao.graph.answers.task_states import TaskOnDay


@click.command()
@click.argument("reference", metavar="REF")
@which
@click.option("--evidence", is_flag=True, help="With the sentences that say so, and their places.")
@click.option(
    "--tree", is_flag=True,
    help="With the documents that carry these out in turn: central, province, district. --limit and --offset count the first level.",
)  # fmt: skip
@on_option
@paged()
@printed_as("table", "json", "csv", "xlsx")
@out_option
@asked
def implements(
    reference: str, year: int | None, scope: str | None, evidence: bool, tree: bool, on: datetime | None, limit: int | None, offset: int,
    format_: str, out: Path | None, graph_dir: str, endpoint: str | None,
) -> None:  # fmt: skip
    """List the documents that carry out the directive REF.

    REF is a number such as 15-NQ/TW, in any case, with or without type word and diacritics, or a name or an IRI.
    """
    from chidao.viz.terminal import COLUMNS, implementation_row, implementers_lines

    found = the_graph(graph_dir, endpoint).implements(
        reference, year=year, scope=scope, chain=tree, on=the_day(on), limit=limit, offset=offset
    )
    items, form = found.documents, form_of(format_, out)
    if form == "json":
        give_json([item.plain() for item in items], out)
    elif form == "table":
        give_lines(implementers_lines(found, speech(), evidence=evidence, tree=tree), out)
    else:
        said = ("evidence",) if evidence else ()
        rows = [
            implementation_row(i) | {"evidence": i.evidence[0].sentence if evidence and i.evidence else ""}
            for i in items
        ]
        give_table((*COLUMNS, *said), rows, form, out, name="implements")
    tell_part(len(items), offset, found.total)


@click.command()
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(["document", "body"]), help="Only documents, or only bodies.")
@click.option("--type", "type_", metavar="NAME", help="Only documents of this type: “Nghị quyết”.")
@click.option("--issuer", metavar="NAME", help="Only what this body issued, by its full name.")
@click.option("--level", type=click.Choice(["central", "province", "district", "commune"]), help="Only of this level.")
@click.option("--year", type=int, metavar="YYYY", help="Only of this year.")
@click.option(
    "--state", type=click.Choice(["in-force", "not-yet", "partly", "expired", "suspended", "partly-suspended", "unknown"]),
    help="Only documents that are in this state of force today, as far as the files tell.",
)  # fmt: skip
@click.option(
    "--carried", type=click.Choice(["yes", "no"]), help="Only documents that others carry out, or that none is seen to."
)
@click.option(
    "--where", type=click.Choice(["name", "text"]), help="Only what is called so, or of what the text alone says so."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "oldest"]),
    default="relevance",
    show_default=True,
    help="The order.",
)
@paged(20, 10_000)
@click.option(
    "--facets",
    is_flag=True,
    help="With the values by which the results can be narrowed, and how many each would leave.",
)
@printed_as("table", "json", "csv", "xlsx")
@out_option
@graph_option
def search(
    words: tuple[str, ...], limit: int, offset: int, sort: str, facets: bool, format_: str, out: Path | None, graph_dir: str,
    type_: str | None, **narrow: Any,
) -> None:  # fmt: skip
    """Find documents and bodies by number, words of the title, name, or what their files say.

    Diacritics do not matter, abbreviations are understood, words in quotation marks stand together:
    chidao search '"chuyển đổi số" ubnd ha noi'
    """
    from chidao.graph.answers.graph import Graph
    from chidao.viz.terminal import HIT_COLUMNS, hit_lines, hit_row

    found = Graph.open(graph_dir).search(" ".join(words), limit=limit, offset=offset, sort=sort, type=type_, **narrow)
    form = form_of(format_, out)
    if form == "json":
        from dataclasses import asdict

        told = {"total": found.total, "complete": found.complete, "hits": [asdict(hit) for hit in found.hits]}
        told |= {"facets": {name: dict(values) for name, values in found.facets.items()}} if facets else {}
        give_json(told, out)
    elif form == "table":
        give_lines(hit_lines(found, speech(), offset=offset, facets=facets), out)
    else:
        say = speech() if form == "xlsx" else Speech()  # what programs read is the same in every language
        give_table(HIT_COLUMNS, [hit_row(hit, say) for hit in found.hits], form, out, name="search")


@click.command()
@click.argument("reference", metavar="REF_OR_BODY")
@which
@on_option
@printed_as("table", "json")
@asked
def show(
    reference: str,
    year: int | None,
    scope: str | None,
    on: datetime | None,
    format_: str,
    graph_dir: str,
    endpoint: str | None,
) -> None:
    """Show all that is known of one document, body or provision (“khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP”)."""
    from chidao.viz.terminal import show_lines

    found = the_graph(graph_dir, endpoint).show(reference, year=year, scope=scope, on=the_day(on))
    if format_ == "json":
        give_json(found.plain(), None)
    else:
        give_lines(show_lines(found, speech()), None)


@click.command()
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
@paged()
@printed_as("table", "json", "csv", "xlsx")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (xlsx: default NAME.xlsx).")
@asked
def ask(
    name: str | None, params: tuple[str, ...], list_: bool, year: int | None, scope: str | None, on: datetime | None, limit: int | None,
    offset: int, format_: str, out: Path | None, graph_dir: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Ask a named question, or list them.

    For example: chidao ask who-acted --param directive=15-NQ/TW
    """
    from chidao.graph.answers.graph import Graph

    say = speech()
    if list_ or name is None:
        for question in Graph.questions().values():
            click.echo(question.name)
            click.echo(f"    {question.vi}")
            if say.language == "en":
                click.echo(f"    {question.en}")
            for p in question.params:
                click.echo(f"    --param {p.name}=…  {say.told(p.help)}{'' if p.required else say(' (optional)')}")
        return
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"--param is NAME=VALUE, not {param!r}")
        if key in given:
            raise click.UsageError(f"--param {key} is given twice")
        given[key] = value
    answer = the_graph(graph_dir, endpoint).ask(name, given, year=year, scope=scope, on=the_day(on))
    part = answer.rows[offset:][:limit]
    give_table(answer.columns, part, format_, out, name=name)
    tell_part(len(part), offset, len(answer.rows))


@click.command()
@click.argument("text", metavar="[TEXT|FILE.rq|-]", default="-")
@printed_as("table", "json", "csv", "xlsx", "xml", "ttl")
@out_option
@click.option(
    "--time-limit", default=30.0, show_default=True, type=click.FloatRange(0, 86400, min_open=True), metavar="SECONDS",
    help="A query that takes longer is ended.",
)  # fmt: skip
@asked
def query(
    text: str, format_: str, out: Path | None, time_limit: float, graph_dir: str, endpoint: str | None
) -> None:  # fmt: skip
    """Run SPARQL: the text itself, a .rq file, or - for standard input. The usual prefixes are there."""
    from chidao.extract import read_source

    path = None
    if text == "-":
        text, path = sys.stdin.read(), speech()("standard input")
    elif text.endswith(".rq") and "\n" not in text and "{" not in text:
        path = text
        text = read_source(Path(text)).text
    with the_graph(graph_dir, endpoint, time_limit=time_limit) as graph:
        answer = graph.query(text, "table" if format_ == "xlsx" else format_, path=path)
    if answer.document is not None:
        give_text(answer.document, out)
    else:
        give_table(answer.columns, answer.rows, format_, out, name="query", heads=answer.columns, say=Speech())


@click.command()
@click.option("--body", metavar="NAME", help="Tasks that this body leads or supports: a body, or a group as printed.")
@click.option("--role", type=click.Choice(["lead", "support"]), help="What --body is to do: lead, or support.")
@click.option("--document", metavar="REF", help="Tasks that this document assigns.")
@which
@click.option("--due-before", type=DAY, metavar="DAY", help="Due before this day (2026-06-30 or 30/06/2026).")
@click.option("--due-after", type=DAY, metavar="DAY", help="Due after this day (2026-06-30 or 30/06/2026).")
@click.option(
    "--state", type=click.Choice(["overdue", "week", "month", "later", "undated", "done"]),
    help="Past their day, due within 7 days, in 8 to 30, later, without a day, done as somebody has said.",
)  # fmt: skip
@click.option("--on", type=DAY, metavar="DAY", help="Their state on this day (default: today).")
@paged()
@printed_as(
    "table",
    "json",
    "csv",
    "ical",
    "docx",
    "xlsx",
    help_="How tasks are given; ical: those with a due date or that recur, for a calendar; docx, xlsx: a report by body.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="File to write (ical, docx, xlsx: tasks.ics … by default)."
)
@workspace_option
@asked
def tasks(
    body: str | None, role: str | None, document: str | None, year: int | None, scope: str | None, due_before: datetime | None,
    due_after: datetime | None, state: str | None, on: datetime | None, limit: int | None, offset: int, format_: str, out: Path | None,
    workspace: str | None, graph_dir: str, endpoint: str | None,
) -> None:  # fmt: skip
    """List what documents make bodies do: who leads, who supports, by when; what is due, overdue or done.

    A task is done where somebody has said so on the site's page of tasks; files need not say.
    """
    from datetime import date

    form = form_of(format_, out, ENDINGS | {"docx": "docx", "ics": "ical"})
    filed = form in ("ical", "docx", "xlsx")
    if filed and (limit is not None or offset):  # an office reads what a report counts as all that there is
        raise click.UsageError(f"{form} holds and counts all tasks that are chosen: leave out --limit and --offset")
    from chidao.graph.answers.done import read_done
    from chidao.graph.answers.task_states import agenda
    from chidao.graph.workspace import Workspace, workspace_of

    chosen = the_graph(graph_dir, endpoint).tasks(
        body=body, role=role, document=document or None, year=year, scope=scope,
        due_before=due_before.date() if due_before else None, due_after=due_after.date() if due_after else None,
    )  # fmt: skip
    book = read_done(Workspace(workspace) if workspace else workspace_of(graph_dir))
    day = the_day(on) or date.today()
    every = [item for item in agenda(chosen, day, book) if state in (None, item.state)]
    if filed:
        click.echo(_tasks_in_a_file(every, form, out, day=day, body=body))
        return
    part = every[offset:][:limit]
    _print_tasks(part, every, form, out)
    tell_part(len(part), offset, len(every))


def _print_tasks(part: Sequence[TaskOnDay], every: Sequence[TaskOnDay], format_: str, out: Path | None) -> None:
    from chidao.graph.answers.task_states import COLUMNS, totals
    from chidao.viz.tables import write_table
    from chidao.viz.terminal import task_lines

    cells = (item.cells() for item in part)
    if out is not None:
        write_table(out, COLUMNS, cells, format_)
        click.echo(str(out))
    elif format_ == "table":
        give_lines(task_lines(part, speech(), counts=totals(every)), None)
    else:
        give_table(COLUMNS, cells, format_, None, name="tasks")


def _tasks_in_a_file(found: Sequence[TaskOnDay], format_: str, out: Path | None, *, day: date, body: str | None) -> str:
    """Write a calendar or a report. Return what to say of it."""
    from chidao.graph.answers.calendar import calendar, recurs
    from chidao.graph.answers.task_states import done_days
    from chidao.viz.documents.task_report import report_document, report_workbook

    if format_ != "ical":
        path = out or Path(f"tasks.{format_}")
        path.write_bytes((report_document if format_ == "docx" else report_workbook)(found, day, body))
        return str(path)
    path = out or Path("tasks.ics")
    path.write_bytes(calendar([item.task for item in found], done=done_days(found)))
    dated, recurring = sum(item.task.due is not None for item in found), sum(recurs(item.task) for item in found)
    told = N_("{path}: {count} of {all} tasks, those with a due date")
    if recurring:
        told = N_("{path}: {count} of {all} tasks, those with a due date or that recur ({recurring})")
    return speech()(told, path=path, count=dated + recurring, all=len(found), recurring=recurring)


@click.command()
@click.argument("about", metavar="[REF_OR_BODY]", required=False)
@which
@paged()
@printed_as("table", "json", "csv", "xlsx")
@out_option
@graph_option
def changes(
    about: str | None, year: int | None, scope: str | None, limit: int | None, offset: int, format_: str, out: Path | None, graph_dir: str
) -> None:  # fmt: skip
    """List what the graph says since its last build that it did not say before, and what it says no more.

    Of the directive REF with what carries it out, or of a body; of all where none is named. A line beginning with + is new, one with -
    is gone.
    """
    from chidao.graph.answers.graph import Graph
    from chidao.graph.answers.show import BodyDetails
    from chidao.viz.change_words import COLUMNS, HEADS, change_row, change_words

    graph = Graph.open(graph_dir)
    named = graph.show(about, year=year, scope=scope) if about is not None else None
    iri, of_body = named.iri if named else None, isinstance(named, BodyDetails)
    part = graph.changed_part(None if of_body else iri, body=iri if of_body else None, limit=limit, offset=offset)
    found = None if part is None else part.lines
    form, say = form_of(format_, out), speech()
    if form == "json":
        give_json(None if found is None else [line.plain() for line in found], out)
    elif form != "table":
        give_table(COLUMNS, map(change_row, found or ()), form, out, name="changes", heads=HEADS)
    elif found:
        lines = (f"{'+' if line.new else '-'} {line.label}: {change_words(line, say.language)}" for line in found)
        give_lines(lines, out)
    if part:
        tell_part(len(part.lines), offset, part.total)
    if not (part and part.total) and form != "json":
        none = say("There is no generation before this one to compare with; all that the graph holds is new.")
        click.echo(none if part is None else say("Nothing has changed."), err=form != "table")


@click.command()
@click.argument("references", metavar="REF...", nargs=-1, required=True)
@which
@click.option(
    "--level", type=click.Choice(["province", "department", "district", "commune", "central"]), default="province",
    show_default=True, help="Whose rows: of provinces; of the departments, districts or communes of one; of central bodies.",
)  # fmt: skip
@click.option("--within", metavar="PLACE", help="The province, for levels below it.")
@click.option("--on", type=DAY, metavar="DAY", help="The provinces and bodies of this day (default: today's).")
@printed_as("table", "json", "csv", "xlsx", help_="How it is given.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write (xlsx: default coverage.xlsx).")
@asked
def coverage(
    references: tuple[str, ...], year: int | None, scope: str | None, level: str, within: str | None, on: datetime | None,
    format_: str, out: Path | None, graph_dir: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Show which bodies of a level have carried out the directives REF, as far as the files tell.

    Nothing known is not the same as not done.
    """
    from chidao.viz.documents.matrix import COLUMNS, coverage_json, coverage_rows, coverage_workbook
    from chidao.viz.terminal import coverage_lines

    found = the_graph(graph_dir, endpoint).coverage(
        references, level=level, within=within, on=the_day(on), year=year, scope=scope
    )
    form = form_of(format_, out)
    if form == "xlsx":
        out = out or Path("coverage.xlsx")
        out.write_bytes(coverage_workbook(found))
        click.echo(str(out))
    elif form == "json":
        give_text(coverage_json(found), out)
    elif form == "csv":
        give_table(COLUMNS, coverage_rows(found), "csv", out, name="coverage")
    else:
        give_lines(coverage_lines(found, speech()), out)
