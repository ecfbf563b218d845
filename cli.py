"""The command line: thin commands that parse, call and print. Whatever is heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from chidao import __version__

GRAPH = "./chidao-graph"


class Commands(click.Group):
    """Shows every error that a user can act on as one line on standard error."""

    def invoke(self, context: click.Context) -> object:
        from chidao.extract.errors import ChidaoError

        try:
            return super().invoke(context)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            context.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            context.exit(0)
        except KeyboardInterrupt:
            click.echo("chidao: interrupted; nothing was changed", err=True)
            context.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="chidao")
def main() -> None:
    """Knowledge graphs of Vietnamese official documents: who issued what, and what implements what."""


graph_option = click.option("--graph", "graph_dir", default=GRAPH, show_default=True, help="Folder of the graph.")


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    help="How records are printed.",
)
@click.option("--home", metavar="PLACE", help="Jurisdiction of documents that do not say their own, e.g. “Hà Nội”.")
@click.option("--base", metavar="IRI", help="Where instance IRIs live.")
def extract(files: tuple[Path, ...], format_: str, home: str | None, base: str | None) -> None:
    """Print what FILES say: one JSON object a line for each document, reference, body, relation and action."""
    import json

    from chidao.extract import ChidaoError, extract_path, records, resolve
    from chidao.extract.facts import home_place
    from chidao.extract.records import BASE

    home_place(home)
    facts = []
    failed = 0
    for path in files:
        try:
            found = extract_path(path, home)
            facts += found
            if found and found[0].source.encoding.lower() not in ("utf-8", "utf-8-sig", "ascii"):
                click.echo(f"chidao: {path}: read as {found[0].source.encoding}", err=True)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            failed += 1
    for record in records(resolve(facts), base or BASE, name_files=len(files) > 1):
        click.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@graph_option
@click.option("--home", metavar="PLACE", help="Jurisdiction of documents that do not say their own, e.g. “Hà Nội”.")
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
    base: str | None,
    fresh: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build or extend a graph from PATHS (files and folders). Building twice changes nothing."""
    from chidao.extract.records import BASE
    from chidao.graph.build import build as run
    from chidao.viz.progress import progress_bar, summary_lines

    with progress_bar(quiet) as tell:
        summary = run(paths, graph_dir, home=home, base=base or BASE, fresh=fresh, jobs=jobs, progress=tell)
    for path, reason in summary.failed:
        click.echo(f"chidao: {path}: {reason}", err=True)
    for line in summary_lines(summary, graph_dir):
        click.echo(line)
    if summary.failed:
        sys.exit(1)


@main.command()
@graph_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the figures are printed.",
)
def stats(graph_dir: str, format_: str) -> None:
    """Say how much of what the graph holds."""
    from chidao.graph.stats import stats as run
    from chidao.viz.tables import print_table

    print_table(("what", "count"), run(graph_dir), format_)


@main.command()
@graph_option
@click.option(
    "--format", "format_", default="turtle", show_default=True, help="The form.",
    type=click.Choice(["turtle", "trig", "nquads", "json-ld", "graphml", "gexf", "csv"]),
)  # fmt: skip
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
def validate(graph_dir: str) -> None:
    """Check the graph against the shipped SHACL shapes."""
    from chidao.graph.validate import validate as run

    count, violations = run(graph_dir)
    for v in violations:
        click.echo(f"{v.node}  {v.path}  {v.message}" + (f"  ({v.value})" if v.value else ""))
    click.echo(f"{count} triples checked, {len(violations)} violations")
    if violations:
        sys.exit(1)


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
@click.option("--bodies", is_flag=True, help="Draw the issuing bodies too.")
@click.option("--max-nodes", default=500, show_default=True, type=click.IntRange(1), help="Keep the most connected.")
@graph_option
def graph_page(reference: str | None, everything: bool, out: Path, graph_dir: str, **options: Any) -> None:
    """Draw REF and what surrounds it as one HTML page that works offline, with the sentences that say so.

    REF is a number such as 15-NQ/TW, with type, year or issuer where several documents share it, or an IRI.
    """
    if (reference is None) != everything:
        raise click.UsageError("give either REF or --all")
    from chidao.viz.draw import draw

    drawing = draw(graph=graph_dir, output=out, reference=reference, **options)
    left = f"; {drawing.omitted} less connected ones left out (--max-nodes)" if drawing.omitted else ""
    click.echo(f"{drawing.path}: {drawing.nodes} nodes{left}")


@main.command()
@click.option(
    "-o", "--out", default="./chidao-demo", show_default=True, type=click.Path(path_type=Path),
    help="Folder for the graph and the page.",
)  # fmt: skip
def demo(out: Path) -> None:
    """Build a graph from the sample documents that come with chidao, ask it, and draw it."""
    import shlex

    from chidao.extract.errors import ChidaoError

    samples = Path(__file__).parent / "samples"
    if not samples.is_dir():
        raise ChidaoError("the sample documents are not installed; run this from a checkout", path=str(samples))
    graph, page = out / "graph", out / "15-nq-tw.html"
    for step in (
        ["build", samples, "--graph", graph, "--fresh", "--quiet"],
        ["implements", "15-NQ/TW", "--graph", graph, "--tree"],
        ["graph", "15-NQ/TW", "--graph", graph, "-o", page],
    ):
        arguments = [str(part) for part in step]
        click.echo(f"$ chidao {shlex.join(arguments)}")
        if code := main.main(arguments, prog_name="chidao", standalone_mode=False):
            sys.exit(code)
        click.echo()
    click.echo(f"Open {page.absolute()} in a browser; it needs no network.")


if __name__ == "__main__":
    main()
