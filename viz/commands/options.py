"""Options that several commands have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from chidao.graph.answers.graph import Graph
    from chidao.graph.answers.remote import RemoteGraph

GRAPH = "./chidao-graph"
DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
"""A day as programs write it or as offices do: 2026-06-30, 30/06/2026."""

graph_option = click.option(
    "--graph", "graph_dir", default=GRAPH, show_default=True, metavar="DIR", help="Folder of the graph."
)
endpoint_option = click.option(
    "--endpoint", metavar="URL", help="A SPARQL endpoint that holds the graph, in place of its folder."
)
workspace_option = click.option(
    "--workspace", metavar="DIR",
    help="What the office keeps: added files, corrections, settings (default: the graph's folder with “-workspace”).",
)  # fmt: skip
columns_option = click.option(
    "--columns", multiple=True, metavar="FIELD=HEADER",
    help="Which column of a register holds what, where its header does not say: “number=Mã số; title=3”. "
    "Fields: number, symbol, date, title, typed_title, issuer, type, signer, signer_role, recipients.",
)  # fmt: skip
on_option = click.option("--on", type=DAY, metavar="DAY", help="What is in force on this day (default: today).")
which_options = (
    click.option(
        "--year", type=int, metavar="YYYY", help="The document of this year, where several are called the same."
    ),
    click.option(
        "--scope", metavar="PLACE", help="The document of this jurisdiction, where several are called the same."
    ),
)


def printed_as(*forms: str, help_: str = "How it is printed.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--format`: one of these forms, the first where the user names none."""
    return click.option(
        "--format", "format_", type=click.Choice(forms), default=forms[0], show_default=True, help=help_
    )


def which(command: Any) -> Any:
    """Return the options that pick one document among several with the same number."""
    for option in reversed(which_options):
        command = option(command)
    return command


def paged(default: int | None = None, most: int | None = None) -> Callable[[Any], Any]:
    """Return the options `--limit` and `--offset` of a command whose answer is a list: so many by default, else all, and never more than
    `most`."""
    limit = click.option(
        "--limit",
        type=click.IntRange(1, most),
        default=default,
        show_default=default is not None,
        help="How many at most.",
    )
    offset = click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out.")
    return lambda command: limit(offset(command))


def the_day(on: datetime | None) -> date | None:
    """Return the day of an option, None where it is not given."""
    return on.date() if on else None


def asked(command: Any) -> Any:
    """Return the options that say which graph is asked: `the_graph` opens it."""
    return graph_option(endpoint_option(command))


def the_graph(graph_dir: str, endpoint: str | None, *, time_limit: float = 30.0) -> Graph:
    """Return the graph that is asked: the one in a folder, or behind an endpoint where somebody names one. Raises GraphError."""
    from chidao.graph.answers.graph import Graph

    return remote_graph(graph_dir, endpoint, time_limit=time_limit) or Graph.open(graph_dir, time_limit=time_limit)


def remote_graph(graph_dir: str, endpoint: str | None, *, time_limit: float) -> RemoteGraph | None:
    """Return the graph behind an endpoint, None where nobody names one: then none is asked. Raises GraphError."""
    if endpoint is None:
        return None
    if click.get_current_context().get_parameter_source("graph_dir") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("give either --graph or --endpoint")
    from chidao.graph.answers.remote import RemoteGraph

    return RemoteGraph.at(endpoint, time_limit=time_limit)
