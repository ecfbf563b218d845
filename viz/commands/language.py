"""The commands in the language of who types them: their help, what their options are called after, and what click says of a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import IO, Any

import click

from chidao.viz.catalogue import N_
from chidao.viz.speech import SPOKEN, VARIABLE, Speech

_SPEECH = "chidao.speech"
_EXTRA = re.compile(r"(.*?)(?:  \[([^\[\]]*)\])?", re.DOTALL)
"""An option's help, and what click adds to it in brackets."""
_OF_CLICK = (
    N_("Usage:"), N_("Options"), N_("Commands"), N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("default: {0}"),
    N_("required"), N_("env var: {0}"), N_("Show the version and exit."), N_("Show this message and exit."),
    N_("Missing command."), N_("Missing argument {0}."), N_("Missing argument {0}. Choose from:"),
    N_("Missing option {0}."), N_("Missing option {0}. Choose from:"), N_("Invalid value: {0}"),
    N_("Invalid value for {0}: {1}"), N_("No such option {0}."), N_("No such command {0}."),
    N_("No such option: {0}"), N_("No such option {0}. Did you mean {1}?"),
    N_("No such option {0}. (Did you mean one of: {1}?)"), N_("No such command {0}. Did you mean {1}?"),
    N_("No such command {0}. (Did you mean one of: {1}?)"), N_("Option {0} does not take a value."),
    N_("Option {0} requires an argument."), N_("Argument {0} takes {1} values."),
    N_("Got unexpected extra argument ({0})"), N_("Got unexpected extra arguments ({0})"),
    N_("{0} is not one of {1}."), N_("{0} is not {1}."), N_("{0} does not match the format {1}."),
    N_("{0} does not match the formats {1}."),
    N_("{0} is not a valid integer."), N_("{0} is not a valid float."), N_("{0} is not a valid integer range."),
    N_("{0} is not a valid float range."), N_("{0} is not in the range {1}."), N_("{0} (env var: {1})"),
)  # fmt: skip
"""What click says to a person; the braces stand for what it puts in."""


def speech(context: click.Context | None = None) -> Speech:
    """Return how the command that runs speaks."""
    context = context or click.get_current_context(silent=True)
    said = context.meta.get(_SPEECH) if context else None
    return said if isinstance(said, Speech) else Speech()


class SpokenContext(click.Context):
    """A context whose help is in the language of the command line."""

    def make_formatter(self) -> click.HelpFormatter:
        return _Formatter(speech(self), width=self.terminal_width, max_width=self.max_content_width)


class _Formatter(click.HelpFormatter):
    def __init__(self, say: Speech, **widths: Any) -> None:
        super().__init__(**widths)
        self._say = say

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, self._say("Usage:") + " " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(self._say(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(first, self._second(second)) for first, second in rows], col_max, col_spacing)

    def _second(self, told: str) -> str:
        found = _EXTRA.fullmatch(told)
        if not found or not found[2]:
            return self._say(told)
        return f"{self._say(found[1])}  [{'; '.join(map(self._say.told, found[2].split('; ')))}]"


class SpokenError(click.UsageError):
    """What click says of a mistake, in the language of the command line."""

    def __init__(self, error: click.UsageError, say: Speech) -> None:
        super().__init__(say.told(error.format_message()), error.ctx)
        self._say = say

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), err=True)
            tried = f"{self.ctx.command_path} --help"
            click.echo(self._say("Try '{command}' for help.", command=tried) + "\n", err=True)
        click.echo(self._say("Error: {message}", message=self.message), err=True)


@contextmanager
def mistakes_in(say: Speech) -> Iterator[None]:
    """Have what click says of a mistake be said in a language."""
    try:
        yield
    except click.UsageError as error:
        if say.language == SPOKEN[-1] or isinstance(error, SpokenError | click.exceptions.NoArgsIsHelpError):
            raise
        raise SpokenError(error, say) from None


def in_language(command: click.Command, say: Speech) -> click.Command:
    """Return a command, and all below it, with help and metavars in a language; what is given stays as it is."""
    spoken = copy(command)
    spoken.context_class = SpokenContext
    spoken.help = say.text(command.help)
    spoken.options_metavar = say(command.options_metavar or "")
    spoken.params = [_in_language(parameter, click.Context(command), say) for parameter in command.params]
    if isinstance(spoken, click.Group):
        spoken.subcommand_metavar = say(spoken.subcommand_metavar or "")
        spoken.commands = {name: in_language(sub, say) for name, sub in spoken.commands.items()}
    return spoken


def _in_language(parameter: click.Parameter, context: click.Context, say: Speech) -> click.Parameter:
    spoken = copy(parameter)
    if isinstance(spoken, click.Option):
        spoken.help = say.text(spoken.help)
    metavar = parameter.make_metavar(context)
    if (said := say(metavar)) != metavar:
        spoken.metavar = said
    return spoken


def remember(context: click.Context, say: Speech) -> None:
    """Have a command, and all that it calls, speak so."""
    context.meta[_SPEECH] = say


language_option = click.option(
    "--lang", type=click.Choice(SPOKEN), envvar=VARIABLE, expose_value=False,
    help="The language of help, answers and errors (default: the system's; CHIDAO_LANG sets it too). It stands before the command.",
)  # fmt: skip
