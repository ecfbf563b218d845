"""Commands that show a graph: a drawing, a site, a server, a language model's tools, the tour."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.commands.language import speech
from chidao.viz.commands.options import asked, graph_option, remote_graph, which, workspace_option


@click.command("graph")
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
    told = N_("{path}: {nodes} nodes")
    if drawing.omitted:
        told = N_("{path}: {nodes} nodes; {omitted} less connected ones left out (--max-nodes)")
    click.echo(speech()(told, path=drawing.path, nodes=drawing.nodes, omitted=drawing.omitted))


@click.command()
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

    say = speech()
    with progress_bar(quiet, say, {"pages": N_("writing pages")}) as tell:
        done = write_site(graph_dir, out, language=language, progress=lambda *count: tell("pages", *count))
    size = f"{done.size / 1e6:.1f}"
    click.echo(say("{path}: {pages} pages, {size} MB", path=done.path / "index.html", pages=done.pages, size=size))


@click.command("mcp")
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


@click.command()
@asked
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; 0.0.0.0: all, for others too.",
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
@workspace_option
@click.option("--read-only", is_flag=True, help="Nobody changes anything from the browser, not even at this machine.")
def serve(
    graph_dir: str, endpoint: str | None, host: str, port: int, names: tuple[str, ...], cors: tuple[str, ...], time_limit: float,
    workspace: str | None, read_only: bool,
) -> None:  # fmt: skip
    """Show the graph as a local site: search, documents, bodies, coverage, timelines, SPARQL, an API.

    Documents are added on a page of the site, which is also how it begins without a graph. A new build is picked up while the server
    runs. A graph behind an endpoint is only shown, as it was when the server was started.
    """
    from chidao.graph.workspace import Workspace, workspace_of
    from chidao.viz.web.guard.hosts import is_local
    from chidao.viz.web.serving.serve import serve as run

    say = speech()

    def announce(address: str) -> None:
        click.echo(f"{address}  ({say('Ctrl+C stops it')})")
        if address.endswith("/add"):
            none = say("no graph in {folder} yet; that page is where documents are added", folder=graph_dir)
            click.echo(f"chidao: {none}", err=True)
        if not is_local(host):
            click.echo(f"chidao: {say('everybody who reaches this machine can read the graph')}", err=True)

    office = None if endpoint else Workspace(workspace) if workspace else workspace_of(graph_dir)
    run(
        graph_dir,
        host=host,
        port=port,
        names=names,
        cors=cors,
        time_limit=time_limit,
        workspace=office,
        read_only=read_only,
        endpoint=remote_graph(graph_dir, endpoint, time_limit=time_limit),
        announce=announce,
    )


@click.command()
@click.option(
    "-o", "--out", default="./chidao-demo", show_default=True, type=click.Path(path_type=Path),
    help="Folder for the graph and the page.",
)  # fmt: skip
def demo(out: Path) -> None:
    """Build a graph from the sample documents that come with chidao, ask it, and draw it."""
    import shlex
    import shutil

    from chidao.extract.errors import ChidaoError

    samples = Path(__file__).parent.parent.parent / "samples"
    if not samples.is_dir():
        raise ChidaoError("the sample documents are not installed; run this from a checkout", path=str(samples))
    say = speech()
    run = click.get_current_context().find_root().command.main
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
        if code := run(["--lang", say.language, *arguments], prog_name="chidao", standalone_mode=False):
            sys.exit(code)
        click.echo()
    click.echo(say("Open {page} in a browser; it needs no network.", page=page.absolute()))
    click.echo(say("Or browse everything: {command}", command=f"{program} serve --graph {shlex.quote(str(graph))}"))
