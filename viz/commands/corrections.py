"""Commands that keep what people say against the rules, list it, and undo it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.giving import form_of, give_table, out_option
from chidao.viz.commands.language import speech
from chidao.viz.commands.options import graph_option, printed_as, which, workspace_option

if TYPE_CHECKING:
    from chidao.extract.model import Correction
    from chidao.graph.answers.correcting import Correcting
    from chidao.graph.answers.graph import Graph
    from chidao.graph.workspace import Workspace


@click.group()
def correct() -> None:
    """Say what was read wrongly. The next build puts it right, and each one after it, until it is undone."""


def _signed(command: Any) -> Any:
    """The options of every correction."""
    for option in (
        graph_option,
        workspace_option,
        click.option(
            "--by", metavar="NAME", help="Who says so (default: as set in the workspace, else the user's name)."
        ),
        click.option("--why", default="", metavar="TEXT", help="Why: where the right words stand, who said so."),
    ):
        command = option(command)
    return command


def _office(graph_dir: str, workspace: str | None) -> Workspace:
    from chidao.graph.workspace import Workspace, workspace_of

    return Workspace(workspace) if workspace else workspace_of(graph_dir)


def _by(office: Workspace, by: str | None) -> str:
    import getpass

    if by or (by := office.settings().by):
        return by
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _keep(
    graph_dir: str,
    workspace: str | None,
    by: str | None,
    why: str,
    make: Callable[[Correcting, Graph], list[Correction]],
) -> None:
    """Keep what is made of the graph, and say so."""
    from chidao.extract.errors import in_a_line
    from chidao.graph.answers.correcting import Correcting
    from chidao.graph.answers.graph import Graph
    from chidao.graph.corrections import journal

    graph, office = Graph.open(graph_dir), _office(graph_dir, workspace)
    made = make(Correcting(graph), graph)
    office.prepare()
    for one in made:
        kept = journal(office).add(replace(one, by=_by(office, by), why=one.why or why))
        change = (
            " → ".join((kept.old or kept.told or "?", kept.new or "—")) if kept.kind != "reject" else f"✗ {kept.told}"
        )
        click.echo(in_a_line(f"{kept.id}  {kept.label or kept.body}: {speech()(kept.field or kept.kind)}  {change}"))
    told = N_("kept in {file}; it holds from the next build on: {command}")
    click.echo(speech()(told, file=office.corrections, command=f"chidao build --graph {graph_dir}"))


def _kept(field: str, value: str) -> str:
    """A value as it is kept: of a day that is written as offices do, 30/06/2026, its ISO form."""
    from chidao.extract.language.dates import iso_day

    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.strip()) if field in ("date", "deadline") else None
    return (iso_day(day[3], day[2], day[1]) if day else None) or value


def _of_a_field(field: str, example: str) -> click.Command:
    @click.command(field, help=f"Say what the {field} of the document REF is ({example}); '' for: not known.")
    @click.argument("reference", metavar="REF")
    @click.argument("value", metavar="VALUE")
    @which
    @_signed
    def command(
        reference: str, value: str, year: int | None, scope: str | None, why: str, by: str | None, workspace: str | None, graph_dir: str
    ) -> None:  # fmt: skip
        _keep(
            graph_dir, workspace, by, why,
            lambda correcting, graph: correcting.field(
                graph.document(reference, year=year, scope=scope).iri, field, _kept(field, value)
            ),
        )  # fmt: skip

    return command


def _of_a_task(field: str, example: str) -> click.Command:
    @click.command(
        field, help=f"Say the {field} of a task of the document REF: TEXT is how it begins, VALUE {example}."
    )
    @click.argument("reference", metavar="REF")
    @click.argument("text", metavar="TEXT")
    @click.argument("value", metavar="VALUE")
    @which
    @_signed
    def command(
        reference: str, text: str, value: str, year: int | None, scope: str | None, why: str, by: str | None, workspace: str | None,
        graph_dir: str,
    ) -> None:  # fmt: skip
        def make(correcting: Correcting, graph: Graph) -> list[Correction]:
            iri = graph.document(reference, year=year, scope=scope).iri
            return [
                c
                for task in _tasks(graph, iri, text)
                for c in correcting.task(iri, task.text, task.place, field, _kept(field, value))
            ]

        _keep(graph_dir, workspace, by, why, make)

    return command


def _tasks(graph: Graph, iri: str, text: str) -> list[Any]:
    """The tasks of a document that begin so. Raises ChidaoError where none does."""
    from chidao.extract.errors import ChidaoError
    from chidao.extract.language.letters import fold

    found = [task for task in graph.tasks(document=iri) if fold(task.text).startswith(fold(text))]
    if not found or not text.strip():
        raise ChidaoError(f"no task of it begins with {text!r}; see chidao tasks --document")
    return found


for _field, _example in (
    ("number", "118-KH/TU"), ("symbol", "KH/TU"), ("date", "2026-02-03"), ("issuer", "Ban Thường vụ Tỉnh ủy Lào Cai"),
    ("title", "“Về …”"), ("type", "Kế hoạch"),
):  # fmt: skip
    correct.add_command(_of_a_field(_field, _example))
for _field, _example in (
    ("lead", "“Sở Nội vụ; Sở Tài chính”"), ("support", "likewise"), ("deadline", "2026-06-30, 2026-06, 2026-Q2, monthly, ongoing …"),
):  # fmt: skip
    correct.add_command(_of_a_task(_field, _example))


@correct.command()
@click.argument("kind", type=click.Choice(["relation", "action", "task", "force"]))
@click.argument("reference", metavar="REF")
@click.argument("what", metavar="WHAT")
@click.argument("of", metavar="[OF]", required=False)
@which
@_signed
def reject(
    kind: str, reference: str, what: str, of: str | None, year: int | None, scope: str | None, why: str, by: str | None,
    workspace: str | None, graph_dir: str,
) -> None:  # fmt: skip
    """Say that a fact about the document REF is none, wherever a file states it.

    A relation: WHAT is “implements”, “based_on” …, OF the other document. An action: WHAT is “disseminate”, “issue” …, OF the body. A
    task: WHAT is how it begins. Force: WHAT is “in-force”, “expires” …
    """

    def make(correcting: Correcting, graph: Graph) -> list[Correction]:
        from chidao.extract.errors import ChidaoError
        from chidao.graph.answers.correcting import rejections

        iri = graph.document(reference, year=year, scope=scope).iri
        if kind == "task":
            made = [c for task in _tasks(graph, iri, what) for c in correcting.no_task(iri, task.text, task.place)]
        else:
            made = rejections(correcting, graph, iri, kind, what, of)
        if not made:
            raise ChidaoError("the files state no such thing; see chidao show")
        return made

    _keep(graph_dir, workspace, by, why, make)


@correct.command()
@click.argument("reference", metavar="REF")
@click.argument("other", metavar="OTHER")
@which
@_signed
def same(
    reference: str, other: str, year: int | None, scope: str | None, why: str, by: str | None, workspace: str | None, graph_dir: str
) -> None:  # fmt: skip
    """Say that the document REF is the document OTHER."""
    _keep(
        graph_dir, workspace, by, why,
        lambda correcting, graph: correcting.same(
            graph.document(reference, year=year, scope=scope).iri, graph.document(other).iri
        ),
    )  # fmt: skip


@correct.command()
@click.argument("reference", metavar="REF")
@click.argument("file", metavar="FILE")
@which
@_signed
def apart(
    reference: str, file: str, year: int | None, scope: str | None, why: str, by: str | None, workspace: str | None, graph_dir: str
) -> None:  # fmt: skip
    """Say that what FILE calls REF is another document than the one of other files."""

    def make(correcting: Correcting, graph: Graph) -> list[Correction]:
        from chidao.extract.errors import ChidaoError

        sums = [
            e.sha256
            for e in graph.built.entries
            if (e.shown or e.path).replace("\\", "/").endswith(file.replace("\\", "/"))
        ]
        if len(set(sums)) != 1:
            raise ChidaoError(
                "no file of the graph is called so"
                if not sums
                else "several files are called so; write more of the path"
            )
        return correcting.apart(graph.document(reference, year=year, scope=scope).iri, sums[0])

    _keep(graph_dir, workspace, by, why, make)


@correct.command()
@click.argument("body", metavar="BODY")
@click.argument("new", metavar="NAME")
@_signed
def name(body: str, new: str, why: str, by: str | None, workspace: str | None, graph_dir: str) -> None:
    """Give a body another name."""
    _keep(graph_dir, workspace, by, why, lambda correcting, graph: correcting.name(graph.body(body), new))


@correct.command()
@click.argument("reference", metavar="REF")
@click.argument("predicate", metavar="RELATION")
@click.argument("other", metavar="OTHER")
@which
@_signed
def relation(
    reference: str, predicate: str, other: str, year: int | None, scope: str | None, why: str, by: str | None,
    workspace: str | None, graph_dir: str,
) -> None:  # fmt: skip
    """Add a relation: the document REF “implements”, “amends” … the document OTHER. It needs --why, which stands as its sentence."""
    _keep(
        graph_dir, workspace, by, why,
        lambda correcting, graph: correcting.relation(
            graph.document(reference, year=year, scope=scope).iri, predicate, graph.document(other).iri, why
        ),
    )  # fmt: skip


@correct.command("list")
@printed_as("table", "json", "csv", "xlsx")
@out_option
@workspace_option
@graph_option
def list_(format_: str, out: Path | None, workspace: str | None, graph_dir: str) -> None:
    """List the corrections: applied, replaced by a later one, pending until the next build, or for review."""
    _print(graph_dir, workspace, format_, out, lambda state: True)


@correct.command()
@printed_as("table", "json", "csv", "xlsx")
@out_option
@workspace_option
@graph_option
def review(format_: str, out: Path | None, workspace: str | None, graph_dir: str) -> None:
    """List the corrections that do not find what they are about any more, and why."""
    _print(graph_dir, workspace, format_, out, lambda state: state == "review")


_HEADS = (
    N_("Correction"), N_("State"), N_("Kind"), N_("About"), N_("Field"), N_("Before"), N_("After"),
    N_("Why it is to be looked at"), N_("By"), N_("When"), N_("Why"), N_("Now"),
)  # fmt: skip


def _print(
    graph_dir: str, workspace: str | None, format_: str, out: Path | None, wanted: Callable[[str], bool]
) -> None:
    from dataclasses import asdict

    from chidao.graph.answers.corrected import in_graph, kept_corrections
    from chidao.graph.answers.graph import Graph

    columns = ("id", "state", "kind", "what", "field", "before", "after", "reason", "by", "at", "because", "now")
    found = kept_corrections(in_graph(Graph.open(graph_dir).store), _office(graph_dir, workspace))
    rows = [{n: asdict(one)[n] for n in columns} for one in found if wanted(one.state)]
    if form_of(format_, out) in ("table", "xlsx"):
        say = speech()
        rows = [row | {name: say(row[name] or "") for name in ("state", "kind", "field", "reason")} for row in rows]
    give_table(columns, rows, format_, out, name="corrections", heads=_HEADS)


@correct.command()
@click.argument("name", metavar="ID")
@_signed
def undo(name: str, why: str, by: str | None, workspace: str | None, graph_dir: str) -> None:
    """Undo a correction, by the name that `list` tells."""
    from chidao.graph.corrections import journal

    office = _office(graph_dir, workspace)
    journal(office).undo(name, by=_by(office, by), why=why)
    told = N_("undone; it stands until the next build: {command}")
    click.echo(speech()(told, command=f"chidao build --graph {graph_dir}"))
