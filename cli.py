"""The command line: thin commands that parse, call and print. Whatever is heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path

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
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, help="How records are printed.")
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
            facts += extract_path(path, home)
        except ChidaoError as error:
            click.echo(f"chidao: {error}", err=True)
            failed += 1
    for record in records(resolve(facts), base or BASE, name_files=len(files) > 1):
        click.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
