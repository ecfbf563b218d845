"""Commands that keep what people say against the rules, list it, and undo it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.giving import form_of, give_table, out_option
from chidao.viz.commands.language import speech
from chidao.viz.commands.options import graph_option, printed_as, which, workspace_option

if TYPE_CHECKING:
    from chidao.extract.resolved import Correction
    from chidao.graph.answers.correcting import Correcting
    from chidao.graph.answers.graph import Graph
    from chidao.graph.workspace import Workspace


@click.group()
def correct() -> None:
    """Say what was read wrongly. The next build puts it right, and each one after it, until it is undone."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """In which graph something is corrected, by whom, and why."""

    graph_dir: str
    workspace: str | None
    by: str | None
    why: str

    @property
    def office(self) -> Workspace:
        """What is kept beside the graph."""
        from chidao.graph.workspace import Workspace, workspace_of

        return Workspace(self.workspace) if self.workspace else workspace_of(self.graph_dir)

    @property
    def name(self) -> str:
        """Who says so, as far as that is known."""
        import getpass

        if by := self.by or self.office.settings().by:
            return by
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return ""

    def keep(self, make: Callable[[Correcting, Graph], list[Correction]]) -> None:
        """Keep what is made of the graph, and say so."""
        from chidao.extract.errors import in_a_line
        from chidao.graph.answers.correcting import Correcting
        from chidao.graph.answers.graph import Graph
        from chidao.graph.corrections import journal

        graph, office = Graph.open(self.graph_dir), self.office
        made = make(Correcting(graph), graph)
        office.prepare()
        for one in made:
            kept = journal(office).add(replace(one, by=self.name, why=one.why or self.why))
            old = kept.old or kept.told or "?"
            change = f"✗ {kept.told}" if kept.kind == "reject" else f"{old} → {kept.new or '—'}"
            click.echo(
                in_a_line(f"{kept.id}  {kept.label or kept.body}: {speech()(kept.field or kept.kind)}  {change}")
            )
        told = N_("kept in {file}; it holds from the next build on: {command}")
        click.echo(speech()(told, file=office.corrections, command=f"chidao build --graph {self.graph_dir}"))


def _signed(command: Any) -> Any:
    """The options of every correction, which the command gets as `signed`."""

    @wraps(command)
    def with_options(*given: Any, graph_dir: str, workspace: str | None, by: str | None, why: str, **rest: Any) -> None:
        command(*given, signed=_Signed(graph_dir, workspace, by, why), **rest)

    for option in (
        graph_option,
        workspace_option,
        click.option(
            "--by", metavar="NAME", help="Who says so (default: as set in the workspace, else the user's name)."
        ),
        click.option("--why", default="", metavar="TEXT", help="Why: where the right words stand, who said so."),
    ):
        with_options = option(with_options)
    return with_options


def _of_a_document(command: Any) -> Any:
    """The argument and the options of a correction of one document, which the command gets as `chosen`: its IRI in a graph."""

    @wraps(command)
    def with_options(*given: Any, reference: str, year: int | None, scope: str | None, **rest: Any) -> None:
        command(*given, chosen=lambda graph: graph.document(reference, year=year, scope=scope).iri, **rest)

    return click.argument("reference", metavar="REF")(which(_signed(with_options)))


Chosen = Callable[["Graph"], str]
"""Gives the IRI of the document that is corrected."""


def _kept(field: str, value: str) -> str:
    """A value as it is kept: of a day that is written as offices do, 30/06/2026, its ISO form."""
    from chidao.extract.language.dates import iso_day

    day = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.strip()) if field in ("date", "deadline") else None
    return (iso_day(day[3], day[2], day[1]) if day else None) or value


def _of_a_field(field: str, example: str) -> click.Command:
    @click.command(field, help=f"Say what the {field} of the document REF is ({example}); '' for: not known.")
    @_of_a_document
    @click.argument("value", metavar="VALUE")
    def command(chosen: Chosen, value: str, signed: _Signed) -> None:
        signed.keep(lambda correcting, graph: correcting.field(chosen(graph), field, _kept(field, value)))

    return command


def _of_a_task(field: str, example: str) -> click.Command:
    @click.command(
        field, help=f"Say the {field} of a task of the document REF: TEXT is how it begins, VALUE {example}."
    )
    @_of_a_document
    @click.argument("text", metavar="TEXT")
    @click.argument("value", metavar="VALUE")
    def command(chosen: Chosen, text: str, value: str, signed: _Signed) -> None:
        def make(correcting: Correcting, graph: Graph) -> list[Correction]:
            iri = chosen(graph)
            return [
                c
                for task in _tasks(graph, iri, text)
                for c in correcting.task(iri, task.text, task.place, field, _kept(field, value))
            ]

        signed.keep(make)

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
@_of_a_document
@click.argument("what", metavar="WHAT")
@click.argument("of", metavar="[OF]", required=False)
def reject(kind: str, chosen: Chosen, what: str, of: str | None, signed: _Signed) -> None:
    """Say that a fact about the document REF is none, wherever a file states it.

    A relation: WHAT is “implements”, “based_on” …, OF the other document. An action: WHAT is “disseminate”, “issue” …, OF the body. A
    task: WHAT is how it begins. Force: WHAT is “in-force”, “expires” …
    """

    def make(correcting: Correcting, graph: Graph) -> list[Correction]:
        from chidao.extract.errors import ChidaoError
        from chidao.graph.answers.correcting import rejections

        iri = chosen(graph)
        if kind == "task":
            made = [c for task in _tasks(graph, iri, what) for c in correcting.no_task(iri, task.text, task.place)]
        else:
            made = rejections(correcting, graph, iri, kind, what, of)
        if not made:
            raise ChidaoError("the files state no such thing; see chidao show")
        return made

    signed.keep(make)


@correct.command()
@_of_a_document
@click.argument("other", metavar="OTHER")
def same(chosen: Chosen, other: str, signed: _Signed) -> None:
    """Say that the document REF is the document OTHER."""
    signed.keep(lambda correcting, graph: correcting.same(chosen(graph), graph.document(other).iri))


@correct.command()
@_of_a_document
@click.argument("file", metavar="FILE")
def apart(chosen: Chosen, file: str, signed: _Signed) -> None:
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
        return correcting.apart(chosen(graph), sums[0])

    signed.keep(make)


@correct.command()
@click.argument("body", metavar="BODY")
@click.argument("new", metavar="NAME")
@_signed
def name(body: str, new: str, signed: _Signed) -> None:
    """Give a body another name; with the name of another body the two are one."""
    signed.keep(lambda correcting, graph: correcting.name(graph.body(body), new))


@correct.command("same-body")
@click.argument("body", metavar="BODY")
@click.argument("other", metavar="OTHER")
@_signed
def same_body(body: str, other: str, signed: _Signed) -> None:
    """Say that the body BODY is the body OTHER."""
    signed.keep(lambda correcting, graph: correcting.same_body(graph.body(body), graph.body(other)))


@correct.command()
@_of_a_document
@click.argument("predicate", metavar="RELATION")
@click.argument("other", metavar="OTHER")
def relation(chosen: Chosen, predicate: str, other: str, signed: _Signed) -> None:
    """Add a relation: the document REF “implements”, “amends” … the document OTHER. It needs --why, which stands as its sentence."""
    signed.keep(
        lambda correcting, graph: correcting.relation(chosen(graph), predicate, graph.document(other).iri, signed.why)
    )


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
    found = kept_corrections(in_graph(Graph.open(graph_dir).store), _Signed(graph_dir, workspace, None, "").office)
    rows = [{n: asdict(one)[n] for n in columns} for one in found if wanted(one.state)]
    if form_of(format_, out) in ("table", "xlsx"):
        say = speech()
        rows = [row | {name: say(row[name] or "") for name in ("state", "kind", "field", "reason")} for row in rows]
    give_table(columns, rows, format_, out, name="corrections", heads=_HEADS)


@correct.command()
@click.argument("name", metavar="ID")
@_signed
def undo(name: str, signed: _Signed) -> None:
    """Undo a correction, by the name that `list` tells."""
    from chidao.graph.corrections import journal

    journal(signed.office).undo(name, by=signed.name, why=signed.why)
    told = N_("undone; it stands until the next build: {command}")
    click.echo(speech()(told, command=f"chidao build --graph {signed.graph_dir}"))
