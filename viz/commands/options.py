"""Options that several commands have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

GRAPH = "./chidao-graph"

graph_option = click.option(
    "--graph", "graph_dir", default=GRAPH, show_default=True, metavar="DIR", help="Folder of the graph."
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


def the_day(on: datetime | None) -> date | None:
    """Return the day of an option, None where it is not given."""
    return on.date() if on else None
