"""Commands that make a graph on disk, count what it holds, test it, and write it in another form."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.giving import give_table, out_option
from chidao.viz.commands.language import speech
from chidao.viz.commands.options import asked, columns_option, graph_option, printed_as, the_graph, workspace_option

if TYPE_CHECKING:
    from chidao.graph.cluster.session import Cluster


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@graph_option
@workspace_option
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
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
    help="What reads the files: this machine, or a Spark cluster whose workers find them under the same path.",
)  # fmt: skip
@click.option("--master", metavar="URL", help="The cluster's master, e.g. spark://HOST:7077.")
@click.option(
    "--shards", type=click.Path(path_type=Path), metavar="DIR", help="With Spark: write sorted N-Quads and Parquet too."
)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def build(
    paths: tuple[Path, ...],
    graph_dir: str,
    workspace: str | None,
    home: str | None,
    columns: tuple[str, ...],
    base: str | None,
    fresh: bool,
    jobs: int | None,
    engine: str,
    master: str | None,
    shards: Path | None,
    quiet: bool,
) -> None:
    """Build or extend a graph from PATHS (files and folders). Building twice changes nothing.

    Without PATHS the graph takes over what was corrected by hand since, and reads no file.
    """
    from chidao.extract.language.kept_patterns import kept_patterns

    with kept_patterns("build"):
        from chidao.extract.errors import in_a_line
        from chidao.extract.iris import BASE
        from chidao.graph.workspace import Workspace
        from chidao.graph.write.build import build as run
        from chidao.viz.progress import progress_bar, summary_lines

    chosen: dict[str, str] = {}
    if columns:
        from chidao.extract.registers.columns import (
            parse_columns,
        )  # with the rules, which a build of nothing new need not load

        chosen = parse_columns(columns)
    say = speech()
    if (engine == "spark") is not bool(master) or (shards and not master):
        raise click.UsageError("--engine spark and --master go together, and --shards with them")
    with progress_bar(quiet, say) as tell, _cluster(master) as cluster:
        summary = run(
            paths, graph_dir, home=home, columns=chosen, base=base or BASE, fresh=fresh, jobs=jobs, progress=tell,
            workspace=Workspace(workspace) if workspace else None, each=cluster.each if cluster else None,
        )  # fmt: skip
        if cluster and shards:
            from chidao.graph.cluster.shards import write_shards

            write_shards(cluster, graph_dir, shards)
    for path, reason in summary.failed:
        click.echo(f"chidao: {in_a_line(f'{path}: {say.told(reason)}')}", err=True)
    for note in summary.notes:
        click.echo(f"chidao: {in_a_line(say.told(note))}", err=True)
    for line in summary_lines(summary, graph_dir, say):
        click.echo(line)
    if summary.failed:
        sys.exit(1)


def _cluster(master: str | None) -> AbstractContextManager[Cluster | None]:
    """The cluster that reads the files; none where this machine does."""
    if master is None:
        return nullcontext()
    from chidao.graph.cluster.session import Cluster  # which needs Spark

    return Cluster(master)


@click.command()
@asked
@printed_as("table", "json", "csv", "xlsx", help_="How the figures are printed.")
@out_option
@click.option("--files", is_flag=True, help="List the files that were not read, and why, instead.")
def stats(graph_dir: str, endpoint: str | None, format_: str, out: Path | None, files: bool) -> None:
    """Say how much of what the graph holds."""
    from chidao.graph.answers.stats import unread_files

    graph = the_graph(graph_dir, endpoint)
    if files:
        give_table(("file", "reason"), unread_files(graph.store), format_, out, name="files")
        return
    give_table(("what", "count"), graph.stats(), format_, out, name="stats")


@click.command()
@graph_option
@printed_as("turtle", "trig", "nquads", "json-ld", "graphml", "gexf", "csv", help_="The form.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="File to write (for csv a folder); default chidao.EXTENSION."
)
@click.option(
    "--kept", is_flag=True, help="Only what the graph keeps, each thing once: for another store that chidao is to ask."
)
def export(graph_dir: str, format_: str, out: Path | None, kept: bool) -> None:
    """Write the graph, with all its evidence, in another form."""
    from chidao.graph.export import export as run

    endings = {"turtle": ".ttl", "nquads": ".nq", "json-ld": ".jsonld", "csv": "-csv"}
    path = run(graph_dir, format_, out or Path("chidao" + endings.get(format_, f".{format_}")), kept=kept)
    click.echo(str(path))


@click.command()
@graph_option
@click.option("--deep", is_flag=True, help="First read every file of the graph and compare it with its checksum.")
def validate(graph_dir: str, deep: bool) -> None:
    """Check the graph against the shipped SHACL shapes."""
    from chidao.graph.validate import validate as run
    from chidao.graph.write.inspection import inspect

    say = speech()
    if deep:
        found = inspect(graph_dir)
        for damage in found.damage:
            click.echo(f"chidao: {say.told(str(damage))}", err=True)
        if found.damage:
            click.echo(f"chidao: {say('damaged graph; build it anew with --fresh')}", err=True)
            sys.exit(1)
        whole = N_("{files} files, {quads} quads and the facts of {facts} files are as they were written")
        click.echo(say(whole, files=found.files, quads=found.quads, facts=found.facts))
    count, violations = run(graph_dir)
    for v in violations:
        click.echo(f"{v.node}  {v.path}  {v.message}" + (f"  ({v.value})" if v.value else ""))
    click.echo(say("{count} triples checked, {violations} violations", count=count, violations=len(violations)))
    if violations:
        sys.exit(1)
